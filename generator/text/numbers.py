"""Amounts in Chinese and English text as values: 2.5亿美元 and $250 million are equal.

`quantities` finds amounts with unit, range and hedge. Numbers that are names (GPT-5.2,
H200, 第12批), dates and clock times are not amounts and are left to `designations` and
`dates`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from generator.text import numerals
from generator.text.amounts import NUMBER, Quantity, amount
from generator.text.dates import dates
from generator.text.designations import designations
from generator.text.hedges import hedge_after, hedge_before
from generator.text.ranges import join_ranges

__all__ = ["Quantity", "quantities"]

MAX_TEXT = 100_000  # characters looked at; evidence is bounded well below

_FRACTION = re.compile(
    rf"(?P<den>{numerals.CHINESE}{{1,9}}|\d{{1,9}})分之(?P<num>{numerals.CHINESE}{{1,9}}(?:点[零一二三四五六七八九]{{1,9}})?|\d{{1,9}}(?:\.\d{{1,9}})?)"
)
_WORD_FRACTIONS = {
    "一半": 50, "半数": 50, "half of": 50, "one-third": 100 / 3, "one third": 100 / 3, "a third of": 100 / 3,
    "two-thirds": 200 / 3, "two thirds": 200 / 3, "three-quarters": 75, "three quarters of": 75,
    "one-quarter": 25, "a quarter of": 25, "翻倍": 0, "翻番": 0, "翻一番": 0,
}  # fmt: skip
_WORD_FRACTION = re.compile(
    "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else w for w in _WORD_FRACTIONS), re.IGNORECASE
)
# Han numerals that begin or end other words; a lone 一 hardly ever counts.
_NOT_NUMBERS = re.compile(
    r"[一二三]元(?!钱)|零部|零售|零食|零配|零距离|零碳|零信任|零日|三星|三一|百度|百川|千问|万物|万科|千里|万能|十分|百货|千万别|千万不|四川|五金|六安|七牛|八达|九章|两会|双十一|一汽|二手|三农|二维|二次|三方|两岸|四维|九号|万事|千帆|千寻|百万富翁|万兴|万达|亿欧(?!元)|亿纬|万国|亿级流量|万众|百业|千行|一百分|第[一二三四五六七八九十百千]+|[一二三四五六七八九十]+[大强]|十三五|十四五|十五五|五一|七夕|三角|四季|三维|五角|万圣|八卦|一二|三四线|二十大|三中|四中|二级|三级|一级|二代|三代|几乎|几何|几经|数据|数字|数学|数码|数智|数量|数控|数独|数值|数组|数据库|成千(?!万)|成百科|好几何|上百度|上千问|几时|几内亚|几近|几度|百科|万一|万分(?!钟)|千人千面|一万年|百年|千年|几点|百思买|百事|百胜|百世|百丽|百合|千禧|万宝|万代|万向|万豪|万家|亿航|亿联|兆易|兆芯|百分之|百亿补贴"
)
_TRANSLATION = {**{0xFF01 + i: 0x21 + i for i in range(94)}, 0x3000: 0x20}
for _keep in "，：；？！（）":
    _TRANSLATION.pop(ord(_keep), None)


def quantities(text: str) -> list[Quantity]:
    """Return the amounts that `text` states, in order; ranges are one amount."""
    plain = text[:MAX_TEXT].translate(_TRANSLATION)
    masked = _mask(plain)
    found = [*_fractions(masked)]
    taken = [(one.start, one.end) for one in found]
    last = -1
    for match in NUMBER.finditer(masked):
        if match.start() < last or any(start <= match.start() < end for start, end in taken):
            continue
        one = amount(masked, match)
        if one is not None:
            found.append(one)
            last = one.end
    found.sort(key=lambda one: one.start)
    return [_as_written(text, _hedged(masked, one)) for one in join_ranges(masked, found)]


def _mask(text: str) -> str:
    """Blank out what only looks like an amount, keeping every place."""
    chars = list(text)
    spans = [(d.start, d.end) for d in dates(text)]
    spans += [(d.start, d.end) for d in designations(text) if not _is_size(d.text)]
    spans += [
        m.span()
        for m in re.finditer(r"https?://\S+|@[\w.]+|\d{1,9}\.\d{1,9}\.\d{1,9}(?:\.\d{1,9})*|\d{16,}", text)
    ]
    spans += [m.span() for m in _NOT_NUMBERS.finditer(text) if m[0] not in {"百分之"}]
    for start, end in spans:
        chars[start:end] = "\x00" * (end - start)
    return "".join(chars)


def _is_size(text: str) -> bool:
    """Whether a designation ends in a model's size (`Mistral-7B`), which is an amount."""
    return re.search(r"-\d+(?:\.\d+)?[BT]$", text) is not None


def _fractions(text: str) -> list[Quantity]:
    found = []
    for match in _FRACTION.finditer(text):
        den, num = (
            numerals.chinese(part) if not part[0].isdigit() else Decimal(part)
            for part in match.group("den", "num")
        )
        if den and num is not None:
            value, exact = num * 100 / den, match["den"] in {"百", "千", "万"}
            found.append(Quantity(match[0], *match.span(), value, value, "%", "", not exact, Decimal(1)))
    for match in _WORD_FRACTION.finditer(text):
        worth = _WORD_FRACTIONS[match[0].lower()]
        value = Decimal(str(worth)) if worth else Decimal(2)
        found.append(
            Quantity(match[0], *match.span(), value, value, "%" if worth else "倍", "", True, Decimal(1))
        )
    return found


def _hedged(text: str, one: Quantity) -> Quantity:
    if before := hedge_before(text, one.start):
        return replace(one, hedge=before)
    after, end = hedge_after(text, one.end)
    return replace(one, hedge=after, end=end) if after else one


def _as_written(text: str, one: Quantity) -> Quantity:
    return replace(one, text=text[one.start : one.end])
