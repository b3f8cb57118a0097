"""Are the days right, and is it news? Prefixes, named days and weekdays against the sources' own times, and age."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from generator.evidence.dossier import Dossier, Entry, moment_of
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain
from generator.news import Precision, Source
from generator.text.dates import DateMention, dates, resolve
from generator.text.days import appeared

_PREFIX = re.compile(r"^\s*(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:消息|讯|电)")
SLACK = dt.timedelta(hours=12)  # beyond the window, for feeds that stamp late
STALE = dt.timedelta(hours=72)  # an address alone dates roughly: only what is plainly old counts


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each wrong date prefix, named day or weekday, and for each story that is not new."""
    for entry in dossier.entries:
        yield from _prefix(dossier, entry)
        yield from _named_days(dossier, entry)
        yield from _age(dossier, entry)


def _local(source: Source, dossier: Dossier) -> dt.date | None:
    if source.published is None:
        return None
    moment = source.published if source.published.tzinfo else source.published.replace(tzinfo=dt.UTC)
    return moment.astimezone(ZoneInfo(dossier.edition.timezone)).date()


def _prefix(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """`1月7日消息` before something that happened on another day."""
    text = plain(entry.article.text)
    match = _PREFIX.match(text)
    event = entry.article.event_date
    if match is None and event is None:
        return
    stated = _day(dossier, int(match["m"]), int(match["d"])) if match else event
    passage = next((p for p in entry.passages if p.role == "text"), None)
    known = [
        day
        for source in entry.sources
        if source.precision != Precision.INFERRED and (day := _local(source, dossier))
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


def _named_days(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """Days, weekdays, months and years in the text must be those of the evidence."""
    texts = [source for source in entry.sources if source.text or source.title]
    if not any(source.text for source in texts):
        return
    known: set[dt.date] = set()
    years: set[int] = {dossier.edition.date.year}
    months: set[tuple[int | None, int]] = set()
    weekdays: set[int] = set()
    for source in texts:
        written = _local(source, dossier) or dossier.edition.date
        # a report dates from its writing: that day and its weekday need no mention
        known |= {written, written - dt.timedelta(days=1)} if source.published else set()
        years |= {written.year}
        for one in dates(plain(f"{source.title}\n{source.text}")):
            days = resolve(one, written)
            known |= set(days)
            if one.year:
                years.add(one.year)
            if one.month:
                months |= {(one.year, one.month), (None, one.month)}
            if one.weekday is not None:
                weekdays.add(one.weekday)
            years |= {day.year for day in days}
            if not one.is_day and one.year is None and one.month is None:
                years |= {int(found) for found in re.findall(r"(?:19|20)\d\d", one.text)}
        evidence = source.text + source.title
        for word, shift in (
            ("去年", -1),
            ("last year", -1),
            ("今年", 0),
            ("明年", 1),
            ("next year", 1),
            ("前年", -2),
        ):
            if word in evidence.lower():
                years.add(written.year + shift)
        years |= {int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", evidence)}
    months |= {(day.year, day.month) for day in known} | {(None, day.month) for day in known}
    for passage in entry.passages:
        if not passage.factual:
            continue
        text = plain(passage.text)
        body = _PREFIX.sub(lambda match: " " * len(match[0]), text)
        for one in dates(body):
            if not _proven(one, known, years, months, weekdays, dossier):
                yield dossier.finding(
                    "date",
                    f"{one.text} is in no source of this story",
                    entry=entry,
                    passage=passage,
                    words=one.text,
                    evidence=", ".join(sorted(str(day) for day in known)[:6]),
                    fix="write the day of the source",
                )


def _proven(
    one: DateMention,
    known: set[dt.date],
    years: set[int],
    months: set[tuple[int | None, int]],
    weekdays: set[int],
    dossier: Dossier,
) -> bool:
    if one.is_day:
        meant = resolve(one, dossier.edition.date)
        if one.weekday is not None and one.weekday in weekdays:
            return True
        return bool(known & set(meant)) or (one.day is None and one.weekday is None and not meant)
    if one.month is not None:
        return (one.year, one.month) in months
    return one.year is None or one.year in years


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
