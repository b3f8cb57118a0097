"""Which sentences lean on one before them: they are printed where that one is, or not at all."""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import islice

from generator.lexicon import names
from generator.text.width import HAN


class Leaning(Enum):
    """What must stand before a sentence for a reader to follow it."""

    NONE = auto()
    ANYTHING = auto()  # it adds to what was said: 此外, meanwhile
    THING = auto()  # what it is about was named before: 他们, 这一数字, 将于下周推出
    THOUGHT = auto()  # it goes on: 但, 第二, the answer


_ADDING = frozenset("此外 另外 同时 与此同时 并且 而且".split())
_GOING_ON = frozenset(
    "可是 然而 不过 只是 只不过 反观 反之 相反 否则 至于 换言之 换句话说 也就是说 因此 因而 所以 于是 由此 由此可见 为此 从而 进而 "
    "可见 毕竟 说白了 说到底 确实 的确 没错 是的 对了 当然 答案 例如 比如 譬如 就是 即 具体 相比之下 那 那么 再 再者 其次 再次 "
    "随后 然后 接着 紧接着 更 不仅如此 综上 综上所述 如此一来 这样一来 话虽如此".split()
)
# 还在, 也已, 并未, 而今天, 但据: what these begin is seldom a word of its own
_LINKING = tuple("但而还也并却")
_NOT_LINKING = frozenset(
    "但凡 但丁 还原 还款 还债 还贷 还清 也许 也门 并购 并行 并发 并列 并网 并联 而立".split()
)
_ITEM = re.compile(
    r"首先|最后[，,]|结果[，,是：:]|原因(?:在于|是|很)|[一二三四五]是|[两三][种类]情况|假设|试想|设想一下|想象一下|"
    r"下一秒|不久后|(?:几|数|[一二两三]|\d+ ?)(?:秒|分)钟?后|"
    r"第[一二三四五六七八九十]+(?:[，,、：:]|[个条点步类种件](?!月|季))"
)
_WITHOUT_SUBJECT = frozenset(
    "将 已 已经 均 都 则 就 就像 才 便 仍 仍然 未 尚未 会 能 能够 可 可以 要 使 使得 以及 或 或者 被 且 正 正在 有望 希望 呼吁 敦促".split()
)
_POINTING = frozenset(
    "他 她 它 他们 她们 它们 其 其中 其一 其二 此 此举 此事 此时 那时 当时 彼时 前者 后者 两者 二者 三者 上述 以上 上面 "
    "对此 据此 鉴于此".split()
)
# 这家公司, 这款模型 and 这项研究 are what the headline names; 这几天 and 这一次 are when
_NAMED = re.compile(
    r"这一?(?:[家款位名篇场轮届套支座批份笔起部块枚颗次天周回]|项(?!工作|任务)|个?(?:[春夏秋冬]天|周末|月|季度)|[几两三](?:天|周|年|个月))"
)
_FRAMING = frozenset(
    "与 和 较 比 对 对于 针对 面对 围绕 基于 为 为了 在 从 根据 按 完成 随着 解决 除了 借助 凭借".split()
)
_ASIDE = frozenset("现在 如今 目前 今天 今年 近日 昨天 昨日 注意 其实 事实上".split())
_THOSE = re.compile(r"(?:这|上述|以上)[\d两三四五六七八九十几]+ ?[种类个项大点条](?!月)")
# an object that was the subject before: 一直在解这道题
_OBJECT = re.compile(
    r"[^，。：“「]{0,16}(?:称之为|这(?:道|个|件|种|一|些)(?:题|难题|问题|事(?![实业物务情件故])|点|道理|现象|趋势|变化|局面|路线|方向)[^，]{0,6}。)"
)
_PERSON = re.compile(r"(?<![其吉])[他她](?!国|乡|处|人)")
# somebody whom the pronoun can be: of a trade or rank, a name in Latin letters or with a point, whoever says something
_SOMEBODY = re.compile(
    r"[者家人员们师生士官裁授长星民友客]|CEO|首席|老板|[A-Z·]|[说称言道写问答]|表示|认为|指出|透露|强调|宣布|坦承|承认|警告|回忆"
)
_SAYING = re.compile(r"(?:表示|称|认为|指出|透露|介绍|了解|悉|显示|来看)$")
FRAME = 16  # characters within which a first clause is but a frame, and too short to name anything
BARE = 8  # the same of a clause that begins with any word: 过去一年

