"""How surely two headlines report one event: a logistic mix of vectors, words and names.

The weights were fitted on headline pairs labelled by hand: `bench/newsroom_pairs.txt` and the
sets that `bench/newsroom.py` scores. The vectors alone see neither versions nor amounts, which
`marks.conflict` vetoes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, sqrt

from generator.newsroom.marks import Marks, conflict

BIAS = -5.03
WEIGHTS = {
    "vectors": 4.26,  # cosine of the two headlines
    "overlap": -1.63,  # cosine of their character pairs, by rarity
    "containment": 2.04,  # how much of the shorter one's pairs the longer one has
    "rarest": 0.53,  # how rare the rarest shared word is
    "rare": 2.56,  # how rare the three rarest are
    "names": 1.09,  # known names shared, by rarity
    "other names": -1.04,  # share of known names that only one side has
    "scripts": 1.48,  # one is in Han, the other is not: they cannot share words
}
SAME = 0.5  # at least this sure: one event
CANDIDATE = 0.40  # cosine below which pairs are not looked at
UNSEEN = 5.0  # rarity of a word that was not counted
THIN = 6  # characters; shorter headlines prove nothing


def features(a: Marks, b: Marks, cosine: float, rare: Mapping[str, float]) -> dict[str, float]:
    """Return the values that the weights weigh."""
    shared_pairs = _mass(a.pairs & b.pairs, rare)
    of_a, of_b = _mass(a.pairs, rare), _mass(b.pairs, rare)
    rarest = sorted((rare.get(word, UNSEEN) for word in a.words & b.words), reverse=True)[:3]
    return {
        "vectors": cosine,
        "overlap": shared_pairs / sqrt(of_a * of_b) if shared_pairs else 0.0,
        "containment": shared_pairs / min(of_a, of_b) if shared_pairs else 0.0,
        "rarest": rarest[0] / 5 if rarest else 0.0,
        "rare": sum(rarest) / 15,
        "names": min(sum(rare.get(f"={name}", UNSEEN) for name in a.names & b.names), 15.0) / 5,
        "other names": len(a.names ^ b.names) / (1 + len(a.names | b.names)),
        "scripts": float(a.han != b.han),
    }


def likeness(a: Marks, b: Marks, cosine: float, rare: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that two headlines are of one event; 0 when what they name differs."""
    if conflict(a, b) or min(len(a.text), len(b.text)) < THIN:
        return 0.0
    values = features(a, b, cosine, rare)
    total = BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + exp(-total))


def _mass(words: frozenset[str], rare: Mapping[str, float]) -> float:
    return sum(rare.get(word, UNSEEN) ** 2 for word in words)
