"""Every figure of a story must stand in its sources, with its unit; figures of one story must agree."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from generator.evidence.agreement import agrees, amounts, digits, equal, nearest, same_unit
from generator.evidence.dossier import Dossier, Entry
from generator.evidence.excerpt import around
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain
from generator.evidence.restated import restated, sentence_at
from generator.lexicon.publishers import publishers
from generator.text.numbers import Quantity
from generator.text.units import STRICT

SMALL = 10  # counts below this may be the writer's own: 两款, 3 项


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each figure without evidence, for those of a section's 影响, and for figures of one story that contradict."""
    for entry in dossier.entries:
        if any(source.text for source in entry.sources):
            yield from _against_sources(dossier, entry)
        yield from _sizes(dossier, entry)
    for entry in dossier.impacts:
        yield from _against_sources(dossier, entry)


def _against_sources(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    known = _figures(plain(entry.evidence), entry)
    reported = [one for p in entry.passages if p.factual for one in _figures(plain(p.text), entry)]
    for passage in entry.passages:
        if passage.role == "reason":
            continue  # the paper's own words: how many reports there are, and whose
        text = plain(passage.text)
        for one in _figures(text, entry):
            if _own_count(one):
                continue
            if _known(one, known):
                if passage.factual and (said := _moved(text, one, entry)):
                    yield dossier.finding(
                        "number",
                        f"{one.text} belongs to another statement of the source",
                        entry=entry,
                        passage=passage,
                        words=one.text,
                        start=one.start,
                        evidence=said,
                        fix="write the figure of this sentence in the source",
                    )
                continue
            if not passage.factual and any(_same_figure(one, other) for other in reported):
                continue  # already judged where it is reported
            near = nearest(one, known)
            yield dossier.finding(
                "number",
                f"{one.text} stands in no source of this {entry.part}",
                entry=entry,
                passage=passage,
                words=one.text,
                start=one.start,
                evidence=_around(entry.evidence, near) if near else "",
                fix=f"write {near.text}"
                if near and same_unit(near.unit, one.unit)
                else "write the figure of the source",
                severity="error" if passage.factual else "warning",
            )


def _figures(text: str, entry: Entry) -> tuple[Quantity, ...]:
    """Return the amounts of a text without what belongs to an outlet's name: 36氪, 21世纪经济报道."""
    found = amounts(text)
    if not found:
        return found
    own = frozenset(source.publisher for source in entry.sources if _NUMBERED.search(source.publisher))
    spans = [match.span() for match in _outlets(own).finditer(text)]
    return tuple(one for one in found if not any(start <= one.start < end for start, end in spans))


_NUMBERED = re.compile(r"(?=.*\d)(?=.*[^\W\d])", re.DOTALL)  # a name with a figure in it


@functools.lru_cache(maxsize=500)
def _outlets(more: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the outlets that have a figure in their name: the table's, and `more`."""
    names = {
        name for one in publishers().values() for name in (one.name, *one.also) if _NUMBERED.search(name)
    }
    either = "|".join(map(re.escape, sorted(names | more, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<![\d.])(?:{either})(?![a-z])", re.IGNORECASE)


def _known(one: Quantity, known: Sequence[Quantity]) -> bool:
    """Whether some figure of the sources agrees; a bare one does not vouch for a unit that another denies."""
    fitting = [other for other in known if agrees(one, other)]
    if any(other.unit == one.unit or one.unit not in STRICT for other in fitting):
        return True
    denied = any(equal(one, other) and other.unit in STRICT and other.unit != one.unit for other in known)
    return bool(fitting) and not denied


def _moved(text: str, one: Quantity, entry: Entry) -> str:
    """Return the source's sentence that `one`'s sentence restates word for word but for this figure; else ""."""
    said = restated(sentence_at(text, one.start), entry.sources)
    agree = any(agrees(one, other) for sentence in said for other in amounts(sentence))
    return said[0] if said and not agree else ""


def _own_count(one: Quantity) -> bool:
    """A small number of things may be counted by the writer; a small amount of money or time may not; none is none."""
    if one.low == one.high == 0:
        return True
    return one.unit not in STRICT and one.low < SMALL and one.low == one.high


def _same_figure(one: Quantity, other: Quantity) -> bool:
    return digits(one) == digits(other) and same_unit(one.unit, other.unit)


def _around(text: str, one: Quantity) -> str:
    return around(plain(text), one.start, one.end, 30, 30)


def _sizes(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """One story names the same figure in two orders of size: Falcon H1R 7B, and 仅7亿参数 below."""
    seen: list[tuple[Quantity, Passage]] = []
    for passage in entry.passages:
        if passage.role == "reason":
            continue
        for one in _figures(plain(passage.text), entry):
            for other, _ in seen:
                if _slipped(one, other) and not _both_known(entry, one, other):
                    yield dossier.finding(
                        "number",
                        f"{one.text} and {other.text} are the same digits in different orders of size",
                        entry=entry,
                        passage=passage,
                        words=one.text,
                        start=one.start,
                        evidence=other.text,
                        fix="1B is 10亿, 1M is 100万; write the same amount everywhere",
                    )
                    break
            seen.append((one, passage))


def _slipped(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit or one.unit not in STRICT or not one.low or not other.low:
        return False
    ratio = max(one.low, other.low) / min(one.low, other.low)
    tenfold = ratio in {10, 100, 1000, 10_000}
    if one.unit != "param" and not (tenfold and len(digits(one)) >= 2):
        return False
    return tenfold and digits(one) == digits(other)


def _both_known(entry: Entry, one: Quantity, other: Quantity) -> bool:
    known = _figures(plain(entry.evidence), entry)
    return all(any(agrees(figure, source) for source in known) for figure in (one, other))
