"""How well an edition is proven, in a few figures that can be compared from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median
from typing import NamedTuple

from generator.evidence.agreement import agrees, amounts
from generator.evidence.dossier import Dossier, Entry, moment_of
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.evidence.support import Verdict, weighed
from generator.lexicon.publishers import house_of, publisher_of
from generator.news import Role, Score, Source


class Badge(NamedTuple):
    """What a page shows beside a story."""

    sources: int  # independent ones
    first_hand: bool
    proven: bool  # whether every factual sentence rests on a source
    findings: int


def score(dossier: Dossier, findings: Sequence[Finding] = ()) -> Score:
    """Return the score of an examined edition; an edition without records scores what its file shows."""
    verdicts = [
        one
        for entry in dossier.entries
        for one in weighed(dossier, entry, findings)
        if one.passage.factual and one.verdict is not Verdict.OPINION
    ]
    held = sum(one.verdict in {Verdict.SUPPORTED, Verdict.ACCEPTED} for one in verdicts)
    held_in_part = sum(one.verdict is Verdict.PARTLY for one in verdicts)
    stated, found = _figures(dossier)
    badges = [badge(dossier, entry, findings) for entry in dossier.entries]
    end = moment_of(dossier.edition)
    ages = [
        (end - source.published).total_seconds() / 3600
        for entry in dossier.entries
        for source in entry.sources[:1]
        if source.published is not None and source.published.tzinfo
    ]
    return Score(
        sentences=round((held + held_in_part / 2) / len(verdicts), 3) if verdicts else 0.0,
        numbers=round(found / stated, 3) if stated else 1.0,
        first_hand=round(mean(one.first_hand for one in badges), 3) if badges else 0.0,
        independent=round(mean(one.sources for one in badges), 2) if badges else 0.0,
        age_hours=round(max(median(ages), 0.0), 1) if ages else 0.0,
        repeats=sum(one.kind == "repeat" for one in findings),
        findings=sum(one.severity != "note" for one in findings),
    )


def _figures(dossier: Dossier) -> tuple[int, int]:
    stated = found = 0
    for entry in dossier.entries:
        known = amounts(plain(entry.evidence))
        for one in amounts(plain(entry.report)):
            stated += 1
            found += any(agrees(one, other) for other in known)
    return stated, found


def badge(dossier: Dossier, entry: Entry, findings: Sequence[Finding] = ()) -> Badge:
    """Return what the page says of one story's evidence."""
    return Badge(
        independent(entry.sources),
        any(first_hand(source) for source in entry.sources),
        bool(entry.sources)
        and all(
            one.verdict in {Verdict.SUPPORTED, Verdict.ACCEPTED, Verdict.OPINION}
            for one in weighed(dossier, entry, findings)
            if one.passage.factual
        ),
        sum(finding.article == entry.name for finding in findings),
    )


def independent(sources: Sequence[Source]) -> int:
    """Return how many publishers speak for themselves: rewrites and two pages of one house count once."""
    return len(
        {house_of(source.url, source.publisher) for source in sources if source.role is not Role.REWRITE}
    ) or len(sources[:1])


def first_hand(source: Source) -> bool:
    return source.role is Role.PRIMARY or publisher_of(source.url).first_hand
