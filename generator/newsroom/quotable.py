"""The sentences of a source that can be printed as they stand, and which of them go on from one before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.news import Item
from generator.newsroom.boilerplate import body_of, is_boilerplate
from generator.newsroom.leaning import Leaning, leaning, upright
from generator.newsroom.suspicion import instructs
from generator.newsroom.wording import first_person, only_quoted, runs_on
from generator.text.clean import fold
from generator.text.sentences import sentences
from generator.text.variants import simplified
from generator.text.width import HAN, han_count

_ASKING = re.compile(r"[?？]\s*[\"”’」）)]?\s*$")  # says nothing
_CAPTION = re.compile(r"[△▲▽▼◆■]")
_BEHEADED = re.compile(r"月\d{1,2}日")  # a feed lost what stood before it
_LABELLED = re.compile(r"(?:【[^】]{1,14}】|(?:划重点|导读|摘要|TL;DR)\s*[:：])[^\w“「『《（(【\"]*")
_ENDS = ("。", "！", "？", "!", "?", ".", "”", "」", "』", ")", "）", '"')
_MIDDLE = re.compile(r"(?P<word>[a-z]+)[ ,]")  # an English sentence whose beginning is missing
_CODE = re.compile(r"[\\_{}<>|=#~`*\[\]]|(?<=[a-z])/(?=[a-z])")
# a count of what comes next, and a list of names of which nothing is said
_ANNOUNCES = re.compile(
    r"(?:提出|分为|分成|拆解成|归纳为|归结为|总结出|列出|给出|概括为)了?[^，。：:—]{0,6}[两三四五六七八九十几\d]+ ?(?:点|层|步|类|大|个|项|方面)[^，。：:—、]{0,14}。$|如下。$"
)
_LISTS = re.compile(r"[^，。：:、是有了将被为由等]{1,20}(?:、[^，。：:、是有了将被为由等]{1,20}){3,}。")
_MARKS = re.compile(r"[“”\"]")  # feeds mix the two kinds
_PAIRED = (("「", "」"), ("《", "》"))
_LETTERS = re.compile(f"[0-9A-Za-zÀ-ɏ{HAN}]+")
MAX_LOOKED_AT = 40  # sentences of one source
SHORTEST = {True: 12, False: 30}  # characters of a sentence, Chinese or not
WHOLE = 200  # characters to which clauses between semicolons are kept together


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source: as it stands there, and where it does among the others."""

    text: str
    place: int
    leans: Leaning
    alone: str  # what of it can be printed without the sentence before it, "" where nothing can


def quotable(item: Item, title: str) -> list[Sentence]:
    """Return what of `item` can be printed under the headline `title`, in its order."""
    kept = []
    headline = _key(title)
    stands = -1  # the last place where the headline is said, in words that need not be printed again
    for place, said in enumerate(_pieces(item)):
        text = _bare(said, title)
        read = simplified(text)  # the rules know no traditional characters
        if not _tells(read, simplified(title)) or _begins_inside(text, title) or text not in item.evidence:
            continue
        if _key(text) in headline:
            stands = place
            continue
        leans = leaning(read)
        if place == stands + 1 and (leans is Leaning.THING or place > 0):
            leans = Leaning.NONE
        alone = text if leans is Leaning.NONE else text[len(text) - len(upright(read)) :]
        kept.append(Sentence(text, place, leans, alone if _long_enough(alone) else ""))
    return kept


def _pieces(item: Item) -> list[str]:
    """Return the sentences of a source; clauses between semicolons are one, as long as that does not get long."""
    body = body_of(item.text or item.summary)
    pieces: list[str] = []
    end = 0
    for piece in sentences(body):
        start = body.index(piece, end)
        between = body[end:start]
        end = start + len(piece)
        if pieces and pieces[-1].endswith(("；", ";")) and "\n" not in between:
            joined = f"{pieces[-1]}{between}{piece}"
            if len(joined) <= WHOLE:
                pieces[-1] = joined
                continue
        if len(pieces) == MAX_LOOKED_AT:
            break
        pieces.append(piece)
    return pieces


def _bare(text: str, title: str) -> str:
    """Return a sentence without the headline or a label that ran into it, as feeds that lose line ends have it."""
    headline = r"\W*".join(map(re.escape, _LETTERS.findall(title)))
    ran_in = re.match(rf"\W*{headline}\W*\s(?=[A-Z0-9“\"「《{HAN}])", text) if headline else None
    text = text[ran_in.end() :] if ran_in else text
    labelled = _LABELLED.match(text)
    return text[labelled.end() :] if labelled else text


def _tells(text: str, title: str) -> bool:
    """Whether a sentence is whole, and speaks of the news in words that can be printed as ours."""
    return (
        text.endswith(_ENDS)
        and not text.endswith("...")
        and _long_enough(text)
        and not is_boilerplate(text)
        and not instructs(text)
        and not _ASKING.search(text)
        and not _BEHEADED.match(text)
        and not _CAPTION.match(text)
        and _undamaged(text)
        and not _ANNOUNCES.search(text)
        and not _LISTS.fullmatch(text)
        and not only_quoted(text)
        and not runs_on(text)
        and not first_person(text, title)
    )


def _undamaged(text: str) -> bool:
    """Whether no quotation is cut in two, no character lost, and no code printed as prose."""
    return (
        len(_MARKS.findall(text)) % 2 == 0
        and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRED)
        and "\ufffd" not in text
        and len(_CODE.findall(text)) * 25 < len(text)
    )


def _begins_inside(text: str, title: str) -> bool:
    """Whether an English sentence begins with a small letter, and not with the name of what the headline tells."""
    begins = _MIDDLE.match(text)
    return begins is not None and begins["word"] not in title.lower()


def _long_enough(text: str) -> bool:
    return len(text) >= SHORTEST[han_count(text) > 4]


def _key(text: str) -> str:
    return "".join(_LETTERS.findall(fold(text)))
