"""The newsroom's morning: the store's items become one day's ranked material."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.config import Config
from generator.labels import labels_for
from generator.news import Candidate, Item, Pick, Printed, Region, Retraction, Stats, Story
from generator.newsroom import roundup
from generator.newsroom.desk import Obeyed, obey
from generator.newsroom.editor import Day
from generator.newsroom.fates import Fate, Why
from generator.newsroom.grouping.cluster import cluster
from generator.newsroom.grouping.twice import once_each
from generator.newsroom.headline import headline
from generator.newsroom.memory import remember, told_later
from generator.newsroom.outlets import own_feeds
from generator.newsroom.pick import rank
from generator.newsroom.sheet import NO_SHEET, Sheet
from generator.newsroom.standing import NOTHING, Standing
from generator.newsroom.window import Window, fresh

MAX_CANDIDATES = 300  # of the day's other items in the record
RECONSIDERED = 2  # times the stories an edition holds are compared once more, the best first


@dataclass(frozen=True, slots=True)
class Material:
    """A day ready for its editor, all its stories, and why the rest is not in it."""

    day: Day
    stories: tuple[Story, ...]
    parts: Mapping[str, Mapping[str, float]]  # points of each story, by id
    others: tuple[Why, ...]
    marked: Obeyed
    aside: tuple[Pick, ...] = ()  # what the marks took out, judged as if they had not
    unreported: tuple[Item, ...] = ()  # lines of round-ups that no report covers
    own: frozenset[str] = frozenset()  # feeds that lead to one site only


def prepare(
    items: Sequence[Item],
    window: Window,
    config: Config,
    *,
    edition: str,
    date: dt.date,
    printed: Sequence[Printed] = (),
    later: Sequence[Printed] = (),
    standing: Standing = NOTHING,
    feeds_failed: int = 0,
    sheet: Sheet = NO_SHEET,
    retractions: Sequence[Retraction] = (),
) -> Material:
    """Return the day's material from `items`, which may reach beyond the window.

    `printed` is what earlier editions hold, `later` what later ones do, `standing` what this one held when it was
    last written, `sheet` what the editor marked, `retractions` what was taken back. The result depends on its
    arguments alone.
    """
    settings = config.edition
    labels = labels_for(config.site.language)
    recent, stale = fresh(items, window, config.site.zone)
    singles, apart = _without_roundups(recent)
    stories = cluster(
        singles, within=dt.timedelta(hours=settings.cluster_hours), language=config.site.language
    )
    stories, unreported = _without_lone_parts(stories, {item.id for item in recent})
    marked = obey(stories, sheet, language=config.site.language)
    stories, taken_back = _without_retracted(marked.stories, retractions)
    news, repeated = remember(stories, printed, date, keep=marked.pinned)
    # what stands here was here first; what is pinned is printed whatever was before
    movable = [story for story in news if not (story.id in marked.pinned or standing.holds(story))]
    ahead = told_later(movable, later, date)
    news = [story for story in news if story.id not in ahead]
    others = [*stale, *apart, *marked.dropped, *taken_back]
    others += [Why(item.id, Fate.UNREPORTED, item.link) for item in unreported]
    for fate, told in ((Fate.REPEATED, repeated), (Fate.LATER, ahead)):
        others += [
            Why(item.id, fate, f"{told[story.id].edition}#{told[story.id].article}")
            for story in stories
            if story.id in told
            for item in story.items
        ]
    weights = {feed.name: feed.weight for feed in config.feeds}
    own = own_feeds(items)
    judged = functools.partial(
        rank,
        settings=settings,
        labels=labels,
        now=window.end,
        weights=weights,
        pinned=marked.pinned,
        own=own,
    )
    ranked = judged(news)
    # what the editor pinned or joined stands as it is
    near = [
        pick
        for pick in ranked.picks[: RECONSIDERED * settings.max_stories]
        if pick.story.id not in marked.by_hand
    ]
    joined = once_each(
        [pick.story for pick in near],
        {pick.story.id: pick.event for pick in near},
        stories,
        language=config.site.language,
        apart=marked.apart,
    )
    if joined:
        stories = _replaced(stories, joined)
        ranked = judged(_replaced(news, joined))
    regions = [pick.region for pick in ranked.picks]
    day = Day(
        id=edition,
        date=date,
        # what is replayed was first seen after the moment that the edition covers up to
        generated_at=min(max((item.first_seen for item in recent), default=window.end), window.end),
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
        by_hand=marked.by_hand,
        standing=standing,
    )
    return Material(
        day,
        tuple(stories),
        ranked.parts,
        (*others, *ranked.others),
        marked,
        judged([one.story for one in marked.aside]).picks,
        unreported,
        own,
    )


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


def _without_lone_parts(stories: Sequence[Story], whole: set[str]) -> tuple[list[Story], tuple[Item, ...]]:
    """Take out what only round-ups tell, which comes second, and let real reports lead the rest.

    A line of a round-up has no page of its own: it can raise a story that others report, not be one.
    """
    kept: list[Story] = []
    lone: list[Item] = []
    for story in stories:
        if own := tuple(item for item in story.items if item.id in whole):
            kept.append(replace(story, items=own))
        else:
            lone += story.items
    return kept, tuple(lone)


def _without_retracted(
    stories: Sequence[Story], retractions: Sequence[Retraction]
) -> tuple[list[Story], list[Why]]:
    """Take out the stories taken back, by their id or the address of any of their reports."""
    ids = {one.article: one for one in retractions}
    urls = {url: one for one in retractions for url in one.urls}
    kept: list[Story] = []
    gone: list[Why] = []
    for story in stories:
        found = ids.get(story.id) or next((urls[item.url] for item in story.items if item.url in urls), None)
        if found is None:
            kept.append(story)
        else:
            gone += [Why(item.id, Fate.RETRACTED, f"{found.date}: {found.why}") for item in story.items]
    return kept, gone


def _replaced(stories: Sequence[Story], joined: Mapping[str, Story]) -> list[Story]:
    """Put each joined story where its first part was."""
    return list({(now := joined.get(story.id, story)).id: now for story in stories}.values())


def _candidates(items: Sequence[Item]) -> tuple[Candidate, ...]:
    """The day's items in short, those with an address, newest last."""
    listed = [Candidate(item.id, headline(item.title), item.url) for item in items if item.url]
    return tuple(listed[-MAX_CANDIDATES:])
