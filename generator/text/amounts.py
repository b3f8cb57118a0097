"""One amount read from where its number stands: magnitude, currency, unit.

`numbers.quantities` is the way in; this module knows what a single amount looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.text import numerals, units
from generator.text.designations import is_money


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: the text says between `low` and `high` of `unit`, in base units.

    `unit` is "CNY", "USD", "%", "倍", "param", "人", … or "" when none was named.
    `hedge` is "over", "about", "nearly", "least", "most", "upto" or "".
    `approximate` is true where the figure itself is vague (数千万, 十几, 三分之一, 100多).
    `step` is the worth of the last written digit: 2.5亿 has a step of 10,000,000.
    """

    text: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    hedge: str = ""
    approximate: bool = False
    step: Decimal = Decimal(1)


# Groups of three; one of four (1,5000) is a slip, or the 万 set apart, and still one figure.
DIGITS = r"\d{1,3}(?:,\d{3,4}){1,5}(?![\d])(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?"
NUMBER = re.compile(
    rf"(?P<digits>{DIGITS})|(?P<vague>[数几]?(?P<mid>十|百|千|万|亿)?[几数](?:十|百|千|万|亿)*|(?:上|好几|成)(?:百上千|千上万|[十百千万亿]+)|数[十百千万亿]+)"
    rf"|(?P<han>{numerals.CHINESE}{{1,24}}(?:点[零一二三四五六七八九]+)?)|(?P<en>{numerals.ENGLISH.pattern}|\b(?:tens of (?:thousands|millions|billions)|hundreds of (?:thousands|millions|billions)|dozens|hundreds|thousands|millions|billions|trillions)\b)",
    re.IGNORECASE,
)
_MAGNITUDE = re.compile(
    r"\s?(?P<more>[多余几])?\s?(?:(?P<zh>万亿|千亿|百亿|十亿|亿|億|千万|百万|十万|万|萬|千(?!克|米|瓦|问|里)|百(?!度|分|川)|兆(?!瓦|字))|(?P<en>hundred|thousand|million|billion|trillion|crore|lakh|bn|mn|mln|tn|trn)\b)(?P<more2>[多余])?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\s?(?P<letter>[KkMmBbTt])(?![A-Za-z0-9])")
_PREFIX = re.compile(
    "(" + "|".join(re.escape(form) for form in sorted(units.PREFIXES, key=len, reverse=True)) + r")\s?$",
    re.IGNORECASE,
)
_VAGUE_EN = {"dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
             "tens of thousands": 10**4, "tens of millions": 10**7, "tens of billions": 10**10, "hundreds of thousands": 10**5,
             "hundreds of millions": 10**8, "hundreds of billions": 10**11}  # fmt: skip


