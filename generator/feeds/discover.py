"""From an address a person pasted to its feed: what a page says its feeds are, and where they often are."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin

from generator.text.addresses import safe_url
from generator.text.clean import one_line

MAX_LINKS = 50
_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
_LOOKS_LIKE_ONE = re.compile(
    r"(?:^|[/._=-])(?:rss|atom|feeds?)(?:$|[/._?&=-])|\.(?:rss|atom|rdf)$", re.IGNORECASE
)
_OF_COMMENTS = re.compile(r"comment|评论|回复|留言|跟帖", re.IGNORECASE)
_USUAL = ("feed", "rss.xml", "atom.xml", "feed.xml", "rss", "index.xml")


class Link(NamedTuple):
    """A feed a page names."""

    url: str
    title: str


def feeds_of_page(html: str, base: str) -> list[Link]:
    """Return the feeds that a page names, none twice: those of its head, then those it links to.

    Feeds of comments come last, whatever the page's order: nobody who pastes an address means them.
    """
    reader = _Links(base)
    reader.feed(html[:2_000_000])
    found = list({link.url: link for link in [*reader.named, *reader.linked]}.values())
    found.sort(key=lambda link: bool(_OF_COMMENTS.search(f"{link.url} {link.title}")))
    return found[:MAX_LINKS]


def usual_places(url: str) -> list[Link]:
    """Return where the feed of a site that names none is most often."""
    return [Link(urljoin(url, f"/{place}"), "") for place in _USUAL]


class _Links(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = base
        self.named: list[Link] = []
        self.linked: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        href = said.get("href", "").strip()
        if tag == "base" and href:
            self._base = safe_url(href, self._base) or self._base
        elif tag == "link" and "alternate" in said.get("rel", "").lower().split():
            if said.get("type", "").lower().strip() in _TYPES:
                self._note(self.named, href, said)
        elif tag == "a" and _LOOKS_LIKE_ONE.search(href):
            self._note(self.linked, href, said)

    def _note(self, links: list[Link], href: str, said: dict[str, str]) -> None:
        if len(links) < MAX_LINKS and (url := safe_url(href, self._base)):
            links.append(Link(url, one_line(said.get("title", ""))[:80]))
