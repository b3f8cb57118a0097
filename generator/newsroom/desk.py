"""The editor's marks on the candidate sheet, obeyed: reports leave, dropped stories go, merged ones join, pinned stay."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.labels import labels_for
from generator.news import Story
from generator.newsroom.fates import Fate, Why, told
from generator.newsroom.sheet import Decision, Mark, Sheet
from generator.newsroom.split import Apart, split


@dataclass(frozen=True, slots=True)
class Aside:
    """A story that a mark took out of the day: dropped, or merged `into` another, by way of which it ends in `home`."""

    story: Story
    decision: Decision
    into: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A mark that does not do what it says: whose, the sheet's line, and what to tell its editor."""

    story: str  # by its id of today, else as the sheet names it
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Obeyed:
    """The stories after the marks, which are pinned or joined, what the marks took out, and those that met nothing."""

    stories: tuple[Story, ...]
    said: Mapping[str, Decision] = dataclasses.field(default_factory=dict)  # of each story that the sheet has
    pinned: Mapping[str, Decision] = dataclasses.field(default_factory=dict)
    joined: frozenset[str] = frozenset()  # into which a person merged others
    aside: tuple[Aside, ...] = ()
    apart: tuple[Apart, ...] = ()  # reports that may not be joined again
    dropped: tuple[Why, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    @property
    def by_hand(self) -> frozenset[str]:
        """The stories that a person pinned or joined."""
        return frozenset({*self.joined, *self.pinned})


def obey(stories: Sequence[Story], sheet: Sheet, *, language: str) -> Obeyed:
    """Apply the marks of `sheet`. A story that others are merged into keeps its id and its lead, as the sheet shows it."""
    if not sheet.decisions:
        return Obeyed(tuple(stories))
    stories, apart, kept_in = split(stories, sheet.decisions, language=language)
    said, heads = _decided(stories, sheet)
    by_id = {story.id: story for story in stories}
    waiting = [
        Unmet(one.story, one.line, f"no story {one.story} today; its mark {one.mark} waits")
        for one in sheet.decisions.values()
        if one.mark is not Mark.KEEP and one.story not in heads
    ]
    waiting += [Unmet(heads.get(one.story, one.story), mark.line, text) for one, mark, text in kept_in]
    into, lost = _targets(said, heads, by_id)
    homes, circles = _homes(by_id, into, said)
    dropped = {story_id for story_id, one in said.items() if one.mark is Mark.DROP}
    kept: dict[str, Story] = {}
    for story in stories:
        home = homes[story.id]
        if home not in dropped:
            kept[home] = _joined(kept.get(home) or by_id[home], story)
    for head in {heads[one.story] for story_id, one in said.items() if heads[one.story] != story_id}:
        if head in kept:
            kept[head] = _led_as_shown(kept[head], said[head])
    aside = tuple(
        Aside(by_id[story_id], said[story_id], into.get(story_id, ""), homes[story_id])
        for story_id in heads.values()
        if story_id in dropped or homes[story_id] != story_id
    )
    whys = [
        Why(item.id, Fate.DROPPED, " ".join(said[story.id].notes) if story.id in said else "")
        for story in stories
        if homes[story.id] in dropped
        for item in story.items
    ]
    return Obeyed(
        tuple(kept.values()),
        {story_id: said[story_id] for story_id in heads.values()},
        {home: one for key, one in said.items() if one.mark is Mark.PIN and (home := homes[key]) in kept},
        frozenset(one.home for one in aside if one.home in kept),
        aside,
        tuple(apart),
        tuple(whys),
        (*waiting, *lost, *circles),
    )


def by_hand(deleted: Iterable[Story]) -> list[Why]:
    """Return why the items of stories are not printed that a person took out of the post."""
    return [Why(item.id, Fate.DELETED) for story in deleted for item in story.items]


def unprinted(marked: Obeyed, printed: Collection[str], whys: Iterable[Why]) -> list[Unmet]:
    """Return the merges and pins that end in no story of `printed`, by id, with why and what to do."""
    stories = {story.id: story for story in (*marked.stories, *(one.story for one in marked.aside))}
    fates = {why.item: why for why in whys}
    english = labels_for("en")

    def left_out(story_id: str) -> tuple[str, Fate | None]:
        why = fates.get(stories[story_id].lead.id)
        return (f" ({told(why, english)})" if why else ""), why.fate if why else None

    found = []
    for one in marked.aside:
        if not one.into or one.home in printed:
            continue
        reason, fate = left_out(one.home)
        mend = {
            Fate.DROPPED: f"mark {one.home} keep or pin, or take this merge back",
            Fate.RETRACTED: "take this merge back to print it alone",
            Fate.REFUSED: "take this merge back to print it alone",
        }.get(fate or Fate.BELOW, f"pin {one.home} to print them as one, or take this merge back")
        text = f"merged into {one.home}, which is not printed{reason}, so neither is; {mend}"
        found.append(Unmet(one.story.id, one.decision.line, text))
    for story_id, decision in marked.pinned.items():
        if story_id not in printed:
            found.append(Unmet(story_id, decision.line, f"pinned, and not printed{left_out(story_id)[0]}"))
    return found


def _decided(stories: Sequence[Story], sheet: Sheet) -> tuple[dict[str, Decision], dict[str, str]]:
    """Return what was said of each story, by id, and which story each row of the sheet is today.

    A row is its story by id, else the first with an address that stands in the row. Another story with such an
    address was one with it when the sheet was laid: what is said of the row is said of both.
    """
    today = {story.id for story in stories}
    at: defaultdict[str, list[str]] = defaultdict(list)
    for story in stories:
        for url in {item.url for item in story.items if item.url}:
            at[url].append(story.id)
    targets = {one.into for one in sheet.decisions.values()}
    said: dict[str, Decision] = {}
    heads: dict[str, str] = {}
    for one in sheet.decisions.values():
        found = [one.story] if one.story in today else []
        if one.says_something or one.story in targets:
            found += [other for url in one.urls for other in at[url] if other not in sheet.decisions]
        for story_id in found:
            if said.setdefault(story_id, one) is one:
                heads.setdefault(one.story, story_id)
    return said, heads


def _targets(
    said: Mapping[str, Decision], heads: Mapping[str, str], today: Collection[str]
) -> tuple[dict[str, str], list[Unmet]]:
    """Return what each story goes into: by its mark, or as part of its row; and merges into what is not there."""
    into: dict[str, str] = {}
    lost: list[Unmet] = []
    for story_id, one in said.items():
        if (head := heads[one.story]) != story_id:
            into[story_id] = head
        elif one.mark is Mark.MERGE:
            target = heads.get(one.into, one.into)
            if target in today:
                into[story_id] = target
            else:
                text = f"no story {one.into} today to merge into; left alone"
                lost.append(Unmet(story_id, one.line, text))
    return into, lost


def _homes(
    stories: Iterable[str], into: Mapping[str, str], said: Mapping[str, Decision]
) -> tuple[dict[str, str], list[Unmet]]:
    """Return the story that each one ends in, through chains of merges, and merges in a circle."""
    homes: dict[str, str] = {}
    circles: list[Unmet] = []
    for story_id in stories:
        home, passed = story_id, {story_id}
        while target := into.get(home):
            if target in passed:
                circles.append(Unmet(home, said[home].line, "merges go in a circle; left alone"))
                home = story_id
                break
            passed.add(target)
            home = target
        homes[story_id] = home
    return homes, list(dict.fromkeys(circles))


def _led_as_shown(story: Story, shown: Decision) -> Story:
    """Return the story led by the report that led it on the sheet, which showed several of today's stories as one."""
    lead = next((item for item in story.items if item.url and item.url in shown.urls[:1]), story.lead)
    return dataclasses.replace(story, items=(lead, *(item for item in story.items if item is not lead)))


def _joined(home: Story, other: Story) -> Story:
    held = {item.id for item in home.items}
    more = [item for item in other.items if item.id not in held]
    if not more:
        return home
    rest = sorted((*home.items[1:], *more), key=lambda item: (item.published, item.id))
    feeds = tuple(sorted({*home.feeds, *other.feeds}))
    return dataclasses.replace(home, items=(home.lead, *rest), feeds=feeds)
