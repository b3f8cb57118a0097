"""What stands between reading Markdown and writing the page: a body's blocks, each drawn.

Both paths make the same pieces; the page is put together from them in one way (`page`), so the
fast path is right when its pieces are.
"""

from __future__ import annotations

from typing import NamedTuple


class Title(NamedTuple):
    """A heading: its inner HTML; `url` when all of it is one link."""

    level: int
    html: str
    plain: str
    url: str = ""
    id: str = ""  # given by the author
    dirty: bool = False


class Text(NamedTuple):
    """A paragraph: its inner HTML; `label` is the bold text it begins with."""

    html: str
    plain: str
    label: str = ""
    dirty: bool = False


class Item(NamedTuple):
    """An item of a flat list; `url` and `headline` when it begins with a link."""

    html: str
    plain: str
    url: str = ""
    headline: str = ""


class Bullets(NamedTuple):
    """A tight list of items without blocks inside."""

    items: list[Item]
    ordered: bool = False
    start: int = 1
    dirty: bool = False


class Other(NamedTuple):
    """Any other block, drawn in full; `dirty` when raw HTML in it is still to be cleaned."""

    html: str
    plain: str
    dirty: bool = False
    rule: bool = False


Piece = Title | Text | Bullets | Other
