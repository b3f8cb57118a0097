"""What an editor is given, and what it gives back. Two differ: offline, by rule; and Claude."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from generator.config.schema import EditionConfig
from generator.labels import Labels
from generator.news import Candidate, Edition, Pick, Stats
from generator.newsroom.fates import Why
from generator.newsroom.standing import NOTHING, Standing


@dataclass(frozen=True, slots=True)
class Day:
    """One day's material, ranked by rule; nothing in it depends on the clock."""

    id: str  # of the edition
    date: dt.date
    generated_at: dt.datetime  # newest moment an item was first seen
    picks: tuple[Pick, ...]  # every relevant story, best first
    candidates: tuple[Candidate, ...]
    stats: Stats
    settings: EditionConfig
    labels: Labels
    language: str  # of the paper, BCP 47
    timezone: str
    title: str = ""  # of the paper
    by_hand: frozenset[str] = frozenset()  # ids of stories that a person pinned or joined
    standing: Standing = NOTHING  # what the edition held when it was last written


@dataclass(frozen=True, slots=True)
class Issue:
    """What an editor hands in: the edition, why stories are not in it, and notes for the run report."""

    edition: Edition
    by_rule: frozenset[str] = frozenset()  # ids of its articles in which no model wrote a word
    others: tuple[Why, ...] = ()
    notes: tuple[str, ...] = ()


class Editor(Protocol):
    """Chooses among a day's stories and writes the edition."""

    def write(self, day: Day) -> Issue: ...
