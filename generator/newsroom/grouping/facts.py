"""The facts a report begins with: the amounts with what they count, and the days it names; what two reports share of them."""

from __future__ import annotations

import datetime as dt
import functools

from generator.news import Item, Story
from generator.newsroom.boilerplate import body_of
from generator.newsroom.headline import headline
from generator.text.dates import dates
from generator.text.numbers import quantities

BEGINNING = 400  # characters; figures stand lower in a report than what an opening compares
LARGE = 100  # from which a number that counts nothing named is no chance
VAGUE = frozenset(["倍", "款", "个", "名", "家", "次"])  # counts of which any report is full
RECENT = 3  # days before a report, and the one after, that a dateline or a 昨日 may name

Fact = tuple[str, str]  # what is counted, or "day"; the amount, or month and day


@functools.lru_cache(maxsize=20_000)
def facts_of(item: Item) -> frozenset[Fact]:
    """Return the facts of an item's headline and of how its text begins."""
    text = f"{headline(item.title)} {body_of((item.summary or item.text)[: 4 * BEGINNING])[:BEGINNING]}"
    found = {
        (one.unit, f"{one.low.normalize():f}")
        for one in quantities(text)
        if one.low == one.high and one.unit not in VAGUE and (one.unit or one.low >= LARGE)
    }
    told = item.published.date()
    datelines = {told - dt.timedelta(days=back) for back in range(-1, RECENT + 1)}
    found |= {
        ("day", f"{one.month}-{one.day}")
        for one in dates(text)
        if one.month and one.day and (one.month, one.day) not in {(day.month, day.day) for day in datelines}
    }
    return frozenset(found)


def told_facts(story: Story) -> frozenset[Fact]:
    """Return the facts of all a story's reports."""
    return frozenset().union(*(facts_of(item) for item in story.items))
