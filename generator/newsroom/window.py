"""Which items are today's news: what was published inside the edition's window."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from generator.news import Item, Precision
from generator.newsroom.fates import Fate, Why

MAX_UNDATED = 8  # of one feed in one window: more is a new feed's back catalogue
SLACK = dt.timedelta(hours=24)  # how much earlier than its window an item dated only to the day may stand


@dataclass(frozen=True, slots=True)
class Window:
    """What an edition covers: after `start`, up to and with `end`."""

    start: dt.datetime
    end: dt.datetime


def window_of(
    date: dt.date, *, at: dt.datetime | None, now: dt.datetime, hours: float, zone: ZoneInfo
) -> Window:
    """Return the window of the edition of `date`.

    It ends `at`, else now when the edition is today's, else when `date` ends in the paper's zone.
    """
    if at is None:
        midnight = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), zone)
        at = now if now.astimezone(zone).date() == date else midnight
    end = at.astimezone(dt.UTC)
    return Window(end - dt.timedelta(hours=hours), end)


def fresh(items: Iterable[Item], window: Window, zone: ZoneInfo) -> tuple[list[Item], list[Why]]:
    """Split `items` into those of the window and the stale, with why.

    An item dated only to the day counts when its day reaches into the window. A feed that
    dates nothing is believed for its first few entries only.
    """
    kept: list[Item] = []
    stale: list[Why] = []
    undated: Counter[str] = Counter()
    for item in sorted(items, key=lambda item: (item.published, item.id)):
        if item.published > window.end:
            stale.append(Why(item.id, Fate.STALE, "after this edition"))
        elif not _inside(item, window, zone):
            stale.append(
                Why(item.id, Fate.STALE, item.published.astimezone(zone).isoformat(timespec="minutes"))
            )
        elif item.precision is Precision.INFERRED and undated[item.feed] >= MAX_UNDATED:
            stale.append(Why(item.id, Fate.STALE, "one of many without a date"))
        else:
            undated[item.feed] += item.precision is Precision.INFERRED
            kept.append(item)
    return kept, stale


def _inside(item: Item, window: Window, zone: ZoneInfo) -> bool:
    if item.precision is not Precision.DAY:
        return item.published > window.start
    day = item.published.astimezone(zone).date()
    ends = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    return ends > window.start and item.first_seen > window.start
