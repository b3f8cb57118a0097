"""How a source words a sentence: what can be quoted as it stands, what says little, and how it is set in our type."""

from __future__ import annotations

import re

from generator.lexicon import names
from generator.text.numbers import quantities
from generator.text.width import HAN

_AFTER_MARK = re.compile(
    f"(?<=[，。、；：！？”」』）—]) +(?=[{HAN}])|(?<=[{HAN}]) +(?=[，。、；：！？”」』）])"
)
# a space inside a clause of Chinese, and the words on both sides of it
_AROUND_GAP = re.compile(
    f"(?P<before>[^ \\n，。、；：！？]*[{HAN}”」』）]) +(?=(?P<after>[{HAN}“「『（][^ \\n，。、；：！？]*))"
)
HEADING = 30  # characters within which a heading ends that ran into the sentence after it
# a verb or a particle before the space: the sentence goes on
_GOES_ON = re.compile(
    r"(?:完成|发布|推出|获得|成立|宣布|的|地|得|为|是|在|了|与|和|对|到|达|由|以|将|把|被|向)$"
)
EMPHASIS = 4  # characters from which words between spaces are no mere emphasis

_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_ONLY_QUOTED = re.compile(r"^(?:“[^”]+”|「[^」]+」|『[^』]+』|\"[^\"]+\")[。.]?$")
# an author about himself or to his reader; 我国 and 自我 are no author, 你只需 says what a product asks for
_FIRST_PERSON = re.compile(r"(?<!自)(?:我(?![国省市县校军院])|咱)|(?<!迷)你(?!只需|只要)")
# how feature writers open and close a passage: an image of the thing, and of where it all leads
_MUSING = re.compile(
    r"^(?:如果|假如|若)把.{1,16}比[作喻]|^当.{4,40}[，,].*(?:才刚|正被|正在|显然|无疑|注定)|刚刚(?:开始|进入|拉开)|拉开(?:序幕|帷幕|大幕)|轻轻拉开|不会是.{2,16}最后一次|重磅炸弹|这盘棋|新(?:的)?高点|悄然(?:成形|浮现|打响)"
)


def smooth(text: str) -> str:
    """Return a sentence as it is printed: without the spaces that feeds leave round single words of Chinese."""
    return _AROUND_GAP.sub(_joined, _AFTER_MARK.sub("", text))


def _joined(gap: re.Match[str]) -> str:
    emphasised = min(len(gap["before"]), len(gap["after"])) < EMPHASIS
    return gap["before"] if emphasised else gap[0]


def runs_on(text: str) -> bool:
    """Whether a heading that lost its line stands before the sentence proper, as accounts' articles come."""
    return any(
        gap.end("before") <= HEADING
        and min(len(gap["before"]), len(gap["after"])) >= EMPHASIS
        and not _GOES_ON.search(gap["before"])
        for gap in _AROUND_GAP.finditer(text[: 2 * HEADING])
    )


def only_quoted(text: str) -> bool:
    """Whether a sentence is somebody's words and does not say whose."""
    return bool(_ONLY_QUOTED.match(text))


def personal(text: str) -> bool:
    """Whether the author of a Chinese text speaks of himself, or to his reader, outside quotation marks."""
    return bool(_FIRST_PERSON.search(_QUOTED.sub("", text)))


def sets_scene(text: str, title: str) -> bool:
    """Whether a sentence keeps back what the headline tells: it names none of its names and no figure, or muses."""
    if _MUSING.search(text):
        return True
    told = {mention.name for mention in names.find(title)}
    if not told or quantities(text):
        return False
    return not told & {mention.name for mention in names.find(text)}
