"""A few words of a text as evidence: of one line, and no number or Latin word is cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

# 1,200.5 and 2026-01-07, a word, a model's name; with the unit that makes 70 into 70亿.
_WHOLE = re.compile(
    r"[$€£¥]?[^\W\u3000-\uffff]+(?:[.,:/'’+_-][^\W\u3000-\uffff]+)*(?:\s?[%％万亿千百兆十倍]+)?"
)
_LONG = 40  # characters; a longer run is an address or no words at all, and may be cut


def around(text: str, start: int, end: int, before: int, after: int) -> str:
    """Return what stands around `start` to `end` on its line, with about so many characters on both sides."""
    first = text.rfind("\n", 0, start) + 1
    last = at if (at := text.find("\n", end)) >= 0 else len(text)
    left, right = max(first, start - before), min(last, end + after)
    for whole, stop in _wholes(text[first:last]):
        whole, stop = first + whole, first + stop
        if whole < left < stop:
            left = whole
        if whole < right < stop:
            right = stop
    return text[left:right].strip()


def clip(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, ending between words, with an ellipsis where it goes on."""
    if len(text) <= limit:
        return text
    cut = limit - 1
    for whole, stop in _wholes(text):
        if whole < cut < stop:
            cut = whole
    return text[:cut].rstrip() + "…"


def _wholes(text: str) -> Iterator[tuple[int, int]]:
    for match in _WHOLE.finditer(text):
        if match.end() - match.start() <= _LONG:
            yield match.span()
