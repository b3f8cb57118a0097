"""Kinds of event: which two stories can be of one, and which prove much."""

from __future__ import annotations

from generator.newsroom.grouping.told import Told

_FAMILY = {"opensource": "release", "investment": "deal", "partnership": "deal"}  # one event under two names
# kinds of which the same firm does several on one day, or that are no kind of event at all
_LOOSE = frozenset(["statement", "opinion", "update", "shutdown"])


def family(told: Told) -> str:
    return _FAMILY.get(told.event, told.event)


def same_kind(a: Told, b: Told) -> str:
    """Return the kind of event that both tell, "" when they differ or it is none that proves much."""
    one, other = family(a), family(b)
    return one if one == other and one not in _LOOSE else ""


def compatible(a: Told, b: Told) -> bool:
    """Whether two stories can be of one event as far as their kinds go: equal, or one says little."""
    one, other = family(a), family(b)
    return one == other or bool({one, other} & {"", "plan", *_LOOSE})
