"""Which report of an event leads: the one that tells most, in the paper's language, from nearest to the event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.lexicon.publishers import publisher_of
from generator.news import Item, Role
from generator.newsroom.grouping.marks import marks_of
from generator.newsroom.headline import only_names
from generator.newsroom.outlets import points_on
from generator.newsroom.roundup import is_roundup
from generator.text.addresses import is_home
from generator.text.language import language_of
from generator.text.vectors import encode as encode_texts

FULL, BLURB = 400, 40  # characters of evidence: an article, a sentence
ASIDE = 0.85  # of the median likeness to the others, below which a headline tells something else


def ordered(
    items: Sequence[Item], language: str = "zh", *, encode: Callable[[Sequence[str]], Any] = encode_texts
) -> tuple[Item, ...]:
    """Return the reports of one event, the best lead first, then by time; one of each address.

    A report whose headline is least like the others' speaks of something beside the event: it
    never leads. Neither does, while another can, one that only points at a report, or whose headline
    is a product's name.
    """
    aside = _aside(items, encode)
    by_worth = sorted(
        items,
        key=lambda item: (
            item.title in aside,
            points_on(item),
            only_names(item.title),
            *_worth(item, language),
            item.published,
            item.id,
        ),
    )
    seen: set[str] = set()
    kept = []
    for item in by_worth:
        if item.url and item.url in seen:
            continue
        seen.add(item.url)
        kept.append(item)
    return (kept[0], *sorted(kept[1:], key=lambda item: (item.published, item.id)))


def _aside(items: Sequence[Item], encode: Callable[[Sequence[str]], Any]) -> set[str]:
    """Return the headlines that are unlike the story's others; of two nothing can be said."""
    titles = list(dict.fromkeys(item.title for item in items))
    if len(titles) < 3:
        return set()
    import numpy as np

    vectors = encode([marks_of(title).text for title in titles])
    likeness = (vectors @ vectors.T).sum(axis=1) - 1
    least = ASIDE * float(np.median(likeness))
    return {title for title, like in zip(titles, likeness.tolist(), strict=True) if like < least}


def _worth(item: Item, language: str) -> tuple[float, ...]:
    """Sort key, smaller is better."""
    publisher = publisher_of(item.url)
    body = len(item.summary) + len(item.text)
    depth = 2 if body >= FULL else 1 if body >= BLURB else 0
    linked = 1 if item.url and not is_home(item.url) else 0
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
