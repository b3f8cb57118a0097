"""Numerals in words become values: 三千五百, 两亿, 三点五, twenty-five, two hundred."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
MAGNITUDES_ZH = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "百": 100,
    "千": 1000,
    **_LARGE,
}
MAGNITUDES_EN = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "lakh": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "m": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "trn": 10**12,
    "t": 10**12,
}
_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: value * 10
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_EN_NUMBER = "|".join(sorted(_WORDS, key=len, reverse=True))
LONGEST = 24  # characters of one numeral; longer is no number
CHINESE = "[零〇一二两三四五六七八九十百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟萬億]"
ENGLISH = re.compile(rf"\b(?:{_EN_NUMBER})(?:[- ](?:{_EN_NUMBER}|hundred))*\b", re.IGNORECASE)


def chinese(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral (三千五百, 一亿两千万, 三点五, 二〇二六), or None."""
    whole, point, fraction = text.partition("点")
    if point and (not fraction or any(char not in _DIGITS for char in fraction)):
        return None
    value = _whole(whole)
    if value is None:
        return None
    tail = "".join(str(_DIGITS[char]) for char in fraction)
    return Decimal(f"{value}.{tail}") if tail else Decimal(value)


def _whole(text: str) -> int | None:
    if not 0 < len(text) <= LONGEST or any(
        char not in _DIGITS and char not in _SMALL and char not in _LARGE for char in text
    ):
        return None
    if len(text) >= 4 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))  # read digit by digit
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            if digit:
                return None  # 三五: two digits side by side are an estimate, not a number
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            # 万亿: a large magnitude multiplies all that stands before it
            section += digit
            total = total + section * _LARGE[char] if section else (total or 1) * _LARGE[char]
            section = digit = 0
    return total + section + digit


def english(text: str) -> int | None:
    """Return the value of an English numeral below a thousand (`twenty-five`, `two hundred`), or None."""
    total = 0
    for word in re.split(r"[- ]", text.lower()):
        if word == "hundred":
            total = (total or 1) * 100
        elif word in _WORDS:
            if total % 100 and not (total % 10 == 0 and _WORDS[word] < 10):
                return None
            total += _WORDS[word]
        else:
            return None
    return total
