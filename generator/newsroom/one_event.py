"""How surely two of the day's best stories tell one event, by all of their headlines.

Average linkage asks that the headlines of two stories be alike on average, so a report with another
angle, or in the other language, can stay outside a story of thirty. Here it need only be like the
nearest headlines of the other story. That proves less, so more is asked: the vectors of the whole
stories lie near, both leads name the same, and few of their headlines contradict each other. Of stories
of a headline or two the rest of the day is asked: they must be nearer to each other than to all else.

The thresholds were set by reading what they join on the 27 days of ../shared/data that docs/newsroom.md names. On days
that nobody had read they find a third of what is one, so what memory would take for the same affair (`retold`),
whose weights were learned, is asked too.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from generator.newsroom.aligned import aligned
from generator.newsroom.likeness import SAME, likeness, told_likeness
from generator.newsroom.marks import conflict
from generator.newsroom.once_a_day import once_a_day
from generator.newsroom.retold import AGAIN, retelling
from generator.newsroom.told import (
    Ground,
    Told,
    acts,
    centred,
    coined,
    firms,
    named,
    nameless,
    products,
    products_apart,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEAR = 0.50  # cosine of the stories' mean vectors
SAME_KIND = 0.42  # instead of SAME, where both tell of one kind of event
NEARLY, SURER = 0.45, 0.50  # instead of NEAR and SAME_KIND: headlines more alike than their vectors
# the other way: the means so near that headlines so much alike are enough, or so much of one kind of event
VERY_NEAR, WHOLE, WHOLE_KIND = 0.60, 0.50, 0.40
CENTRED, SET_APART = 0.55, 0.36  # the same, where the means are near without what the day has in common
LEAST = 0.42  # cosine of the means below which nothing joins
FIGURE, COUNTED = 100, 0.40  # both leads state an amount so large, which is no chance
BEGUN = 0.65  # of two reports with texts, whatever their headlines, where both tell of one kind of event
# An affair told by many headlines, and by so many times more, takes in a report of its kind that is so like some of
# them, and of another kind one that is so like two of them on average
MANY, TIMES, LIKE_SOME, LIKE_TWO = 8, 4, 0.45, 0.55
MOST = 0.75  # of an affair's headlines that name a firm: who does not is not of the affair
FEW = 2  # headlines of a story for which the rest of the day is asked
LIKE_ALONE, COSINE_ALONE, COSINE_COINED = 0.45, 0.58, 0.40
ENOUGH = 100  # headlines of a day that can be asked what is near: of ten, any two are
APART = 0.10  # by which the centred cosine of two is above that of either with anything else of the day
ALIGNED = 0.38  # word by word, of two stories that name nobody: of different ones at most 0.36
FACTS = 2  # that two stories state which name nobody, and nothing else of the day
CONTRADICTION = 0.5  # share of headline pairs that name different amounts or versions, from which it is two
NEVER = 2.0  # likeness that no two stories have
RELATED = (
    0.18  # cosine, without what all have in common, below which memory is not asked: it never says yes there
)
REPORTS = 6  # of a story that memory compares
_FAMILY = {"opensource": "release", "investment": "deal", "partnership": "deal"}  # one event under two names
# kinds of which the same firm does several on one day, or that are no kind of event at all
_LOOSE = frozenset(["statement", "opinion", "update", "shutdown"])
_ONE_AFFAIR = frozenset(["policy", "law", "security", "deal", "funding", "ipo", "layoffs", "people"])
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")


def margin(a: Told, b: Told, ground: Ground) -> float:
    """Return how far two stories are above what one event asks for; below 0 they are two."""
    if once_a_day(a, b):
        return 1.0
    new = {word for word in coined(a.lead) & coined(b.lead) if ground.coined[word] <= 2}
    shared = bool(named(a.lead) & named(b.lead) or new)
    unnamed = _both_unnamed(a, b)
    if not (shared or unnamed) or _apart_for_sure(a, b):
        return -1.0
    ways = [_unnamed(a, b, ground)] if unnamed and _compatible(a, b) else []
    if shared:
        ways += [_by_headlines(a, b, bool(new), ground), _by_memory(a, b, ground)]
    return max(ways, default=-1.0)


def _apart_for_sure(a: Told, b: Told) -> bool:
    """Whether two stories are two whatever else they share: of other days or products, one a comment, in contradiction."""
    if _on_other_days(a, b) or _other_product(a, b):
        return True
    # what somebody thinks of an event is another story
    if (a.event == "opinion") != (b.event == "opinion"):
        return True
    contradictions = sum(bool(conflict(one, other)) for one in a.marks for other in b.marks)
    return contradictions >= CONTRADICTION * len(a.marks) * len(b.marks)


def _unnamed(a: Told, b: Told, ground: Ground) -> float:
    if (word_by_word := _aligned(a, b, ground)) >= ALIGNED:
        return word_by_word - ALIGNED
    # in two languages no word need meet, but what they count and the days they name do
    return 0.0 if sum(ground.facts[fact] <= 2 for fact in a.facts & b.facts) >= FACTS else -1.0


def _by_memory(a: Told, b: Told, ground: Ground) -> float:
    """Return how far two stories are above what memory asks for of an affair told on the next day."""
    few, many = sorted((a, b), key=lambda told: len(told.marks))
    if len(ground.titles) < ENOUGH or not _compatible(a, b) or _other_acts(a, b):
        return -1.0
    if len(many.marks) >= MANY and not _names_actors(few, many):
        return -1.0
    one, other = (centred(told.vectors.mean(axis=0), ground) for told in (few, many))
    if float(one @ other) < RELATED:
        return -1.0
    return retelling(few.first(REPORTS), many.first(REPORTS), 1, ground) - AGAIN


def _by_headlines(a: Told, b: Told, new: bool, ground: Ground) -> float:
    """Return the margin of two stories that name the same, or a `new` name, by the nearest of their headlines."""
    import numpy as np

    if _kind(a, b) and (begun := _begun_alike(a, b, ground)) >= BEGUN:
        return begun - BEGUN
    cosines = a.vectors @ b.vectors.T
    alike = np.array(
        [
            [likeness(one, other, float(cosine), ground.rare, veto=False) for other, cosine in zip(b.marks, row, strict=True)]
            for one, row in zip(a.marks, cosines, strict=True)
        ]
    )  # fmt: skip
    nearest = float(alike.max(axis=0).mean() + alike.max(axis=1).mean()) / 2
    if max(len(a.marks), len(b.marks)) <= FEW:
        by_the_day = _few(a, b, nearest, float(cosines.max()), new, ground)
        # of two single headlines likeness has said all else that can be said
        if by_the_day >= 0 or len(a.marks) == len(b.marks) == 1:
            return by_the_day
    if (cosine := _cosine(a, b)) < LEAST:
        return -1.0
    by_all = nearest - _needed(a, b, cosine, ground)
    many, few, of_few = (a, b, alike) if len(a.marks) >= len(b.marks) else (b, a, alike.T)
    if (
        _family(many) not in _ONE_AFFAIR
        or len(many.marks) < max(MANY, TIMES * len(few.marks))
        or cosine < NEARLY
    ):
        return by_all
    if not _names_actors(few, many):
        return -1.0
    return max(by_all, _beside_affair(many, few, of_few))


def _needed(a: Told, b: Told, cosine: float, ground: Ground) -> float:
    """Return how alike the nearest headlines of two stories must be, their means being so near."""
    needed = [NEVER if cosine < NEAR else SAME]
    if _figures(a) & _figures(b):
        needed.append(COUNTED)
    if _kind(a, b) and cosine >= NEARLY:
        needed.append(SURER if cosine < NEAR else SAME_KIND if cosine < VERY_NEAR else WHOLE_KIND)
    if _compatible(a, b) and cosine >= VERY_NEAR:
        needed.append(WHOLE)
    if _compatible(a, b) and firms(a.lead) == firms(b.lead):
        one, other = (centred(told.vectors.mean(axis=0), ground) for told in (a, b))
        needed.append(SET_APART if float(one @ other) >= CENTRED else NEVER)
    return min(needed)


def _beside_affair(many: Told, few: Told, alike: Floats) -> float:
    """Return the margin of what stands beside an affair: it must be like some of the many, for these tell much else."""
    import numpy as np

    if _family(few) == _family(many):
        return float(alike.max(axis=0).mean()) - LIKE_SOME
    # another product of the firm has an affair of its own
    if _family(few) in _ONE_AFFAIR or not products([few.lead]) <= products(many.marks):
        return -1.0
    # to be like one of many may be chance
    return float(np.sort(alike, axis=0)[-2:].mean()) - LIKE_TWO


def _few(a: Told, b: Told, alike: float, cosine: float, new: bool, ground: Ground) -> float:
    """Return the margin of two stories of a headline or two, by how far they are from the rest of the day."""
    if alike < LIKE_ALONE or cosine < COSINE_COINED or not _compatible(a, b):
        return -1.0
    if new and _kind(a, b):
        return alike - LIKE_ALONE
    # two firms that close the same feature under one rule are alike in every word but who does it
    asked = cosine >= COSINE_ALONE and len(ground.titles) >= ENOUGH
    of_the_same = asked and firms(a.lead) == firms(b.lead)
    if (new or of_the_same) and _apart(a, b, ground) >= APART:
        return alike - LIKE_ALONE
    return -1.0


def _apart(a: Told, b: Told, ground: Ground) -> float:
    """Return by how much two stories are nearer to each other than either is to anything else of the day."""
    import numpy as np

    own = {item.title for told in (a, b) for item in told.story.items}
    rest = np.array([title not in own for title in ground.titles])
    one, other, all_else = (
        centred(vectors, ground) for vectors in (a.vectors, b.vectors, ground.vectors[rest])
    )
    rival = max(float((vectors @ all_else.T).max(initial=-1.0)) for vectors in (one, other))
    return float((one @ other.T).max()) - rival


def _both_unnamed(a: Told, b: Told) -> bool:
    """Whether two stories of a headline or two name nobody, and no other place than the other."""
    if max(len(a.marks), len(b.marks)) > FEW or not (nameless(a.lead) and nameless(b.lead)):
        return False
    one, other = a.lead.names, b.lead.names
    return one <= other or other <= one


def _aligned(a: Told, b: Told, ground: Ground) -> float:
    return max(aligned(one, other, ground.rare, ground.encode) for one in a.marks for other in b.marks)


def _begun_alike(a: Told, b: Told, ground: Ground) -> float:
    """Return the likeness of those two reports with a text that are most alike; 0 when a side has none."""
    heads = a.begun_vectors[0] @ b.begun_vectors[0].T
    openings = a.begun_vectors[1] @ b.begun_vectors[1].T
    return max(
        (
            told_likeness(
                (head, other_head),
                (opening, other_opening),
                (float(heads[x, y]), float(openings[x, y])),
                ground.rare,
                ground.rare_told,
            )
            for x, (head, opening) in enumerate(a.begun)
            for y, (other_head, other_opening) in enumerate(b.begun)
        ),
        default=0.0,
    )


def _other_product(a: Told, b: Told) -> bool:
    """Whether the smaller story, each of two equal ones, names a product of which the other says nothing."""
    if len(a.marks) == len(b.marks):
        return products_apart(a, b)
    few, many = sorted((a, b), key=lambda told: len(told.marks))
    return not products(few.marks) <= products(many.marks)


def _other_acts(a: Told, b: Told) -> bool:
    """Whether both state what was done, and never the same kind of thing; or who did it, and never the same."""
    one, other = acts(a), acts(b)
    kinds, other_kinds = {kind for kind, _ in one}, {kind for kind, _ in other}
    agents, other_agents = {who for _, who in one if who}, {who for _, who in other if who}
    return _disjoint(kinds, other_kinds) or _disjoint(agents, other_agents)


def _disjoint(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and not one & other


def _cosine(a: Told, b: Told) -> float:
    import numpy as np

    one, other = a.vectors.mean(axis=0), b.vectors.mean(axis=0)
    return float(one @ other) / (float(np.linalg.norm(one) * np.linalg.norm(other)) or 1.0)


def _kind(a: Told, b: Told) -> str:
    """Return the kind of event that both tell, "" when they differ or it is none that proves much."""
    one, other = _family(a), _family(b)
    return one if one == other and one not in _LOOSE else ""


def _compatible(a: Told, b: Told) -> bool:
    """Whether two stories can be of one event as far as their kinds go: equal, or one says little."""
    one, other = _family(a), _family(b)
    return one == other or bool({one, other} & {"", "plan", *_LOOSE})


def _family(told: Told) -> str:
    return _FAMILY.get(told.event, told.event)


def _on_other_days(a: Told, b: Told) -> bool:
    """Whether both leads name the day of what they tell, and another one."""
    one, other = (set(_DAY.findall(told.lead.text)) for told in (a, b))
    return bool(one and other) and not one & other


def _names_actors(few: Told, many: Told) -> bool:
    """Whether a story names the firms that most headlines of an affair name."""
    counts = Counter(name for one in many.marks for name in firms(one))
    actors = {name for name, count in counts.items() if count >= MOST * len(many.marks)}
    return actors <= {name for one in few.marks for name in named(one)}


def _figures(told: Told) -> set[tuple[Decimal, Decimal]]:
    return {(low, high) for low, high in told.lead.figures if low >= FIGURE}
