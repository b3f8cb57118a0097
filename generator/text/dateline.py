"""Whether a text opens with a day of its own, as agencies and most Chinese reports do; and what it says behind it."""

from __future__ import annotations

import re

from generator.text.dates import DateMention, dates

_FAR = 80  # characters in which a text that opens with a day has named it
# what may stand before the day: 据, 当地时间, 周二（; On, As of Tuesday,
_BEFORE = re.compile(
    r"[\[【(（“\"「*\s]*(?:"
    r"(?:早在|截至|截止到?|自从?|自從|就?在|[于於据據从從])?\s?(?:[\u4e00-\u9fff]{2,3}(?:时间|時間))?\s?(?:[上本这這]?(?:[周週]|星期)[一二三四五六日天])?"
    r"|(?:(?:early |late )?on|as of|since|by)?\s?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)?"
    r")[（(，,\s]*",
    re.IGNORECASE,
)
# 新华社北京7月21日电, IT之家 7 月 21 日消息: who and where, the day, and a word that makes it a dateline
_OUTLET = re.compile(r"[^。！？!?；;：:，,\n]{2,20}")
_WIRE = re.compile(r"\s?(?:[上下]午|[早晚中][间間]?|凌晨)?\s?(?:消息|[电電讯訊]|获悉|獲悉)")
# SAN FRANCISCO, July 21 (Reuters) - …
_PLACE = re.compile(
    r"[A-Z][\w.'’ -]{1,30}(?:, [A-Z][\w.'’ ]{1,20})?(?: \([^()]{2,20}\))?\s?(?:,|--?|–|—)[ -]{0,2}"
)
# since when, up to when: no dateline but part of what is said
_SINCE = re.compile(r"早在|截至|截止|自|since|by|as of", re.IGNORECASE)
# what ends a dateline: 至10日, a word that makes it one, who wrote it, the mark or blank before the news
_END = re.compile(
    r"(?:\s?(?:至|到|[-–—~～])\s?\d{1,2}\s?[日号號])?"
    r"(?:\s?(?:[上下]午|[早晚中][间間]?|凌晨))?"
    r"(?P<word>\s?(?:消息|[电電讯訊](?![\u4e00-\u9fff])|获悉|獲悉))?"
    r"(?P<who>\s?(?:[（(][^（）()]{1,30}[）)]|/[^/]{2,30}/))?"
    r"(?P<mark>[\s，,：:、）)】\]]*(?:--?|–|—)?\s*)"
)
_SHORT = re.compile(r"\d{1,2}/\d{1,2}:\s+")
_DASH = re.compile(r"[.,]?\s*(?:\([^()]{2,30}\)|/[^/]{2,30}/)?\s*(?:--?|–|—|:)")


def opens_with_day(text: str) -> bool:
    """Whether a plain text begins with a day, bare or in a dateline: 7月21日，…; 新华社北京7月21日电; PARIS, July 21 (AP) —."""
    return _day(text) is not None


def behind_day(text: str) -> str:
    """Return a plain text without the dateline it opens with; the text itself when it has none, or nothing else."""
    if short := _SHORT.match(text):
        return text[short.end() :] or text
    day = _day(text)
    if day is None or _SINCE.match(text):
        return text
    end = _END.match(text, day.end)
    rest = text[end.end() :] if end and any(end.groups()) else ""
    return rest or text


def _day(text: str) -> DateMention | None:
    """Return the day that opens a text, bare or in a dateline."""
    first = next((one for one in dates(text[:_FAR]) if one.day is not None), None)
    if first is None:
        return None
    before, after = text[: first.start], text[first.end :]
    opens = (
        _BEFORE.fullmatch(before)
        or (_OUTLET.fullmatch(before) and _WIRE.match(after))
        or (_PLACE.fullmatch(before) and _DASH.match(after))
    )
    return first if opens else None
