"""How a source words a sentence: what can be quoted as it stands, what says little, and how it is set in our type."""

from __future__ import annotations

import re

from generator.lexicon import names
from generator.text.numbers import quantities
from generator.text.width import HAN, han_count

_AFTER_MARK = re.compile(
    f"(?<=[，。、；：！？”」』）—]) +(?=[{HAN}])|(?<=[{HAN}]) +(?=[，。、；：！？”」』）])"
)
# a space inside a clause of Chinese, and the words on both sides of it; 6 亿 is one word
_AROUND_GAP = re.compile(
    f"(?P<before>(?:[^ \\n，。、；：！？]|(?<=[{HAN}]) (?=\\d)|(?<=\\d) (?=[{HAN}]))*[{HAN}”」』）]) +"
    f"(?=(?P<after>[{HAN}“「『（][^ \\n，。、；：！？]*))"
)
HEADING = 30  # characters within which a heading ends that ran into the sentence after it
# a verb or a particle before the space: the sentence goes on
_GOES_ON = re.compile(
    r"(?:完成|发布|推出|获得|成立|宣布|累计|超过|的|地|得|为|是|在|了|与|和|对|到|达|由|以|将|把|被|向|于|从|超|约|近|共)$"
)
# what begins a sentence or stands after a mark, directly behind a heading's last word: …超越人类 2025年，
_BEGINS_AGAIN = re.compile(
    f"(?<=[{HAN}])(?<![在就于从自至到直即时间是而但也又的并前截年月日周当早根依数证凭占])"
    f"(?:(?:刚刚|近日|日前|昨日|近年来|此前|目前|如今|最新消息称|据(?:悉|了解|介绍|[{HAN}A-Za-z]{{2,10}}(?:报道|消息))|当然|众所周知)|"
    " +(?:20\\d\\d ?年(?: ?\\d{1,2} ?月)?(?: ?\\d{1,2} ?日)?|\\d{1,2} ?月 ?\\d{1,2} ?日))[，,]"
)
# an outlet's formula begins the report proper; what stands before it in one sentence is a heading
_FORMULA = re.compile(
    r"[^据，。：；\s]\s?(?:36氪|硬氪|财联社|格隆汇|智通财经|IT之家)[\u4e00-\u9fff]{0,4}(?:获悉|消息|讯)[，,]"
)
_NUMBERED = re.compile(r"0\d\s")  # a chapter of a long feature
_TWICE = re.compile(r"(?P<said>[^，。]{8,}).{0,40}(?P=said)")  # a heading, and the same as a sentence
SHOUT = 20  # characters of a cry
EMPHASIS = 4  # characters from which words between spaces are no mere emphasis

_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》|\"[^\"]*\"")
_ONLY_QUOTED = re.compile(
    r"^(?P<lead>[^，。：“「『\"]{0,8}[：:] ?)?(?:“[^”]+”|「[^」]+」|『[^』]+』|\"[^\"]+\")[。.]?$"
)
_SAYS = re.compile(r"说|言|称|道|表示|写|问|答|回应|指出|认为|强调|宣布|呼吁|警告|批评|评价|解释")
# an author about himself or to his reader; 我国 and 自我 are no author, 你只需 and 替你 say what a product does
_FIRST_PERSON = re.compile(
    r"(?<!自)(?:我(?![国省市县校军院])|咱)|(?<![迷让为给帮替跟与和对向])你(?!只需|只要)"
)
# the same in what cannot be read as anybody else's words, and an outlet about what it told; World War I is no author
_AUTHOR = re.compile(
    r"(?<!Phase )(?<!Type )(?<!War )(?<!Part )\bI(?![.\w-]| [A-Z])|\b(?:[Mm]y|[Mm]yself|me)\b"
    r"|\b[Ww]e(?:[’']ve)? (?:\w+ )?(?:told you|reported|covered|wrote|reviewed|tested|tried|published)\b|\b[Oo]ur (?:review|reporting|coverage|colleagues?|readers)\b"
    r"|(?<!自)我(?![们国省市县校军院行司所])|(?:我们|本刊|本站)(?:此前|之前|曾|上周|昨天|也)?(?:报道|介绍|写|提到|聊|测|分享|采访)|小编|笔者"
)
_WE = re.compile(r"(?<![A-Za-z])(?:我们|咱)")
_SPEAKER = re.compile(r"^[^：:]{2,16}[：:]")  # of a headline that is somebody's words
# how feature writers open and close a passage: an image of the thing, and of where it all leads
_MUSING = re.compile(
    r"^(?:如果|假如|若)把.{1,16}比[作喻]|^当(?![地天日月年前下时晚中局选事红]).{4,40}(?<![时后])[，,]|刚刚(?:开始|进入|拉开)|拉开(?:序幕|帷幕|大幕)|落下(?:了)?帷幕|轻轻拉开|不会是.{2,16}最后一次|重磅炸弹|这盘棋|新(?:的)?高点|悄然(?:成形|浮现|打响)"
)

