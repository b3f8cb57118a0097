"""超, 约, 近, 至少, 高达 stay as the source has them, and are the same wherever a story repeats the figure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.evidence.agreement import agrees, amounts, equal, same_unit
from generator.evidence.dossier import Dossier, Entry, body_of
from generator.evidence.excerpt import around
from generator.evidence.features import features
from generator.evidence.finding import Finding, Severity
from generator.evidence.passages import Passage, plain
from generator.evidence.restated import restated, sentence_at
from generator.text.numbers import Quantity

# Hedges that say nearly the same; a move between two groups changes the claim.
_GROUPS = {
    "over": "more",
    "least": "more",
    "about": "about",
    "nearly": "less",
    "most": "less",
    "upto": "top",
    "": "",
}
_WORDS = {
    "over": "超",
    "least": "至少",
    "about": "约",
    "nearly": "近",
    "most": "不到",
    "upto": "高达",
}
# 高达 and 达 are praise more than bounds: their coming and going is only noted between figures of one kind.
_SOFT = frozenset({"", "upto"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each hedge dropped, added or turned, against the sources and within the edition."""
    judged: set[tuple[str, int]] = set()
    for entry in dossier.entries:
        if any(source.text or source.title for source in entry.sources):
            for passage, one, finding in _against_sources(dossier, entry):
                judged.add((passage.key, one.start))
                yield finding
    yield from _within(dossier, judged)


def _against_sources(dossier: Dossier, entry: Entry) -> Iterator[tuple[Passage, Quantity, Finding]]:
    whole = amounts(plain(entry.evidence))
    # a source's title drops hedges that its text keeps: it vouches for headlines alone
    bodies = amounts("\n".join(plain(body_of(source)) for source in entry.sources))
    for passage in entry.passages:
        if not passage.factual:
            continue
        text = plain(passage.text)
        for one in amounts(text):
            said = amounts("\n".join(restated(sentence_at(text, one.start), entry.sources)))
            wider = [whole] if passage.role == "headline" else [bodies, whole]
            fitting = next(filter(None, (_fitting(one, known) for known in (said, *wider))), [])
            if not fitting or any(_compatible(one, other) for other in fitting):
                continue
            message, severity = _change(one, fitting[0])
            finding = dossier.finding(
                "hedge",
                message,
                entry=entry,
                passage=passage,
                words=one.text,
                start=one.start,
                evidence=_said(fitting[0]),
                fix=f"write {_said(fitting[0])}",
                severity=severity,
            )
            yield passage, one, finding


def _fitting(one: Quantity, known: Sequence[Quantity]) -> list[Quantity]:
    """Return the known figures that `one` may be, exact ones before roundings."""
    fitting = [other for other in known if agrees(one, other)]
    return [other for other in fitting if equal(one, other)] or fitting


def _compatible(one: Quantity, other: Quantity) -> bool:
    if one.approximate and other.approximate:
        return True
    if _GROUPS[one.hedge] == _GROUPS[other.hedge]:
        return True
    if {one.hedge, other.hedge} <= _SOFT:
        return True
    # a figure rounded by the writer needs a hedge of its own
    return not equal(one, other) and one.hedge != "" and other.hedge in _SOFT


def _change(one: Quantity, other: Quantity) -> tuple[str, Severity]:
    if not one.hedge:
        return f"{one.text} is stated as exact; the source hedges it", "warning"
    if other.hedge in _SOFT:
        return f"{_said(one)}: the source states the figure without this hedge", "warning"
    return f"{_said(one)} turns the source's hedge", "error"


def _said(one: Quantity) -> str:
    if not one.hedge or one.approximate or any(one.text.endswith(end) for end in ("以上", "左右", "+")):
        return one.text
    return f"{_WORDS[one.hedge]}{' ' if ' ' in one.text else ''}{one.text}"


def _within(dossier: Dossier, judged: Collection[tuple[str, int]]) -> Iterator[Finding]:
    """The same figure of the same story, hedged in one place and otherwise in another.

    What `judged` names was found to differ from the sources: it is said once, and vouches for no other place.
    """
    firsts: list[tuple[Quantity, Entry | None, Passage]] = []
    passages = list(dossier.all_passages())
    # what the story itself says comes first: the summary must follow it
    passages.sort(key=lambda pair: pair[0] is None)
    for entry, passage in passages:
        if passage.role == "reason":
            continue
        for one in amounts(plain(passage.text)):
            if (passage.key, one.start) in judged or (one.low < 10 and one.unit not in {"%", "倍"}):
                continue
            if found := _conflicting(one, entry, passage, firsts):
                other, place = found
                yield dossier.finding(
                    "hedge",
                    f"{_said(one)} here, {_said(other)} {'in the story' if entry is None else 'elsewhere in the story'}",
                    entry=entry,
                    passage=passage,
                    words=one.text,
                    start=one.start,
                    evidence=around(plain(place.text), other.start, other.end, 20, 10),
                    fix="hedge the figure the same way everywhere",
                    severity="warning",
                )
            firsts.append((one, entry, passage))


def _conflicting(
    one: Quantity,
    entry: Entry | None,
    passage: Passage,
    firsts: Sequence[tuple[Quantity, Entry | None, Passage]],
) -> tuple[Quantity, Passage] | None:
    """Return the first place that hedges `one` otherwise."""
    for other, owner, place in firsts:
        same_story = owner is entry or (entry is None and owner is not None and _about(passage, owner))
        if (
            same_story
            and place is not passage
            and _conflict(one, other)
            and not _both_said(owner, one, other)
        ):
            return other, place
    return None


def _both_said(entry: Entry | None, one: Quantity, other: Quantity) -> bool:
    """Whether the sources themselves hedge the figure in both ways."""
    known = amounts(plain(entry.evidence)) if entry else ()
    ways = {_GROUPS[known.hedge] for known in known if equal(known, one) and same_unit(known.unit, one.unit)}
    return {_GROUPS[one.hedge], _GROUPS[other.hedge]} <= ways


def _conflict(one: Quantity, other: Quantity) -> bool:
    if one.low != other.low or one.high != other.high or not same_unit(one.unit, other.unit):
        return False
    if one.approximate or other.approximate:
        return False
    return _GROUPS[one.hedge] != _GROUPS[other.hedge] and not {one.hedge, other.hedge} <= _SOFT


def _about(passage: Passage, entry: Entry) -> bool:
    own = features(plain(passage.text))
    return len(own & features(plain(entry.report))) >= 2
