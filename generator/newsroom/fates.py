"""Where every item went, and why: the run report's main table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of an item."""

    PRINTED = "printed"
    DUPLICATE = "duplicate of"  # another report of a story, kept as its source
    ROUNDUP = "round-up"  # split into its stories, or set aside
    STALE = "stale"  # dated before the window
    UNWANTED = "unwanted"  # a sale, a puzzle, an advertisement
    OFF_TOPIC = "off topic"
    REPEATED = "printed before"
    BELOW = "below the line"
    DROPPED = "dropped by the desk"
    RETRACTED = "taken back"
    REFUSED = "refused by the evidence"
    UNREPORTED = "told by a round-up only"  # a line of a round-up that no report covers


@dataclass(frozen=True, slots=True)
class Why:
    """One row of the table: an item, its fate, and the word, story or number behind it."""

    item: str
    fate: Fate
    detail: str = ""
