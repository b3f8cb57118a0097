"""How surely two reports are of one event: a logistic mix of vectors, words, names and figures.

Headlines decide alone where nothing more is known; where both reports have a text, how it begins
joins in, for two outlets that put different things first still tell the same facts. The weights
were fitted on pairs labelled by hand (docs/newsroom.md says which, and what they score). Vectors
see neither versions nor amounts, which `marks.conflict` vetoes.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, sqrt

from generator.newsroom.grouping.marks import Marks, conflict, listed_apart, sold_apart

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
TOLD_BIAS = -4.0
TOLD_WEIGHTS = {
    "headlines": 2.4,  # what the headlines alone say, a logit within -5 … 5, by 5
    "vectors": 3.25,  # cosine of the two openings
    "containment": 2.0,
    "rare": 1.85,  # how rare the five rarest shared words are
    "names": 1.2,
    "figures": 2.3,  # amounts that both state, at most three
    "scripts": 1.8,
}
SAME = 0.55  # at least this sure: one event
# cosines of headlines, of openings, below which pairs are not looked at
CANDIDATE, CANDIDATE_TOLD = 0.40, 0.45
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


def likeness(a: Marks, b: Marks, cosine: float, rare: Mapping[str, float], *, veto: bool = True) -> float:
    """Return the probability, 0 to 1, that two headlines are of one event.

    0 when what they name differs, unless `veto` is off: the caller weighs that itself.
    """
    if (veto and conflict(a, b)) or min(len(a.text), len(b.text)) < THIN:
        return 0.0
    return _sure(_logit(a, b, cosine, rare))


def told_features(
    heads: tuple[Marks, Marks],
    openings: tuple[Marks, Marks],
    cosines: tuple[float, float],
    rare: Mapping[str, float],
    rare_told: Mapping[str, float],
) -> dict[str, float]:
    """Return the values that the weights of told reports weigh.

    `cosines` are those of the headlines and of the openings, `rare` and `rare_told` the rarities
    of words among headlines and among openings.
    """
    a, b = openings
    shared = _mass(a.pairs & b.pairs, rare_told)
    rarest = sorted((rare_told.get(word, UNSEEN) for word in a.words & b.words), reverse=True)[:5]
    return {
        "headlines": max(-5.0, min(5.0, _logit(*heads, cosines[0], rare))) / 5,
        "vectors": cosines[1],
        "containment": shared / min(_mass(a.pairs, rare_told), _mass(b.pairs, rare_told)) if shared else 0.0,
        "rare": sum(rarest) / 25,
        "names": min(sum(rare_told.get(f"={name}", UNSEEN) for name in a.names & b.names), 15.0) / 15,
        "figures": min(len(a.figures & b.figures), 3) / 3,
        "scripts": float(heads[0].han != heads[1].han),
    }


def told_likeness(
    heads: tuple[Marks, Marks],
    openings: tuple[Marks, Marks],
    cosines: tuple[float, float],
    rare: Mapping[str, float],
    rare_told: Mapping[str, float],
) -> float:
    """Return the probability that two reports are of one event, by headline and opening; see `told_features`."""
    if conflict(*heads) or listed_apart(*openings) or sold_apart(heads, openings):
        return 0.0
    values = told_features(heads, openings, cosines, rare, rare_told)
    return _sure(TOLD_BIAS + sum(weight * values[name] for name, weight in TOLD_WEIGHTS.items()))


def _logit(a: Marks, b: Marks, cosine: float, rare: Mapping[str, float]) -> float:
    values = features(a, b, cosine, rare)
    return BIAS + sum(weight * values[name] for name, weight in WEIGHTS.items())


def _sure(total: float) -> float:
    return 1 / (1 + exp(-total))


def _mass(words: frozenset[str], rare: Mapping[str, float]) -> float:
    return sum(rare.get(word, UNSEEN) ** 2 for word in words)