# what a sentence of news has: a name in Latin letters, a figure, a quotation, who says so, what the headline named
_NAMING = re.compile(
    r"(?!AI(?![A-Za-z]))[A-Za-z]{2,}|\d|[“「『《\"]|表示|认为|指出|宣布|透露|报道|披露|显示|称|据|[今明去前]年|[昨今明]日|[一二三四五六七八九十两百千]+(?:年|月|日|成|倍|亿|家|名|台|座|款)|^(?:该|本[次轮届]|此次|公司|官方|团队|用户|新)"
)


def smooth(text: str) -> str:
    """Return a sentence as it is printed: without the spaces that feeds leave round single words of Chinese."""
    return _AROUND_GAP.sub(_joined, _AFTER_MARK.sub("", text))


def _joined(gap: re.Match[str]) -> str:
    emphasised = min(len(gap["before"]), len(gap["after"])) < EMPHASIS
    return gap["before"] if emphasised else gap[0]


def runs_on(text: str) -> bool:
    """Whether a heading that lost its line stands before the sentence proper, as accounts' articles come."""
    if _NUMBERED.match(text) or _FORMULA.search(text):
        return True
    twice = _TWICE.match(text[: 4 * HEADING])
    if _BEGINS_AGAIN.search(smooth(text)[: 2 * HEADING]) or (twice and han_count(twice["said"]) > 1):
        return True
    return any(
        gap.end("before") <= HEADING
        and min(len(gap["before"]), len(gap["after"])) >= EMPHASIS
        and not _GOES_ON.search(gap["before"])
        for gap in _AROUND_GAP.finditer(text[: 2 * HEADING])
    )


def only_quoted(text: str) -> bool:
    """Whether a sentence is somebody's words and does not say whose."""
    spoken = _ONLY_QUOTED.match(text)
    if not spoken:
        return False
    lead = spoken["lead"] or ""
    return not (_SAYS.search(lead) or names.find(lead))


def personal(text: str) -> bool:
    """Whether the author of a Chinese text speaks of himself, or to his reader, outside quotation marks."""
    return bool(_FIRST_PERSON.search(_QUOTED.sub("", text)))


def first_person(text: str, title: str) -> bool:
    """Whether an author says "I", or an outlet speaks of itself: words that cannot be printed as ours.

    我们 is theirs whom the headline names as its speaker.
    """
    said = _QUOTED.sub("", text)
    return bool(_AUTHOR.search(said)) or bool(_WE.search(said) and not _SPEAKER.match(title))


def muses(text: str) -> bool:
    """Whether a sentence gives an image of the thing, or of where it all leads."""
    return bool(_MUSING.search(text))


def exclaims(text: str) -> bool:
    """Whether a Chinese sentence is but a cry, as features have between their passages."""
    return text.endswith(("！", "!")) and len(text) <= SHOUT and names_nothing(text)


def names_nothing(text: str) -> bool:
    """Whether a sentence in Chinese characters has neither a name, a figure, a quotation nor anybody who says so."""
    return not (_NAMING.search(text) or names.find(text))


def sets_scene(text: str, title: str) -> bool:
    """Whether a sentence keeps back what the headline tells: it names none of its names and no figure, or muses."""
    if muses(text):
        return True
    told = {mention.name for mention in names.find(title)}
    if not told or quantities(text):
        return False
    return not told & {mention.name for mention in names.find(text)}
