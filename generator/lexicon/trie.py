"""One regular expression for thousands of literals whose speed does not depend on their number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_LETTER = r"A-Za-zÀ-ɏ"
_LATIN = _LETTER + "0-9"


def pattern_of(literals: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern, blind to case, that finds the longest of `literals` at each place.

    A literal that begins or ends with a Latin letter or a digit must do so at a word's border
    (a digit may follow a letter); Han needs none.
    """
    root: dict[str, Any] = {}
    for literal in literals:
        node = root
        for char in literal.lower():
            node = node.setdefault(char, {})
        node[""] = {}
    return re.compile(_branch(root, first=True), re.IGNORECASE)


def _branch(node: dict[str, Any], *, first: bool = False, last: str = "") -> str:
    options = []
    for char, below in sorted(node.items()):
        if not char:
            continue
        border = f"(?<![{_LATIN}])" if first and _latin(char) else ""
        options.append(border + re.escape(char) + _branch(below, last=char))
    end = ""
    if _latin(last):
        # a version may follow a name at once (Qwen3), so a digit ends a word that ends in a letter
        end = f"(?![{_LATIN}])" if last.isdigit() else f"(?![{_LETTER}])"
    if "" in node:
        # the longer literal is tried first; then this one may end here
        return f"(?:{'|'.join(options)}|{end})" if options else end
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _latin(char: str) -> bool:
    return bool(char) and re.fullmatch(f"[{_LATIN}]", char) is not None
