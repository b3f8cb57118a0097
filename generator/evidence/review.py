"""What an editor wants to see beside each story: its evidence with the supporting words marked, doubts, twins, reason.

Values for the preview and for a report page of an edition; none of it enters the built site.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.evidence.dossier import Dossier, Entry, published_in
from generator.evidence.finding import Finding
from generator.evidence.judge import Judge
from generator.evidence.phantom import told_by
from generator.evidence.score import Badge, badge, first_hand, score
from generator.evidence.support import Supported, Verdict, weighed
from generator.news import Precision, Score, Source
from generator.text.addresses import canonical_url

ALIKE = 0.28  # likeness from which another source of the window is shown as a near duplicate
MOST_TWINS = 5
MAX_SHOWN = 4_000  # characters of one source


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a source's text; `marked` when a sentence of the story rests on it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source as the editor sees it."""

    title: str
    url: str
    publisher: str
    published: str  # in the review's zone, as 2026-01-07 08:30, or its day; "" when not known
    precision: str
    first_hand: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One story with all that speaks for and against it."""

    key: str
    headline: str
    url: str
    reason: str
    badge: Badge
    sentences: tuple[Supported, ...]
    sources: tuple[ShownSource, ...]
    findings: tuple[Finding, ...]
    twins: tuple[tuple[str, str], ...]  # (title, address) of near duplicates in the window
    vouched: str = ""  # why a person signed off a story that has no source


@dataclass(frozen=True, slots=True)
class Review:
    """An edition under the editor's eyes."""

    edition: str
    date: str
    mode: str
    score: Score
    stories: tuple[Reviewed, ...]
    front: tuple[
        tuple[str, str], ...
    ]  # lines of the title, lead and summary, and the key of the story each speaks of
    findings: tuple[Finding, ...]  # of the edition as a whole
    verdicts: dict[str, int]  # how many sentences are supported, partly, not found, …


def review(dossier: Dossier, findings: Sequence[Finding], zone: dt.tzinfo) -> Review:
    """Lay out an examined edition for reading; its times are those of `zone`."""
    judge = dossier.judge if dossier.pool else None
    stories = tuple(_story(dossier, entry, judge, findings, zone) for entry in dossier.entries)
    verdicts = {str(verdict): 0 for verdict in Verdict}
    for story in stories:
        for sentence in story.sentences:
            verdicts[str(sentence.verdict)] += 1
    edition = dossier.edition
    return Review(
        edition.id,
        edition.date.isoformat(),
        str(edition.mode),
        score(dossier, findings),
        stories,
        tuple(dict.fromkeys(told_by(dossier))),
        tuple(finding for finding in findings if not finding.article),
        verdicts,
    )


def _story(
    dossier: Dossier, entry: Entry, judge: Judge | None, findings: Sequence[Finding], zone: dt.tzinfo
) -> Reviewed:
    sentences = tuple(weighed(dossier, entry, findings))
    vouched = _vouched(dossier, entry)
    if vouched:  # for the reader of this page; no sentence rests on a source by that, so no score follows
        sentences = tuple(
            replace(one, verdict=Verdict.ACCEPTED) if one.verdict is Verdict.NOT_FOUND else one
            for one in sentences
        )
    reason = entry.article.reason or (entry.record.reason if entry.record else "")
    return Reviewed(
        entry.key,
        entry.name,
        entry.article.url,
        reason,
        badge(dossier, entry, findings),
        sentences,
        tuple(_source(source, sentences, zone) for source in entry.sources),
        tuple(finding for finding in findings if finding.key.startswith(f"{entry.key}.")),
        _twins(entry, judge) if judge else (),
        vouched,
    )


def _vouched(dossier: Dossier, entry: Entry) -> str:
    """Why a person signed off a story of the paper's own, which no source of the edition tells; "" for any other."""
    if entry.proven:
        return ""
    asked = (Finding(kind, "", words=entry.article.url, article=entry.name) for kind in ("pairing", "link"))
    return next((dossier.accepted[one.id] for one in asked if one.id in dossier.accepted), "")


def _source(source: Source, sentences: Sequence[Supported], zone: dt.tzinfo) -> ShownSource:
    places = [
        (quotation.start, quotation.end)
        for sentence in sentences
        for quotation in sentence.quotations
        if quotation.source == source.id
        and 0 <= quotation.start < quotation.end <= len(source.text)
        and source.text[quotation.start : quotation.end]
    ]
    moment = published_in(source, zone)
    form = "%Y-%m-%d" if source.precision is Precision.DAY else "%Y-%m-%d %H:%M"
    return ShownSource(
        source.title,
        source.url,
        source.publisher,
        moment.strftime(form) if moment else "",
        str(source.precision),
        first_hand(source),
        tuple(mark(source.text[:MAX_SHOWN], places)),
    )


def mark(text: str, places: Sequence[tuple[int, int]]) -> list[Span]:
    """Cut `text` into pieces, those inside one of `places` marked; they join back to it."""
    spans: list[Span] = []
    at = 0
    for start, end in sorted(places):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            spans.append(Span(text[at:start]))
        spans.append(Span(text[start:end], marked=True))
        at = end
    if at < len(text):
        spans.append(Span(text[at:]))
    return spans


def _twins(entry: Entry, judge: Judge) -> tuple[tuple[str, str], ...]:
    own = {place for source in entry.sources for place in judge.at(source.url)}
    if not own:
        return ()
    lead = min(own)
    addresses = {canonical_url(source.url) for source in entry.sources}
    near = [
        (judge.alike(lead, place), source)
        for place, source in enumerate(judge.pool)
        if place not in own and canonical_url(source.url) not in addresses
    ]
    near = sorted((pair for pair in near if pair[0] >= ALIKE), key=lambda pair: -pair[0])[:MOST_TWINS]
    return tuple((source.title, source.url) for _, source in near)
