"""Which report of an event leads: the one that tells most, in the paper's language, from nearest to the event."""

from __future__ import annotations

from collections.abc import Sequence

from generator.lexicon.publishers import publisher_of
from generator.news import Item, Role
from generator.newsroom.roundup import is_roundup
from generator.text.language import language_of

FULL, BLURB = 400, 40  # characters of evidence: an article, a sentence


def ordered(items: Sequence[Item], language: str = "zh") -> tuple[Item, ...]:
    """Return the reports of one event, the best lead first, then by time; one of each address."""
    by_worth = sorted(items, key=lambda item: (*_worth(item, language), item.published, item.id))
    seen: set[str] = set()
    kept = []
    for item in by_worth:
        if item.url and item.url in seen:
            continue
        seen.add(item.url)
        kept.append(item)
    return (kept[0], *sorted(kept[1:], key=lambda item: (item.published, item.id)))


def _worth(item: Item, language: str) -> tuple[float, ...]:
    """Sort key, smaller is better."""
    publisher = publisher_of(item.url)
    body = len(item.summary) + len(item.text)
    depth = 2 if body >= FULL else 1 if body >= BLURB else 0
    linked = 1 if item.url else 0
    usable = 0 if is_roundup(item.title) else 1
    spoken = 1 if language_of(item.title) == language.split("-")[0] else 0
    nearness = {"aggregator": -1, "community": -1}.get(publisher.kind, 2 if publisher.first_hand else 0)
    # a full text beats a blurb, but a title in the paper's language beats a foreign blurb
    return -usable, -linked, -(spoken * 2 + depth + nearness), -publisher.weight


def role_of(item: Item) -> Role:
    """Return what a report is to its event, by who published it."""
    publisher = publisher_of(item.url)
    if publisher.first_hand:
        return Role.PRIMARY
    if publisher.kind in ("aggregator", "community"):
        return Role.REWRITE
    return Role.REPORT
