"""Whether two headlines that are alike tell of one matter, or have no more in common than a name.

`likeness` was fitted on the reports of a day. A headline of today meets all that a month has printed, and there the
name of a firm or a product alone makes some two of them as alike as two reports of one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.lexicon import names
from generator.newsroom.likeness import UNSEEN
from generator.newsroom.marks import Marks, marks_of
from generator.newsroom.told import products

# Cosines of two headlines: from which nothing more is asked, in one language and in two, which share no words; from
# which a telling word, two names, one version or a little-known name will do; and from which two telling words or one figure will
NEAR, NEAR_IN_TWO, HALF_NEAR, LEAST = 0.60, 0.58, 0.50, 0.44
TELLING = 4.0  # rarity from which a word is telling
WORDS = 8.0  # rarity of two such words
LEAST_IN_TWO = 0.35  # of a product that is little known, told in two languages
FEW = 3  # headlines, these two among them, that name what is little known


def one_matter(
    new: Marks, old: Marks, cosine: float, rare: Mapping[str, float], uses: Mapping[str, int]
) -> bool:
    """Whether more speaks for one matter than a name, `cosine` being that of the headlines' vectors.

    `uses` are how many headlines, old and new, have a name; `rare` is how rare a word is among them.
    """
    if cosine >= (NEAR if new.han == old.han else NEAR_IN_TWO):
        return True
    shared = new.names & old.names
    words = _telling(new.words & old.words - _words_of(shared), rare)
    if cosine >= LEAST and (words >= WORDS or new.figures & old.figures):
        return True
    # in two languages nothing but the product's name need meet
    if new.han != old.han and cosine >= LEAST_IN_TWO and _same_products(new, old, uses):
        return True
    several = _independent(shared) > 1
    if several and words:
        return True
    return cosine >= HALF_NEAR and bool(
        words or several or _one_version(new, old) or _little_known(shared, uses)
    )


def _telling(words: Iterable[str], rare: Mapping[str, float]) -> float:
    return sum(much for word in words if (much := rare.get(word, UNSEEN)) >= TELLING)


def _words_of(shared: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(marks_of(name).words for name in shared))


def _independent(shared: frozenset[str]) -> int:
    """Count those who are named; a firm and its products are one, and places alone are nobody."""
    if all(names.entries()[name].kind == "place" for name in shared):
        return 0
    return len({names.firm_of(name) or name for name in shared})


def _one_version(new: Marks, old: Marks) -> bool:
    """Whether both name the same version of one thing."""
    return any(new.versions[name] & old.versions[name] for name in new.versions.keys() & old.versions.keys())


def _little_known(shared: Iterable[str], uses: Mapping[str, int]) -> bool:
    """Whether a firm, product or person is named of which little is told."""
    return any(
        uses[name] <= FEW and names.entries()[name].kind not in ("place", "institution") for name in shared
    )


def _same_products(new: Marks, old: Marks, uses: Mapping[str, int]) -> bool:
    """Whether two headlines name the same products, or two of them, and little is told of one."""
    one, other = products([new]), products([old])
    both = one & other
    return (one == other or len(both) > 1) and any(uses[name] <= FEW for name in both)
