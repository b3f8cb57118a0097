"""The values that flow through the newsroom, one way:

`Item` (one entry of a feed) → `Story` (items about one event) → `Pick` (a story chosen)
→ `Article` (how we print it) → `Section` → `Edition` (the day's issue).

All are frozen. Times are aware; days are days in the paper's own time zone. The model
covers the four edition formats: a field that a format cannot hold is left at its default
by that format's parser, and named by its writer when it is dropped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Precision(StrEnum):
    """How well a publication time is known."""

    EXACT = "exact"
    DAY = "day"
    INFERRED = "inferred"  # the feed gave none we trust: the moment we first saw it


class Region(StrEnum):
    DOMESTIC = "domestic"
    INTERNATIONAL = "international"


class Importance(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Mode(StrEnum):
    """How an edition was made; always stated on it."""

    FULL = "full"
    DEGRADED = "degraded"  # a model was asked, and part of it had to be made without
    OFFLINE = "offline"
    QUIET = "quiet"  # too little happened for a full edition
    MANUAL = "manual"  # written or imported by a person


class SectionKind(StrEnum):
    THEME = "theme"
    REGION = "region"
    FIXED = "fixed"
    MORE = "more"


class Role(StrEnum):
    """What a source is to the event."""

    PRIMARY = "primary"  # the one it happened to, or who made it, speaks
    REPORT = "report"
    REWRITE = "rewrite"


class ClaimKind(StrEnum):
    FACT = "fact"
    INFERENCE = "inference"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, cleaned: absolute link, aware date, plain text."""

    id: str  # content-derived, see `item_id`
    url: str  # canonical; empty when the entry had no usable link
    title: str
    feed: str  # the feed's name in the settings
    published: dt.datetime
    first_seen: dt.datetime
    precision: Precision = Precision.EXACT
    summary: str = ""  # plain text, bounded
    text: str = ""  # full text, when the feed or the page gave it
    language: str = ""  # BCP 47, as "zh" or "en"
    author: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    link: str = ""  # the address as the feed gave it

    @property
    def evidence(self) -> str:
        """Everything this entry says, title first: what claims about it may rest on."""
        parts = [self.title, self.summary]
        if self.text and self.text != self.summary:
            parts.append(self.text)
        return "\n".join(part for part in parts if part)


