"""What every edition format is: a module that writes, parses and recognises its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from generator.errors import Problem
from generator.labels import Labels
from generator.news import Edition


@dataclass(frozen=True, slots=True)
class Parsed:
    """An edition read from text, and where its words stand.

    `places` maps `title`, `lead`, `summary.3`, `s0.name`, `s0.impact.0` and, for the articles,
    `s0.a2.headline`, `s0.a2.text` (its first paragraph), `s0.a2.text.1` (the second, …),
    `s0.a2.insights.1`, `s0.a2.points.0`, `s0.a2.background`, `s0.a2.source` to the line and
    column, from 1, at which the words start.
    """

    edition: Edition
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    path: str = ""
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """An edition as text; in words, what this format could not hold, and what it needed and had to be made."""

    text: str
    dropped: tuple[str, ...] = ()
    made: tuple[str, ...] = ()


class Format(Protocol):
    """One of the forms an edition takes. The modules of this package are such formats."""

    @property
    def NUMBERED(self) -> bool:  # noqa: N802 - a constant of the module
        """Whether its stories are numbered lines, whose numbers a merge counts anew."""

    def parse(self, text: str, path: str = "") -> Parsed:
        """Read an edition. Raises `ContentError` when the text cannot be one."""

    def write(self, edition: Edition, labels: Labels) -> Written:
        """Write an edition; the words for readers come from `labels`."""

    def matches(self, text: str) -> bool:
        """Whether `text` looks like this format; cheap."""
