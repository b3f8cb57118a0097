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
from typing import TYPE_CHECKING, Any

from generator.news import Item, Story
from generator.newsroom import lead
from generator.newsroom.headline import key_of
from generator.newsroom.likeness import CANDIDATE, SAME, likeness
from generator.newsroom.linkage import merge_average
from generator.newsroom.marks import marks_of, rarity
from generator.text.vectors import encode as encode_texts

if TYPE_CHECKING:
    from generator.text.vectors import Vectors

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
    stories = [_story(group, language) for group in merged]
    return sorted(stories, key=lambda story: _order(min(story.items, key=_order)))


def _order(item: Item) -> tuple[dt.datetime, str]:
    return item.published, item.id


def _story(group: list[Item], language: str) -> Story:
    first = min(group, key=_order)
    # named after its first report, so that it keeps its id when more come in
    identity = hashlib.sha256(f"story\n{first.id}".encode()).hexdigest()[:12]
    return Story(identity, lead.ordered(group, language))


def _copies(items: Sequence[Item], within: dt.timedelta) -> list[list[Item]]:
    """Group items of one address, or of one headline within the window."""
    parent = list(range(len(items)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    by_url: dict[str, int] = {}
    by_key: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.url:
            # one address may be a page that changes its story daily: its headlines decide
            first = by_url.setdefault(item.url, place)
            if first != place and _same_page(items[first], item):
                parent[root(place)] = root(first)
        if key := key_of(item.title):
            last = by_key.get(key, place)
            if item.published - items[last].published <= within:
                parent[root(place)] = root(last)
            by_key[key] = place
    groups: dict[int, list[Item]] = defaultdict(list)
    for place, item in enumerate(items):
        groups[root(place)].append(item)
    return list(groups.values())


def _same_page(a: Item, b: Item) -> bool:
    """Whether two entries with one address are of one story: a changelog has one address for all."""
    one, other = marks_of(a.title), marks_of(b.title)
    if key_of(a.title) == key_of(b.title) or not (one.words and other.words):
        return True
    if likeness_veto := bool(one.versions and other.versions and one.versions != other.versions):
        return not likeness_veto
    different_scripts = _is_han(a.title) != _is_han(b.title)
    return different_scripts or bool(one.words & other.words)


def _is_han(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _alike(
    groups: list[list[Item]], within: dt.timedelta, encode: Callable[..., Vectors]
) -> list[list[Item]]:
    """Join groups whose headlines are of one event."""
    if len(groups) < 2:
        return groups
    # a group may hold a Chinese and an English headline: each is compared
    owners: list[int] = []
    titles: list[str] = []
    for owner, group in enumerate(groups):
        for title in dict.fromkeys(item.title for item in group):
            owners.append(owner)
            titles.append(title)
    all_marks = [marks_of(title) for title in titles]
    rare = rarity(all_marks)
    vectors = encode([marks.text for marks in all_marks])
    times = [(min(i.published for i in group), max(i.published for i in group)) for group in groups]
    scores: dict[tuple[int, int], float] = {}
    for row, column, cosine in _candidates(vectors):
        a, b = owners[row], owners[column]
        if a == b or not _in_reach(times[a], times[b], within):
            continue
        pair = (a, b) if a < b else (b, a)
        score = likeness(all_marks[row], all_marks[column], cosine, rare)
        scores[pair] = max(score, scores.get(pair, 0.0))
    linked = merge_average(len(groups), scores, SAME, largest=LARGEST)
    return [[item for node in nodes for item in groups[node]] for nodes in linked]


def _in_reach(
    a: tuple[dt.datetime, dt.datetime], b: tuple[dt.datetime, dt.datetime], within: dt.timedelta
) -> bool:
    return a[0] - b[1] <= within and b[0] - a[1] <= within


def _candidates(vectors: Vectors) -> Iterator[tuple[int, int, float]]:
    """Yield each pair of rows, lower first, whose cosine makes it worth a look."""
    import numpy as np

    for start in range(0, len(vectors), BLOCK):
        product = vectors[start : start + BLOCK] @ vectors[start:].T
        rows, columns = np.nonzero(product >= CANDIDATE)
        keep = columns > rows
        for row, column, cosine in zip(
            rows[keep].tolist(),
            columns[keep].tolist(),
            product[rows[keep], columns[keep]].tolist(),
            strict=True,
        ):
            yield start + row, start + column, cosine
