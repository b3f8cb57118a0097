"""Feeds as OPML, the list that every feed reader reads and writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from generator.config import FeedConfig
from generator.feeds.charset import decode
from generator.files import read_bounded
from generator.scaffold import Source
from generator.scaffold.opml import sources

MAX_OPML = 5_000_000  # bytes


def read_opml(file: Path) -> tuple[Source, ...]:
    """Return the feeds of an OPML file, in whatever encoding it is. Raises `GeneratorError`."""
    return sources(decode(read_bounded(file, MAX_OPML)).text, str(file))


def opml(title: str, feeds: Iterable[FeedConfig]) -> Iterator[str]:
    """Yield the lines of an OPML document of these feeds."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<opml version="2.0">'
    yield f"<head><title>{escape(title)}</title></head>"
    yield "<body>"
    for feed in feeds:
        name = quoteattr(feed.name)
        yield f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)}/>'
    yield "</body>"
    yield "</opml>"
