"""Days, weekdays, months and years that a story names are those of its sources, and of the statement they stand in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from generator.evidence.dossier import Dossier, Entry, day_of
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.evidence.restated import restated, sentence_at
from generator.text.dates import DateMention, dates, resolve

PREFIX = re.compile(r"^\s*(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:消息|讯|电)")
_YEARS = {"去年": -1, "last year": -1, "今年": 0, "明年": 1, "next year": 1, "前年": -2}


def check(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """Yield a finding for each date of a story that its sources do not name, or name of something else."""
    if not any(source.text for source in entry.sources):
        return
    known = _Known(dossier, entry)
    for passage in entry.passages:
        if not passage.factual:
            continue
        text = plain(passage.text)
        body = PREFIX.sub(lambda match: " " * len(match[0]), text)
        for one in dates(body):
            here = _in_its_place(one, text, entry, dossier.edition.date)
            proven = known.has(one)
            if proven and not here:
                continue
            meant = here or known.likest(one)
            yield dossier.finding(
                "date",
                f"{one.text} belongs to another statement of the source"
                if proven
                else f"{one.text} is in no source of this story",
                entry=entry,
                passage=passage,
                words=one.text,
                start=one.start,
                evidence=here or known.shown,
                fix=f"write {meant}" if meant else "write the day of the source",
            )


class _Known:
    """What the sources of a story say of time."""

    def __init__(self, dossier: Dossier, entry: Entry) -> None:
        self._edition_day = dossier.edition.date
        self._days: set[dt.date] = set()
        self._years: set[int] = {dossier.edition.date.year}
        self._months: set[tuple[int | None, int]] = set()
        self._weekdays: set[int] = set()
        self._named: list[DateMention] = []
        for source in entry.sources:
            written = day_of(source, dossier.edition)
            if written:  # a report dates from its writing: that day and the one before need no mention
                self._days |= {written, written - dt.timedelta(days=1)}
            self._add(plain(f"{source.title}\n{source.text}"), written or dossier.edition.date)
        self._months |= {(day.year, day.month) for day in self._days}
        self._months |= {(None, day.month) for day in self._days}

    def _add(self, text: str, written: dt.date) -> None:
        self._years |= {written.year}
        for one in dates(text):
            self._named.append(one)
            days = resolve(one, written)
            self._days |= set(days)
            self._years |= {day.year for day in days}
            if one.month:
                self._months |= {(one.year, one.month), (None, one.month)}
            if one.weekday is not None:
                self._weekdays.add(one.weekday)
        self._years |= {written.year + shift for word, shift in _YEARS.items() if word in text.lower()}
        self._years |= {int(found) for found in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}

    def has(self, one: DateMention) -> bool:
        if one.is_day:
            meant = resolve(one, self._edition_day)
            if one.weekday is not None and one.weekday in self._weekdays:
                return True
            return bool(self._days & set(meant)) or (one.day is None and one.weekday is None and not meant)
        if one.month is not None:
            return (one.year, one.month) in self._months
        return one.year is None or one.year in self._years

    def likest(self, one: DateMention) -> str:
        """Return the date the sources name in the same way, the nearest first; "" for none."""
        alike = [other for other in self._named if _parts(other) == _parts(one)]
        return min(alike, key=lambda other: abs((other.day or 0) - (one.day or 0))).text if alike else ""

    @property
    def shown(self) -> str:
        named = list(dict.fromkeys(one.text for one in self._named if any(_parts(one))))
        return ", ".join(named[:6] or [str(day) for day in sorted(self._days)[:6]])


def _in_its_place(one: DateMention, text: str, entry: Entry, day: dt.date) -> str:
    """Return what the restated sentence of the source has in the place of `one`; "" when the same, or not known."""
    said = restated(sentence_at(text, one.start), entry.sources)
    alike = [other for sentence in said for other in dates(sentence) if _parts(other) == _parts(one)]
    return "" if not alike or _among(one, alike, day) else alike[0].text


def _among(one: DateMention, others: Sequence[DateMention], day: dt.date) -> bool:
    if one.weekday is not None:
        return any(one.weekday == other.weekday for other in others)
    if one.is_day:
        return any(set(resolve(one, day)) & set(resolve(other, day)) for other in others)
    return any(one.month == other.month and one.year == other.year for other in others)


def _parts(one: DateMention) -> tuple[bool, ...]:
    """Which parts of a date are named."""
    return tuple(part is not None for part in (one.year, one.month, one.day, one.weekday, one.days))
