"""Two numbers that are one amount: 20-30%, 2亿至3亿, between 2 and 3 million."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from generator.text.amounts import DIGITS, Quantity

_JOIN = re.compile(r"\s?(?:-|–|—|~|～|至|到|to|and)\s?(?:[$¥€£]|us\$|hk\$)?\s?", re.IGNORECASE)
# The first number of 20-30% is too bare to be an amount by itself.
_BARE = re.compile(r"(?<![A-Za-z0-9.,])[$¥€£]?(\d+(?:\.\d+)?)\s?(?:-|–|—|~|～|至|到|to|and)\s?[$¥€£]?$")
_LEADING = re.compile(rf"\D{{0,4}}({DIGITS})")


def join_ranges(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the amounts with each pair that spans a range made one."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        span = _span(text, last, one) if last else None
        if span is not None:
            joined[-1] = span
        else:
            joined.append(_with_bare_start(text, one, last.end if last else 0))
    return joined


def _span(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    between = text[first.end : second.start]
    if not _JOIN.fullmatch(between) or first.low != first.high or second.low != second.high:
        return None
    if "and" in between and "between" not in text[max(0, first.start - 10) : first.start].lower():
        return None
    if first.unit and second.unit and first.unit != second.unit:
        return None
    low = first.low
    if re.fullmatch(DIGITS, first.text):
        low *= _scale(second)  # 200至300亿: the magnitude stands behind the second
    if low > second.high:
        return None
    return replace(
        second,
        text=text[first.start : second.end],
        start=first.start,
        low=low,
        unit=second.unit or first.unit,
        step=min(first.step, second.step),
    )


def _with_bare_start(text: str, one: Quantity, floor: int) -> Quantity:
    match = _BARE.search(text, max(floor, one.start - 14), one.start)
    if match is None or one.low != one.high:
        return one
    if "and" in match[0] and "between" not in text[max(0, match.start() - 10) : match.start()].lower():
        return one
    low = Decimal(match[1]) * _scale(one)
    if low >= one.high:
        return one
    return replace(one, text=text[match.start() : one.end], start=match.start(), low=low)


def _scale(one: Quantity) -> Decimal:
    """What a written digit of `one` is worth: 100,000,000 for 3亿."""
    match = _LEADING.match(one.text)
    written = Decimal(match[1].replace(",", "")) if match else Decimal(0)
    return one.high / written if written else Decimal(1)
