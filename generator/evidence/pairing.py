"""Does the link belong to this story? The linked source must win against every other of the window.

Argmax over the pool, by what texts share whatever their language and, where that leaves a
doubt, by sentence vectors. Without sources the addresses themselves are asked: see `samefile`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.evidence.dossier import Dossier, Entry, plain
from generator.evidence.features import Features, Weights, address_words, features, shared
from generator.evidence.finding import Finding
from generator.evidence.samefile import check as check_addresses
from generator.news import Source
from generator.text import vectors
from generator.text.addresses import canonical_url

MARGIN = 0.10  # by which another source must be nearer before the link is doubted
SAME_EVENT = 0.42  # likeness from which two sources count as one story
SURE = 0.34  # likeness by features alone from which nobody needs to ask the vectors
FAINT = 0.12  # likeness below which the nearest source is no better than chance
FOREIGN = 0.17  # below this a linked source says nothing of the story


@dataclass(frozen=True, slots=True)
class Scored:
    """A source's likeness to a story."""

    source: Source
    score: float


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each link that belongs elsewhere, or nowhere."""
    judged = set()
    if dossier.pool:
        judge = Judge(dossier.pool)
        for entry in dossier.entries:
            if entry.article.url and (dossier.recorded or entry.linked):
                judged.add(entry.key)
                yield from _judge(dossier, judge, entry)
    for finding in check_addresses(dossier):
        if finding.key.rsplit(".", 1)[0] not in judged:
            yield finding


class Judge:
    """Scores stories against a pool of sources; keeps what can be kept between stories."""

    def __init__(
        self, pool: Sequence[Source], encode: Callable[[Sequence[str]], vectors.Vectors] = vectors.encode
    ) -> None:
        self.pool = tuple(pool)
        self._encode = encode
        self._features = [features(said(source)) for source in self.pool]
        self._weights = Weights(self._features)
        self._vectors: vectors.Vectors | None = None

    def scores(self, text: str) -> list[float]:
        """Return each source's likeness to `text`, 0 to about 1."""
        own = features(text)
        found = [self._weights.likeness(own, other) for other in self._features]
        if max(found, default=0.0) >= SURE:
            return found
        return [
            max(plainly, 0.0) + 0.6 * max(near - 0.15, 0.0)
            for plainly, near in zip(found, self.near(text), strict=True)
        ]

    def near(self, text: str) -> list[float]:
        """Return the cosine of `text` and each source, by sentence vectors."""
        if self._vectors is None:
            heads = [unified(source.title or source.text) for source in self.pool]
            # without a title the address's words are the shorter and plainer statement
            slugs = [address_words(source.url) if not source.title else "" for source in self.pool]
            self._vectors = self._encode(heads + slugs)
        near = self._vectors @ self._encode([unified(text)])[0]
        size = len(self.pool)
        return [max(float(near[place]), float(near[size + place])) for place in range(size)]

    def alike(self, one: Source, other: Source) -> float:
        """Return how alike two sources of the pool are."""
        return self._weights.likeness(features(said(one)), features(said(other)))

    def shares(self, text: str, source: Source) -> list[str]:
        return shared(features(text), features(said(source)))

    def features_of(self, text: str) -> Features:
        return features(text)


def said(source: Source) -> str:
    """Return what a source says, its address's words included."""
    return "\n".join(part for part in (source.title, source.text[:1500], address_words(source.url)) if part)


def unified(text: str) -> str:
    from generator.lexicon.names import unify

    return unify(text[:400])


def _judge(dossier: Dossier, judge: Judge, entry: Entry) -> Iterator[Finding]:
    text = plain(f"{entry.article.headline}\n{entry.article.text}")
    scores = judge.scores(text)
    address = canonical_url(entry.article.url)
    own = [place for place, source in enumerate(judge.pool) if canonical_url(source.url) == address]
    passage = next((p for p in entry.passages if p.role in {"headline", "text"}), None)
    winner = max(range(len(scores)), key=lambda place: scores[place])
    if not own:
        nearest = judge.pool[winner] if scores[winner] >= FOREIGN else None
        yield dossier.finding(
            "pairing",
            "the address is none of this edition's sources",
            entry=entry,
            passage=passage,
            words=entry.article.url,
            evidence=f"{nearest.title} {nearest.url}" if nearest else "",
            fix=f"link {nearest.url}" if nearest else "link a source of the day, or accept it with a reason",
        )
        return
    mine = max(own, key=lambda place: scores[place])
    if finding := _not_the_record(dossier, judge, entry, scores[mine], text):
        yield finding
        return
    if winner in own:
        return
    source, other = judge.pool[mine], judge.pool[winner]
    if scores[winner] < FAINT or (
        scores[winner] < scores[mine] + MARGIN and scores[winner] < 1.5 * scores[mine]
    ):
        return
    if judge.alike(source, other) >= SAME_EVENT:
        return
    yield dossier.finding(
        "pairing",
        f"the link leads to another story: {source.title or source.url}",
        entry=entry,
        passage=passage,
        words=entry.article.url,
        evidence=f"{other.title} {other.url}",
        fix=f"link {other.url}",
    )


def _not_the_record(dossier: Dossier, judge: Judge, entry: Entry, score: float, text: str) -> Finding | None:
    """The record wrote this story from other sources, and the address printed now does not suit it better."""
    if entry.record is None or not entry.record.sources:
        return None
    address = canonical_url(entry.article.url)
    addresses = {canonical_url(source.url) for source in entry.record.sources}
    if address in addresses:
        return None
    scores = judge.scores(text)
    ours = max(
        (scores[n] for n, source in enumerate(judge.pool) if canonical_url(source.url) in addresses),
        default=0.0,
    )
    if score > ours:
        return None  # an editor found a better one
    source = entry.record.sources[0]
    return dossier.finding(
        "pairing",
        "the address is another story's; this one was written from another source",
        entry=entry,
        passage=next((p for p in entry.passages if p.role in {"headline", "text"}), None),
        words=entry.article.url,
        evidence=f"{source.title} {source.url}",
        fix=f"link {source.url}",
    )
