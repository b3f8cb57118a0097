"""A story belongs in the paper because its source says so, not because the reason does."""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence.dossier import Dossier
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.lexicon import topics
from generator.lexicon.publishers import maker_of


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each story whose sources hold no word of the paper's topics."""
    if not dossier.context.topics:
        return
    for entry in dossier.entries:
        if not any(source.text for source in entry.sources):
            continue
        if topics.relevance(plain(entry.evidence), dossier.context.topics):
            continue
        if any(maker_of(source.url, dossier.context.topics) for source in entry.sources):
            continue
        yield dossier.finding(
            "relevance",
            f"no source of this story speaks of {' or '.join(dossier.context.topics)}",
            entry=entry,
            words=entry.article.headline or entry.article.text[:40],
            evidence=entry.sources[0].title,
            fix="leave it out, or accept it with a reason",
            severity="warning",
        )
