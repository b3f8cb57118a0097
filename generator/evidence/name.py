"""Every firm, person and product of a story occurs in its sources, directly or under another name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain
from generator.evidence.restated import restated, sentence_at
from generator.evidence.support import nearest
from generator.lexicon import names
from generator.text.clean import fold
from generator.text.designations import designations
from generator.text.language import language_of
from generator.text.variants import simplified

# Latin words that a Chinese sentence may use without its source having done so.
_COMMON = frozenset(
    """ai app apps agent agents api apis ceo cto cfo coo vp ipo gpu gpus cpu npu tpu llm llms ui ux it pc tv ar vr xr saas paas b2b
    b2c to bug token tokens agi aigc sdk ide web ok vs pk kol ip diy pro max plus ultra mini beta demo wifi usb 5g 4g 3d 2d iot
    ev suv url html json http https pdf ppt excel word arr roi kpi okr pr hr rag moe transformer benchmark prompt chatbot online
    copilot vibe coding open source code model a b c d e f g h i j k l m n o p q r s t u v w x y z round pre-a angel series
    ces waic announce type new abstract id dna rna ml nlp cv rl sft lora gguf linux windows android ios mac""".split()
)
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z0-9@/.])[A-Z][A-Za-z0-9]*(?:[-.&'][A-Za-z0-9]+)*(?:\s[A-Z][A-Za-z0-9]*(?:[-.&'][A-Za-z0-9]+)*)*"
)
_ROLE = (
    r"(?:首席(?:执行官|技术官|财务官|运营官|科学家|架构师)|创始人|联合创始人|董事长|总裁|总经理|CEO|CTO|CFO|COO|总统|总理|部长|"
    r"发言人|教授|研究员|负责人|合伙人|分析师|主席|院士)"
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤闻印季庄路尤"
_PERSON_AFTER = re.compile(
    rf"{_ROLE}(?:兼[^，。；、\s]{{2,12}}?)?\s?(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=表示|称|说|在|认为|指出|宣布|透露|强调|介绍|接受|日前|近日|和|与|、|，|。|（|等|向|对|将|也|曾|就|出席|回应|预测|撰文|演示|署名|[^\u4e00-\u9fff])"
)
_PERSON_BEFORE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=表示|认为|指出|透露|强调|在采访|在接受|撰文|称，|：)"
)


# A foreign person's name written out: 乔纳森·伊夫. Where it begins and ends is not marked, so its middle stands for it.
_DOTTED = re.compile(r"[\u4e00-\u9fff]{2}·[\u4e00-\u9fff]{2}")

_LISTED = frozenset({"company", "institution", "model", "product", "person"})

# Names that another name already says: a listing in Hong Kong is one at its exchange.
_IMPLIED = {
    "港交所": "香港",
    "上交所": "上海",
    "深交所": "深圳",
    "北交所": "北京",
    "纽交所": "纽约",
    "纳斯达克": "美国",
}
# A house nobody listed still ends like one: 高瓴创投, 星海科技.
_HOUSE = re.compile(
    r"(?P<own>[\u4e00-\u9fff]{2})(?:创投|资本|集团|科技|证券|银行|大学|研究院|汽车|半导体|智能|机器人|医药|生物|软件|网络|传媒)(?!体|化|公司|行业|领域|产业|界|部|厅|局|板块|股|赛道|企业|制造|革命|进步|发展|创新)"
    r"|(?P<exchange>[港上深纽北伦]交所)"
)
_COMMON_PARTS = frozenset(
    "人工 前沿 高新 信息 金融 生命 消费 硬核 全球 国际 国家 中国 美国 智能 新能 汽车 能源 通用 具身 人形 工业 服务 生成 投资 商业 风险 社会 "
    "医疗 数字 创新 国内 海外 先进 自动 车载 智慧 互联 电动 未来 传统 关键 核心 大型 开源 本地 国有 央行 世界 家用 四足 协作 机器 合成 应用 企业 推进 "
    "科技 个人 这些 多家 知名 顶尖 著名 超级 端侧 空间 群体 类人 养老 教育 家庭 物流 清洁 扫地 手术 无人 航天 量子 绿色 材料 农业 军事 情感 认知 办公".split()
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each name that none of the story's sources mentions."""
    for entry in (*dossier.entries, *dossier.impacts):
        if not any(source.text for source in entry.sources):
            continue
        known = Known(entry.evidence + "\n" + "\n".join(_about(entry)))
        for passage in entry.passages:
            if passage.role == "reason":
                continue
            for words, kind in named(plain(passage.text)):
                if not known.has(words, kind):
                    yield _finding(dossier, entry, passage, words, kind, known)
                elif passage.factual and (said := _moved(words, kind, passage, entry)):
                    yield dossier.finding(
                        "name",
                        f"{words} belongs to another statement of the source",
                        entry=entry,
                        passage=passage,
                        words=words,
                        evidence=said,
                        fix="write the name of this sentence in the source",
                    )


def _about(entry: Entry) -> Iterator[str]:
    for source in entry.sources:
        yield source.publisher
        yield source.feed
        yield source.url


