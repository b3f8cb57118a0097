"""What stories are compared by when the day's best are compared again: a story's marks and vectors, and the day's."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.lexicon import names
from generator.lexicon.events import reported
from generator.news import Story
from generator.newsroom.grouping.facts import Fact, told_facts
from generator.newsroom.grouping.marks import Marks, marks_of, rarity
from generator.newsroom.grouping.opening import opening_of
from generator.newsroom.headline import headline

if TYPE_CHECKING:
    from generator.text.vectors import Vectors

HEADLINES = 48  # of a story that are compared
ORDINARY = Path(__file__).with_name("ordinary.txt")
BACKGROUND = 100  # headlines of the day that the ordinary ones count for, so that two alone have a centre too


@dataclass(frozen=True, slots=True)
class Told:
    """A story by the marks and vectors of its headlines, the lead's first, and by how its reports begin."""

    story: Story
    event: str
    marks: tuple[Marks, ...]
    vectors: Vectors
    begun: tuple[tuple[Marks, Marks], ...]  # of each report with a text: its headline, its opening
    begun_vectors: tuple[Vectors, Vectors]
    facts: frozenset[Fact]

    @property
    def lead(self) -> Marks:
        return self.marks[0]

    def first(self, count: int) -> Told:
        """Return the story by the first `count` of its headlines and texts."""
        heads, openings = self.begun_vectors
        return replace(
            self,
            marks=self.marks[:count],
            vectors=self.vectors[:count],
            begun=self.begun[:count],
            begun_vectors=(heads[:count], openings[:count]),
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """All the day's headlines, which say how much a shared word or a near vector proves."""

    rare: Mapping[str, float]
    rare_told: Mapping[str, float]  # among openings
    titles: tuple[str, ...]
    vectors: Vectors  # a row a title
    centre: Vectors  # what all have in common: the day's headlines, and ordinary ones, are of technology, and in that alike
    coined: Mapping[str, int]  # stories that state a name no lexicon knows
    facts: Mapping[Fact, int]  # stories that state a fact
    encode: Callable[[Sequence[str]], Any]  # single words too


def told_of(story: Story, event: str, encode: Callable[[Sequence[str]], Any]) -> Told:
    titles = list(dict.fromkeys(item.title for item in story.items))[:HEADLINES]
    marks = tuple(marks_of(title) for title in titles)
    begun = tuple(
        (marks_of(item.title), marks_of(text))
        for item in story.items[:HEADLINES]
        if (text := opening_of(item))
    )
    begun_vectors = (
        encode([head.text for head, _ in begun]),
        encode([opening.text for _, opening in begun]),
    )
    return Told(
        story, event, marks, encode([one.text for one in marks]), begun, begun_vectors, told_facts(story)
    )


def ground_of(stories: Sequence[Story], encode: Callable[[Sequence[str]], Any]) -> Ground:
    """Return what all the day's `stories` say of each other's words."""
    titles = sorted({item.title for story in stories for item in story.items})
    openings = sorted({text for story in stories for item in story.items if (text := opening_of(item))})
    marks = [marks_of(title) for title in titles]
    counts: Counter[str] = Counter()
    for story in stories:
        counts.update({word for item in story.items for word in coined(marks_of(item.title))})
    vectors = encode([one.text for one in marks])
    return Ground(
        rarity(marks),
        rarity([marks_of(opening) for opening in openings]),
        tuple(titles),
        vectors,
        (vectors.sum(axis=0) + BACKGROUND * encode(ordinary()).mean(axis=0)) / (len(titles) + BACKGROUND),
        counts,
        Counter(fact for story in stories for fact in told_facts(story)),
        encode,
    )


@functools.cache
def ordinary() -> tuple[str, ...]:
    """Return headlines as any day brings them."""
    lines = ORDINARY.read_text(encoding="utf-8").splitlines()
    return tuple(marks_of(line).text for line in lines if not line.startswith("#"))


def coined(marks: Marks) -> frozenset[str]:
    """Return what a headline names that no lexicon knows: words, and versions of what they stand for."""
    known = {name.lower() for name in marks.names}
    versions = {
        f"{product} {number}"
        for product, numbers in marks.versions.items()
        for number in numbers
        if product.lower() not in known
    }
    return marks.proper | frozenset(versions)


def named(marks: Marks) -> set[str]:
    """Return whom a headline names, and the firms that they speak for."""
    return {*marks.names, *filter(None, map(names.firm_of, marks.names))}


def firms(marks: Marks) -> set[str]:
    return {name for name in named(marks) if names.entries()[name].kind == "company"}


def nameless(marks: Marks) -> bool:
    """Whether a headline names nobody and nothing, only where it happened; a first word's capital proves no name."""
    first = marks.text.split(maxsplit=1)[0].lower() if marks.text else ""
    return coined(marks) <= {first} and all(names.entries()[name].kind == "place" for name in marks.names)


def products(headlines: Sequence[Marks]) -> set[str]:
    return {
        name for one in headlines for name in one.names if names.entries()[name].kind in ("model", "product")
    }


def acts(told: Told) -> set[tuple[str, str]]:
    """Return what the headlines state and who did it: kind of event and firm, for which its product speaks; "" where they do not say."""
    titles = [headline(item.title) for item in told.story.items[: len(told.marks)]]
    return {(one.kind, names.firm_of(one.agent) or one.agent) for one in map(reported, titles) if one.kind}


def centred(vectors: Vectors, ground: Ground) -> Vectors:
    """Return unit vectors without what all the day's headlines have in common."""
    import numpy as np

    off = vectors - ground.centre
    length = np.linalg.norm(off, axis=-1, keepdims=True)
    unit: Vectors = off / np.maximum(length, np.float32(1e-9))
    return unit
