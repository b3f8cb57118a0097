"""Everything the checks may look at, laid out once: the printed passages with their places, and the sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from generator.evidence.excerpt import clip
from generator.evidence.features import address_words
from generator.evidence.finding import Finding, Severity
from generator.evidence.judge import Judge
from generator.evidence.partners import partners
from generator.evidence.passages import Passage, Places, of_article, of_edition, place_of, plain
from generator.lexicon.publishers import publisher_of
from generator.news import Article, Edition, Printed, Source
from generator.text.addresses import canonical_url


class ParsedLike(Protocol):
    """An edition read from a file, with the places of its passages."""

    @property
    def edition(self) -> Edition: ...
    @property
    def places(self) -> Places: ...


class RecordLike(Protocol):
    """What the machine knew when it wrote the edition."""

    @property
    def edition(self) -> Edition: ...


@dataclass(frozen=True)
class Entry:
    """A printed story, what the record says it rests on, and the source its link names."""

    key: str
    article: Article
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...] = ()  # of the record's story; else those of the linked address
    linked: tuple[Source, ...] = ()  # what the window's pool holds under the printed address
    record: Article | None = None

    @property
    def name(self) -> str:
        return self.article.headline or self.article.text[:40]

    @cached_property
    def report(self) -> str:
        """All that is stated as fact, one passage a line."""
        return "\n".join(passage.text for passage in self.passages if passage.factual)

    @cached_property
    def evidence(self) -> str:
        """All that the sources say, titles first; the words of its address stand in for a title that is missing."""
        parts = [part for source in self.sources for part in (titled(source), source.text) if part]
        return "\n".join(dict.fromkeys(parts))

    @property
    def part(self) -> str:
        """What it is of an edition, in words for messages."""
        return "story" if self.name else "section"

    @property
    def proven(self) -> bool:
        """Whether there is a source text to hold it against; a bare title proves little."""
        return any(source.text or source.title for source in self.sources)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around an edition while it is proven."""

    file: str = ""  # as findings name it
    text: str = ""  # of the file, front matter and all
    sources: Sequence[Source] = ()  # of its window, beside those of its record
    earlier: Sequence[Printed] = ()  # stories of the editions before it
    language: str = "zh"
    window_hours: float = 24.0
    topics: Sequence[str] = ()


@dataclass(frozen=True)
class Dossier:
    """One edition under examination."""

    context: Context
    edition: Edition
    entries: tuple[Entry, ...]
    passages: tuple[Passage, ...]  # of the edition as a whole: title, lead, summary
    pool: tuple[Source, ...] = ()  # every source of the window that is known, candidates too
    recorded: bool = False
    places: Places = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)  # ids of the findings a person lets stand → why

    @cached_property
    def body(self) -> str:
        """The post's Markdown below its front matter; "" where it has none."""
        _, _, body = self.context.text.partition("\n---\n")
        return body if self.context.text.startswith("---\n") else ""

    @cached_property
    def judge(self) -> Judge:
        """The window's sources, ready to be compared with."""
        return Judge(self.pool)

    @cached_property
    def impacts(self) -> tuple[Entry, ...]:
        """What sections conclude of all their stories (影响), as entries: what these print vouches beside their sources."""
        found = []
        for s in range(len(self.edition.sections)):
            lines = tuple(p for p in self.passages if p.key.startswith(f"s{s}.impact."))
            stories = [entry for entry in self.entries if entry.key.startswith(f"s{s}.a")]
            sources = [source for entry in stories for source in entry.sources]
            if lines and any(source.text for source in sources):
                printed = [
                    Source("", entry.article.url, "", entry.article.headline, text=entry.report)
                    for entry in stories
                ]
                found.append(Entry(f"s{s}", Article(""), lines, (*sources, *printed)))
        return tuple(found)

    @cached_property
    def _lines(self) -> list[str]:
        return self.context.text.split("\n")

    def _beside(self, place: tuple[int, int], words: str) -> tuple[int, int]:
        """Return where words beside a story stand in the file: at `place` or below it, up to the next blank line."""
        line, column = place
        for number, text in enumerate(self._lines[line - 1 :] if line else (), start=line):
            if not text.strip():
                break
            if (at := text.find(words, column - 1 if number == line else 0)) >= 0:
                return number, at + 1
        return place

    def all_passages(self) -> Iterator[tuple[Entry | None, Passage]]:
        for passage in self.passages:
            yield None, passage
        for entry in self.entries:
            for passage in entry.passages:
                yield entry, passage

    def finding(
        self,
        kind: str,
        message: str,
        *,
        entry: Entry | None = None,
        passage: Passage | None = None,
        words: str = "",
        start: int = 0,
        evidence: str = "",
        fix: str = "",
        severity: Severity = "error",
    ) -> Finding:
        """Return a finding placed at `words` inside `passage`, else at the passage, else at the story.

        `start` is where they stand in the passage's plain text; it tells one place of the words from another.
        """
        if passage is None and entry is not None and entry.passages:
            passage = entry.passages[0]
        if passage and entry and words and words not in plain(passage.text):
            # what is printed beside the story, its address and publisher, has a place of its own
            place = self.places.get(f"{entry.key}.source", (passage.line, passage.column))
            passage = Passage(f"{entry.key}.source", words, *self._beside(place, words))
        line, column = (passage.line, passage.column) if passage else (0, 0)
        if passage and line and words and (at := place_of(words, passage.text, start)) >= 0:
            before = passage.text[:at]
            paragraph = before.count("\n\n")
            begun = self.places.get(f"{passage.key}.{paragraph}") if paragraph else None
            if begun:
                line, column, before = *begun, before.rsplit("\n\n", 1)[1]
            breaks = before.count("\n")
            line, column = line + breaks, len(before) - before.rfind("\n") if breaks else column + len(before)
        return Finding(
            kind,
            message,
            severity,
            self.context.file,
            line,
            column,
            words,
            clip(" ".join(evidence.split()), 240),
            fix,
            entry.name if entry else "",
            passage.key if passage else "",
        )


