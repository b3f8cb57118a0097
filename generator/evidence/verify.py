"""Prove a finished edition, or one article, against the sources it rests on. No network, no model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from generator.evidence.checks import CHECKS, run
from generator.evidence.dossier import Context, Dossier, ParsedLike, RecordLike, prepare
from generator.evidence.finding import Finding, in_order
from generator.news import Article, Edition, Section, Source


@dataclass(frozen=True, slots=True)
class _Parsed:
    edition: Edition
    places: MappingProxyType[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))


def verify(
    parsed: ParsedLike,
    record: RecordLike | None = None,
    context: Context = Context(),  # noqa: B008 - it is frozen
    *,
    only: Collection[str] = (),
) -> list[Finding]:
    """Return what is doubtful about an edition, in the order of its file.

    Without a record the file is held against itself and against the context's sources. `only`
    limits the checks to these kinds. Findings the record's `accepted` names are left out.
    """
    return judged(prepare(parsed, record, context), only=only)


def judged(dossier: Dossier, *, only: Collection[str] = ()) -> list[Finding]:
    """Run the checks over a dossier and leave out what a person accepted."""
    checks = {kind: check for kind, check in CHECKS.items() if not only or kind in only}
    return [finding for finding in in_order(run(dossier, checks)) if finding.id not in dossier.accepted]


# What can be said of an article before its edition exists.
ARTICLE_CHECKS = (
    "pairing", "link", "number", "hedge", "name", "quotation", "modality", "date", "merged", "publisher", "language", "form", "support",
)  # fmt: skip


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
    known = replace(article, sources=tuple(sources) or article.sources)
    printed = replace(known, claims=article.claims)
    edition = Edition("article", day, timezone=timezone, sections=(Section("", articles=(printed,)),))
    context = Context(sources=pool, language=language, window_hours=window_hours)
    return verify(_Parsed(edition), _Parsed(edition), context, only=only)
