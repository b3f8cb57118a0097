"""How surely two headlines report one event: a logistic mix of vectors, words, names and amounts.

The weights were fitted by `bench/newsroom.py --fit` on headline pairs labelled by hand, the
threshold was set on one half of them and scored on the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, sqrt

from generator.newsroom.marks import Marks, agreed_amounts, conflict

# bias, vectors, words, names shared (by rarity), names of each side that the other lacks, amounts shared
WEIGHTS = (-6.0, 9.0, 3.0, 0.3, 0.0, 0.8)
SAME = 0.5  # at least this sure: one event
CANDIDATE = 0.45  # cosine below which pairs are not looked at


def features(a: Marks, b: Marks, cosine: float, rare: Mapping[str, float]) -> tuple[float, ...]:
    """Return the values that the weights weigh, without the bias."""
    return (
        cosine,
        overlap(a, b, rare),
        min(sum(rare.get(f"={name}", 5.0) for name in a.names & b.names), 15.0) / 5.0,
        1.0 if a.names and b.names and not a.names & b.names else 0.0,
        min(agreed_amounts(a, b), 2),
    )


def likeness(a: Marks, b: Marks, cosine: float, rare: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that two headlines are of one event; 0 when what they name differs."""
    if conflict(a, b):
        return 0.0
    total = WEIGHTS[0] + sum(
        weight * value for weight, value in zip(WEIGHTS[1:], features(a, b, cosine, rare), strict=True)
    )
    return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


def overlap(a: Marks, b: Marks, rare: Mapping[str, float]) -> float:
    """Return the cosine of the two headlines' words, each weighted by its rarity."""
    shared = sum(rare.get(word, 5.0) ** 2 for word in a.words & b.words)
    if not shared:
        return 0.0
    return shared / sqrt(_mass(a, rare) * _mass(b, rare))


def _mass(marks: Marks, rare: Mapping[str, float]) -> float:
    return sum(rare.get(word, 5.0) ** 2 for word in marks.words)
