"""Pieces → the page: ids of headings, contents, the text for search."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.site.markdown import html
from generator.site.markdown.pieces import Bullets, Piece, Text, Title
from generator.site.markdown.raw import clean
from generator.site.markdown.values import Heading, Options

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


def drawn(piece: Piece) -> str:
    """The HTML of a piece other than a heading."""
    if isinstance(piece, Text):
        return html.paragraph(piece.html)
    if isinstance(piece, Bullets):
        return html.flat_list([item.html for item in piece.items], piece.ordered, piece.start)
    assert not isinstance(piece, Title)
    return piece.html


def plain_of(piece: Piece) -> str:
    """The text of a piece, one line a block."""
    if isinstance(piece, Bullets):
        return "\n".join([item.plain for item in piece.items])
    return piece.plain


def plain_page(pieces: Iterable[Piece], options: Options) -> tuple[str, list[Heading], str]:
    """Return HTML, headings and text of a body that is no edition."""
    ids = Ids()
    out: list[str] = []
    headings: list[Heading] = []
    texts: list[str] = []
    dirty = False
    first = True
    for piece in pieces:
        dirty = dirty or piece.dirty
        if isinstance(piece, Title):
            if first and repeats(piece, options.title):
                first = False
                continue
            id_ = ids.unique(piece.id) if piece.id else ids.heading(piece.plain)
            headings.append(Heading(piece.level, id_, piece.plain))
            out.append(html.heading(piece.level, piece.html, id_))
        else:
            out.append(drawn(piece))
        first = False
        texts.append(plain_of(piece))
    page = "".join(out)
    return clean(page) if dirty else page, headings, "\n".join(texts)


def repeats(piece: Title, title: str) -> bool:
    """Whether a heading only says the post's title again."""
    return piece.level == 1 and bool(title) and piece.plain.split() == title.split()
