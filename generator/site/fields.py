"""Front matter keys → typed values of a `Post`, with a problem for each one that does not fit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from generator.errors import Problem, Severity
from generator.markup.frontmatter import FrontMatter
from generator.text.clean import clean, one_line

# Our name of a field → the names under which posts of other systems have it.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date",),
    "updated": ("updated", "lastmod", "modified", "last_modified_at"),
    "appears": ("appears", "publishDate", "publish_date"),
    "expires": ("expires", "expiryDate", "expiry_date"),
    "draft": ("draft",),
    "slug": ("slug",),
    "summary": ("summary", "excerpt"),
    "description": ("description",),
    "author": ("author", "authors"),
    "category": ("category", "categories"),
    "tags": ("tags", "tag"),
    "keywords": ("keywords", "seo"),
    "cover": ("coverImage", "cover", "image"),
    "cover_alt": ("coverAlt", "cover_alt"),
    "aliases": ("aliases", "alias", "redirect_from"),
    "menu": ("menu",),
    "weight": ("weight",),
    "template": ("template",),
    "search": ("search",),
}
_OURS = {name: ours for ours, names in NAMES.items() for name in names}

_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:[Tt ]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?"
)


class FieldReader:
    """Reads the fields of one document; `problems` collects what did not fit."""

    def __init__(self, fields: FrontMatter, path: str, zone: ZoneInfo) -> None:
        self.fields, self.path, self.zone = fields, path, zone
        self.problems: list[Problem] = []
        self._found: dict[str, tuple[str, Any]] = {}
        self.extra: dict[str, Any] = {}
        for key, value in fields.items():
            ours = _OURS.get(key)
            if ours is None:
                self.extra[key] = value
            elif ours not in self._found or NAMES[ours].index(key) < NAMES[ours].index(self._found[ours][0]):
                self._found[ours] = (key, value)

    def problem(self, key: str, message: str, severity: Severity = "error") -> None:
        line, column = self.fields.place(key) if key in self.fields else (1, 1)
        self.problems.append(Problem(self.path, line, column, message, severity))

    def missing(self, name: str, hint: str) -> None:
        self.problem("", f"{name} is missing; {hint}")

    def text(self, name: str, *, limit: int = 5_000) -> str:
        """A line of text; "" when absent."""
        return one_line(self._scalar(name, limit))

    def lines(self, name: str) -> tuple[str, ...]:
        """Text of several lines: a list, or one string with line ends; list marks are taken off."""
        if name not in self._found:
            return ()
        key, value = self._found[name]
        values = value if isinstance(value, list | tuple) else [value]
        found: list[str] = []
        for entry in values:
            if isinstance(entry, Mapping | list | tuple):
                self.problem(key, f"{key} holds {_kind(entry)}; write text")
                return ()
            found += [re.sub(r"^\s*[-*]\s+", "", line).strip() for line in clean(_text(entry)).split("\n")]
        return tuple(line for line in found if line)

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words; one written as a string is one, and one that repeats counts once."""
        if name not in self._found:
            return ()
        key, value = self._found[name]
        values = value if isinstance(value, list | tuple) else [value]
        found: dict[str, None] = {}
        for entry in values:
            if isinstance(entry, Mapping | list | tuple):
                self.problem(key, f"{key} holds {_kind(entry)}; write a list of words: [AI, 大模型]")
                return ()
            if word := one_line(_text(entry)):
                found.setdefault(word[:300])
        return tuple(found)

    def flag(self, name: str, default: bool = False) -> bool:
        if name not in self._found:
            return default
        key, value = self._found[name]
        if isinstance(value, bool):
            return value
        word = str(value).strip().casefold() if not isinstance(value, Mapping | list | tuple) else "?"
        if value is None or word in _FALSE:
            return False
        if word in _TRUE:
            return True
        if name != "menu":  # Hugo's `menu: main` names a menu: any name means yes
            self.problem(key, f"{key} is {value!r}; write true or false")
        return True

    def number(self, name: str) -> int:
        raw = self._scalar(name, 20).strip()
        if raw and not re.fullmatch(r"-?\d{1,6}", raw):
            self.problem(self._found[name][0], f"{name} is {raw!r}; write a whole number")
            return 0
        return int(raw or 0)

    def moment(self, name: str) -> tuple[dt.datetime, bool] | None:
        """A time in the site's zone, and whether only a day was written; None when absent or wrong."""
        if name not in self._found:
            return None
        key, value = self._found[name]
        if isinstance(value, dt.datetime):
            aware = value if value.tzinfo else value.replace(tzinfo=self.zone)
            return aware.astimezone(self.zone), False
        if isinstance(value, dt.date):
            return dt.datetime(value.year, value.month, value.day, tzinfo=self.zone), True
        raw = str(value).strip() if not isinstance(value, Mapping | list | tuple) else ""
        try:
            return _moment(raw, self.zone)
        except (ValueError, OverflowError):
            shown = (
                f"{key} {raw!r}" if raw or isinstance(value, str) else f"{key}, which holds {_kind(value)},"
            )
            what = "a day" if _DAY.match(raw) or not raw or len(raw) <= 10 else "a moment"
            self.problem(key, f"{shown} is not {what}; write it like 2026-01-07 or 2026-01-07T08:30+08:00")
            return None

    def check(self, name: str, value: str, rule: Callable[[str], str]) -> None:
        if message := rule(value):
            self.problem(self._found[name][0] if name in self._found else "", message)

    def _scalar(self, name: str, limit: int) -> str:
        if name not in self._found:
            return ""
        key, value = self._found[name]
        if name in ("author", "category") and isinstance(value, list | tuple):
            value = next(iter(value), "")
        if isinstance(value, Mapping | list | tuple):
            self.problem(key, f"{key} holds {_kind(value)}; write text")
            return ""
        text = _text(value)
        if len(text) > limit:
            self.problem(key, f"{key} is {len(text):,} characters long; at most {limit:,} are allowed")
            return text[:limit]
        return text


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _kind(value: Any) -> str:
    return "a mapping" if isinstance(value, Mapping) else "a list"


def _moment(raw: str, zone: ZoneInfo) -> tuple[dt.datetime, bool]:
    match = _MOMENT.fullmatch(raw)
    if not match:
        raise ValueError(raw)
    year, month, day = map(int, match[1].split("-"))
    date = dt.date(year, month, day)
    if not 1900 <= year <= 2999:
        raise ValueError(raw)
    if match[2] is None:
        return dt.datetime(year, month, day, tzinfo=zone), True
    hour, minute, second = (int(part) for part in (match[2] + ":0").split(":")[:3])
    time = dt.time(hour, minute, second)
    moment = dt.datetime.combine(date, time, tzinfo=zone)
    if match[3]:
        offset = match[3].upper().replace("Z", "+00:00").replace(":", "")
        sign = -1 if offset[0] == "-" else 1
        delta = dt.timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5])) * sign
        moment = moment.replace(tzinfo=dt.timezone(delta)).astimezone(zone)
    return moment, False


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that forbid publishing."""
    return [problem for problem in problems if problem.severity == "error"]
