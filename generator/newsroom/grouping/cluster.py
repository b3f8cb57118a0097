"""Items about one event become one story: same address, same headline, then likeness with average linkage.

What does not look alike is never compared in detail: candidates come from one matrix product
in blocks, fall apart into components, and only inside a component are clusters merged. So the
cost stays local to what is similar, also with 10,000 items in the window.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.news import Item, Story
from generator.newsroom import lead
from generator.newsroom.grouping.likeness import CANDIDATE, CANDIDATE_TOLD, SAME, likeness, told_likeness
from generator.newsroom.grouping.linkage import merge_average
from generator.newsroom.grouping.marks import Marks, marks_of, rarity
from generator.newsroom.grouping.opening import opening_of
from generator.newsroom.headline import key_of
from generator.text.vectors import encode as encode_texts

if TYPE_CHECKING:
    from generator.text.vectors import Vectors

UNLIKE = 0.15  # share of the shorter text that two of one headline have in common, below which they are two
REVISIONS = 3  # headlines that one page may have in turn; with more it is a list of links
BLOCK = 1_000  # rows of one matrix product: 40 MB at 10,000 items
LARGEST = 250  # nodes of a component that are merged at once


def cluster(
    items: Sequence[Item],
    *,
    within: dt.timedelta,
    encode: Callable[[Sequence[str]], Any] = encode_texts,
    language: str = "zh",
) -> list[Story]:
    """Return one story an event, ordered by the time of its first report.

    `within` is how far apart two reports of one event may be. `language` is the paper's, which a
    story's lead is preferred to be in. The result does not depend on the order of `items`.
    """
    ordered = sorted(items, key=_order)
    groups = _copies(ordered, within)
    merged = _alike(groups, within, encode)
    stories = [_story(group, language, encode) for group in merged]
    return sorted(stories, key=lambda story: _order(min(story.items, key=_order)))


def _order(item: Item) -> tuple[dt.datetime, str]:
    return item.published, item.id


def story_id(first: Item, *, again: bool = False) -> str:
    """Return a story's id, from its first report, so that it keeps it when more come in.

    With `again`, the id of a second story that begins with this report.
    """
    return hashlib.sha256(f"story{' again' if again else ''}\n{first.id}".encode()).hexdigest()[:12]


def _story(group: list[Item], language: str, encode: Callable[[Sequence[str]], Any]) -> Story:
    first = min(group, key=_order)
    feeds = tuple(sorted({item.feed for item in group}))
    return Story(story_id(first), lead.ordered(group, language, encode=encode), feeds=feeds)


def _copies(items: Sequence[Item], within: dt.timedelta) -> list[list[Item]]:
    """Group items of one address, or of one headline within the window."""
    parent = list(range(len(items)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    heads: dict[str, set[str]] = defaultdict(set)
    for item in items:
        heads[item.url].add(key_of(item.title) or item.title)
    by_url: dict[str, int] = {}
    by_key: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.url:
            # one address may be a page that changes its story daily: its headlines decide
            first = by_url.setdefault(item.url, place)
            hub = len(heads[item.url]) > REVISIONS
            if first != place and not hub and _same_page(items[first], item):
                parent[root(place)] = root(first)
        if key := key_of(item.title):
            last = by_key.get(key, place)
            if item.published - items[last].published <= within and not _told_apart(items[last], item):
                parent[root(place)] = root(last)
            by_key[key] = place
    groups: dict[int, list[Item]] = defaultdict(list)
    for place, item in enumerate(items):
        groups[root(place)].append(item)
    return list(groups.values())


def _told_apart(a: Item, b: Item) -> bool:
    """Whether two entries of one headline say different things below it, as a column that is named alike each time."""
    told = marks_of(opening_of(a)).pairs, marks_of(opening_of(b)).pairs
    own = marks_of(a.title).pairs
    one, other = (pairs - own for pairs in told)
    return bool(one and other) and len(one & other) < UNLIKE * min(len(one), len(other))


def _same_page(a: Item, b: Item) -> bool:
    """Whether two entries with one address are of one story: a changelog has one address for all."""
    one, other = marks_of(a.title), marks_of(b.title)
    if key_of(a.title) == key_of(b.title) or not (one.words and other.words):
        return True
    if one.versions and other.versions and one.versions != other.versions:
        return False
    different_scripts = _is_han(a.title) != _is_han(b.title)
    return different_scripts or bool(one.words & other.words)


def _is_han(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@dataclass(frozen=True, slots=True)
class _Row:
    """One headline of a group, and the opening of a report under it; "" when none has a text."""

    owner: int
    head: Marks
    opening: str


def _alike(
    groups: list[list[Item]], within: dt.timedelta, encode: Callable[..., Vectors]
) -> list[list[Item]]:
    """Join groups whose reports are of one event."""
    if len(groups) < 2:
        return groups
    rows = [row for owner, group in enumerate(groups) for row in _rows(owner, group)]
    openings = {row.opening: marks_of(row.opening) for row in rows if row.opening}
    rare, rare_told = rarity([row.head for row in rows]), rarity(list(openings.values()))
    heads = encode([row.head.text for row in rows])
    # a report without a text has a row of zeros, which is like nothing
    begins = encode([openings[row.opening].text if row.opening else "" for row in rows])
    times = [(min(i.published for i in group), max(i.published for i in group)) for group in groups]
    of: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        of[row.owner].append(place)

    def alike(one: int, other: int, head: float, begin: float) -> float:
        a, b = rows[one], rows[other]
        if not _in_reach(times[a.owner], times[b.owner], within):
            return 0.0
        if a.opening and b.opening:
            told = openings[a.opening], openings[b.opening]
            return told_likeness((a.head, b.head), told, (head, begin), rare, rare_told)
        return likeness(a.head, b.head, head, rare)

    def closest(a: int, b: int) -> float:
        return max(
            alike(one, other, float(heads[one] @ heads[other]), float(begins[one] @ begins[other]))
            for one in of[a]
            for other in of[b]
        )

    scores: dict[tuple[int, int], float] = {}
    for one, other, head, begin in _candidates(heads, begins):
        a, b = sorted((rows[one].owner, rows[other].owner))
        if a != b:
            scores[a, b] = max(alike(one, other, head, begin), scores.get((a, b), 0.0))
    linked = merge_average(len(groups), scores, SAME, largest=LARGEST, otherwise=closest)
    return [[item for node in nodes for item in groups[node]] for nodes in linked]


def _rows(owner: int, group: list[Item]) -> Iterator[_Row]:
    """A group may hold a Chinese and an English headline: each is compared."""
    openings: dict[str, str] = {}
    for item in group:
        openings[item.title] = openings.get(item.title) or opening_of(item)
    for title, opening in openings.items():
        yield _Row(owner, marks_of(title), opening)


def _in_reach(
    a: tuple[dt.datetime, dt.datetime], b: tuple[dt.datetime, dt.datetime], within: dt.timedelta
) -> bool:
    return a[0] - b[1] <= within and b[0] - a[1] <= within


def _candidates(heads: Vectors, begins: Vectors) -> Iterator[tuple[int, int, float, float]]:
    """Yield each pair of rows, lower first, whose cosines (headline, opening) make it worth a look."""
    import numpy as np

    for start in range(0, len(heads), BLOCK):
        head = heads[start : start + BLOCK] @ heads[start:].T
        begin = begins[start : start + BLOCK] @ begins[start:].T
        one, other = np.nonzero((head >= CANDIDATE) | (begin >= CANDIDATE_TOLD))
        later = other > one
        one, other = one[later], other[later]
        yield from zip(
            (one + start).tolist(),
            (other + start).tolist(),
            head[one, other].tolist(),
            begin[one, other].tolist(),
            strict=True,
        )
