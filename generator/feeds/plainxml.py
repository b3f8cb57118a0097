"""Well-formed feeds of plain shape, read by expat alone, several times faster than by feedparser.

Reads what nearly every feed is made of. Whatever is not in the tables (another root or vocabulary,
markup inside a text, a title said twice, a changed base address) is left to feedparser. What is read
here is what feedparser gives, also where that is odd: a test holds both to each other.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.feeds.values import Document, Entry

_ATOM = "{http://www.w3.org/2005/Atom}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_RSS1 = "{http://purl.org/rss/1.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RSS_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094", "2.0": "rss20"}
_TEXTS = {"text", "html", "text/html", "text/plain"}
_PAGES = {"html", "text/html", "xhtml", "application/xhtml+xml"}
_DOUBLED_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+\-.]*://)/+")
# Bytes of Windows' encodings that were declared to be Latin-1's control characters.
_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


class _OddError(Exception):
    """The document is not of plain shape."""


@dataclass(slots=True)
class _Read:
    """What the children of one entry or channel said."""

    base: str
    texts: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)  # rel, type, address
    tags: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    thumbnails: list[str] = field(default_factory=list)
    guid_is_link: bool = False

    def once(self, child: Element, key: str) -> None:
        """A text that may stand only once, as HTML or plain."""
        if key in self.texts or child.get("type", "text").lower() not in _TEXTS:
            raise _OddError
        self.texts[key] = _text(child, {"type"})

    def last(self, child: Element, key: str) -> None:
        """A text of which the last one counts."""
        self.texts[key] = _text(child)

    def link(self, child: Element, key: str) -> None:
        if key in self.texts and not self.guid_is_link:
            raise _OddError
        address = self.joined(_text(child))
        self.texts[key] = address
        self.links.append(("alternate", "text/html", address))

    def reference(self, child: Element, key: str) -> None:
        """An address with its relation, as Atom writes it."""
        rel = child.get("rel", "alternate").lower()
        kind = child.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
        _text(child, {"rel", "href", "type", "title", "length", "hreflang"})
        if not child.get("href"):
            raise _OddError
        address = self.joined(child.get("href", ""))
        self.links.append((rel, kind, address))
        if rel == "alternate" and kind in _PAGES:
            self.texts[key] = address

    def guid(self, child: Element, key: str) -> None:
        if key in self.texts:
            raise _OddError
        text = _text(child, {"isPermaLink"})
        if child.get("isPermaLink", "true") == "true":
            text = self.joined(text) if text else text
            self.guid_is_link = "link" not in self.texts
            self.texts.setdefault("link", text)
        self.texts[key] = text

    def tag(self, child: Element, _key: str) -> None:
        text, term = _text(child, {"domain", "term", "scheme", "label"}), child.get("term", "")
        if bool(text) == bool(term) or (term and child.get("domain")):
            raise _OddError
        self.tags.append(text or term)

    def person(self, child: Element, key: str) -> None:
        said: dict[str, str] = {}
        for part in child:
            name = part.tag.removeprefix(_ATOM)
            if name not in ("name", "email", "uri") or name in said:
                raise _OddError
            said[name] = _text(part, fix=name == "uri")
        name, email = said.get("name", ""), said.get("email", "")
        if not name or (child.text or "").strip():
            raise _OddError
        self.texts[key] = f"{name} ({email})" if email else name

    def enclosure(self, child: Element, _key: str) -> None:
        if len(child) or child.get("uri") or child.get("href"):
            raise _OddError
        self.links.append(("enclosure", child.get("type", "").lower(), child.get("url", "")))

    def medium(self, child: Element, key: str) -> None:
        if len(child) or (child.text or "").strip():
            raise _OddError
        if (url := child.get("url")) and not child.get("medium", "image").startswith(("video", "audio")):
            (self.thumbnails if key == "thumbnail" else self.images).append(url)

    def nothing(self, child: Element, _key: str) -> None:
        if len(child):
            raise _OddError

    def whatever(self, _child: Element, _key: str) -> None:
        pass

    def joined(self, address: str) -> str:
        """Return an absolute address; an empty one stays empty."""
        if not address:
            return ""
        try:
            return urljoin(self.base, _DOUBLED_SLASHES.sub(r"\1", address))
        except ValueError:
            return ""


Take = Callable[[_Read, Element, str], None]

_COMMON: dict[str, tuple[Take, str]] = {
    _DC + "date": (_Read.last, "updated"),
    _TERMS + "issued": (_Read.last, "published"),
    _TERMS + "modified": (_Read.last, "updated"),
    _TERMS + "created": (_Read.last, "created"),
    _DC + "creator": (_Read.last, "author"),
    _DC + "subject": (_Read.tag, ""),
    _CONTENT: (_Read.once, "content"),
    _MEDIA + "thumbnail": (_Read.medium, "thumbnail"),
    _MEDIA + "content": (_Read.medium, "content"),
    "{http://wellformedweb.org/CommentAPI/}commentRss": (_Read.nothing, ""),
    "{http://wellformedweb.org/CommentAPI/}comment": (_Read.nothing, ""),
    "{http://purl.org/rss/1.0/modules/slash/}comments": (_Read.nothing, ""),
    "{http://purl.org/syndication/thread/1.0}total": (_Read.nothing, ""),
    "{http://rssnamespace.org/feedburner/ext/1.0}origLink": (_Read.nothing, ""),
    "{com-wordpress:feed-additions:1}post-id": (_Read.nothing, ""),
}
_RSS: dict[str, tuple[Take, str]] = {
    "title": (_Read.once, "title"),
    "link": (_Read.link, "link"),
    "guid": (_Read.guid, "id"),
    "description": (_Read.once, "summary"),
    "pubDate": (_Read.last, "published"),
    "author": (_Read.last, "author"),
    "category": (_Read.tag, ""),
    "enclosure": (_Read.enclosure, ""),
    "comments": (_Read.nothing, ""),
}
_IN_ENTRY = {
    "rss": {**_COMMON, **_RSS},
    "rdf": {**_COMMON, **{_RSS1 + name: take for name, take in _RSS.items()}},
    "atom": {
        **_COMMON,
        _ATOM + "title": (_Read.once, "title"),
        _ATOM + "link": (_Read.reference, "link"),
        _ATOM + "id": (_Read.guid, "id"),
        _ATOM + "summary": (_Read.once, "summary"),
        _ATOM + "content": (_Read.once, "content"),
        _ATOM + "published": (_Read.last, "published"),
        _ATOM + "updated": (_Read.last, "updated"),
        _ATOM + "author": (_Read.person, "author"),
        _ATOM + "category": (_Read.tag, ""),
        _ATOM + "rights": (_Read.nothing, ""),
    },
}
# Of a channel little is read, so that little needs to be understood.
_OF_CHANNEL: dict[str, tuple[Take, str]] = {
    "title": (_Read.once, "title"),
    "link": (_Read.link, "link"),
    "language": (_Read.last, "language"),
    "item": (_Read.whatever, ""),
    "image": (_Read.whatever, ""),
    **dict.fromkeys(
        (
            "description", "pubDate", "lastBuildDate", "generator", "docs", "ttl", "copyright", "webMaster",
            "managingEditor", "category", "rating",
        ),
        (_Read.nothing, ""),
    ),
}  # fmt: skip
_SHARED_BY_CHANNELS: dict[str, tuple[Take, str]] = {
    _DC + "language": (_Read.last, "language"),
    _ATOM + "link": (_Read.reference, "link"),
    **dict.fromkeys(
        (
            _DC + "date", _DC + "creator", _DC + "rights", _DC + "publisher", _DC + "subject",
            "{http://purl.org/rss/1.0/modules/syndication/}updatePeriod",
            "{http://purl.org/rss/1.0/modules/syndication/}updateFrequency",
            "{http://purl.org/rss/1.0/modules/syndication/}updateBase",
            "{com-wordpress:feed-additions:1}site",
        ),
        (_Read.nothing, ""),
    ),
}  # fmt: skip
_IN_CHANNEL = {
    "rss": {**_SHARED_BY_CHANNELS, **_OF_CHANNEL},
    "rdf": {
        **_SHARED_BY_CHANNELS,
        **{_RSS1 + name: take for name, take in _OF_CHANNEL.items()},
        _RSS1 + "items": (_Read.whatever, ""),
    },
    "atom": {
        **_SHARED_BY_CHANNELS,
        _ATOM + "title": (_Read.once, "title"),
        _ATOM + "id": (_Read.guid, "id"),
        _ATOM + "entry": (_Read.whatever, ""),
        _ATOM + "author": (_Read.whatever, ""),
        **dict.fromkeys(
            (
                _ATOM + name
                for name in ("updated", "subtitle", "generator", "rights", "icon", "logo", "category")
            ),
            (_Read.nothing, ""),
        ),
    },
}


def read_plain(text: str, base: str) -> Document | None:
    """Read a feed of plain shape that came from `base`; None leaves it to feedparser."""
    if "xml:base" in text:
        return None
    try:
        return _document(ElementTree.fromstring(text), base)
    except (ElementTree.ParseError, _OddError):
        return None


def _document(root: Element, base: str) -> Document:
    shape, kind, channel, entries = _parts(root)
    language = root.get(_LANG, "").replace("_", "-")
    head = _children(channel, _IN_CHANNEL[shape], base)
    return Document(
        kind=kind,
        title=head.texts.get("title", ""),
        link=head.texts.get("link", ""),
        language=head.texts.get("language", language),
        entries=tuple(_entry(_children(entry, _IN_ENTRY[shape], base), entry, language) for entry in entries),
    )


def _parts(root: Element) -> tuple[str, str, Element, list[Element]]:
    """Return a feed's shape, its kind as feedparser calls it, its channel and its entries."""
    inside = {child.tag for child in root}
    if root.tag == "rss" and not set(root.attrib) - {"version", _LANG} and inside == {"channel"}:
        kind = _RSS_VERSIONS.get(root.get("version", ""))
        if kind and len(root) == 1 and not root[0].attrib:
            return "rss", kind, root[0], root[0].findall("item")
    if root.tag == _RDF + "RDF" and not root.attrib:
        channels = root.findall(_RSS1 + "channel")
        if len(channels) == 1 and inside <= {_RSS1 + "channel", _RSS1 + "item", _RSS1 + "image"}:
            return "rdf", "rss10", channels[0], root.findall(_RSS1 + "item")
    if root.tag == _ATOM + "feed" and not set(root.attrib) - {_LANG}:
        return "atom", "atom10", root, root.findall(_ATOM + "entry")
    raise _OddError


