"""Everything the checks may look at, laid out once: the printed passages with their places, and the sources."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from generator.evidence.finding import Finding, Severity
from generator.evidence.judge import Judge
from generator.lexicon.publishers import publisher_of
from generator.news import Article, Edition, Printed, Source
from generator.text.addresses import canonical_url
from generator.text.clean import fold

SAME_HEADLINE = 0.6  # likeness from which an edited headline is still the record's


class ParsedLike(Protocol):
    """An edition read from a file, with the places of its passages."""

    @property
    def edition(self) -> Edition: ...
    @property
    def places(self) -> Mapping[str, tuple[int, int]]: ...


class RecordLike(Protocol):
    """What the machine knew when it wrote the edition."""

    @property
    def edition(self) -> Edition: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """One printed text and where it begins. `role` is the last part of its key: headline, text, insights, …"""

    key: str
    text: str
    line: int = 0
    column: int = 0

    @property
    def role(self) -> str:
        return next((part for part in reversed(self.key.split(".")) if not part.isdigit()), self.key)

    @property
    def factual(self) -> bool:
        """Whether it reports; insights, impact and reasons may conclude."""
        return self.role not in {"insights", "impact", "reason"}


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
        """All that the sources say, titles first."""
        parts = [part for source in self.sources for part in (source.title, source.text) if part]
        return "\n".join(dict.fromkeys(parts))

    @property
    def proven(self) -> bool:
        """Whether there is a source text to hold it against; a bare title proves little."""
        return any(source.text or source.title for source in self.sources)


@dataclass(frozen=True)
class Dossier:
    """One edition under examination."""

    file: str
    edition: Edition
    entries: tuple[Entry, ...]
    passages: tuple[Passage, ...]  # of the edition as a whole: title, lead, summary
    pool: tuple[Source, ...] = ()  # every source of the window that is known, candidates too
    earlier: tuple[Printed, ...] = ()
    recorded: bool = False
    language: str = "zh"
    window_hours: float = 24.0
    topics: tuple[str, ...] = ()
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    body: str = ""  # the post's Markdown below its front matter, where it has one

    @cached_property
    def judge(self) -> Judge:
        """The window's sources, ready to be compared with."""
        return Judge(self.pool)

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
        evidence: str = "",
        fix: str = "",
        severity: Severity = "error",
    ) -> Finding:
        """Return a finding placed at `words` inside `passage`, else at the passage, else at the story."""
        if passage is None and entry is not None and entry.passages:
            passage = entry.passages[0]
        if passage and entry and words and words not in passage.text and f"{entry.key}.source" in self.places:
            # what is printed beside the story, its address and publisher, has a place of its own
            passage = Passage(f"{entry.key}.source", words, *self.places[f"{entry.key}.source"])
        line, column = (passage.line, passage.column) if passage else (0, 0)
        if passage and line and words and (at := passage.text.find(words)) >= 0:
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
            self.file,
            line,
            column,
            words,
            " ".join(evidence.split())[:240],
            fix,
            entry.name if entry else "",
            passage.key if passage else "",
        )


