"""Dates as feeds write them, read by us: parsers that guess put Chinese dates into wrong months."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from generator.news import Precision

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""No feed entry is older: the epoch and year 1 are what broken software writes."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january 1月 一月",
            "feb february 2月 二月",
            "mar march 3月 三月",
            "apr april 4月 四月",
            "may 5月 五月",
            "jun june 6月 六月",
            "jul july 7月 七月",
            "aug august 8月 八月",
            "sep sept september 9月 九月",
            "oct october 10月 十月",
            "nov november 11月 十一月",
            "dec december 12月 十二月",
        ),
        start=1,
    )
    for name in names.split()
}
# Zone names of RFC 822 and of Asian and European feeds, in minutes. CST is decided by the feed.
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    "est": -300,
    "edt": -240,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "bst": 60,
    "cet": 60,
    "met": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "ist": 330,
    "hkt": 480,
    "sgt": 480,
    "awst": 480,
    "jst": 540,
    "kst": 540,
    "aest": 600,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
    "akst": -540,
    "akdt": -480,
    "hst": -600,
    "ast": -240,
    "adt": -180,
}
_CHINA = dt.timedelta(hours=8)

_CLOCK = (
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时時点點]\s*(?P<minute>\d{1,2})?\s*(?:[:分]\s*(?P<second>\d{1,2})?(?:[.,](?P<fraction>\d{1,9}))?\s*秒?)?"
    r"\s*(?P<ampm>[ap]\.?m\.?(?![a-z]))?"
)
_ZONE = r"(?P<zone>(?:(?:gmt|utc)\s*)?[+\-−]\d{1,2}:?\d{0,2}(?::\d\d)?|[a-z]{1,5}(?![a-z]))?"
_TAIL = rf"(?:[\sT,]*(?:at\s+)?{_CLOCK})?[\s(\[]*{_ZONE}"
_SHAPES = tuple(
    re.compile(shape + _TAIL, re.IGNORECASE)
    for shape in (
        r"^(?P<year>\d{4})\s*(?P<mark>[-/.])\s*(?P<month>\d{1,2})\s*(?P=mark)\s*(?P<day>\d{1,2})(?!\d)",
        r"^(?P<year>\d{4}|\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号號]?",
        r"^(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号號]",
        r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        r"^(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-,]+(?P<name>[a-z]{3,9}|\d{1,2}月|[一二三四五六七八九十]{1,2}月)\.?[\s\-,]+(?P<year>\d{4}|\d{2})(?!\d)",
        r"^(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{4})(?!\d)",
        r"^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)",
        # with slashes and the year last, Americans wrote it
        r"^(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?!\d)",
        r"^(?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?=\s+\d{1,2}:)",
    )
)
# ctime and its kin put the year last, the zone before it: Wed Jan 07 08:30:00 +0800 2026
_CTIME = re.compile(
    rf"^(?P<name>[a-z]{{3,9}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s*{_ZONE}\s+(?P<year>\d{{4}})$", re.IGNORECASE
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)?(?=Z|[+\-]|$)", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[\s,，]+|^(?:星期|周|週|礼拜)[一二三四五六日天][\s,，]*",
    re.IGNORECASE,
)
_INNER_WEEKDAY = re.compile(r"[(（]?\s*(?:星期|周|週)[一二三四五六日天]\s*[)）]?")
_EPOCH = re.compile(r"^(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:\d{6}|\d{8})$)-?\d{9,19}(?:\.\d+)?$")
_AGO = re.compile(
    r"^(?P<count>\d{1,4})\s*(?P<unit>秒|分钟|分鐘|小时|小時|天|周|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?)(?:钟|鐘)?\s*(?:前|ago)$",
    re.IGNORECASE,
)
_UNITS = {
    "秒": 1,
    "s": 1,
    "分": 60,
    "m": 60,
    "小": 3600,
    "h": 3600,
    "天": 86400,
    "d": 86400,
    "周": 604800,
    "w": 604800,
}
_RELATIVE_DAYS = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time with how well it is known; a day alone stands at its noon."""

    at: dt.datetime
    precision: Precision


def read_date(text: str, zone: dt.tzinfo, now: dt.datetime, *, chinese: bool = False) -> Moment | None:
    """Read a date as feeds write them; None when it is none, or no day at all.

    `zone` is that of dates without one. `chinese` makes `CST` China's. `now` fills in a
    missing year and relative dates. A date without a clock is a day: it stands at noon,
    which is the same day in most zones. Whether the date is plausible is not asked here.
    """
    text = " ".join(unicodedata.normalize("NFKC", text[:100]).split()).strip("\"'")
    if not text:
        return None
    if _EPOCH.match(text):
        return _epoch(text)
    try:
        return _relative(text, zone, now) or _written(text, zone, now, chinese)
    except (ValueError, OverflowError):
        return None


