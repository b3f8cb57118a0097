"""The pictures a post names, where it names them: what `pictures` looks for."""

from __future__ import annotations

import html
import re
from typing import NamedTuple
from urllib.parse import unquote

ELSEWHERE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//|#|\Z)")
"""How an address begins that names no file of the site."""

_ELEMENT = re.compile(r"<img(?:\s+[\w:-]+(?:=\"[^\"]*\")?)*\s*/?>")
_SRC = re.compile(r"\ssrc=\"([^\"]*)\"")


class Shown(NamedTuple):
    """A picture a post names: as written, and where."""

    name: str
    line: int
    column: int
    cover: bool = False


def shown_pictures(text: str, cover: str, cover_place: tuple[int, int], body: str) -> tuple[Shown, ...]:
    """Return the local pictures of a post with `text`, whose body was drawn as `body`; the cover last."""
    found: dict[str, Shown] = {}
    for element in _ELEMENT.findall(body) if "<img" in body else ():
        if (source := _SRC.search(element)) and not ELSEWHERE.match(name := html.unescape(source[1])):
            found.setdefault(name, Shown(name, *_place(text, name)))
    if cover and cover not in found:
        found[cover] = Shown(cover, *cover_place, cover=True)
    return tuple(found.values())


def _place(text: str, name: str) -> tuple[int, int]:
    at = max(text.find(name), text.find(unquote(name)))
    return (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) if at >= 0 else (1, 1)
