"""The text of an article's page, by trafilatura. Pure; slow pages are stopped by the pool it runs in."""

from __future__ import annotations

import importlib.util

from generator.feeds.charset import decode_page
from generator.feeds.values import FeedError
from generator.text.clean import clean, one_line, shorten

NEEDS = ("trafilatura",)
"""What a process that reads articles has to import."""

_MAX_TAGS = 60_000  # a long article's page has 5,000; more is no article, or an attack
_LEAST = 80  # characters; less is a notice or a caption


def available() -> bool:
    """Whether the extra that reads articles is installed."""
    return all(importlib.util.find_spec(name) for name in NEEDS)


def article(raw: bytes, content_type: str, url: str, limit: int) -> str:
    """Return the text of an article's page, a paragraph a line, at most `limit` characters.

    Raises `FeedError` when there is none.
    """
    import trafilatura

    if b"\0" in raw[:1000] or raw[:5] == b"%PDF-":
        raise FeedError("no-article", "is no page of text")
    text = decode_page(raw, content_type).text
    if text.count("<") > _MAX_TAGS:
        raise FeedError("no-article", f"has more than {_MAX_TAGS:,} tags")
    found = trafilatura.extract(
        text,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    lines = (one_line(line.removeprefix("- ")) for line in clean(found or "").split("\n"))
    prose = "\n".join(line for line in lines if line)
    if len(prose) < _LEAST:
        raise FeedError("no-article", "holds no article that can be told from the rest of the page")
    return shorten(prose, limit)