def prepare(
    parsed: ParsedLike,
    record: RecordLike | None = None,
    context: Context = Context(),
) -> Dossier:
    """Lay an edition out for the checks."""
    edition, places = parsed.edition, parsed.places
    known = record.edition if record else None
    if known and known.date == edition.date and edition.generated_at is None:
        edition = replace(edition, generated_at=known.generated_at)  # most formats say the day only
    pool = _pool(known, context.sources)
    by_url: dict[str, list[Source]] = {}
    for source in pool:
        by_url.setdefault(canonical_url(source.url) or source.url, []).append(source)
    known_as = partners(edition, known)
    entries = []
    for s, section in enumerate(edition.sections):
        for a, article in enumerate(section.articles):
            key = f"s{s}.a{a}"
            linked = tuple(by_url.get(canonical_url(article.url) or article.url, ())) if article.url else ()
            partner = known_as.get(key)
            entries.append(
                Entry(
                    key,
                    article,
                    tuple(of_article(key, article, places)),
                    partner.sources if partner and partner.sources else linked,
                    linked,
                    partner,
                )
            )
    return Dossier(
        context,
        edition,
        tuple(entries),
        tuple(of_edition(edition, places)),
        pool,
        # a record kept only for its sign-offs knows nothing of the sources
        any(source.text or source.title for article in known.articles for source in article.sources)
        if known
        else False,
        places,
        {one.finding: one.why for one in (known or edition).accepted},
    )


def _pool(known: Edition | None, sources: Sequence[Source]) -> tuple[Source, ...]:
    found: dict[tuple[str, str], Source] = {}
    own = [source for article in known.articles for source in article.sources] if known else []
    for source in (*own, *sources):
        found.setdefault((source.url, source.title), source)
    texts = {url for url, _ in found}
    for candidate in known.candidates if known else ():
        if candidate.url not in texts:
            found.setdefault(
                (candidate.url, candidate.title),
                Source(candidate.id, candidate.url, publisher_of(candidate.url).name, candidate.title),
            )
    return tuple(found.values())


def body_of(source: Source) -> str:
    """Return a source's text without the title that stands before it in a record."""
    text = source.text.lstrip()
    return text.removeprefix(source.title) if source.title else text


def titled(source: Source) -> str:
    """Return a source's title, or what its address says in its place."""
    return source.title or address_words(source.url)


def day_of(source: Source, edition: Edition) -> dt.date | None:
    """Return the day a source appeared on in the edition's zone; None when its time is not known."""
    moment = published_in(source, ZoneInfo(edition.timezone))
    return moment.date() if moment else None


def published_in(source: Source, zone: dt.tzinfo) -> dt.datetime | None:
    """Return when a source appeared, by the clocks of `zone`; None when it is not known."""
    if source.published is None:
        return None
    moment = source.published if source.published.tzinfo else source.published.replace(tzinfo=dt.UTC)
    return moment.astimezone(zone)


def moment_of(edition: Edition) -> dt.datetime:
    """Return the moment an edition covers up to: when it was made, else the end of its day in its zone."""
    try:
        zone = ZoneInfo(edition.timezone)
    except (KeyError, ValueError, OSError):
        zone = ZoneInfo("Asia/Shanghai")
    end = dt.datetime.combine(edition.date + dt.timedelta(days=1), dt.time(), zone)
    made = edition.generated_at
    if made is not None:
        made = made if made.tzinfo else made.replace(tzinfo=dt.UTC)
        if made < end:
            return made
    return end
