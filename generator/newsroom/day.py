"""The newsroom's morning: the store's items become one day's ranked material."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.config import Config
from generator.labels import labels_for
from generator.news import Candidate, Item, Printed, Region, Stats, Story
from generator.newsroom import roundup
from generator.newsroom.cluster import cluster
from generator.newsroom.desk import obey
from generator.newsroom.editor import Day
from generator.newsroom.fates import Fate, Why
from generator.newsroom.headline import headline
from generator.newsroom.memory import remember
from generator.newsroom.outlets import own_feeds
from generator.newsroom.pick import rank
from generator.newsroom.sheet import NO_SHEET, Sheet
from generator.newsroom.window import Window, fresh

MAX_CANDIDATES = 300  # of the day's other items in the record


@dataclass(frozen=True, slots=True)
class Material:
    """A day ready for its editor, all its stories, and why the rest is not in it."""

    day: Day
    stories: tuple[Story, ...]
    parts: Mapping[str, Mapping[str, float]]  # points of each story, by id
    others: tuple[Why, ...]
    notes: tuple[str, ...] = ()


def prepare(
    items: Sequence[Item],
    window: Window,
    config: Config,
    *,
    edition: str,
    date: dt.date,
    printed: Sequence[Printed] = (),
    feeds_failed: int = 0,
    sheet: Sheet = NO_SHEET,
) -> Material:
    """Return the day's material from `items`, which may reach beyond the window.

    `printed` is what earlier editions hold, `sheet` what the editor marked. The result depends on its arguments alone.
    """
    settings = config.edition
    labels = labels_for(config.site.language)
    recent, stale = fresh(items, window, config.site.zone)
    singles, apart = _without_roundups(recent)
    stories = cluster(
        singles, within=dt.timedelta(hours=settings.cluster_hours), language=config.site.language
    )
    stories, lone_parts = _without_lone_parts(stories, {item.id for item in recent})
    marked = obey(stories, sheet)
    stories = list(marked.stories)
    news, repeated = remember(stories, printed, keep=marked.pinned)
    others = [*stale, *apart, *lone_parts, *marked.dropped]
    others += [
        Why(item.id, Fate.REPEATED, f"{repeated[story.id].edition}#{repeated[story.id].article}")
        for story in stories
        if story.id in repeated
        for item in story.items
    ]
    weights = {feed.name: feed.weight for feed in config.feeds}
    ranked = rank(
        news, settings, labels, now=window.end, weights=weights, pinned=marked.pinned, own=own_feeds(items)
    )
    regions = [pick.region for pick in ranked.picks]
    day = Day(
        id=edition,
        date=date,
        generated_at=max((item.first_seen for item in recent), default=window.end),
        picks=ranked.picks,
        candidates=_candidates(recent),
        stats=Stats(
            raw_total=len(recent),
            raw_domestic=regions.count(Region.DOMESTIC),
            raw_international=regions.count(Region.INTERNATIONAL),
            feeds=len({item.feed for item in recent}),
            feeds_failed=feeds_failed,
        ),
        settings=settings,
        labels=labels,
        language=config.site.language,
        timezone=config.site.timezone,
        title=config.site.title,
    )
    return Material(day, tuple(stories), ranked.parts, (*others, *ranked.others), marked.notes)


def _without_roundups(items: Sequence[Item]) -> tuple[list[Item], list[Why]]:
    """Replace each round-up by the stories that it spells out; one that spells out none is set aside."""
    singles: list[Item] = []
    apart: list[Why] = []
    for item in items:
        if not roundup.is_roundup(item.title):
            singles.append(item)
            continue
        parts = roundup.split(item)
        apart.append(Why(item.id, Fate.ROUNDUP, f"split into {len(parts)}" if parts else "set aside"))
        singles += parts
    return singles, apart


def _without_lone_parts(stories: Sequence[Story], whole: set[str]) -> tuple[list[Story], list[Why]]:
    """Take out what only round-ups tell, and let real reports lead the rest.

    A line of a round-up has no page of its own: it can raise a story that others report, not be one.
    """
    kept = []
    for story in stories:
        own = tuple(item for item in story.items if item.id in whole)
        if own:
            kept.append(replace(story, items=own))
    return kept, []


def _candidates(items: Sequence[Item]) -> tuple[Candidate, ...]:
    """The day's items in short, those with an address, newest last."""
    listed = [Candidate(item.id, headline(item.title), item.url) for item in items if item.url]
    return tuple(listed[-MAX_CANDIDATES:])