@functools.lru_cache(maxsize=4_000)
def named(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names of a text as (words, kind): known ones, designations, Latin names, persons with a role."""
    found: dict[str, str] = {}
    taken = [False] * (len(text) + 1)

    def free(start: int, end: int) -> bool:
        return not any(taken[start:end])

    def take(start: int, end: int) -> None:
        taken[start:end] = [True] * (end - start)

    for one in designations(text):
        if one.base and not one.base.startswith(("第", "th")) and re.search(r"[A-Za-z]", one.text):
            found.setdefault(one.text, "designation")
            take(one.start, one.end)
    for mention in names.find(text):
        if mention.kind != "place" and free(mention.start, mention.end):
            found.setdefault(text[mention.start : mention.end], mention.kind)
            take(mention.start, mention.end)
    for pattern in (_PERSON_AFTER, _PERSON_BEFORE):
        for match in pattern.finditer(text):
            if free(*match.span("name")):
                found.setdefault(match["name"], "person")
    for match in _DOTTED.finditer(text):
        if free(*match.span()):
            found.setdefault(match[0], "dotted")
    for match in _HOUSE.finditer(text):
        if free(*match.span()) and match["own"] not in _COMMON_PARTS:
            found.setdefault(match[0], "house")
    mixed = language_of(text) == "zh"
    for match in _LATIN_NAME.finditer(text):
        words = match[0].strip()
        if not free(*match.span()) or fold(words) in _COMMON or len(words) < 2:
            continue
        # in English prose a capital begins every sentence and every word of a headline
        if mixed or (" " not in words and _inside_sentence(text, match.start())) or words.isupper():
            found.setdefault(words, "latin")
    return tuple(found.items())


def _inside_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return bool(before) and before[-1].islower() and not text.istitle()


class Known:
    """The names a body of evidence holds, however they are written there."""

    def __init__(self, evidence: str) -> None:
        even = plain(evidence)
        mentions = names.find(even)
        self.listed = ", ".join(dict.fromkeys(mention.name for mention in mentions))
        self._canonical = {mention.name for mention in mentions}
        self._places = {mention.name for mention in mentions if mention.kind == "place"}
        self._unified = _letters(simplified(fold(names.unify(even))))
        self._text = simplified(fold(even))
        self._letters = _letters(self._text)
        self._han = language_of(even) == "zh"

    def has(self, words: str, kind: str) -> bool:
        """Whether the evidence mentions `words`; what cannot be told (a Chinese name in English evidence) counts as there."""
        even = simplified(fold(words))
        stands = even in self._text or _letters(even) in self._letters
        if stands and (not even.isascii() or _stands(even, self._text)):
            return True
        if kind == "designation":  # the same version under another name: 豆包2.0 and Doubao 2.0
            return _letters(simplified(fold(names.unify(words)))) in self._unified
        if (
            kind == "dotted"
        ):  # 乔纳森·伊夫 may be Jony Ive there; where such names are written out it must be one of them
            return not _DOTTED.search(self._text)
        if kind == "house":
            if words.endswith("交所"):
                return _IMPLIED.get(words) in self._canonical
            return even[:2] in self._text or not self._han
        mentioned = names.find(words)
        if any(mention.name in self._canonical for mention in mentioned):
            return True
        if any(self._part_of(mention.name) for mention in mentioned):
            return True
        if mentioned:
            return False
        if kind == "latin":
            parts = [part for part in re.split(r"[\s\-]", even) if part not in _COMMON and len(part) > 1]
            return all(part in self._text or part.rstrip("s") in self._text for part in parts)
        return not self._han  # a transliteration nobody listed

    def _part_of(self, name: str) -> bool:
        """谷歌 is known where 谷歌DeepMind is; the other way round it would say more than the source."""
        if _IMPLIED.get(name) in self._canonical:
            return True
        return any(other.startswith(name) or other.endswith(name) for other in self._canonical - self._places)


def _stands(words: str, text: str) -> bool:
    """Whether Latin words stand in `text` by themselves: Arm is not in farm; OpenAI is in Open AI."""
    return _by_itself(words).search(text) is not None


@functools.lru_cache(maxsize=5_000)
def _by_itself(words: str) -> re.Pattern[str]:
    spaced = r"[\s\-_.·]?".join(re.escape(letter) for letter in _letters(words))
    return re.compile(rf"(?<![a-z0-9]){spaced}(?:['’]?s)?(?![a-z0-9])")


def _letters(text: str) -> str:
    return re.sub(r"[\s\-_.·]", "", text)


def _moved(words: str, kind: str, passage: Passage, entry: Entry) -> str:
    """Return the source's sentence that is restated word for word but with this name for another of its sort; else ""."""
    if kind not in _LISTED:
        return ""
    text = plain(passage.text)
    sentence = sentence_at(text, text.find(words))
    said = restated(sentence, entry.sources, but="nq")
    if not said or any(Known(one).has(words, kind) for one in said):
        return ""
    mine = {mention.name for mention in names.find(sentence)}
    return next(
        (one for one in said if any(m.kind == kind and m.name not in mine for m in names.find(one))), ""
    )


def _finding(
    dossier: Dossier, entry: Entry, passage: Passage, words: str, kind: str, known: Known
) -> Finding:
    text = plain(passage.text)
    said = nearest(sentence_at(text, text.find(words)), entry.sources)
    what = {"person": "person", "dotted": "person", "designation": "version or model"}.get(kind, "name")
    return dossier.finding(
        "name",
        f"{what} {words} is in no source of this {entry.part}",
        entry=entry,
        passage=passage,
        words=words,
        evidence=said or (f"the sources name: {known.listed}" if known.listed else ""),
        fix="write the name the source gives",
        severity="error" if passage.factual else "warning",
    )
