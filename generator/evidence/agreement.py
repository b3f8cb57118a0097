"""When two amounts agree: the same value and unit, or a stated rounding of a finer figure."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from decimal import Decimal

from generator.text.numbers import Quantity, quantities
from generator.text.units import STRICT

ROUNDING = Decimal("0.05")  # of the value, when the coarser figure says nothing of being rounded
HEDGED_ROUNDING = Decimal("0.12")  # when it says 超, 约, 近 or the like
GENERIC = frozenset(
    {"", "个", "项", "款", "件", "次", "条", "张"}
)  # counting words that stand in for any other


@functools.lru_cache(maxsize=5_000)
def amounts(text: str) -> tuple[Quantity, ...]:
    """Return the amounts of a text; the same evidence is asked many times."""
    return tuple(quantities(text))


def same_unit(one: str, other: str) -> bool:
    """Whether two units can be of one amount; counting words of two languages are taken as equal."""
    if one == other:
        return True
    if {one, other} == {"%", "pp"}:
        return False
    if one in STRICT or other in STRICT:
        # 融资35亿 beside 35亿元: the bare one leaves the unit to its sentence
        return "" in (one, other) and bool(
            {one, other} & {"CNY", "USD", "HKD", "param", "token", "Wh", "W", "px"}
        )
    return one in GENERIC or other in GENERIC


def equal(one: Quantity, other: Quantity) -> bool:
    return one.low == other.low and one.high == other.high


def agrees(stated: Quantity, known: Quantity) -> bool:
    """Whether `stated` says what `known` says, or a rounding of it."""
    if not same_unit(stated.unit, known.unit):
        return False
    if equal(stated, known):
        return True
    if stated.low != stated.high or known.low != known.high:
        return _within(stated, known)
    return rounds(stated, known)


def rounds(stated: Quantity, known: Quantity) -> bool:
    """Whether `stated` is `known` rounded to its last written digit, as its hedge allows."""
    if known.step >= stated.step or not known.low:
        return False
    difference = known.low - stated.low
    allowed = HEDGED_ROUNDING if stated.hedge or stated.approximate else ROUNDING
    if abs(difference) > allowed * known.low:
        return False
    if stated.hedge == "over":
        return 0 <= difference <= stated.step
    if stated.hedge in {"nearly", "most"}:
        return -stated.step <= difference <= 0
    return abs(difference) * 2 <= stated.step or (bool(stated.hedge) and abs(difference) <= stated.step)


def _within(stated: Quantity, known: Quantity) -> bool:
    """A vague amount (数千万) covers a figure inside it; a range needs its two ends."""
    if stated.approximate:
        return stated.low <= known.low and known.high <= stated.high
    if known.approximate:
        return known.low <= stated.low and stated.high <= known.high
    # one end of a range (20% of 20-30%) may stand alone
    return stated.low == stated.high and stated.low in (known.low, known.high)


def nearest(stated: Quantity, known: Sequence[Quantity]) -> Quantity | None:
    """Return the known amount most like `stated`, to be shown beside it: same unit first, then same digits."""
    if not known:
        return None

    def distance(one: Quantity) -> tuple[bool, bool, Decimal]:
        top = max(abs(one.low), abs(stated.low)) or Decimal(1)
        return (
            not same_unit(one.unit, stated.unit),
            digits(one) != digits(stated),
            abs(one.low - stated.low) / top,
        )

    return min(known, key=distance)


def digits(one: Quantity) -> str:
    """Return the figure without its order of size: 7 for 7亿 and for 7B."""
    return f"{one.low.normalize():f}".replace(".", "").strip("0")