_NOT_WHEN = (
    r"(?! (?:week|weekend|month|year|morning|afternoon|evening|summer|spring|fall|autumn|winter|time|days)\b)"
)
_NOT_ITSELF = r"(?! (?:paper|study|survey|work|report)\b)"  # an abstract about its paper
_ENGLISH = {
    Leaning.ANYTHING: r"In addition|Additionally|Moreover|Furthermore|Besides|Also|Plus,|Meanwhile",
    Leaning.THING: (
        r"He|She|It|They|His|Her|Its|Their|The (?:former|latter)|Both (?:are|were|have|of)|Neither"
        rf"|(?:This|That|These|Those){_NOT_WHEN}{_NOT_ITSELF}"
        r"|(?:In|With|At|For|To|From|Of|On|By|Among|After|Despite|Based on) (?:this|that|these|those|it|them|his|her|their|its)"
        rf"{_NOT_WHEN}{_NOT_ITSELF}"
    ),
    Leaning.THOUGHT: (
        r"But|And|So|Yet|Or|Nor|However|Instead,|Still,|That said|Nevertheless|Nonetheless|Thus|Therefore|Hence|Consequently|As a result"
        r"|Otherwise|Likewise|Similarly|Conversely|(?:In|By) contrast|On the other hand|For (?:example|instance)|After all|Then|Because|Maybe"
        r"|(?:First|Second|Third|Last)(?:ly)?,|Finally,|Next,|Sure,|Yes,|No,"
        r"|The (?:answer|reason|result|catch|upshot|point|problem|idea|difference) (?:is|was|isn[’']t|wasn[’']t)"
    ),
}
_OPENINGS = {what: re.compile(rf"(?:{words})(?![A-Za-z])") for what, words in _ENGLISH.items()}
# what only joins a whole sentence to the one before it
_JOINT = re.compile(
    "(?:此外|另外|同时|与此同时|不过|然而|但是?|而|因此|综上所述|当然|具体(?:来看|来说|而言)"
    f"|(?:针对|对于|围绕|面对|为了?解决)(?:这|此|上述|以上)[{HAN}]{{0,8}})[，,]\\s*"
)


def leaning(text: str) -> Leaning:
    """Return what a sentence of Chinese or English leans on."""
    for what, opening in _OPENINGS.items():
        if opening.match(text):
            return what
    first = _word(text)
    if first in _ADDING:
        return Leaning.ANYTHING
    if first in _GOING_ON or _ITEM.match(text) or _links(first):
        return Leaning.THOUGHT
    if (first in _WITHOUT_SUBJECT and not text.startswith("就在")) or _points(text, first):
        return Leaning.THING
    return Leaning.NONE


def upright(text: str) -> str:
    """Return the end of a Chinese sentence that says the same and leans on nothing: what follows 不过， or 针对这一问题，.

    Empty where the rest leans too, or nothing can be left out.
    """
    rest = _JOINT.sub("", text, count=1)
    if (
        rest == text
        and text.startswith(("但", "而"))
        and any(name.start == 1 for name in names.find(text[:24]))
    ):
        rest = text[1:]
    return rest if rest != text and leaning(rest) is Leaning.NONE else ""


def _links(word: str) -> bool:
    return len(word) <= 2 and word.startswith(_LINKING) and word not in _NOT_LINKING


def _points(text: str, first: str) -> bool:
    """Whether a sentence is about something that it does not name, where it begins or anywhere."""
    if _OBJECT.match(text) or _meets_stranger(text):
        return True
    those = _THOSE.search(text)
    if those and "、" not in text[: those.start()]:
        return True  # the list stood before
    return any(
        _word(place) in _POINTING or (place.startswith("这") and not _NAMED.match(place))
        for place in _subjects(text, first)
    )


def _meets_stranger(text: str) -> bool:
    """Whether 他 or 她 stands where nobody was named that it can be."""
    person = _PERSON.search(text)
    if not person:
        return False
    before = text[: person.start()]
    return not (_SOMEBODY.search(before) or names.find(before))


def _subjects(text: str, first: str) -> list[str]:
    """Return the places where the subject can stand: at the start, or behind what only sets its frame."""
    places = [text]
    if first in _ASIDE or first in _FRAMING:
        places.append(text[len(first) :].lstrip("，, "))
    frame, comma, rest = text.partition("，")
    if comma and len(frame) <= FRAME and (first in _FRAMING or _SAYING.search(frame) or _bare(frame)):
        places.append(rest)
    return places


def _bare(frame: str) -> bool:
    return len(frame) <= BARE and not _SOMEBODY.search(frame) and not names.find(frame)


def _word(text: str) -> str:
    """Return the first word, which words after it can change: 会议 is not 会."""
    import rjieba

    return next(islice(rjieba.cut(text[:FRAME].lstrip()), 1), "")
