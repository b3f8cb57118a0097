"""Where every item went, and why: the run report's main table, and what the desk's sheet says of a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from generator.labels import Labels


class Fate(StrEnum):
    """What became of an item."""

    PRINTED = "printed"
    DUPLICATE = "duplicate of"  # another report of a story, kept as its source
    ROUNDUP = "round-up"  # split into its stories, or set aside
    STALE = "stale"  # dated before the window
    UNWANTED = "unwanted"  # a sale, a puzzle, an advertisement
    OFF_TOPIC = "off topic"
    REPEATED = "printed before"
    LATER = "printed in a later edition"
    DELETED = "deleted by hand"  # printed, and a person took it out of the post
    BELOW = "below the line"
    DROPPED = "dropped by the desk"
    RETRACTED = "taken back"
    REFUSED = "refused by the evidence"
    UNREPORTED = "told by a round-up only"  # a line of a round-up that no report covers


class Rule(StrEnum):
    """What the choice of stories goes by. Each is the name of the label that words it."""

    ENOUGH = "why_enough"  # of count
    POINTS = "why_points"  # of points, where needed are
    LED = "why_led"  # by outlet, count
    DOMESTIC = "why_domestic"
    INTERNATIONAL = "why_international"
    INSTRUCTS = "why_instructs"


@dataclass(frozen=True, slots=True)
class Because:
    """A rule and the values it was applied with, to be worded where somebody reads it."""

    rule: Rule
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def words(self, labels: Labels) -> str:
        return str(getattr(labels, self.rule)).format(**self.values)


@dataclass(frozen=True, slots=True)
class Why:
    """One row of the table: an item, its fate, and the word, story, number or rule behind it."""

    item: str
    fate: Fate
    detail: str = ""
    because: Because | None = None


# what can become of a story, and the label that says so to an editor
_TOLD = {
    Fate.UNWANTED: "fate_unwanted",
    Fate.OFF_TOPIC: "fate_off_topic",
    Fate.REPEATED: "fate_repeated",
    Fate.LATER: "fate_later",
    Fate.DELETED: "fate_deleted",
    Fate.BELOW: "fate_below",
    Fate.DROPPED: "fate_dropped",
    Fate.RETRACTED: "fate_retracted",
}


def detail_of(why: Why, labels: Labels) -> str:
    """Return the reason behind a fate: the rule in the words of `labels`, else the detail as it is."""
    return why.because.words(labels) if why.because else why.detail


def told(why: Why, labels: Labels) -> str:
    """Return a story's fate and the reason behind it in the words of `labels`."""
    fate = str(getattr(labels, _TOLD[why.fate])) if why.fate in _TOLD else str(why.fate)
    return labels.why_of.format(fate=fate, why=detail) if (detail := detail_of(why, labels)) else fate
