"""Which sentence rests on what: matched with the record by hash, then by likeness, else looked for in the sources.

A sentence that a person wrote and no source supports is a to-do, until it is signed off.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from generator.evidence.dossier import Dossier, Entry, titled
from generator.evidence.features import features
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain
from generator.news import Claim, ClaimKind, Quotation, Source
from generator.text import vectors
from generator.text.clean import fold
from generator.text.language import language_of
from generator.text.quotes import locate
from generator.text.sentences import sentences
from generator.text.variants import simplified


class Verdict(StrEnum):
    """What is known of one sentence."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_FOUND = "not found"
    CONTRADICTED = "contradicted"
    OPINION = "opinion"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Supported:
    """One printed sentence, its verdict, and the passages of sources that speak for it."""

    text: str
    passage: Passage
    verdict: Verdict
    quotations: tuple[Quotation, ...] = ()
    edited: bool = False  # a person changed it since it was written


SIMILAR = 0.62  # likeness from which an edited sentence is still the record's
COVERED = 0.55  # share of a sentence that one window of the evidence must hold
PARTLY = 0.3
NEAR = 0.38  # cosine from which a sentence in another language says the same


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each sentence without evidence, and each recorded quotation its source does not hold."""
    for entry in dossier.entries:
        if entry.record is not None:
            yield from _quotations(dossier, entry)
        if not any(source.text for source in entry.sources):
            continue
        for one in supported(entry):
            if one.verdict is Verdict.NOT_FOUND and one.passage.factual:
                yield dossier.finding(
                    "support",
                    "an edited sentence rests on no source"
                    if one.edited
                    else "this sentence rests on no source",
                    entry=entry,
                    passage=one.passage,
                    words=one.text,
                    evidence=nearest(one.text, entry.sources),
                    fix="add a source, or accept it with a reason",
                    severity="warning",
                )


def supported(entry: Entry) -> list[Supported]:
    """Return every printed sentence of a story with its verdict."""
    claims = list(entry.record.claims) if entry.record else []
    exact = {_even(claim.text): claim for claim in claims}
    found = []
    for passage in entry.passages:
        if passage.role == "reason":
            continue
        for sentence in _statements(passage, exact):
            claim = exact.get(_even(sentence))
            edited = bool(claims) and claim is None
            if claim is None and claims:
                claim = _similar(sentence, claims)
            found.append(_judge(entry, passage, sentence, claim, edited=edited))
    return found


# What a finding of these kinds says of the sentence it stands in; one of another kind is about the story.
_WEIGHS = frozenset("number hedge name quotation modality date merged support".split())


def weighed(dossier: Dossier, entry: Entry, findings: Iterable[Finding]) -> list[Supported]:
    """Return every printed sentence of a story with its verdict after all checks: findings can lower it, a sign-off settles it."""
    doubts = [one for one in findings if one.kind in _WEIGHS and one.key.startswith(f"{entry.key}.")]
    return [_weighed(one, dossier, entry, doubts) for one in supported(entry)]


def _weighed(one: Supported, dossier: Dossier, entry: Entry, doubts: Sequence[Finding]) -> Supported:
    asked = Finding("support", "", words=one.text, article=entry.name)
    if one.verdict is Verdict.NOT_FOUND and asked.id in dossier.accepted:
        return replace(one, verdict=Verdict.ACCEPTED)
    here = [
        doubt
        for doubt in doubts
        if doubt.key == one.passage.key
        and doubt.words
        and (doubt.words in one.text or one.text in doubt.words)
    ]
    if any(doubt.severity == "error" for doubt in here):
        return replace(one, verdict=Verdict.CONTRADICTED)
    if here and one.verdict is Verdict.SUPPORTED:
        return replace(one, verdict=Verdict.PARTLY)
    return one


def _statements(passage: Passage, claims: Collection[str]) -> list[str]:
    """A headline makes one statement, whatever its marks, unless the record took it apart."""
    text = plain(passage.text)
    said = sentences(text)
    whole = passage.role == "headline" and not any(_even(one) in claims for one in said)
    return [text] if whole else said


def _judge(entry: Entry, passage: Passage, sentence: str, claim: Claim | None, *, edited: bool) -> Supported:
    if claim is not None and claim.accepted and not edited:
        return Supported(sentence, passage, Verdict.ACCEPTED, claim.evidence)
    located = (
        tuple(one for one in (_located(q, entry.sources) for q in claim.evidence) if one) if claim else ()
    )
    asked = sentence.rstrip("”’」』）)\"'").endswith(("？", "?"))  # a question states nothing
    if asked or not passage.factual or (claim is not None and claim.kind is not ClaimKind.FACT):
        return Supported(sentence, passage, Verdict.OPINION, located, edited)
    if located and not edited:
        return Supported(sentence, passage, Verdict.SUPPORTED, located)
    quotations = located or tuple(quotations_for(sentence, entry.sources))
    share = _share(sentence, quotations, entry)
    verdict = (
        Verdict.SUPPORTED if share >= COVERED else Verdict.PARTLY if share >= PARTLY else Verdict.NOT_FOUND
    )
    return Supported(sentence, passage, verdict, quotations, edited)


def quotations_for(sentence: str, sources: tuple[Source, ...], *, most: int = 2) -> list[Quotation]:
    """Return the passages of the sources that say most of what `sentence` says, each located in its source."""
    own = features(sentence)
    if not own:
        return []
    scored = []
    for source in sources:
        for said in _said(source):
            common = own & features(said)
            if common and (place := locate(said, source.text) or locate(said, source.title)):
                scored.append((len(common), said, source, place))
    scored.sort(key=lambda row: -row[0])
    return [Quotation(source.id, said, *place) for _, said, source, place in scored[:most]]


@functools.lru_cache(maxsize=500)
def _said(source: Source) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*filter(None, [titled(source)]), *sentences(source.text[:20_000])]))


def _share(sentence: str, quotations: tuple[Quotation, ...], entry: Entry) -> float:
    """How much of a sentence its evidence holds: by shared features, or by meaning across languages."""
    if locate(simplified(sentence.rstrip("。.!！")), simplified(entry.evidence)):
        return 1.0
    own = features(sentence)
    if len(own) < 3:
        return 1.0  # too little is claimed to be doubted
    share = len(own & features("\n".join(quotation.text for quotation in quotations))) / len(own)
    whole = len(own & features(entry.evidence)) / len(own)
    share = max(share, 0.8 * whole)
    if share < COVERED and language_of(sentence) != language_of(entry.evidence[:1500]):
        share = max(share, COVERED * _meaning(sentence, entry.sources) / NEAR)
    return min(share, 1.0)


def _meaning(sentence: str, sources: tuple[Source, ...]) -> float:
    said = [one for source in sources for one in _said(source)][:30]
    if not said:
        return 0.0
    return float((vectors.encode(said) @ vectors.encode([sentence])[0]).max())


def _located(quotation: Quotation, sources: tuple[Source, ...]) -> Quotation | None:
    for source in sources:
        if source.id == quotation.source:
            place = locate(quotation.text, source.text) or locate(
                simplified(quotation.text), simplified(source.text)
            )
            if place:
                return Quotation(source.id, quotation.text, *place)
            if locate(quotation.text, source.title):
                return quotation
    return None


def _quotations(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """A record may be wrong too: what it quotes must stand in the source it names."""
    if entry.record is None:
        return
    printed = {_even(sentence) for passage in entry.passages for sentence in sentences(plain(passage.text))}
    for source in entry.record.sources:
        if source.altered:
            yield dossier.finding(
                "support",
                f"the text of source {source.id} is not the one that was recorded",
                entry=entry,
                words=source.url,
                evidence=source.title,
                fix="restore edition.json, or accept it with a reason",
            )
    for claim in entry.record.claims:
        if _even(claim.text) not in printed:
            continue  # the editor took the sentence out
        for quotation in claim.evidence:
            if not _located(quotation, entry.sources):
                yield dossier.finding(
                    "support",
                    f"the record quotes what source {quotation.source} does not hold",
                    entry=entry,
                    passage=next((p for p in entry.passages if claim.text in plain(p.text)), None),
                    words=claim.text[:80],
                    evidence=quotation.text,
                    fix="write the edition anew, or correct edition.json",
                )


def _similar(sentence: str, claims: list[Claim]) -> Claim | None:
    best, likeness = None, SIMILAR
    for claim in claims:
        matcher = difflib.SequenceMatcher(
            None, _even(sentence)[:300], _even(claim.text)[:300], autojunk=False
        )
        if (
            matcher.real_quick_ratio() > likeness
            and matcher.quick_ratio() > likeness
            and (found := matcher.ratio()) > likeness
        ):
            best, likeness = claim, found
    return best


def nearest(sentence: str, sources: tuple[Source, ...]) -> str:
    """Return what the sources say that is most like `sentence`."""
    found = quotations_for(sentence, sources, most=1)
    return found[0].text if found else ""


@functools.lru_cache(maxsize=5_000)
def _even(text: str) -> str:
    return simplified(fold(plain(text))).rstrip("。.!！?？ ")
