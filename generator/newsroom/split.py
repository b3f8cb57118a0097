"""Reports that the editor took out of a story, each in a story of its own, which nothing joins to the rest again."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.news import Item, Story
from generator.newsroom import lead
from generator.newsroom.grouping.cluster import story_id
from generator.newsroom.sheet import Decision, Split


@dataclass(frozen=True, slots=True)
class Apart:
    """Reports of one story that the editor set apart, by the ids of their items: those taken out, and the rest."""

    out: frozenset[str]
    rest: frozenset[str]

    def forbids(self, one: Iterable[Item], other: Iterable[Item]) -> bool:
        """Whether two groups of reports cannot be one story."""
        a, b = {item.id for item in one}, {item.id for item in other}
        return bool((a & self.out and b & self.rest) or (b & self.out and a & self.rest))


def split(
    stories: Sequence[Story], decisions: Mapping[str, Decision], *, language: str
) -> tuple[list[Story], list[Apart], list[tuple[Decision, Split, str]]]:
    """Return the stories, what was set apart, and each mark that takes nothing out, with why.

    A story keeps its id when its first report leaves it. A report that is in no story with others of its row
    stands apart already.
    """
    now = list(stories)
    apart: list[Apart] = []
    unmet: list[tuple[Decision, Split, str]] = []
    for decision in decisions.values():
        for mark in decision.splits:
            if not mark.urls:
                unmet.append(
                    (decision, mark, "split which report? Write it before the line of one, with its address")
                )
            for url in mark.urls:
                place = next((n for n, one in enumerate(now) if url in _addresses(one.items)), None)
                if place is None:
                    unmet.append((decision, mark, f"no report {url} today; its mark split waits"))
                elif _is_of(now[place], decision, url):
                    rest, out = _parted(now[place], url, language, {story.id for story in now})
                    now[place : place + 1] = [rest, out]
                elif now[place].id != decision.story:
                    continue
                elif (other := _rest_of(now, decision, decisions)) is not None:
                    # only the second look joins them: the row's id stays with those that it is left with
                    now[place] = dataclasses.replace(now[place], id=story_id(now[place].lead, again=True))
                    now[other] = dataclasses.replace(now[other], id=decision.story)
                else:
                    unmet.append(
                        (decision, mark, "the only report of its story, which cannot be split from it")
                    )
        apart += _set_apart(now, decision)
    return now, apart, unmet


def _is_of(story: Story, decision: Decision, url: str) -> bool:
    """Whether a story has the report at `url` and others of the sheet's row."""
    others = _addresses(item for item in story.items if item.url != url)
    if len(story.items) == 1:
        return False
    return story.id == decision.story or bool(others & set(decision.urls))


def _rest_of(stories: Sequence[Story], decision: Decision, rows: Collection[str]) -> int | None:
    """Return the place of the story that is what a row is left with, unless it has a row itself."""
    left = set(decision.urls)
    return next(
        (n for n, one in enumerate(stories) if one.id not in rows and left & _addresses(one.items)), None
    )


def _parted(story: Story, url: str, language: str, taken: Collection[str]) -> tuple[Story, Story]:
    out = tuple(item for item in story.items if item.url == url)
    rest = tuple(item for item in story.items if item.url != url)
    if story.lead in out:
        rest = lead.ordered(rest, language)
    own = story_id(out[0])
    # the story that stays may have its name from the report that leaves
    alone = Story(story_id(out[0], again=True) if own in taken else own, out, story.follow_up_of, _feeds(out))
    return dataclasses.replace(story, items=rest, feeds=_feeds(rest)), alone


def _set_apart(stories: Sequence[Story], decision: Decision) -> list[Apart]:
    """Return what may not be joined again: the reports that a row's marks name, and the row's others."""
    urls = {url for mark in decision.splits for url in mark.urls}
    out = {item.id for story in stories for item in story.items if item.url in urls}
    rest = {
        item.id
        for story in stories
        if story.id == decision.story or _addresses(story.items) & set(decision.urls)
        for item in story.items
        if item.url not in urls
    }
    return [Apart(frozenset(out), frozenset(rest))] if out and rest else []


def _addresses(items: Iterable[Item]) -> set[str]:
    return {item.url for item in items if item.url}


def _feeds(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(sorted({item.feed for item in items}))
