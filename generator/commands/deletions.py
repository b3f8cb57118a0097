"""A story that a person deleted takes along the line of the summary that told it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from generator.news import Edition
from generator.text.clean import fold


@dataclass(frozen=True, slots=True)
class _Read:
    edition: Edition
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def lines_about(edition: Edition, headlines: Collection[str]) -> frozenset[str]:
    """Return the lines of the edition's summary, folded, that tell of the stories of these headlines.

    The offline editor's lines are headlines; of a model's the evidence says which story they speak of.
    """
    lines = {fold(line) for line in edition.summary}
    reworded = [line for line in edition.summary if fold(line) not in _headlines(edition)]
    return frozenset(lines.intersection(headlines) | _reworded(edition, reworded, headlines))


def without_lines(edition: Edition, gone: Collection[str]) -> Edition:
    """Return `edition` without these lines of its summary."""
    return replace(edition, summary=tuple(line for line in edition.summary if fold(line) not in gone))


def _reworded(edition: Edition, lines: list[str], headlines: Collection[str]) -> set[str]:
    if not lines or _headlines(edition).isdisjoint(headlines):
        return set()
    from generator.evidence.dossier import prepare
    from generator.evidence.passages import plain
    from generator.evidence.phantom import told_by

    dossier = prepare(_Read(replace(edition, title="", lead="", cover_alt="", summary=tuple(lines))))
    gone = {entry.key for entry in dossier.entries if fold(entry.article.headline) in headlines}
    told = dict(told_by(dossier))
    return {fold(line) for line in lines if told.get(plain(line)) in gone}


def _headlines(edition: Edition) -> set[str]:
    return {fold(article.headline) for article in edition.articles if article.headline}