def _children(parent: Element, table: dict[str, tuple[Take, str]], base: str) -> _Read:
    read = _Read(base)
    if about := parent.get(_RDF + "about"):
        read.texts["about"] = about
    for child in parent:
        if child.tag not in table:
            raise _OddError
        take, key = table[child.tag]
        take(read, child, key)
    return read


def _entry(read: _Read, entry: Element, language: str) -> Entry:
    if set(entry.attrib) - {_RDF + "about"}:
        raise _OddError
    texts = read.texts
    content = texts.get("content", "")
    enclosed = (link for rel, kind, link in read.links if rel == "enclosure" and kind.startswith("image/"))
    related = (link for rel, _, link in read.links if rel in ("alternate", "via", "related"))
    return Entry(
        title=texts.get("title", ""),
        link=texts.get("link", "") or _first(related),
        guid=texts.get("id", texts.get("about", "")),
        dates=tuple(dict.fromkeys(filter(None, map(texts.get, ("published", "updated", "created"))))),
        summary=texts.get("summary", content),
        content=content,
        author=texts.get("author", ""),
        tags=tuple(dict.fromkeys(read.tags))[:30],
        image=_first(read.thumbnails) or _first(read.images) or _first(enclosed),
        language=language if "title" in texts else "",
    )


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _text(child: Element, attributes: Iterable[str] = (), *, fix: bool = True) -> str:
    """Return an element's text, mended as feedparser mends it."""
    if len(child) or set(child.attrib).difference(attributes):
        raise _OddError
    text = (child.text or "").strip()
    if text.isascii() or not fix:
        return text
    with contextlib.suppress(UnicodeError):
        # UTF-8 that somebody took for Latin-1 and encoded once more
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_CP1252)
