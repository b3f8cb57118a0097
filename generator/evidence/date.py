"""Are the days right, and is it news? Prefixes, named days and weekdays against the sources' own times, and age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from generator.evidence import named_days
from generator.evidence.dossier import Dossier, Entry, day_of, moment_of
from generator.evidence.finding import Finding
from generator.evidence.named_days import PREFIX
from generator.evidence.passages import Passage, plain
from generator.news import Precision
from generator.text.dates import dates, resolve
from generator.text.days import appeared

SLACK = dt.timedelta(hours=12)  # beyond the window, for feeds that stamp late
STALE = dt.timedelta(hours=72)  # an address alone dates roughly: only what is plainly old counts


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each wrong date prefix, named day or weekday, and for each story that is not new."""
    for entry in dossier.entries:
        yield from _prefix(dossier, entry)
        yield from named_days.check(dossier, entry)
        yield from _age(dossier, entry)


def _prefix(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """`1月7日消息` before something that happened on another day."""
    text = plain(entry.article.text)
    match = PREFIX.match(text)
    event = entry.article.event_date
    if match is None and event is None:
        return
    stated = _day(dossier, int(match["m"]), int(match["d"])) if match else event
    passage = next((p for p in entry.passages if p.role == "text"), None)
    known = [
        day
        for source in entry.sources
        if source.precision != Precision.INFERRED and (day := day_of(source, dossier.edition))
    ]
    told = appeared(entry.article.url)
    zone = ZoneInfo(dossier.edition.timezone)
    if stated is None:
        yield _wrong(dossier, entry, passage, match[0] if match else "", "is not a day", "")
    elif known and stated not in known and not _mentions(entry, stated, known):
        yield _wrong(
            dossier,
            entry,
            passage,
            match[0] if match else "",
            f"the source is of {min(known)}",
            str(min(known)),
        )
    elif (
        not known
        and told
        and not told.first - SLACK <= dt.datetime.combine(stated, dt.time(12), zone) <= told.last + SLACK
    ):
        yield _wrong(
            dossier, entry, passage, match[0] if match else "", f"{told.how} says {told.first:%Y-%m-%d}", ""
        )


def _day(dossier: Dossier, month: int, day: int) -> dt.date | None:
    year = dossier.edition.date.year
    found = []
    for candidate in (year, year - 1, year + 1):
        try:
            found.append(dt.date(candidate, month, day))
        except ValueError:
            continue
    return min(found, key=lambda one: abs(one - dossier.edition.date), default=None)


def _mentions(entry: Entry, day: dt.date, written: list[dt.date]) -> bool:
    return any(day in resolve(one, when) for one in dates(entry.evidence[:5000]) for when in written)


def _wrong(
    dossier: Dossier, entry: Entry, passage: Passage | None, words: str, why: str, evidence: str
) -> Finding:
    return dossier.finding(
        "date",
        f"the date is not the event's: {why}",
        entry=entry,
        passage=passage,
        words=words,
        evidence=evidence,
        fix="write the day of the source, or no day",
    )


def _age(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """What is older than the edition's window is no news, unless it is told as a follow-up."""
    if entry.article.follow_up_of:
        return
    passage = next((p for p in entry.passages if p.role in {"headline", "text"}), None)
    end = moment_of(dossier.edition)
    window = dt.timedelta(hours=dossier.context.window_hours) + SLACK
    dated = [
        source for source in entry.sources if source.published and source.precision != Precision.INFERRED
    ]
    if dated:
        newest = max(_aware(source.published) for source in dated if source.published)
        slack = (
            dt.timedelta(days=1)
            if all(source.precision == Precision.DAY for source in dated)
            else dt.timedelta()
        )
        if end - newest > window + slack:
            yield _stale(dossier, entry, passage, f"its newest source is of {newest:%Y-%m-%d %H:%M}")
        elif newest - end > dt.timedelta(hours=26):
            yield _stale(
                dossier, entry, passage, f"its source is dated {newest:%Y-%m-%d}, after this edition"
            )
    elif (told := appeared(entry.article.url)) and end - told.last > max(
        window, STALE if told.first != told.last else window
    ):
        yield _stale(dossier, entry, passage, f"{told.how} says {told.first:%Y-%m-%d}")


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _stale(dossier: Dossier, entry: Entry, passage: Passage | None, why: str) -> Finding:
    return dossier.finding(
        "date",
        f"the story is not of this edition's day: {why}",
        entry=entry,
        passage=passage,
        words=entry.article.url,
        evidence=why,
        fix="leave it out, or print it as 后续 with what is new",
        severity="warning",
    )