def item_id(url: str, feed: str = "", title: str = "") -> str:
    """Return the id of an entry: 12 hex digits of its canonical address, else of feed and title."""
    key = url or f"{feed}\n{title}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Printed:
    """A story of an earlier edition, as the newsroom remembers it."""

    edition: str
    article: str
    headline: str
    date: dt.date
    sources: tuple[Source, ...] = ()
    text: str = ""

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of its sources that have one."""
        return tuple(source.url for source in self.sources if source.url)


@dataclass(frozen=True, slots=True)
class Story:
    """Items about one event; the lead comes first."""

    id: str
    items: tuple[Item, ...]
    follow_up_of: Printed | None = None
    feeds: tuple[str, ...] = ()  # all that carried it; of several at one address only one is in `items`

    @property
    def lead(self) -> Item:
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Pick:
    """A story chosen for the edition, with why."""

    story: Story
    region: Region
    importance: Importance
    reason: str
    tags: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    theme: str = ""  # the section it is meant for
    event: str = ""  # release, funding, policy, …: a key of the event types
    marks: tuple[str, ...] = ()  # "suspicious", "pinned": what the article will carry too
    score: float = 0.0
    outlets: tuple[str, ...] = ()  # who published each of the story's items, in their order


@dataclass(frozen=True, slots=True)
class Source:
    """An item as the record keeps it: who said what, where and when."""

    id: str
    url: str
    publisher: str
    title: str = ""
    published: dt.datetime | None = None
    precision: Precision = Precision.EXACT
    role: Role = Role.REPORT
    language: str = ""
    text: str = ""  # what the claims rest on; never published
    feed: str = ""
    digest: str = field(default="", compare=False)  # of the text, when it was recorded

    @property
    def altered(self) -> bool:
        """Whether the text is another than the one that was recorded."""
        return bool(self.digest) and self.digest != digest_of(self.text)


def digest_of(text: str) -> str:
    """Return 16 hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim passage of a source: `text` stands at `start:end` of that source's text."""

    source: str
    text: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence as printed, and what it rests on."""

    text: str
    kind: ClaimKind = ClaimKind.FACT
    evidence: tuple[Quotation, ...] = ()
    accepted: str = ""  # why a person signed it off without evidence


@dataclass(frozen=True, slots=True)
class Point:
    """A labelled bullet (要点)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Bullets under a bold label that has no field of its own (核心能力：, 关键数据：…)."""

    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Insight:
    """One bullet of analysis or impact."""

    text: str
    kind: ClaimKind = ClaimKind.INFERENCE


@dataclass(frozen=True, slots=True)
class Article:
    """A story as we print it. Links, dates and publishers come from `sources`, never from a model."""

    id: str
    headline: str = ""
    text: str = ""  # inline Markdown
    region: Region | None = None
    importance: Importance | None = None
    reason: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    event_date: dt.date | None = None
    background: str = ""
    points: tuple[Point, ...] = ()
    insights: tuple[Insight, ...] = ()
    groups: tuple[Group, ...] = ()
    sources: tuple[Source, ...] = ()  # the one linked comes first
    claims: tuple[Claim, ...] = ()
    language: str = ""
    follow_up_of: str = ""  # "EDITION#ARTICLE"
    marks: tuple[str, ...] = ()  # "title-only", "foreign", "fallback", "suspicious"
    score: float = 0.0

    @property
    def url(self) -> str:
        return self.sources[0].url if self.sources else ""

    @property
    def publisher(self) -> str:
        return self.sources[0].publisher if self.sources else ""


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    kind: SectionKind = SectionKind.THEME
    articles: tuple[Article, ...] = ()
    impact: tuple[Insight, ...] = ()
    text: str = ""  # Markdown between the section's name and its first story


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the day's other items, in short: it proves that a link belongs here and not there."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Correction:
    """勘误: what was wrong in a published post, and since when it is right."""

    date: dt.date
    text: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Retraction:
    """A story taken back: kept so that the notice stays and no later run prints it again."""

    article: str
    urls: tuple[str, ...]  # canonical
    why: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Stats:
    """How many items were read and printed; 0 where a format does not say."""

    raw_total: int = 0
    raw_domestic: int = 0
    raw_international: int = 0
    feeds: int = 0
    feeds_failed: int = 0


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding of the evidence that a person let stand, and why."""

    finding: str  # the finding's id: same kind, story and words, same id
    kind: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well an edition is proven; shares are 0 to 1. Kept, so that a silent decline shows."""

    sentences: float = 0.0  # share of sentences that rest on a source
    numbers: float = 0.0  # share of figures that stand in a source
    first_hand: float = 0.0  # share of stories with a first-hand source
    independent: float = 0.0  # independent sources a story, mean
    age_hours: float = 0.0  # median age of the sources at the edition's moment
    repeats: int = 0  # stories seen in earlier editions
    findings: int = 0  # findings that nobody accepted

    @property
    def points(self) -> int:
        """0 to 100, for a badge: sentences and figures first, then sources, less what was found."""
        share = (
            0.45 * self.sentences
            + 0.35 * self.numbers
            + 0.1 * self.first_hand
            + 0.1 * min(self.independent / 2, 1)
        )
        return max(0, round(100 * share) - 2 * self.repeats - self.findings)


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of the paper. `id` names its folder: by default the date."""

    id: str
    date: dt.date
    title: str = ""
    timezone: str = "Asia/Shanghai"
    generated_at: dt.datetime | None = None  # newest moment an item was first seen
    category: str = ""
    tags: tuple[str, ...] = ()
    seo: tuple[str, ...] = ()
    lead: str = ""  # 内容摘要, 今日总结
    summary: tuple[str, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    stats: Stats = Stats()
    mode: Mode = Mode.MANUAL
    mode_note: str = ""  # why it is degraded or quiet, for the reader
    sections: tuple[Section, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    score: Score | None = None  # as last verified
    extras: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Verbatim pieces that only one format can say, keyed `format.name`."""

    @property
    def articles(self) -> Iterator[Article]:
        for section in self.sections:
            yield from section.articles
