"""From an address a person pasted to its feed: the document itself, or what a page says its feed is."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

from generator.text.addresses import safe_url
from generator.text.clean import one_line

_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
MAX_LINKS = 50


class Link(NamedTuple):
    """A feed a page names."""

    url: str
    title: str


def feeds_of_page(html: str, base: str) -> list[Link]:
    """Return the feeds that a page's head names, in its order, none twice."""
    reader = _Head(base)
    reader.feed(html[:500_000])
    return list({link.url: link for link in reader.links}.values())


class _Head(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self.links: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag != "link" or "alternate" not in named.get("rel", "").lower().split():
            return
        if named.get("type", "").lower().strip() not in _TYPES or len(self.links) >= MAX_LINKS:
            return
        if url := safe_url(named.get("href", ""), self._base):
            self.links.append(Link(url, one_line(named.get("title", ""))[:80]))
