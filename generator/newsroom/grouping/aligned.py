"""How much of one headline stands in another in other words, or in the other language: word by word.

The vector of a whole headline blurs what it is about; of single words 富人 and "rich" lie at 0.71, "kids" and
孩子 at 0.89, and what has nothing in common seldom above `UNLIKE`. Each word is matched with the nearest of the
other side and weighed by its rarity, as BERTScore does (Zhang et al., ICLR 2020).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.newsroom.grouping.marks import Marks

UNLIKE, EQUAL = 0.45, 0.90  # cosine of two words: below, nothing in common; from, one word in other letters
FEWEST = 3  # words of a headline that can be compared so
UNSEEN = 5.0  # rarity of a word that was not counted


def aligned(a: Marks, b: Marks, rare: Mapping[str, float], encode: Callable[[Sequence[str]], Any]) -> float:
    """Return how much two headlines say alike, 0 to 1: the harmonic mean of both directions."""
    import numpy as np

    mine, theirs = sorted(a.words), sorted(b.words)
    if min(len(mine), len(theirs)) < FEWEST:
        return 0.0
    likeness = np.clip((encode(mine) @ encode(theirs).T - UNLIKE) / (EQUAL - UNLIKE), 0.0, 1.0)
    parts = []
    for words, near in ((mine, likeness.max(axis=1)), (theirs, likeness.max(axis=0))):
        weights = np.array([max(rare.get(word, UNSEEN), 0.0) for word in words])
        parts.append(float(weights @ near) / (float(weights.sum()) or 1.0))
    one, other = parts
    return 2 * one * other / (one + other) if one and other else 0.0
