"""The editor's marks on the candidate sheet, obeyed: dropped stories go, merged ones join, pinned ones stay."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.news import Story
from generator.newsroom.fates import Fate, Why
from generator.newsroom.sheet import Decision, Mark, Sheet, decision_of


@dataclass(frozen=True, slots=True)
class Obeyed:
    """The stories after the marks, which are pinned or joined, what was dropped, and marks that met nothing."""

    stories: tuple[Story, ...]
    pinned: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()  # into which a person merged others
    dropped: tuple[Why, ...] = ()
    notes: tuple[str, ...] = ()


def obey(stories: Sequence[Story], sheet: Sheet) -> Obeyed:
    """Apply the marks of `sheet`. A story that others are merged into keeps its id and its lead."""
    if not sheet.decisions:
        return Obeyed(tuple(stories))
    decided = {story.id: decision_of(sheet.decisions, story) for story in stories}
    named = {decision.story: story_id for story_id, decision in decided.items() if decision}
    by_id = {story.id: story for story in stories}
    notes = [
        f"{sheet.path}:{one.line}: no story {one.story} today; its mark {one.mark} waits"
        for one in sheet.decisions.values()
        if one.mark is not Mark.KEEP and one.story not in named
    ]
    homes, lost = _homes(decided, named, by_id, sheet.path)
    dropped = [story_id for story_id, one in decided.items() if one and one.mark is Mark.DROP]
    kept: dict[str, Story] = {}
    for story in stories:
        home = homes[story.id]
        if home in dropped:
            continue
        kept[home] = _joined(kept.get(home) or by_id[home], story)
    pinned = {homes[story_id] for story_id, one in decided.items() if one and one.mark is Mark.PIN}
    whys = [
        Why(item.id, Fate.DROPPED, " ".join(one.notes) if (one := decided[story.id]) else "")
        for story in stories
        if homes[story.id] in dropped
        for item in story.items
    ]
    joined = {home for story_id, home in homes.items() if home != story_id}
    return Obeyed(
        tuple(kept.values()),
        frozenset(pinned & kept.keys()),
        frozenset(joined & kept.keys()),
        tuple(whys),
        (*notes, *lost),
    )


def _homes(
    decided: Mapping[str, Decision | None],
    named: Mapping[str, str],
    by_id: Mapping[str, Story],
    path: str,
) -> tuple[dict[str, str], list[str]]:
    """Return the story that each one ends in, through chains of merges, and what cannot be done."""
    homes: dict[str, str] = {}
    problems: list[str] = []
    for story_id in by_id:
        home, passed = story_id, {story_id}
        while (one := decided[home]) and one.mark is Mark.MERGE:
            target = named.get(one.into, one.into)
            if target not in by_id:
                problems.append(f"{path}:{one.line}: no story {one.into} today to merge into; left alone")
                break
            if target in passed:
                problems.append(f"{path}:{one.line}: merges go in a circle; left alone")
                home = story_id
                break
            passed.add(target)
            home = target
        homes[story_id] = home
    return homes, list(dict.fromkeys(problems))


def _joined(home: Story, other: Story) -> Story:
    held = {item.id for item in home.items}
    more = [item for item in other.items if item.id not in held]
    if not more:
        return home
    rest = sorted((*home.items[1:], *more), key=lambda item: (item.published, item.id))
    return dataclasses.replace(home, items=(home.lead, *rest))
