"""Breaking a headline into lines and setting them: words whole, no forbidden starts or ends, lines of like length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from generator.text.clean import one_line

NOT_FIRST = "，。、；：？！）】》」』”’…—·～〉〕］｝,.;:!?)]}%‰℃°"
NOT_LAST = "（【《「『“‘〈〔［｛([{$¥￥€£#@"
_OPENING, _CLOSING = "（《【「『“‘〈〔［｛", "）》】」』”’〉〕］｝"
_CLOSING_SIMPLIFIED = _CLOSING + "，。、；："
"""Marks whose ink fills one half of their square; elsewhere than in simplified Chinese stops stand in its middle."""
_UNIT = re.compile(r"[0-9A-Za-zÀ-ɏ][0-9A-Za-zÀ-ɏ.\-+'’&/_]*%?|.", re.DOTALL)
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f", "\u20e3"}


def printable(text: str) -> str:
    """Return `text` as one line without what a text font cannot show: emoji, pictographs, joiners."""
    kept = (
        char
        for char in one_line(text)
        if char not in _JOINERS
        and not (unicodedata.category(char) in {"So", "Sk", "Cn", "Co"} and ord(char) > 0x2000)
    )
    return " ".join("".join(kept).split())


def set_tight(line: str, language: str) -> list[str]:
    """Cut `line` where half a square of white is taken out: between two marks, and before one that opens it.

    An empty first piece stands for the beginning of the line.
    """
    closing = _CLOSING_SIMPLIFIED if language in ("zh", "zh-CN", "zh-Hans", "zh-SG") else _CLOSING
    pieces = [""]
    for char in line:
        before = pieces[-1][-1:]
        opens = char in _OPENING and (not before or before in _OPENING)
        if opens or (before and before in closing and char in closing + _OPENING):
            pieces.append("")
        pieces[-1] += char
    return pieces


def balanced(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Break `text` into the fewest lines of at most `width`, then even them out.

    `measure` gives the width of a piece. Breaks inside a Chinese word cost more than
    uneven lines, breaks after punctuation cost less.
    """
    units = _units(text, measure, width)
    if not units:
        return []
    lengths = [measure(unit) for unit in units]
    count = _fewest(lengths, width)
    inner = _inside_words(text)
    ends = []
    position = 0
    for unit in units:
        position += len(unit)
        ends.append(position)
    target = sum(lengths) / count
    # best[n][k]: the cheapest way to set the first k units in n lines
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            length = 0.0
            for end in range(start + 1, len(units) + 1):
                length += lengths[end - 1]
                if length > width and end > start + 1:
                    break
                price = cost + ((length - target) / width) ** 2
                if end < len(units):
                    price += _cut_price(units[end - 1], ends[end - 1] in inner)
                if end not in following or price < following[end][0]:
                    following[end] = (price, [*cuts, end])
        best = following
    cuts = best[len(units)][1]
    return ["".join(units[a:b]).strip() for a, b in zip([0, *cuts], cuts, strict=False)]


def _cut_price(before: str, inside_word: bool) -> float:
    if inside_word:
        return 0.5
    return -0.08 if before[-1] in "，。、；：？！,;:!?” 》" else 0.0


def _fewest(lengths: list[float], width: float) -> int:
    """Number of lines a greedy setting takes: no setting takes fewer."""
    count, used = 1, 0.0
    for length in lengths:
        if used and used + length > width:
            count, used = count + 1, 0.0
        used += length
    return count


def _units(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Split into pieces that stay together; a word wider than a line is the only one broken by force."""
    units: list[str] = []
    for piece in _UNIT.findall(text):
        if units and (piece[0] in NOT_FIRST or piece.isspace() or units[-1][-1] in NOT_LAST):
            units[-1] += piece
        else:
            units.append(piece)
    return [part for unit in units for part in ([unit] if measure(unit) <= width else list(unit))]


def _inside_words(text: str) -> set[int]:
    """Positions in `text` that lie inside a Chinese word."""
    import rjieba

    inner: set[int] = set()
    position = 0
    for word in rjieba.cut(text):
        inner.update(range(position + 1, position + len(word)))
        position += len(word)
    return inner
