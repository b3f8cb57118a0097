"""Thousands of literals found in a text at a cost that does not depend on their number."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from typing import Any

_DIGITS = frozenset(string.digits)
_LETTERS = frozenset(string.ascii_letters) | {chr(code) for code in range(0xC0, 0x250)}
_LATIN = _LETTERS | _DIGITS
_END = ""  # among the characters that may follow: a literal may end here


class Trie:
    """Finds the longest of `literals` at each place, blind to case.

    A literal that begins or ends with a Latin letter or a digit must do so at a word's border
    (a digit may follow a letter: Qwen3); Han needs none.
    """

    def __init__(self, literals: Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        for literal in literals:
            node = self._root
            for char in literal.lower():
                node = node.setdefault(char, {})
            node[_END] = {}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the literals stand, in order, never overlapping."""
        lower = text.lower()
        if len(lower) != len(text):  # İ is two characters in lower case
            lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        place, root, before = 0, self._root, ""
        while place < len(text):
            char = text[place]
            node = root.get(lower[place])
            if node is not None and not (char in _LATIN and before in _LATIN):
                end = _longest(node, text, lower, place + 1)
                if end:
                    yield place, end
                    place, before = end, text[end - 1]
                    continue
            place, before = place + 1, char


def _longest(node: dict[str, Any] | None, text: str, lower: str, place: int) -> int:
    """Return where the longest literal below `node` ends; 0 for none."""
    found = 0
    while node is not None:
        following = text[place : place + 1]
        if _END in node and not _goes_on(text[place - 1], following):
            found = place
        if not following:
            break
        node = node.get(lower[place])
        place += 1
    return found


def _goes_on(last: str, following: str) -> bool:
    """Whether a word goes on after `last`."""
    return following in _LATIN if last in _DIGITS else last in _LETTERS and following in _LETTERS