def _epoch(text: str) -> Moment | None:
    value = float(text)
    while abs(value) >= 1e11:  # milli-, micro- or nanoseconds
        value /= 1000
    try:
        return Moment(dt.datetime.fromtimestamp(int(value), dt.UTC), Precision.EXACT)
    except (ValueError, OverflowError, OSError):
        return None


def _relative(text: str, zone: dt.tzinfo, now: dt.datetime) -> Moment | None:
    if text in ("刚刚", "剛剛", "just now", "now"):
        return Moment(now.astimezone(dt.UTC), Precision.EXACT)
    if ago := _AGO.match(text):
        seconds = int(ago["count"]) * _UNITS[ago["unit"][0].lower()]
        exact = seconds < 86400
        then = (now - dt.timedelta(seconds=seconds)).astimezone(zone)
        return Moment(then.astimezone(dt.UTC), Precision.EXACT) if exact else _noon(then.date(), zone)
    for word, days in _RELATIVE_DAYS.items():
        if text.lower().startswith(word):
            day = now.astimezone(zone).date() - dt.timedelta(days=days)
            rest = text[len(word) :].strip()
            if not rest:
                return _noon(day, zone)
            clock = re.fullmatch(_CLOCK, rest, re.IGNORECASE)
            return _at(day, clock, zone) if clock else None
    return None


def _written(text: str, zone: dt.tzinfo, now: dt.datetime, chinese: bool) -> Moment | None:
    text = _INNER_WEEKDAY.sub(" ", _WEEKDAY.sub("", text)).strip()
    if compact := _COMPACT.match(text):
        year, month, day, hour, minute, second = (part or "00" for part in compact.groups())
        text = f"{year}-{month}-{day} {hour}:{minute}:{second}{text[compact.end() :]}"
    found = _CTIME.match(text)
    for shape in () if found else _SHAPES:
        if found := shape.match(text):
            break
    if not found:
        return None
    parts = found.groupdict()
    month = _month(parts)
    if month is None:
        return None
    year = _year(parts.get("year"), month, int(parts["day"]), zone, now)
    day = dt.date(year, month, int(parts["day"]))
    offset = _offset(parts.get("zone") or "", zone, chinese)
    if parts.get("hour") is None:
        return _noon(day, offset)
    return _at(day, found, offset)


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("name"):
        name = name.lower()
        return _MONTHS.get(name) or _MONTHS.get(name[:3])
    return int(parts["month"] or 0)


def _year(written: str | None, month: int, day: int, zone: dt.tzinfo, now: dt.datetime) -> int:
    today = now.astimezone(zone).date()
    if written is None:
        # without a year it is the latest such day that has come
        tomorrow = today + dt.timedelta(days=1)
        return tomorrow.year if (month, day) <= (tomorrow.month, tomorrow.day) else tomorrow.year - 1
    return int(written) if len(written) == 4 else 2000 + int(written) - (100 if int(written) >= 90 else 0)


def _offset(written: str, zone: dt.tzinfo, chinese: bool) -> dt.tzinfo:
    name = written.lower().replace(" ", "").replace("−", "-")
    if not name:
        return zone
    if name == "cst":
        return dt.timezone(_CHINA if chinese else dt.timedelta(hours=-6))
    if name in _ZONES:
        return dt.timezone(dt.timedelta(minutes=_ZONES[name]))
    if not (signed := re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d\d)?(?::\d\d)?", name)):
        return zone  # a word that is no zone
    minutes = int(signed[2]) * 60 + int(signed[3] or 0)
    if minutes > 14 * 60:
        return zone
    return dt.timezone(dt.timedelta(minutes=minutes if signed[1] == "+" else -minutes))


def _noon(day: dt.date, zone: dt.tzinfo) -> Moment:
    return Moment(dt.datetime.combine(day, dt.time(12), zone).astimezone(dt.UTC), Precision.DAY)


def _at(day: dt.date, clock: re.Match[str], zone: dt.tzinfo) -> Moment:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = (clock["half"] or "") + (clock["ampm"] or "").lower().replace(".", "")
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "凌晨", "am") and hour == 12:
        hour = 0
    elif half == "中午" and hour < 3:
        hour += 12
    extra = dt.timedelta()
    if hour == 24 and not minute:
        hour, extra = 0, dt.timedelta(days=1)
    second = min(int(clock["second"] or 0), 59)  # leap seconds exist
    moment = dt.datetime.combine(day, dt.time(hour, minute, second), zone) + extra
    return Moment(moment.astimezone(dt.UTC), Precision.EXACT)
