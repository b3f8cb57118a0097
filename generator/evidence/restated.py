"""The sentence of a source that a printed one restates word for word: what it says of a figure, a day or a name counts.

A source has many figures, and a wrong one is often another of them. Held against the whole
source it passes; held against the one sentence it was taken from, it does not.
"""

from __future__ import annotations

import functools

from generator.evidence.features import Features, features
from generator.evidence.passages import plain
from generator.news import Source
from generator.text.sentences import sentences

ALIKE = 0.85  # share of all words of both that they must have in common
FEWEST = 5  # words a sentence must have to be known again
MAX_TEXT = 6_000  # characters of a source that are searched


def sentence_at(text: str, place: int) -> str:
    """Return the sentence of `text` that holds the character at `place`; "" for none."""
    at = 0
    for sentence in sentences(text):
        at = max(text.find(sentence, at), 0)
        if at <= place < at + len(sentence):
            return sentence
        at += len(sentence)
    return ""


@functools.lru_cache(maxsize=2_000)
def restated(sentence: str, sources: tuple[Source, ...], but: str = "q") -> tuple[str, ...]:
    """Return the sentences of the sources that `sentence` says again, those most like it first.

    `but` are the sorts of features that may differ: "q" for figures, "n" for names.
    """
    words = _words(sentence, but)
    if len(words) < FEWEST:
        return ()
    found = []
    for source in sources:
        for said in _said(source):
            theirs = _words(said, but)
            if len(words & theirs) >= ALIKE * len(words | theirs):
                found.append((len(words ^ theirs), said))
    found.sort(key=lambda row: row[0])
    return tuple(dict.fromkeys(said for _, said in found))


@functools.lru_cache(maxsize=500)
def _said(source: Source) -> tuple[str, ...]:
    return (source.title, *sentences(plain(source.text[:MAX_TEXT])))


def _words(text: str, but: str) -> Features:
    return frozenset(one for one in features(text) if one[0] not in but)
