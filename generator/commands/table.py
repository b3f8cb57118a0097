"""Rows in columns on a terminal, where Chinese takes two cells a character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.text.width import is_wide

_NUMBER = re.compile(r"[\d.,]+%?|—")


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Lay rows out in columns below their heads, the first row; columns of numbers stand to the right."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(_width, column)) for column in columns]
    numbers = [len(column) > 1 and all(map(_NUMBER.fullmatch, column[1:])) for column in columns]
    lines = []
    for row in rows:
        cells = [
            " " * (width - _width(cell)) + cell if number else cell + " " * (width - _width(cell))
            for cell, width, number in zip(row, widths, numbers, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if is_wide(char) else 1 for char in text)
