"""What keeps two stories of a day two, whatever else they share."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from generator.newsroom.grouping.marks import conflict
from generator.newsroom.grouping.told import Told, acts, firms, named, products

CONTRADICTION = 0.5  # share of headline pairs that name different amounts or versions, from which it is two
MOST = 0.75  # of an affair's headlines that name a firm: who does not is not of the affair
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")


def kept_apart(a: Told, b: Told) -> bool:
    """Whether two stories are two whatever else they share: of other days or products, one a comment, in contradiction."""
    if _on_other_days(a, b) or _other_product(a, b):
        return True
    # what somebody thinks of an event is another story
    if (a.event == "opinion") != (b.event == "opinion"):
        return True
    contradictions = sum(bool(conflict(one, other)) for one in a.marks for other in b.marks)
    return contradictions >= CONTRADICTION * len(a.marks) * len(b.marks)


def _on_other_days(a: Told, b: Told) -> bool:
    """Whether both leads name the day of what they tell, and another one."""
    return _disjoint(*(set(_DAY.findall(told.lead.text)) for told in (a, b)))


def _other_product(a: Told, b: Told) -> bool:
    """Whether the smaller story names a product of which the other says nothing; of two equal ones, all that each names."""
    one, other = products(a.marks), products(b.marks)
    if len(a.marks) == len(b.marks):
        return _disjoint(one, other)
    return not (one <= other if len(a.marks) < len(b.marks) else other <= one)


def other_acts(a: Told, b: Told) -> bool:
    """Whether both state what was done, and never the same kind of thing; or who did it, and never the same."""
    one, other = acts(a), acts(b)
    kinds, other_kinds = {kind for kind, _ in one}, {kind for kind, _ in other}
    agents, other_agents = {who for _, who in one if who}, {who for _, who in other if who}
    return _disjoint(kinds, other_kinds) or _disjoint(agents, other_agents)


def _disjoint(one: set[Any], other: set[Any]) -> bool:
    return bool(one and other) and not one & other


def names_actors(few: Told, many: Told) -> bool:
    """Whether a story names the firms that most headlines of an affair name."""
    counts = Counter(name for one in many.marks for name in firms(one))
    actors = {name for name, count in counts.items() if count >= MOST * len(many.marks)}
    return actors <= {name for one in few.marks for name in named(one)}
