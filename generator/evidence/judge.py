"""How like a printed story is to each source of its window: by shared features, then by sentence vectors."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from generator.evidence.features import Features, Weights, address_words, feature_vector, features
from generator.lexicon.names import unify
from generator.news import Source
from generator.text import vectors
from generator.text.addresses import canonical_url

SURE = 0.34  # likeness by features alone from which nobody needs to ask the vectors
CLEAR = 0.10  # from which the linked source may win by features alone, when twice as like as any other
TRUSTED = 0.30  # with the vectors, from which the linked source needs no further comparing
RIVALS = 12  # other sources whose vectors are asked, the likeliest by features
GIST = 450  # characters of a source that say what it is about
HEAD = 120  # of a source without a title, or of a story
_PREAMBLE = re.compile(r"^arXiv:\S+ Announce Type: \S+ Abstract: ")
Encode = Callable[[Sequence[str]], "vectors.Vectors"]


class Judge:
    """Scores stories against a pool of sources; keeps what can be kept between stories."""

    def __init__(self, pool: Sequence[Source], encode: Encode = vectors.encode) -> None:
        self.pool = tuple(pool)
        self._encode = encode
        self._features = [features(said(source)) for source in self.pool]
        self._weights = Weights(self._features)
        self._norms = [self._weights.norm(one) for one in self._features]
        self._at: dict[str, list[int]] = {}
        for place, source in enumerate(self.pool):
            self._at.setdefault(canonical_url(source.url) or source.url, []).append(place)

    def at(self, url: str) -> list[int]:
        """Return the places of the sources under an address."""
        return self._at.get(canonical_url(url) or url, [])

    def scores(self, text: str, url: str = "", among: Collection[int] = ()) -> list[float]:
        """Return each source's likeness to `text`, 0 to about 1.

        The vectors are asked only where the features leave a doubt, as a sentence's costs as much
        as a thousand comparisons: of the source at `url` and those `among`, and, if these leave
        the doubt, of the likeliest others.
        """
        own = feature_vector(features(text), self._weights)
        found = [self._likeness(own, place) for place in range(len(self.pool))]
        linked = set(self.at(url)) if url else set()
        mine = max((found[place] for place in linked), default=0.0)
        others = max((score for place, score in enumerate(found) if place not in linked), default=0.0)
        if max(mine, others) >= SURE or (mine >= CLEAR and mine >= 2 * others):
            return found
        plainly = list(found)
        self._add_meaning(found, text, linked | set(among))
        if max((found[place] for place in linked), default=0.0) < max(TRUSTED, others):
            likely = sorted(range(len(found)), key=lambda place: -plainly[place])[:RIVALS]
            self._add_meaning(found, text, set(likely) - linked - set(among))
        return found

    def _add_meaning(self, scores: list[float], text: str, places: Collection[int]) -> None:
        for place, cosine in self.near(text, places).items():
            scores[place] += 0.6 * max(cosine - 0.15, 0.0)

    def _likeness(self, own: tuple[dict[str, float], float], place: int) -> float:
        weights, norm = own
        return sum(weights[one] for one in weights.keys() & self._features[place]) / (
            norm * self._norms[place]
        )

    def shares(self, own: Features) -> list[float]:
        """Return how much of a text's weight each source holds, 0 to 1."""
        weights, _ = feature_vector(own, self._weights)
        total = sum(weights.values()) or 1.0
        return [sum(weights[one] for one in weights.keys() & theirs) / total for theirs in self._features]

    def share(self, own: Features, other: Features) -> float:
        """Return how much of a text's weight another text holds."""
        weights, _ = feature_vector(own, self._weights)
        return sum(weights[one] for one in own & other) / (sum(weights.values()) or 1.0)

    def near(self, text: str, places: Collection[int]) -> dict[int, float]:
        """Return the cosine of `text` and each of these sources, by sentence vectors."""
        ordered = sorted(places)
        if not ordered:
            return {}
        heads = [unified(self.pool[p].title or _opening(self.pool[p])) for p in ordered]
        # without a title the address's words are the shorter and plainer statement
        slugs = ["" if self.pool[p].title else address_words(self.pool[p].url) for p in ordered]
        found = self._encode([unified(text[: 2 * HEAD]), *heads, *slugs])
        near = (found[1:] @ found[0]).reshape(2, len(ordered)).max(axis=0)
        return {place: float(cosine) for place, cosine in zip(ordered, near, strict=True)}

    def alike(self, one: int, other: int) -> float:
        """Return how alike two sources of the pool are."""
        return self._weights.likeness(self._features[one], self._features[other])


def _opening(source: Source) -> str:
    """Return how the text of a source without a title begins, less what its archive puts before every abstract."""
    return _PREAMBLE.sub("", source.text)[:HEAD]


def said(source: Source) -> str:
    """Return what a source says, its address's words included."""
    return "\n".join(part for part in (source.title, source.text[:GIST], address_words(source.url)) if part)


def unified(text: str) -> str:
    """Return the beginning of a text with names in their canonical form, so that two languages meet."""
    return unify(text[:400])
