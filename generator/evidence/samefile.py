"""The pairing test that needs no source: an address whose own words speak of another story.

`…/data-center-cooling-stocks-sink-after-nvidia-ceo-talks` under a story about Telegram is
wrong, and so is an address that fits another story of the same file far better than its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry, plain
from generator.evidence.features import Weights, address_words, features
from generator.evidence.finding import Finding
from generator.text import vectors

UNLIKE = 0.20  # cosine below which address and story speak of different things
LIKE = 0.34  # cosine from which they may well belong together
AHEAD = 0.12  # by which another story must be nearer to the address
TELLING = 0.05  # likeness by shared names and figures that vouches for the link


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each link whose address contradicts its story."""
    worded = [(entry, words) for entry in dossier.entries if (words := address_words(entry.article.url))]
    if not worded:
        return
    from generator.lexicon.names import unify

    told = {entry.key: _told(entry) for entry in dossier.entries}
    weights = Weights([features(text) for text in told.values()])
    stories = vectors.encode([unify(text) for text in told.values()])
    addresses = vectors.encode([unify(words) for _, words in worded])
    near = addresses @ stories.T
    places = {key: place for place, key in enumerate(told)}
    entries = {entry.key: entry for entry in dossier.entries}
    for row, (entry, words) in enumerate(worded):
        scores = [
            float(near[row, place]) + weights.likeness(features(words), features(text))
            for place, text in enumerate(told.values())
        ]
        own = scores[places[entry.key]]
        winner = max(range(len(scores)), key=lambda place: scores[place])
        overlap = weights.likeness(features(words), features(told[entry.key]))
        nearest = entries[list(told)[winner]]
        elsewhere = scores[winner] >= max(own + AHEAD, LIKE) and nearest.key != entry.key
        nowhere = own < UNLIKE and overlap < TELLING
        if elsewhere or nowhere:
            yield dossier.finding(
                "pairing",
                f"the address speaks of something else: {words}",
                entry=entry,
                passage=next((p for p in entry.passages if p.role in {"headline", "text"}), None),
                words=entry.article.url,
                evidence=f"nearer to: {nearest.name}" if elsewhere else "",
                fix="link the source this story was written from",
            )


def _told(entry: Entry) -> str:
    return plain(f"{entry.article.headline}\n{entry.article.text}")[:300]