def amount(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    vague, step = False, Decimal(1)
    low: Decimal | None
    if match["digits"]:
        digits = match["digits"].replace(",", "")
        low = Decimal(digits)
        step = Decimal(1).scaleb(-len(digits.partition(".")[2])) if "." in digits else _round_step(low)
        before = text[start - 1 : start]
        if before.isascii() and before.isalpha() and not is_money(text, end):
            return None  # the tail of a Latin word
    elif match["han"]:
        low = numerals.chinese(match["han"])
        step = _round_step(low) if low else step
    elif match["vague"]:
        return _vague(text, match)
    else:
        return _english(text, match)
    if low is None:
        return None
    high = low
    bare_han = bool(match["han"]) and low < 10**4
    chained = True
    while chained and (found := _MAGNITUDE.match(text, end)):
        value = Decimal(_magnitude(found))
        if found["more"] and text[end - 1 : end] != "0" and not text[end - 1 : end].isdigit():
            break
        low, high, step = low * value, high * value, step * value
        vague = vague or bool(found["more"] or found["more2"])
        end = found.end()
        rest = re.compile(r"\s?(\d+(?:\.\d+)?|[一二三四五六七八九]+)\s?([万千百])(?![分克米瓦])").match(
            text, end
        )
        chained = rest is not None and value >= 10**4
        if rest is not None and chained:  # 1亿2000万
            more = numerals.chinese(rest[1]) if not rest[1][0].isdigit() else Decimal(rest[1])
            if more is None:
                break
            low += more * numerals.MAGNITUDES_ZH[rest[2]]
            high, step, end, chained = low, Decimal(numerals.MAGNITUDES_ZH[rest[2]]), rest.end(), False
            bare_han = False
        else:
            chained = False
        bare_han = False
    if not vague and (
        more_match := re.compile(
            r"\s?[多余](?=[名人家个款台辆种次项位所座亿万元美年天条件张倍,，]|\s)"
        ).match(text, end)
    ):
        vague, end = True, more_match.end()
    return _with_unit(
        text, start, end, low, high, step, vague=vague, bare_han=bare_han, han=match["han"] or ""
    )


def _with_unit(
    text: str,
    start: int,
    end: int,
    low: Decimal,
    high: Decimal,
    step: Decimal,
    *,
    vague: bool,
    bare_han: bool,
    han: str,
) -> Quantity | None:
    unit, prefix = "", _PREFIX.search(text, max(0, start - 6), start)
    if prefix:
        unit, start = units.PREFIXES[prefix[1].lower()], prefix.start()
        if unit == "CNY" and re.compile(r"\s?(?:日元|日圆|円|yen)").match(text, end):
            unit = "JPY"
    letter = _LETTER.match(text, end)
    if letter and not bare_han and (prefix or letter[0] == letter["letter"]):
        value = Decimal(numerals.MAGNITUDES_EN[letter["letter"].lower()])
        low, high, step, end = low * value, high * value, step * value, letter.end()
        if (not unit and letter["letter"] == "B") or (
            not unit
            and letter["letter"] == "T"
            and re.compile(r"\s?(?:参数|param|模型|model)").match(text, end)
        ):
            unit = "param"
        elif not unit and letter["letter"] in "mt":
            return None  # metres, tons: written otherwise in prose we trust
    found = units.UNIT.match(text, end)
    glued = text[end : end + 1] not in {" ", ""}
    if found and (glued or not found["zh"] or text[end : end + 1] == " "):
        known = units.unit_of(found[0])
        if prefix and known.name in units.CURRENCIES:
            unit, end = known.name if known.name != "CNY" else unit, found.end()
        elif not prefix:
            if (
                known.name == "倍"
                and found[0].strip().lower() in {"times"}
                and re.compile(r" (?:a|per|in|since)\b").match(text, found.end())
            ):
                known = units.Unit("次", Decimal(1), strict=False)
            if (unit == "param" and known.name in units.CURRENCIES) or unit != "param":
                unit = known.name
            if known.strict:
                low, high, step = low * known.factor, high * known.factor, step * known.factor
            end = found.end()
    elif not prefix and (noun := _NOUN.match(text, end)):
        known = units.unit_of(noun["noun"])
        if not known.strict or known.name in {"param", "token"}:
            unit, end = known.name, noun.end()
    if bare_han and not unit:
        return None  # 十 or 三 alone begins too many words
    if han == "一" and unit not in {"倍", "%"} and unit not in units.CURRENCIES:
        return None
    if not unit and not prefix and low < 10 and step <= 1:
        return None  # a list's number, a count in a name
    approximate = vague
    return Quantity(text[start:end], start, end, low, high, unit, "over" if vague else "", approximate, step)


# A count noun one word away: 300 AI researchers, 32 open-weight models.
_NOUN = re.compile(
    r" (?:[A-Za-z][A-Za-z-]* ){1,2}(?P<noun>people|employees|workers|users|jobs|researchers|engineers|developers|customers|vehicles|cars|companies|firms|startups|models|countries|parameters|tokens|papers|chips|gpus|students|subscribers)\b",
    re.IGNORECASE,
)


def _vague(text: str, match: re.Match[str]) -> Quantity | None:
    """数千万, 十几, 上百: an order of size, as a range."""
    word = match["vague"]
    body = word.lstrip("数几好上成").rstrip("几数")
    magnitudes = re.sub(r"[数几上好成]", "", word)
    if not magnitudes:
        return None
    value = numerals.chinese(magnitudes)
    if value is None or not value:
        return None
    end = match.end()
    if (more := _MAGNITUDE.match(text, end)) and more["zh"] and not more["more"]:
        value, end = value * _magnitude(more), more.end()
    low, high = (
        (value, value * 10 - 1) if not word.endswith(("几", "数")) or not body else (value, value + value - 1)
    )
    one = _with_unit(text, match.start(), end, low, high, value, vague=True, bare_han=False, han="")
    if one is None or (not one.unit and value < 100):
        return None
    return replace(one, hedge="", approximate=True)


def _english(text: str, match: re.Match[str]) -> Quantity | None:
    word = match["en"].lower()
    if word in _VAGUE_EN:
        value = Decimal(_VAGUE_EN[word])
        one = _with_unit(
            text, match.start(), match.end(), value, value * 10 - 1, value, vague=True, bare_han=False, han=""
        )
        return replace(one, hedge="", approximate=True) if one else None
    number = numerals.english(word)
    if number is None:
        return None
    end, value = match.end(), Decimal(number)
    magnitude = _MAGNITUDE.match(text, end)
    if magnitude and magnitude["en"]:
        value, end = value * _magnitude(magnitude), magnitude.end()
    one = _with_unit(
        text,
        match.start(),
        end,
        value,
        value,
        _round_step(value),
        vague=False,
        bare_han=not magnitude,
        han="",
    )
    if one is None or (number == 1 and not magnitude):
        return None
    return one


def _magnitude(match: re.Match[str]) -> int:
    return numerals.MAGNITUDES_ZH[match["zh"]] if match["zh"] else numerals.MAGNITUDES_EN[match["en"].lower()]


def _round_step(value: Decimal) -> Decimal:
    """The worth of the last digit that is not a trailing zero: 4000 is known to 1000."""
    if not value:
        return Decimal(1)
    step = Decimal(1)
    while value % (step * 10) == 0:
        step *= 10
    return step
