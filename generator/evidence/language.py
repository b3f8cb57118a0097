"""Every item is in the paper's language, names excepted; what is left in its own says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.text.language import language_of
from generator.text.sentences import sentences
from generator.text.width import han_count, latin_words

_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|\"[^\"]*\"|`[^`]*`|\([^)]*\)|（[^）]*）|https?://\S+")
MANY_WORDS = 7  # Latin words in a row without Han that are a sentence, not a name
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;:]+(?:[A-Za-z][A-Za-z'’-]*|\d[\d.,%]*))+[.!?]?")
_SMALL_WORDS = frozenset(
    "the a an of to in for and is are was were that with on by as its it from this has have be will at or not which who".split()
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each headline or passage in another language than the paper's."""
    wanted = dossier.context.language.split("-")[0]
    for entry in dossier.entries:
        if {"foreign", "title-only-foreign"} & set(entry.article.marks):
            continue
        if entry.record is not None and "foreign" in entry.record.marks:
            continue
        for passage in entry.passages:
            text = plain(passage.text)
            if words := foreign_words(text, wanted):
                yield dossier.finding(
                    "language",
                    f"not in the paper's language ({dossier.context.language})",
                    entry=entry,
                    passage=passage,
                    words=words,
                    fix="translate it, or mark the item as left in its language",
                )
                break


def foreign_words(text: str, wanted: str) -> str:
    """Return the first words of `text` that are not in the wanted language; "" when all of it is."""
    bare = _QUOTED.sub(" ", text)
    if wanted == "zh":
        if language_of(bare) in {"ja", "ko"} or (latin_words(bare) >= 4 and not han_count(bare)):
            return text[:60]
        return next((run for sentence in sentences(bare) for run in _runs(sentence)), "")
    if wanted == "en" and han_count(bare) > max(6, latin_words(bare)):
        return text[:60]
    return ""


def _runs(sentence: str) -> Iterator[str]:
    """English clauses inside a Chinese text; a row of names has no small words."""
    for match in _LATIN_RUN.finditer(sentence):
        words = match[0].split()
        small = sum(word.lower().strip(",.;:") in _SMALL_WORDS for word in words)
        if len(words) >= MANY_WORDS and small >= 2:
            yield match[0][:60]
