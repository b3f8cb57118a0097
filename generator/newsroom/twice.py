"""No event is printed twice: the day's best stories are compared again, story with story.

Average linkage asks that the headlines of two stories be alike on average, so a report with another
angle, or in the other language, can stay outside a story of thirty. Here it need only be like the
nearest headlines of the other story. That proves less, so more is asked: the vectors of the whole
stories lie near, both leads name the same, and few of their headlines contradict each other.
The few dozen stories that may be printed are compared; it would be too lenient for all of a day.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from generator.lexicon import names
from generator.news import Story
from generator.newsroom import lead
from generator.newsroom.likeness import SAME, likeness
from generator.newsroom.marks import Marks, conflict, marks_of, rarity
from generator.text.vectors import encode as encode_texts

if TYPE_CHECKING:
    from generator.text.vectors import Vectors

NEAR = 0.50  # cosine of the stories' mean vectors
SAME_KIND = 0.42  # instead of SAME, where both tell of one kind of event
NEARLY, SURER = (
    0.45,
    0.50,
)  # instead of NEAR and SAME_KIND, for headlines that are more alike than their vectors
# An affair told by many headlines, and by so many times more, swallows a report of its kind that is like some of
# them, with the cosine of the means near
MANY, TIMES, LIKE_SOME, NEAR_MANY = 8, 4, 0.45, 0.47
_FAMILY = {"opensource": "release", "investment": "deal", "partnership": "deal"}  # one event under two names
# kinds of which the same firm does several on one day, or that are no kind of event at all
_LOOSE = frozenset(["statement", "opinion", "update", "shutdown"])
_ONE_AFFAIR = frozenset(["policy", "law", "security", "deal", "funding", "ipo", "layoffs", "people"])
CONTRADICTION = 0.5  # share of headline pairs that name different amounts or versions, from which it is two
HEADLINES = 24  # of a story that are compared
_QUARTER = re.compile(
    r"财报|季度.{0,6}(?:营收|利润|业绩)|\bearnings\b|quarterly (?:results|revenue|profit)", re.IGNORECASE
)


@dataclasses.dataclass(slots=True)
class _Told:
    """A story with what it is compared by: the marks and vectors of its headlines, the lead's first."""

    story: Story
    event: str
    marks: list[Marks]
    vectors: Vectors


def once_each(
    stories: Sequence[Story],
    events: Mapping[str, str],
    among: Sequence[Story],
    *,
    language: str,
    encode: Callable[[Sequence[str]], Any] = encode_texts,
) -> dict[str, Story]:
    """Return what became of the stories that tell of one event: the joined story, by the id of each part.

    `events` is the kind of event of a story, by its id, and `among` all the day's stories, which
    say how rare a word is. A joined story keeps the id of the earliest.
    """
    ordered = sorted(stories, key=_first_report)
    told = [_told(story, events.get(story.id, ""), encode) for story in ordered]
    titles = {item.title for story in among for item in story.items}
    rare = rarity([marks_of(title) for title in sorted(titles)])
    homes: dict[str, str] = {}
    sure = {(a, b): _margin(told[a], told[b], rare) for a, b in combinations(range(len(told)), 2)}
    while sure and (best := max(sure, key=lambda pair: (sure[pair], pair))) and sure[best] >= 0:
        a, b = best
        one, other = sorted((told[a].story, told[b].story), key=_first_report)
        homes[other.id] = one.id
        told[a] = _told(_joined(one, other, language), told[a].event or told[b].event, encode)
        sure = {pair: margin for pair, margin in sure.items() if b not in pair}
        for pair in [pair for pair in sure if a in pair]:
            sure[pair] = _margin(told[pair[0]], told[pair[1]], rare)
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
        items=lead.ordered((*home.items, *other.items), language),
        feeds=tuple(sorted({*home.feeds, *other.feeds})),
        follow_up_of=home.follow_up_of or other.follow_up_of,
    )


def _told(story: Story, event: str, encode: Callable[[Sequence[str]], Any]) -> _Told:
    titles = list(dict.fromkeys(item.title for item in story.items))[:HEADLINES]
    marks = [marks_of(title) for title in titles]
    return _Told(story, event, marks, encode([one.text for one in marks]))


def _one_quarter(a: _Told, b: _Told) -> bool:
    """Whether both leads tell a firm's quarter, which it reports once, whatever figures they put first."""
    firms = [{name for name in one.marks[0].names if _is_firm(name)} for one in (a, b)]
    return bool(firms[0] & firms[1]) and all(_QUARTER.search(one.marks[0].text) for one in (a, b))


def _is_firm(name: str) -> bool:
    return names.entries()[name].kind == "company"


def _subjects(told: _Told) -> set[str]:
    """Return whom a story's lead names, and the firms that they speak for."""
    named = told.marks[0].names
    return {*named, *filter(None, map(names.firm_of, named))}


def _margin(a: _Told, b: _Told, rare: Mapping[str, float]) -> float:
    """Return how far two stories are above what one event asks for; below 0 they are two."""
    import numpy as np

    if _one_quarter(a, b):
        return 1.0
    # of two single headlines likeness has said all that can be said
    if len(a.marks) == len(b.marks) == 1 or not _subjects(a) & _subjects(b):
        return -1.0
    # what somebody thinks of an event is another story
    if (a.event == "opinion") != (b.event == "opinion"):
        return -1.0
    mean_a, mean_b = a.vectors.mean(axis=0), b.vectors.mean(axis=0)
    cosine = float(mean_a @ mean_b) / (float(np.linalg.norm(mean_a) * np.linalg.norm(mean_b)) or 1.0)
    one, other = (_FAMILY.get(told.event, told.event) for told in (a, b))
    kind = one if one == other and one not in _LOOSE else ""
    if cosine < (NEARLY if kind else NEAR):
        return -1.0
    contradictions = sum(bool(conflict(one, other)) for one in a.marks for other in b.marks)
    if contradictions >= CONTRADICTION * len(a.marks) * len(b.marks):
        return -1.0
    cosines = a.vectors @ b.vectors.T
    alike = np.array(
        [
            [likeness(one, other, float(cosine), rare, veto=False) for other, cosine in zip(b.marks, row, strict=True)]
            for one, row in zip(a.marks, cosines, strict=True)
        ]
    )  # fmt: skip
    few, many = sorted((len(a.marks), len(b.marks)))
    if kind in _ONE_AFFAIR and many >= max(MANY, TIMES * few) and cosine >= NEAR_MANY:
        # only the few must be like some of the many: these tell much else besides
        return float(alike.max(axis=1 if len(a.marks) == few else 0).mean()) - LIKE_SOME
    nearest = float(alike.max(axis=0).mean() + alike.max(axis=1).mean()) / 2
    if kind:
        return nearest - (SAME_KIND if cosine >= NEAR else SURER)
    return nearest - SAME
