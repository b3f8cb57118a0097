"""No event is printed twice: the day's best stories are compared again, story with story.

The few dozen stories that may be printed are compared; what joins them (`one_event`) would be too lenient for
all of a day.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from generator.news import Item, Story
from generator.newsroom import lead
from generator.newsroom.grouping.by_headlines import TIMES
from generator.newsroom.grouping.one_event import margin
from generator.newsroom.grouping.told import ground_of, told_of
from generator.newsroom.split import Apart
from generator.text.vectors import encode as encode_texts


def once_each(
    stories: Sequence[Story],
    events: Mapping[str, str],
    among: Sequence[Story],
    *,
    language: str,
    apart: Sequence[Apart] = (),
    encode: Callable[[Sequence[str]], Any] = encode_texts,
) -> dict[str, Story]:
    """Return what became of the stories that tell of one event: the joined story, by the id of each part.

    `events` is the kind of event of a story, by its id, and `among` all the day's stories, which
    say how much a shared word or a near vector proves. A joined story keeps the id of the earliest.
    What the editor set `apart` is not joined.
    """
    ordered = sorted(stories, key=_first_report)
    told = [told_of(story, events.get(story.id, ""), encode) for story in ordered]
    ground = ground_of(among, encode)
    homes: dict[str, str] = {}

    def sureness(a: int, b: int) -> float:
        if any(one.forbids(told[a].story.items, told[b].story.items) for one in apart):
            return -1.0
        return margin(told[a], told[b], ground)

    sure = {(a, b): sureness(a, b) for a, b in combinations(range(len(told)), 2)}
    while sure and (best := max(sure, key=lambda pair: (sure[pair], pair))) and sure[best] >= 0:
        a, b = best
        one, other = sorted((told[a].story, told[b].story), key=_first_report)
        homes[other.id] = one.id
        told[a] = told_of(_joined(one, other, language), told[a].event or told[b].event, encode)
        sure = {pair: much for pair, much in sure.items() if b not in pair}
        for pair in [pair for pair in sure if a in pair]:
            sure[pair] = sureness(*pair)
    now = {one.story.id: one.story for one in told}
    found: dict[str, Story] = {}
    for part, home in homes.items():
        while home in homes:
            home = homes[home]
        found[part] = found[home] = now[home]
    return found


def _first_report(story: Story) -> tuple[Any, str]:
    return min((item.published, item.id) for item in story.items)


def _joined(home: Story, other: Story, language: str) -> Story:
    return dataclasses.replace(
        home,
        items=_led(home, other, lead.ordered((*home.items, *other.items), language)),
        feeds=tuple(sorted({*home.feeds, *other.feeds})),
        follow_up_of=home.follow_up_of or other.follow_up_of,
    )


def _led(home: Story, other: Story, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Keep the lead of a story that takes in a far smaller one: what stands beside an event is not how the day tells it."""
    few, many = sorted((home, other), key=lambda story: len(story.items))
    if len(many.items) < TIMES * len(few.items) or many.lead not in items:
        return items
    rest = sorted((item for item in items if item != many.lead), key=lambda item: (item.published, item.id))
    return (many.lead, *rest)
