"""Which story of another edition a story of today tells: by its address, else by all that both tell."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.lexicon import names
from generator.news import Item, Printed, Source, Story
from generator.newsroom.grouping.marks import marks_of
from generator.newsroom.grouping.retold import AGAIN, compared_words, retelling
from generator.newsroom.grouping.told import Ground, ground_of, named, told_of
from generator.text.addresses import canonical_url
from generator.text.vectors import encode as encode_texts

REPORTS = 6  # of a story that are compared
NEAREST = 3  # printed stories, by their nearest headlines, that a story of today is held against
# cosine of the nearest headlines below which nothing is compared, and where somebody is named in both; what a
# shared name is worth among the nearest
NEAR, NEAR_NAMED, NAMED = 0.46, 0.36, 0.08

Encode = Callable[[Sequence[str]], Any]


def told_before(
    stories: Sequence[Story], printed: Sequence[Printed], date: dt.date, *, encode: Encode = encode_texts
) -> dict[str, tuple[Printed, float]]:
    """Return where each of the `stories` of `date` stands in `printed`, by its id, and how sure that is, 0.5 to 1.

    It is 1 where the address tells.
    """
    if not printed:
        return {}
    by_url = {canonical_url(url): old for old in printed for url in old.urls}
    found = {story.id: (old, 1.0) for story in stories if (old := _by_address(story, by_url))}
    rest = [_cut(story) for story in stories if story.id not in found]
    olds = [_cut(_story_of(old)) for old in printed]
    ground = ground_of([*rest, *olds], encode)
    told = [told_of(old, "", encode) for old in olds]
    pairs = [(told_of(story, "", encode), near) for story, near in _nearest(rest, olds, ground)]
    # the words one by one, all at once, which takes half as long as pair by pair
    compared = [new for new, _ in pairs] + [told[place] for place in {k for _, near in pairs for k in near}]
    encode(sorted(compared_words(compared)))
    for new, near in pairs:
        sure = [retelling(new, told[place], abs((date - printed[place].date).days), ground) for place in near]
        best = max(range(len(near)), key=lambda k: (sure[k], -k))
        if sure[best] >= AGAIN:
            found[new.story.id] = printed[near[best]], sure[best]
    return found


def _by_address(story: Story, by_url: Mapping[str, Printed]) -> Printed | None:
    for item in story.items:
        old = by_url.get(item.url) if item.url else None
        if old is not None:
            new, before = (marks_of(title).versions for title in (story.lead.title, old.headline))
            # a changelog keeps its address from version to version
            if not (new and before and new != before):
                return old
    return None


def _nearest(
    stories: Sequence[Story], olds: Sequence[Story], ground: Ground
) -> Iterator[tuple[Story, list[int]]]:
    """Yield each story that has something in common with what was printed, and the places of the nearest."""
    import numpy as np

    row_of = {title: row for row, title in enumerate(ground.titles)}
    rows = [row_of[item.title] for old in olds for item in old.items]
    starts = np.cumsum([0, *(len(old.items) for old in olds)])[:-1]
    printed = ground.vectors[rows].T
    old_names = [_named(old) for old in olds]
    for story in stories:
        cosines = ground.vectors[[row_of[item.title] for item in story.items]] @ printed
        nearest = np.maximum.reduceat(cosines.max(axis=0), starts)
        mine = _named(story)
        shared = np.array([bool(mine & theirs) for theirs in old_names])
        order = np.argsort(-(nearest + NAMED * shared), kind="stable")[:NEAREST].tolist()
        near = [k for k in order if nearest[k] >= (NEAR_NAMED if shared[k] else NEAR)]
        if near:
            yield story, near


def _named(story: Story) -> set[str]:
    """Return whom a story's headlines name, places aside."""
    found = set().union(*(named(marks_of(item.title)) for item in story.items))
    return {name for name in found if names.entries()[name].kind != "place"}


def _cut(story: Story) -> Story:
    """Return the story with its first reports only, one a headline."""
    by_title = {item.title: item for item in reversed(story.items)}
    titles = list(dict.fromkeys(item.title for item in story.items))[:REPORTS]
    return dataclasses.replace(story, items=tuple(by_title[title] for title in titles))


def _story_of(printed: Printed) -> Story:
    """Return what was printed as a story of its sources; without any, of what was printed itself."""
    at = dt.datetime.combine(printed.date, dt.time(), dt.UTC)
    items = tuple(_item_of(source, printed, at) for source in printed.sources)
    alone = Item(printed.article, "", printed.headline, "", at, at, summary=printed.text)
    return Story(printed.article, items or (alone,))


def _item_of(source: Source, printed: Printed, at: dt.datetime) -> Item:
    title = source.title or printed.headline
    return Item(
        source.id,
        source.url,
        title,
        source.feed,
        source.published or at,
        at,
        summary=source.text.removeprefix(title).lstrip("\n"),
        language=source.language,
    )
