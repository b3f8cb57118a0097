"""The edition speaks only of what it holds: summary, lead, 重点关注, title, counts and tags each point at a story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.excerpt import clip
from generator.evidence.features import Features, Weights, all_features, features
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain
from generator.news import Importance, Region, SectionKind
from generator.text import vectors
from generator.text.sentences import sentences

HELD = 0.60  # share of a line's weight that one story holds: no more is asked
SAME = 0.75  # share of all words of both, names and figures apart, from which a line is a story's sentence
FEWEST = 4  # words a line must have to be known again
ENOUGH = 0.60  # share and 0.7 of the cosine together, from which a story is what a line speaks of
_COUNTS = re.compile(
    r"精选出\s?(?P<d>\d+)\s?条国内动态和\s?(?P<i>\d+)\s?条国际动态，其中\s?(?P<h>\d+)\s?条为高重要性"
)
_FOCUS = re.compile(r"重点关注[:：]\s*(?P<titles>.+?)[。]?\s*$", re.DOTALL)
_BULLET = re.compile(r"^\s*[-*•]\s*")
_ROUND = re.compile(r"(?<![A-Za-z])(?:pre-?)?[A-H]\+*(?=轮)|天使(?=轮)|种子(?=轮)", re.IGNORECASE)
# Lines about the paper itself.
_HOUSE = re.compile(
    r"本期|今日从\d+条|今天值得|原始信息|未使用大模型|^AI 日报|日报\s*[-–·|]|每日动态|AI\s?资讯|行业动态"
)


_FIXES = {
    "title": "name a story that stands here, in `title:` and in the `#` line, or sign it off with a reason",
    "summary": "drop the line from `summary:` (after its story was deleted ribao publish does it), or print the story it speaks of",
}


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each line that no story of the edition supports, and each count that is off."""
    stories = [plain("\n".join(_told(entry))) for entry in dossier.entries]
    stories += _prose(dossier)
    if not stories:
        return
    holder = _Holder(stories)
    for passage in dossier.passages:
        if passage.role == "impact" or (
            passage.role == "cover_alt" and dossier.edition.title in passage.text
        ):
            continue  # a cover's text repeats the title, which is judged where it stands
        yield from _counts(dossier, passage)
        for line in lines_of(passage):
            if not holder.holds(line, passage.role):
                yield dossier.finding(
                    "phantom",
                    "no story of this edition says this",
                    passage=passage,
                    words=line,
                    evidence=holder.nearest(line),
                    fix=_FIXES.get(passage.role, "drop the line, or print the story it speaks of"),
                )


def told_by(dossier: Dossier) -> list[tuple[str, str]]:
    """Return each line of the edition's front with the key of the story it speaks of; "" where none does."""
    stories = [plain("\n".join(_told(entry))) for entry in dossier.entries]
    if not stories:
        return []
    holder = _Holder(stories)
    return [
        (line, dossier.entries[holder.best(line)].key if holder.holds(line, passage.role) else "")
        for passage in dossier.passages
        if passage.role not in {"impact", "cover_alt"}
        for line in lines_of(passage)
    ]


def lines_of(passage: Passage) -> list[str]:
    """Return what a passage of the edition claims, one claim each; lines about the paper itself are left out."""
    text = plain(_BULLET.sub("", passage.text))
    if focus := _FOCUS.search(text):
        # titles may hold the mark that parts them, so a piece may be half a title: each half must be held too
        return [piece.strip() for piece in re.split(r"[；;]", focus["titles"]) if piece.strip()]
    if passage.role in {"title", "cover_alt"}:
        claims = [piece for piece in re.split(r"[，；;｜|]", text) if len(features(piece)) >= 2]
    elif passage.role == "lead":
        claims = [piece for sentence in sentences(text) for piece in re.split(r"，(?=[^，]{6,})", sentence)]
        claims = sentences(text) if len(claims) > 12 else claims
    else:
        claims = [text]
    return [claim for claim in claims if not _HOUSE.search(claim) and len(features(claim)) >= 2]


def _told(entry: Entry) -> Iterator[str]:
    """What a story says, and the headline that a format without headlines does not print."""
    yield from (passage.text for passage in entry.passages)
    if entry.record is not None and not entry.article.headline:
        yield entry.record.headline


def _prose(dossier: Dossier) -> list[str]:
    """What stands outside the stories: a post may tell one in plain paragraphs under its headings."""
    said = {plain(passage.text) for passage in dossier.passages}
    return [
        text
        for part in re.split(r"\n\s*\n|\n(?=#)", dossier.body)
        if (text := plain(part)) and text not in said
    ]


