"""How surely two stories of a day that name the same tell one event, by the nearest of their headlines.

That proves less than a likeness of all on average, so more is asked: the vectors of the whole stories lie near, and few
of their headlines contradict each other. Of stories of a headline or two the rest of the day is asked: they must
be nearer to each other than to all else.

The thresholds were set by reading what they join on the 27 days of ../shared/data that docs/newsroom.md names.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generator.newsroom.grouping.begun import begun_alike
from generator.newsroom.grouping.kept_apart import names_actors
from generator.newsroom.grouping.kinds import compatible, family, same_kind
from generator.newsroom.grouping.likeness import SAME, likeness
from generator.newsroom.grouping.told import Ground, Told, centred, firms, products

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
FEW = 2  # headlines of a story for which the rest of the day is asked
LIKE_ALONE, COSINE_ALONE, COSINE_COINED = 0.45, 0.58, 0.40
ENOUGH = 100  # headlines of a day that can be asked what is near: of ten, any two are
APART = 0.10  # by which the centred cosine of two is above that of either with anything else of the day
NEVER = 2.0  # likeness that no two stories have
_ONE_AFFAIR = frozenset(["policy", "law", "security", "deal", "funding", "ipo", "layoffs", "people"])


def by_headlines(a: Told, b: Told, new: bool, ground: Ground) -> float:
    """Return the margin of two stories that name the same, or a `new` name, by the nearest of their headlines."""
    import numpy as np

    if same_kind(a, b) and (begun := begun_alike(a, b, ground)) >= BEGUN:
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
        family(many) not in _ONE_AFFAIR
        or len(many.marks) < max(MANY, TIMES * len(few.marks))
        or cosine < NEARLY
    ):
        return by_all
    if not names_actors(few, many):
        return -1.0
    return max(by_all, _beside_affair(many, few, of_few))


def _needed(a: Told, b: Told, cosine: float, ground: Ground) -> float:
    """Return how alike the nearest headlines of two stories must be, their means being so near."""
    needed = [NEVER if cosine < NEAR else SAME]
    if _figures(a) & _figures(b):
        needed.append(COUNTED)
    if same_kind(a, b) and cosine >= NEARLY:
        needed.append(SURER if cosine < NEAR else SAME_KIND if cosine < VERY_NEAR else WHOLE_KIND)
    if compatible(a, b) and cosine >= VERY_NEAR:
        needed.append(WHOLE)
    if compatible(a, b) and firms(a.lead) == firms(b.lead):
        one, other = (centred(told.vectors.mean(axis=0), ground) for told in (a, b))
        needed.append(SET_APART if float(one @ other) >= CENTRED else NEVER)
    return min(needed)


def _beside_affair(many: Told, few: Told, alike: Floats) -> float:
    """Return the margin of what stands beside an affair: it must be like some of the many, for these tell much else."""
    import numpy as np

    if family(few) == family(many):
        return float(alike.max(axis=0).mean()) - LIKE_SOME
    # another product of the firm has an affair of its own
    if family(few) in _ONE_AFFAIR or not products([few.lead]) <= products(many.marks):
        return -1.0
    # to be like one of many may be chance
    return float(np.sort(alike, axis=0)[-2:].mean()) - LIKE_TWO


def _few(a: Told, b: Told, alike: float, cosine: float, new: bool, ground: Ground) -> float:
    """Return the margin of two stories of a headline or two, by how far they are from the rest of the day."""
    if alike < LIKE_ALONE or cosine < COSINE_COINED or not compatible(a, b):
        return -1.0
    if new and same_kind(a, b):
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


def _cosine(a: Told, b: Told) -> float:
    import numpy as np

    one, other = a.vectors.mean(axis=0), b.vectors.mean(axis=0)
    return float(one @ other) / (float(np.linalg.norm(one) * np.linalg.norm(other)) or 1.0)


def _figures(told: Told) -> set[tuple[Decimal, Decimal]]:
    return {(low, high) for low, high in told.lead.figures if low >= FIGURE}
