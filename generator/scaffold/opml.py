"""The feeds of an OPML file, as a new site begins with them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

from generator.errors import GeneratorError
from generator.scaffold import Source
from generator.text.clean import one_line

# The text is decoded already, and what it says of its encoding holds no more.
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
# Written by hand, and by some readers: an address with its & as it is.
_BARE = re.compile(r"&(?!#?\w{1,31};)")


def sources(text: str, name: str) -> tuple[Source, ...]:
    """Return the feeds of an OPML document in its order, each address and each name once.

    Raises `GeneratorError` when `name` is no OPML or holds no feed.
    """
    if "<!ENTITY" in text.upper():
        raise GeneratorError(f"{name}: declares XML entities, which are refused unread", kind="usage")
    try:
        root = ElementTree.fromstring(_BARE.sub("&amp;", _DECLARATION.sub("", text.lstrip("\ufeff"))))
    except ElementTree.ParseError as error:
        raise GeneratorError(f"{name}: is no OPML: {error}", kind="usage") from None
    found: dict[str, Source] = {}
    names: set[str] = set()
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        host = _host(url)
        if not host or url in found:
            continue
        title = one_line(outline.get("title") or outline.get("text") or host)[:80] or host
        unique, number = title, 2
        while unique in names:
            unique, number = f"{title} {number}", number + 1
        names.add(unique)
        found[url] = Source(unique, url)
    if not found:
        raise GeneratorError(f"{name}: holds no feed; an outline with an xmlUrl is one", kind="usage")
    return tuple(found.values())


def _host(url: str) -> str:
    """Return the host of a web address; empty for anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""
