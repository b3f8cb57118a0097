"""Days, months, years, weekdays and hours that a text names, absolute or relative to its writing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from generator.text.numerals import chinese

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday 一", "tuesday 二", "wednesday 三", "thursday 四", "friday 五", "saturday 六", "sunday 日 天")
    )
    for name in names.split()
}
_RELATIVE_DAYS = {
    "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0, "今晨": 0, "今早": 0,
    "今晚": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
}  # fmt: skip
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_N = r"[0-9〇一二三四五六七八九十]"

_PATTERNS = (
    rf"(?P<y1>(?:19|20)\d\d|[一二]{_N}{{3}})\s?年\s?(?P<m1>{_N}{{1,3}})\s?月(?:份)?(?:\s?(?P<d1>{_N}{{1,3}})\s?[日号])?",
    r"(?<!\d)(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?![\d])",
    r"(?<![\d十.])(?P<m3>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月\s?(?P<d3>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[日号](?!店|线)",
    rf"\b(?P<m4>{_MONTH_NAMES})\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y4>(?:19|20)\d\d))?(?![\d.,]\d|\s?(?:%|percent|million|billion))",
    rf"\b(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m5>{_MONTH_NAMES})\.?(?:,?\s(?P<y5>(?:19|20)\d\d))?\b",
    rf"\b(?P<m6>{_MONTH_NAMES})\.?,?\s(?P<y6>(?:19|20)\d\d)\b",
    r"(?P<q>(?:(?:19|20)\d\d\s?年?\s?)?(?:第?[一二三四1-4]\s?季度|Q[1-4]\b|[上下]半年|财年)|\bQ[1-4]\s?(?:FY)?\s?(?:19|20)?\d\d\b|\b(?:FY|H[12] )(?:19|20)?\d\d\b|(?:19|20)\d\d\s?财年)",
    r"(?P<y7>(?:19|20)\d\d)\s?年(?!代|产|龄|薪|限)",
    r"(?P<decade>\b(?:19|20)\d0s\b|(?:19|20)?\d0\s?年代)",
    r"(?P<clock>(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)(?:\s?[ap]\.?m\.?)?|(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚|早)\s?\d{1,2}\s?[点时](?:\s?\d{1,2}\s?分|半)?|(?<![\d.])\d{1,2}\s?点(?=\d氪|[整半钟]|左右|前|后|许|\s?\d{1,2}\s?分)|\b\d{1,2}\s?[ap]\.?m\.?\b)",
    r"(?P<weekday>(?P<shift>上周|本周|这周|下周|上个?星期|这个?星期|下个?星期|周|星期|礼拜)(?P<wd>[一二三四五六日天])(?![年月期线城百千万亿]|级))",
    r"\b(?P<shift2>last\s|next\s|this\s)?(?P<wd2>monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b",
    r"(?P<rel>前天|前日|昨天|昨日|昨晚|昨夜|今天|今日|今晨|今早|今晚|明天|明日|明晚|后天|\b(?:yesterday|today|tonight|tomorrow)\b)",
    r"(?<![\d.年月/-])(?P<d8>[12]?\d|3[01])\s?日(?=消息|讯|电|晚|上午|下午|凌晨|早|，|,|在|，据|宣布|发布|报道|获悉|披露|表示|起)",
    r"(?<![\d.,$¥€£/-])(?P<y9>(?:19[89]|20[0-4])\d)(?![\d,.]\d|\d|[-/]\d|\s?(?:%|万|亿|元|名|人|家|个|款|台|people|users|employees|workers|jobs|companies|million|billion))",
)
# Where none of these begins, none of the patterns does: most of a text is passed over at once.
_BEGINS = r"(?:(?<![A-Za-z])(?=[adfhjlmnoqstwy])|(?=[0-9〇一二三四五六七八九十前昨今明后上本这下周星礼第凌清早中傍晚]))"
_DATE = re.compile(_BEGINS + "(?:" + "|".join(_PATTERNS) + ")", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as named. Parts that the text leaves out are None.

    `weekday` counts Monday as 0, `week` is -1 上周, 0 本周, +1 下周, None when not said;
    `days` is a distance from the day of writing (昨天 is -1). A clock time, a quarter or a
    decade has no parts at all: it is found so that it is not taken for an amount.
    """

    text: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    days: int | None = None

    @property
    def is_day(self) -> bool:
        """Whether it names a single day, given when it was written."""
        return self.day is not None or self.weekday is not None or self.days is not None


def dates(text: str) -> list[DateMention]:
    """Return the dates `text` names, in order."""
    found = []
    for match in _DATE.finditer(text):
        mention = _mention(match)
        if mention is not None:
            found.append(mention)
    return found


def _mention(match: re.Match[str]) -> DateMention | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    text, (start, end) = match[0], match.span()
    year = month = day = weekday = week = days = None
    for name, value in parts.items():
        if name[0] == "y" and name[1:].isdigit():
            year = _number(value)
        elif name[0] == "m" and name[1:].isdigit():
            month = _MONTHS.get(value.lower()) or _number(value)
        elif name[0] == "d" and name[1:].isdigit():
            day = _number(value)
    if "wd" in parts or "wd2" in parts:
        weekday = _WEEKDAYS[(parts.get("wd") or parts["wd2"]).lower()]
        shift = (parts.get("shift") or parts.get("shift2") or "").strip().lower()
        week = -1 if shift.startswith(("上", "last")) else 1 if shift.startswith(("下", "next")) else None
        if shift.startswith(("本", "这", "this")):
            week = 0
    if "rel" in parts:
        days = _RELATIVE_DAYS[parts["rel"].lower()]
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return DateMention(text, start, end, year, month, day, weekday, week, days)


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    value = chinese(text)
    return int(value) if value is not None else None


def resolve(mention: DateMention, written: dt.date) -> tuple[dt.date, ...]:
    """Return the days a mention may mean in a text written on `written`; empty when it names none.

    A weekday without 上 or 下 is the nearest such day up to six days before or after; a day
    without a year or month lies within half a year of the writing.
    """
    if mention.days is not None:
        return (written + dt.timedelta(days=mention.days),)
    if mention.weekday is not None:
        monday = written - dt.timedelta(days=written.weekday())
        if mention.week is not None:
            return (monday + dt.timedelta(days=7 * mention.week + mention.weekday),)
        back = (written.weekday() - mention.weekday) % 7
        return tuple(written + dt.timedelta(days=shift) for shift in (-back, 7 - back) if abs(shift) < 7)
    if mention.day is None:
        return ()
    months = (
        [mention.month]
        if mention.month
        else [written.month, written.month % 12 + 1, (written.month - 2) % 12 + 1]
    )
    years = [mention.year] if mention.year else [written.year, written.year - 1, written.year + 1]
    days = []
    for year in years:
        for month in months:
            try:
                days.append(dt.date(year, month, mention.day))
            except ValueError:
                continue
    if mention.year:
        return tuple(days)
    return tuple(sorted(days, key=lambda day: abs((day - written).days))[:1])
