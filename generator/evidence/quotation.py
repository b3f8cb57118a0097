"""Words in quotation marks that someone is said to have said stand in a source, letter for letter or translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.text import vectors
from generator.text.language import language_of
from generator.text.quotes import locate
from generator.text.sentences import sentences
from generator.text.variants import simplified
from generator.text.width import han_count, latin_words

# straight marks are alike at both ends: a short term between them must match too, or its end would open the next
_QUOTED = re.compile(r"“([^“”]{2,400})”|「([^「」]{2,400})」|『([^『』]{2,400})』|\"([^\"\n]{1,400})\"")
_SPEECH = re.compile(
    r"表示|称|说|道|指出|认为|强调|回应|透露|写道|坦言|直言|宣布|声明|承认|警告|补充|解释|评价|呼吁|问|答|喊话|发文|"
    r"\b(?:said|says|told|wrote|writes|added|adds|tweeted|posted|stated|argued|argues|called|warned|according to)\b",
    re.IGNORECASE,
)
LIKE = 0.42  # cosine from which a translated quotation is taken for the sentence it translates
SHORT_HAN, SHORT_LATIN = 6, 3  # at most: a term, not a statement


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each quotation that no source holds."""
    for entry in dossier.entries:
        if not any(source.text for source in entry.sources):
            continue
        for passage in entry.passages:
            if passage.role == "reason":
                continue
            text = plain(passage.text)
            for match in _QUOTED.finditer(text):
                words = next(group for group in match.groups() if group)
                if found := _unfounded(entry, text, match, words):
                    message, evidence = found
                    yield dossier.finding(
                        "quotation",
                        message,
                        entry=entry,
                        passage=passage,
                        words=words,
                        start=match.start() + 1,
                        evidence=evidence,
                        fix="quote the source's own words, or drop the marks",
                        severity="error" if passage.factual else "warning",
                    )


def quoted(text: str) -> list[str]:
    """Return what stands in quotation marks in `text`."""
    return [next(group for group in match.groups() if group) for match in _QUOTED.finditer(text)]


def _unfounded(entry: Entry, text: str, match: re.Match[str], words: str) -> tuple[str, str] | None:
    if _is_term(words) and not _spoken(text, match):
        return None
    evidence = entry.evidence
    if locate(words, evidence) or locate(simplified(words), simplified(evidence)):
        return None
    # an ellipsis joins pieces, each of which must be there
    pieces = [piece for piece in re.split(r"…+|\.{3,}", words) if piece.strip()]
    if len(pieces) > 1 and all(locate(simplified(piece), simplified(evidence)) for piece in pieces):
        return None
    foreign = language_of(words) != _language(evidence)
    if _is_term(words) and (foreign or not _spoken(text, match)):
        return None
    near, likeness = _nearest(words, evidence)
    if foreign and likeness >= LIKE:
        return None  # a translation: it says what the source says
    return "the quotation is in no source", near


def _is_term(words: str) -> bool:
    return han_count(words) <= SHORT_HAN and latin_words(words) <= SHORT_LATIN


def _spoken(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 14) : match.start()] + " " + text[match.end() : match.end() + 12]
    return _SPEECH.search(around) is not None


def _language(evidence: str) -> str:
    return language_of(evidence[:2000])


def _nearest(words: str, evidence: str) -> tuple[str, float]:
    said = [*sentences(evidence)[:120], *quoted(evidence)[:40]]
    if not said:
        return "", 0.0
    found = vectors.encode(said) @ vectors.encode([words])[0]
    place = int(found.argmax())
    return said[place], float(found[place])
