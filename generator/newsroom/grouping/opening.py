"""How a report begins: its headline and the first of its text, what comparing reports looks at."""

from __future__ import annotations

from generator.news import Item
from generator.newsroom.boilerplate import body_of
from generator.newsroom.headline import headline

LENGTH = 200  # characters of the text; what follows is background that other stories share
FEWEST = 40  # characters of a text that tells anything


def opening_of(item: Item) -> str:
    """Return an item's headline and the beginning of its text; "" when it has hardly any."""
    return opening(item.title, item.summary or item.text)


def opening(title: str, text: str) -> str:
    """Return the same of a title and a text."""
    begins = body_of(text[: 4 * LENGTH])[:LENGTH]
    return f"{headline(title)} {begins}" if len(begins) >= FEWEST else ""