def telling(text: str) -> frozenset[str]:
    """Return the names, designations, figures and rounds of a text, by which stories of one field differ."""
    rounds = (f"round:{match[0].upper()}" for match in _ROUND.finditer(text))
    return frozenset(one for one in all_features(text) if one[0] in "ndq").union(rounds)


def _exchanged(line: str, own: frozenset[str], story: str) -> bool:
    words = _words(line)
    if len(words) < FEWEST:
        return False
    for row in story.split("\n"):
        for said in sentences(row):
            theirs = _words(said)
            if len(words & theirs) >= SAME * len(words | theirs) and telling(said) - own:
                return True
    return False


def _words(text: str) -> Features:
    return frozenset(one for one in features(text) if one[0] not in "ndq")


class _Holder:
    """Tells whether some story of the edition holds a line."""

    def __init__(self, stories: Sequence[str]) -> None:
        self._stories = list(stories)
        self._features = [features(story) for story in stories]
        self._weights = Weights(self._features)
        self._tokens = [telling(story) for story in stories]
        self._vectors: vectors.Vectors | None = None

    def holds(self, line: str, role: str) -> bool:
        """Whether a story says a line, alone; a sentence of the lead may speak of several."""
        own = features(line)
        shares = [
            share * self._named(own, theirs)
            for share, theirs in zip(self._shares(own), self._features, strict=True)
        ]
        mixed = [False] * len(shares) if role == "lead" else self._mixed(line)
        if any(mixed):
            # nor by one that it is less like than the story whose sentence it is
            raw = self._shares(own)
            least = max(share for share, foreign in zip(raw, mixed, strict=True) if foreign)
            mixed = [share <= least for share in raw]
        if any(share >= HELD and not foreign for share, foreign in zip(shares, mixed, strict=True)):
            return True
        return any(
            share + 0.7 * max(near, 0) >= ENOUGH and not foreign
            for share, near, foreign in zip(shares, self._near(line), mixed, strict=True)
        )

    def _mixed(self, line: str) -> list[bool]:
        """For each story, whether the line is one of its sentences with a name or figure of another story put in."""
        own = telling(line)
        known = own & frozenset().union(*self._tokens)
        return [
            not known <= theirs and _exchanged(line, own, story)
            for story, theirs in zip(self._stories, self._tokens, strict=True)
        ]

    def best(self, line: str) -> int:
        """Return the place of the story that is most like a line."""
        shares, near = self._shares(features(line)), self._near(line)
        return max(range(len(shares)), key=lambda place: shares[place] + 0.7 * max(near[place], 0))

    @staticmethod
    def _named(own: Features, theirs: Features) -> float:
        """Discount a story that lacks most names and figures of the line: same field, another event."""
        telling = {one for one in own if one[0] in "ndq"}
        return 1.0 if len(telling & theirs) * 2 >= len(telling) else 0.6

    def nearest(self, line: str) -> str:
        shares = self._shares(features(line))
        place = max(range(len(shares)), key=lambda n: shares[n])
        return clip(self._stories[place].split("\n")[0], 80) if shares[place] > 0 else ""

    def _shares(self, own: Features) -> list[float]:
        total = sum(self._weights.of(one) for one in own) or 1.0
        return [sum(self._weights.of(one) for one in own & theirs) / total for theirs in self._features]

    def _near(self, line: str) -> list[float]:
        from generator.evidence.judge import unified

        if self._vectors is None:
            self._vectors = vectors.encode([unified(story) for story in self._stories])
        return [float(value) for value in self._vectors @ vectors.encode([unified(line)])[0]]


def _counts(dossier: Dossier, passage: Passage) -> Iterator[Finding]:
    match = _COUNTS.search(passage.text)
    if match is None:
        return
    articles = [
        (article, section)
        for section in dossier.edition.sections
        if section.kind in {SectionKind.REGION, SectionKind.THEME, SectionKind.FIXED, SectionKind.MORE}
        for article in section.articles
    ]
    held = {
        "d": sum(article.region == Region.DOMESTIC for article, _ in articles),
        "i": sum(article.region == Region.INTERNATIONAL for article, _ in articles),
        "h": sum(article.importance == Importance.HIGH for article, _ in articles),
    }
    if not held["d"] + held["i"]:
        return
    for name, what in (
        ("d", "domestic stories"),
        ("i", "international stories"),
        ("h", "stories of high importance"),
    ):
        if int(match[name]) != held[name]:
            yield dossier.finding(
                "phantom",
                f"says {match[name]} {what}; the edition holds {held[name]}",
                passage=passage,
                words=match[0],
                evidence=str(held[name]),
                fix=f"write {held[name]}",
            )
