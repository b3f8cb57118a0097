"""How surely a story of today tells again what an earlier edition printed: a logistic mix, story against story.

`likeness` was fitted on the reports of one day. A story of today meets all that a week has printed, where the name of
a firm or a product makes some two alike, and where the second telling is often from another angle: so all the
headlines of both are held against each other, and what they have in common is asked for beyond what all news has.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import exp, log

from generator.lexicon import names
from generator.newsroom.grouping.aligned import aligned
from generator.newsroom.grouping.begun import begun_alike
from generator.newsroom.grouping.likeness import UNSEEN, likeness
from generator.newsroom.grouping.marks import Marks, conflict, marks_of
from generator.newsroom.grouping.told import Ground, Told, acts, centred, firms, named

# fitted on 2,204 pairs of stories that readers labelled from the headlines alone (bench/newsroom_retold.py)
BIAS = -6.0
WEIGHTS = {
    "close": 15.2,  # cosine of the mean headlines, without what all have in common, times the words' alignment
    "nearest": 1.9,  # how like its nearest of the other side each headline of today is, on average
    "openings": 1.05,  # the likeness of the two reports with a text that are most alike, -1 to 1; 0 without texts
    "act": 1.0,  # both sides state that the same firm did the same kind of thing
    "named": 1.7,  # who is named on both sides, places aside, a firm and its products being one; three at most
    "leads": 1.65,  # both leads name somebody
    "firms apart": -5.6,  # share of the leads' firms that one of them names, where the other names others
    "rarest": 1.25,  # how rare the rarest word is that both use and that is no name
    "contradictions": -3.4,  # share of headline pairs that name different amounts or versions
    "headlines": -0.95,  # logarithm of how many the smaller side has: of many, some are alike by chance
    "days": -0.95,  # logarithm of the days between
}
AGAIN = 0.5  # from which it is the same affair
COMPARED = 4  # headlines of a side whose words are aligned
BEGUN = 3  # reports of a side whose openings are compared


def retelling(new: Told, old: Told, days: int, ground: Ground) -> float:
    """Return the probability that `new` tells what `old`, printed so many `days` before, has told."""
    values = features(new, old, days, ground)
    return 1 / (1 + exp(-BIAS - sum(weight * values[name] for name, weight in WEIGHTS.items())))


def features(new: Told, old: Told, days: int, ground: Ground) -> dict[str, float]:
    """Return the values that the weights weigh."""
    import numpy as np

    cosines = new.vectors @ old.vectors.T
    alike = np.array(
        [
            [likeness(one, other, float(cosine), ground.rare, veto=False) for other, cosine in zip(old.marks, row, strict=True)]
            for one, row in zip(new.marks, cosines, strict=True)
        ]
    )  # fmt: skip
    of_new, of_old = _all_named(new), _all_named(old)
    both = {name for name in of_new & of_old if not _place(name)}
    one, other = firms(new.lead), firms(old.lead)
    means = [centred(told.vectors.mean(axis=0), ground) for told in (new, old)]
    return {
        "close": float(means[0] @ means[1]) * _aligned(new, old, ground),
        "nearest": float(alike.max(axis=1).mean()),
        "openings": 2 * begun_alike(new, old, ground, BEGUN) - 1 if new.begun and old.begun else 0.0,
        "act": float(any(agent for _, agent in acts(new) & acts(old))),
        "named": min(len({names.firm_of(name) or name for name in both}), 3) / 3,
        "leads": float(any(not _place(name) for name in named(new.lead) & named(old.lead))),
        "firms apart": min(len(one - other), len(other - one)) / (1 + len(one | other)),
        "rarest": _rarest(new, old, of_new | of_old, ground) / 5,
        "contradictions": sum(bool(conflict(*pair)) for pair in product(new.marks, old.marks)) / alike.size,
        "headlines": log(min(alike.shape)),
        "days": log(max(days, 1)),
    }


def _all_named(told: Told) -> set[str]:
    return set().union(*map(named, told.marks))


def _place(name: str) -> bool:
    return names.entries()[name].kind == "place"


def compared_words(stories: Iterable[Told]) -> set[str]:
    """Return the words of which a comparison of such stories takes the vectors."""
    return {word for told in stories for one in told.marks[:COMPARED] for word in one.words}


def _aligned(new: Told, old: Told, ground: Ground) -> float:
    pairs = product(new.marks[:COMPARED], old.marks[:COMPARED])
    return max(aligned(one, other, ground.rare, ground.encode) for one, other in pairs)


def _rarest(new: Told, old: Told, known: set[str], ground: Ground) -> float:
    of_names = {word for name in known for word in marks_of(name).words}
    shared = (_words(new.marks) & _words(old.marks)) - of_names
    return max((ground.rare.get(word, UNSEEN) for word in shared), default=0.0)


def _words(marks: tuple[Marks, ...]) -> frozenset[str]:
    return frozenset().union(*(one.words for one in marks))
