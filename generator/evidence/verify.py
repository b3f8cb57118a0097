"""Prove a finished edition, or one article, against the sources it rests on. No network, no model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.evidence.checks import CHECKS, run
from generator.evidence.dossier import Dossier, ParsedLike, RecordLike, prepare
from generator.evidence.finding import Finding, in_order
from generator.news import Article, Edition, Printed, Section, Source


@dataclass(frozen=True, slots=True)
class _Parsed:
    edition: Edition
    places: MappingProxyType[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))


def verify(
    parsed: ParsedLike,
    record: RecordLike | None = None,
    *,
    file: str = "",
    sources: Sequence[Source] = (),
    earlier: Sequence[Printed] = (),
    language: str = "zh",
    window_hours: float = 24.0,
    topics: Sequence[str] = (),
    only: Collection[str] = (),
) -> list[Finding]:
    """Return what is doubtful about an edition, in the order of its file.

    `sources` are further sources of its window, `earlier` the stories of the editions before
    it. Without a record the file is held against itself and against `sources`. `only` limits
    the checks to these kinds. Findings the record's `accepted` names are left out.
    """
    dossier = prepare(
        parsed,
        record,
        file=file,
        sources=sources,
        earlier=earlier,
        language=language,
        window_hours=window_hours,
        topics=topics,
    )
    return judged(dossier, record.edition if record else parsed.edition, only=only)


def judged(dossier: Dossier, known: Edition, *, only: Collection[str] = ()) -> list[Finding]:
    """Run the checks over a dossier and leave out what a person accepted."""
    checks = {kind: check for kind, check in CHECKS.items() if not only or kind in only}
    accepted = {one.finding for one in known.accepted}
    return [finding for finding in in_order(run(dossier, checks)) if finding.id not in accepted]


# What can be said of an article before its edition exists.
ARTICLE_CHECKS = (
    "pairing", "link", "number", "hedge", "name", "quotation", "modality", "date", "merged", "publisher", "language", "form", "support",
)  # fmt: skip


def complaints(
    article: Article,
    *,
    day: dt.date,
    timezone: str = "Asia/Shanghai",
    pool: Sequence[Source] = (),
    language: str = "zh",
) -> list[str]:
    """Return in words what is wrong with an article, to be answered in one more turn; empty when it may be printed.

    Only what the writer can mend counts: its words against its own sources.
    """
    found = check_article(
        article,
        day=day,
        timezone=timezone,
        pool=pool,
        language=language,
        only=[k for k in ARTICLE_CHECKS if k not in _NOT_THE_WRITERS],
    )
    return [
        f"{one.kind}: {one.message}: {one.words!r}"
        + (f" (the source says: {one.evidence})" if one.evidence else "")
        for one in found
        if one.severity != "note"
    ]


# Links, publishers and times are attached by code; a writer cannot mend them.
_NOT_THE_WRITERS = ("pairing", "link", "publisher")


def check_article(
    article: Article,
    sources: Sequence[Source] = (),
    *,
    day: dt.date,
    timezone: str = "Asia/Shanghai",
    pool: Sequence[Source] = (),
    language: str = "zh",
    window_hours: float = 24.0 * 365,
    only: Collection[str] = ARTICLE_CHECKS,
) -> list[Finding]:
    """Return what is doubtful about one article, before it is accepted into the edition of `day`.

    `sources` are what it was written from (its own, when empty), `pool` the others of the window.
    """
    from dataclasses import replace

    known = replace(article, sources=tuple(sources) or article.sources)
    printed = replace(known, claims=article.claims)
    edition = Edition("article", day, timezone=timezone, sections=(Section("", articles=(printed,)),))
    return verify(
        _Parsed(edition),
        _Parsed(edition),
        sources=pool,
        language=language,
        window_hours=window_hours,
        only=only,
    )
