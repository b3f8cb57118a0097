"""Pieces → the page: ids of headings, contents, the text for search."""

from __future__ import annotations

import re
from typing import Protocol

from generator.site.markdown import html
from generator.site.markdown.pieces import Bullets, Item, Piece, Text, Title
from generator.site.markdown.raw import clean
from generator.site.markdown.values import Heading, Options, StoryMark

_NOT_IN_ID = re.compile(r"[^\w\- ]+")


class Ids:
    """Ids of one page, each given once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def heading(self, text: str) -> str:
        """GitHub's id for a heading: letters of any script, digits, `-` and `_`; `-1`, `-2`, … for the next of a name."""
        return self.unique(_NOT_IN_ID.sub("", text.strip().lower()).replace(" ", "-") or "section")

    def unique(self, name: str) -> str:
        """Return `name`, with a number behind it when it is taken."""
        used = self._used
        if name not in used:
            used[name] = 0
            return name
        number = used[name]
        while True:
            number += 1
            candidate = f"{name}-{number}"
            if candidate not in used:
                used[name] = number
                used[candidate] = 0
                return candidate


class Page(Protocol):
    """A page while it grows; `out` is its HTML and `texts` what it says, one block an element.

    The parameters of each method are the fields of the piece of its name.
    """

    out: list[str]
    texts: list[str]
    headings: list[Heading]

    def title(
        self, level: int, inner: str, plain: str, url: str = "", given: str = "", dirty: bool = False
    ) -> None:
        """Append a heading."""

    def text(self, inner: str, plain: str, label: str = "", dirty: bool = False) -> None:
        """Append a paragraph."""

    def bullets(self, items: list[Item], ordered: bool = False, start: int = 1, dirty: bool = False) -> None:
        """Append a flat list."""

    def other(self, drawn: str, plain: str, dirty: bool = False, rule: bool = False) -> None:
        """Append any other block."""

    def finished(self) -> tuple[str, tuple[StoryMark, ...]]:
        """Return the HTML and where its stories are."""


def put(page: Page, piece: Piece) -> None:
    """Append a piece to a page."""
    if isinstance(piece, Text):
        page.text(*piece)
    elif isinstance(piece, Bullets):
        page.bullets(*piece)
    elif isinstance(piece, Title):
        page.title(*piece)
    else:
        page.other(*piece)


def repeats(level: int, heading: str, title: str) -> bool:
    """Whether a heading only says the post's title again."""
    return level == 1 and bool(title) and heading.split() == title.split()


class PlainPage:
    """A body that is no edition."""

    def __init__(self, options: Options) -> None:
        self.out: list[str] = []
        self.texts: list[str] = []
        self.headings: list[Heading] = []
        self._ids = Ids()
        self._title = options.title
        self._dirty = False

    def title(
        self, level: int, inner: str, plain: str, _url: str = "", given: str = "", dirty: bool = False
    ) -> None:
        if level == 1 and not self.out and repeats(level, plain, self._title):
            return
        id_ = self._ids.unique(given) if given else self._ids.heading(plain)
        self.headings.append(Heading(level, id_, plain))
        self._add(html.heading(level, inner, id_), plain, dirty)

    def text(self, inner: str, plain: str, _label: str = "", dirty: bool = False) -> None:
        self._add(f"<p>{inner}</p>\n", plain, dirty)

    def bullets(self, items: list[Item], ordered: bool = False, start: int = 1, dirty: bool = False) -> None:
        self._add(html.flat_list(items, ordered, start), "\n".join([item[1] for item in items]), dirty)

    def other(self, drawn: str, plain: str, dirty: bool = False, _rule: bool = False) -> None:
        self._add(drawn, plain, dirty)

    def finished(self) -> tuple[str, tuple[StoryMark, ...]]:
        page = "".join(self.out)
        return (clean(page) if self._dirty else page), ()

    def _add(self, drawn: str, plain: str, dirty: bool) -> None:
        self.out.append(drawn)
        self.texts.append(plain)
        if dirty:
            self._dirty = True