def prepare(
    parsed: ParsedLike,
    record: RecordLike | None = None,
    *,
    file: str = "",
    sources: Sequence[Source] = (),
    earlier: Sequence[Printed] = (),
    language: str = "zh",
    window_hours: float = 24.0,
    topics: Sequence[str] = (),
    text: str = "",
) -> Dossier:
    """Lay an edition out for the checks; `sources` are further ones of its window, `text` is the file's."""
    edition, places = parsed.edition, parsed.places
    known = record.edition if record else None
    pool = _pool(known, sources)
    by_url: dict[str, list[Source]] = {}
    for source in pool:
        by_url.setdefault(canonical_url(source.url) or source.url, []).append(source)
    partners = _partners(edition, known)
    entries = []
    for s, section in enumerate(edition.sections):
        for a, article in enumerate(section.articles):
            key = f"s{s}.a{a}"
            linked = tuple(by_url.get(canonical_url(article.url) or article.url, ())) if article.url else ()
            partner = partners.get(key)
            entries.append(
                Entry(
                    key,
                    article,
                    tuple(_passages(key, article, places)),
                    partner.sources if partner and partner.sources else linked,
                    linked,
                    partner,
                )
            )
    return Dossier(
        file,
        edition,
        tuple(entries),
        tuple(_edition_passages(edition, places)),
        pool,
        tuple(earlier),
        # a record kept only for its sign-offs knows nothing of the sources
        any(source.text or source.title for article in known.articles for source in article.sources)
        if known
        else False,
        language,
        window_hours,
        tuple(topics),
        places,
        text.split("\n---\n", 1)[1] if text.startswith("---\n") and "\n---\n" in text else "",
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


def _partners(edition: Edition, known: Edition | None) -> dict[str, Article]:
    """Match printed stories with the record's: by headline, then by text, then by likeness, then by address."""
    if known is None:
        return {}
    rest = list(known.articles)
    printed = [
        (f"s{s}.a{a}", article)
        for s, section in enumerate(edition.sections)
        for a, article in enumerate(section.articles)
    ]
    found: dict[str, Article] = {}
    for same in (_same_headline, _same_text, _alike, _same_url):
        for key, article in printed:
            if key in found:
                continue
            partner = next((other for other in rest if same(article, other)), None)
            if partner is not None:
                found[key] = partner
                rest.remove(partner)
    return found


def _same_headline(one: Article, other: Article) -> bool:
    return bool(one.headline) and one.headline == other.headline


def _same_text(one: Article, other: Article) -> bool:
    return bool(one.text) and plain(one.text) == plain(other.text)


def _alike(one: Article, other: Article) -> bool:
    return any(
        first and second and _likeness(first, second) >= SAME_HEADLINE
        for first, second in ((one.headline, other.headline), (one.text, other.text))
    )


def _same_url(one: Article, other: Article) -> bool:
    return bool(one.url) and canonical_url(one.url) == canonical_url(other.url)


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, fold(one)[:300], fold(other)[:300], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= SAME_HEADLINE <= matcher.quick_ratio() else 0.0


_MARKUP = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|!?\[([^\]]*)\]\([^)\s]*\)|<[^<>]{1,200}>")


def plain(text: str) -> str:
    """Return inline Markdown as the words a reader sees."""
    return _MARKUP.sub(lambda match: match[1] or "", text).strip()


def _passages(key: str, article: Article, places: Mapping[str, tuple[int, int]]) -> Iterator[Passage]:
    texts: list[tuple[str, str]] = [("headline", article.headline), ("text", article.text)]
    texts += [("background", article.background), ("reason", article.reason)]
    texts += [(f"points.{n}", f"{point.label}：{point.text}") for n, point in enumerate(article.points)]
    texts += [(f"insights.{n}", insight.text) for n, insight in enumerate(article.insights)]
    for g, group in enumerate(article.groups):
        texts += [(f"groups.{g}.{n}", text) for n, text in enumerate(group.texts)]
    base = places.get(key, places.get(f"{key}.headline", places.get(f"{key}.text", (0, 0))))
    for name, text in texts:
        if text.strip():
            place = places.get(f"{key}.{name}", base)
            yield Passage(f"{key}.{name}", text, *place)


def _edition_passages(edition: Edition, places: Mapping[str, tuple[int, int]]) -> Iterator[Passage]:
    texts = [("title", edition.title), ("lead", edition.lead), ("cover_alt", edition.cover_alt)]
    texts += [(f"summary.{n}", line) for n, line in enumerate(edition.summary)]
    for s, section in enumerate(edition.sections):
        texts += [(f"s{s}.impact.{n}", insight.text) for n, insight in enumerate(section.impact)]
    for key, text in texts:
        if text.strip():
            place = places.get(key) or places.get(key.rsplit(".", 1)[0], (0, 0))
            yield Passage(key, text, *place)


def moment_of(edition: Edition) -> dt.datetime:
    """Return the moment an edition covers up to: when it was made, else the end of its day in its zone."""
    from zoneinfo import ZoneInfo

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
