"""Does the link belong to this story? The linked source must win against every other of the window.

Argmax both ways over the pool: the story must be nearest to the source it links, and that
source must not be much nearer to another story of the edition. Where nothing is known of the
sources the addresses themselves are asked: see `samefile`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.finding import Finding
from generator.evidence.judge import Judge
from generator.evidence.passages import plain
from generator.evidence.samefile import check as check_addresses
from generator.text.clean import fold

MARGIN = 0.10  # by which another source must be nearer before the link is doubted
BARE_MARGIN = 0.28  # where only the linked source's title is known
SAME_EVENT = 0.42  # likeness from which two sources count as one story
FAINT = 0.12  # likeness below which the nearest source is no better than chance
CLAIMED = 0.30  # likeness from which a source is surely another story's
AHEAD = 0.20  # by which that story must be nearer to it

OWN = "if the story is your own, sign it off: ribao verify --accept ID --why TEXT"


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each link that belongs elsewhere, or nowhere."""
    judged: set[str] = set()
    if dossier.pool:
        judge = dossier.judge
        asked = [
            entry for entry in dossier.entries if entry.article.url and (dossier.recorded or entry.linked)
        ]
        # a link that was swapped is most often another story's of the edition
        linked = {place for entry in asked for url in _addresses(entry) for place in judge.at(url)}
        rows = {
            entry.key: judge.scores(
                plain(f"{entry.article.headline}\n{entry.article.text}"), entry.article.url, linked
            )
            for entry in asked
        }
        for entry in asked:
            judged.add(entry.key)
            finding = _judge(dossier, judge, entry, rows[entry.key]) or _claimed(dossier, judge, entry, rows)
            if finding:
                yield finding
    if len(judged) == len(dossier.entries):
        return
    for finding in check_addresses(dossier):
        if finding.key.rsplit(".", 1)[0] not in judged:
            yield finding


def _addresses(entry: Entry) -> Iterator[str]:
    """The printed address, and those the record wrote the story from."""
    yield entry.article.url
    if entry.record is not None:
        yield from (source.url for source in entry.record.sources)


def _judge(dossier: Dossier, judge: Judge, entry: Entry, scores: list[float]) -> Finding | None:
    own = judge.at(entry.article.url)
    winner = max(range(len(scores)), key=lambda place: scores[place])
    other = judge.pool[winner]
    if not own:
        if entry.record is None:  # a person's own, or one whose link was changed past knowing
            near = scores[winner] >= CLAIMED and winner not in _taken(dossier, judge, entry)
            fix = f"link {other.url}; {OWN}" if near else OWN
        else:
            near = scores[winner] >= FAINT
            fix = f"link {other.url}" if near else "link a source of the day, or accept it with a reason"
        return _finding(
            dossier,
            entry,
            "the address is none of this edition's sources",
            f"{other.title} {other.url}" if near else "",
            fix,
        )
    mine = max(own, key=lambda place: scores[place])
    if finding := _not_the_record(dossier, judge, entry, scores, mine):
        return finding
    told_from = {place for source in entry.sources for place in judge.at(source.url)}
    if winner in own or winner in told_from or scores[winner] < FAINT:
        return None  # of several sources of one event any may be linked
    if judge.pool[mine].text:
        nearer = scores[winner] >= scores[mine] + MARGIN or scores[winner] >= 1.5 * scores[mine]
    else:
        nearer = scores[winner] >= scores[mine] + BARE_MARGIN
    if not nearer:
        return None
    source = judge.pool[mine]
    # two pages of one title are as good as one
    if judge.alike(mine, winner) >= SAME_EVENT or (source.title and fold(source.title) == fold(other.title)):
        return None
    return _finding(
        dossier,
        entry,
        f"the link leads to another story: {source.title or source.url}",
        f"{other.title} {other.url}",
        f"link {other.url}",
    )


def _taken(dossier: Dossier, judge: Judge, entry: Entry) -> set[int]:
    """The sources that the other stories of the edition link or were written from."""
    others = (other for other in dossier.entries if other is not entry)
    return {place for other in others for url in _addresses(other) for place in judge.at(url)}


def _not_the_record(
    dossier: Dossier, judge: Judge, entry: Entry, scores: list[float], mine: int
) -> Finding | None:
    """The record wrote this story from other sources, and the address printed now does not suit it better."""
    if entry.record is None or not entry.record.sources:
        return None
    recorded = {place for source in entry.record.sources for place in judge.at(source.url)}
    if mine in recorded or scores[mine] > max((scores[place] for place in recorded), default=0.0):
        return None  # an editor may have found a better one
    source = entry.record.sources[0]
    return _finding(
        dossier,
        entry,
        "the address is another story's; this one was written from another source",
        f"{source.title} {source.url}",
        f"link {source.url}",
    )


def _claimed(dossier: Dossier, judge: Judge, entry: Entry, rows: dict[str, list[float]]) -> Finding | None:
    """The linked source is plainly what another story of this edition tells."""
    for place in judge.at(entry.article.url):
        own = rows[entry.key][place]
        key, score = max(((key, row[place]) for key, row in rows.items()), key=lambda pair: pair[1])
        rival = next(other for other in dossier.entries if other.key == key)
        if key == entry.key or score < CLAIMED or score < own + AHEAD or place in judge.at(rival.article.url):
            return None
        if entry.record is not None and any(place in judge.at(source.url) for source in entry.record.sources):
            return None
    source = judge.pool[place]
    return _finding(
        dossier,
        entry,
        f"the link leads to what another story tells: {source.title or source.url}",
        rival.name,
        "link the source this story was written from",
    )


def _finding(dossier: Dossier, entry: Entry, message: str, evidence: str, fix: str) -> Finding:
    return dossier.finding(
        "pairing",
        message,
        entry=entry,
        passage=next((p for p in entry.passages if p.role in {"headline", "text"}), None),
        words=entry.article.url,
        evidence=evidence,
        fix=fix,
    )
