"""RSS 0.9x, 1.0, 2.0 and Atom, by feedparser, which forgives ill-formed XML better than others."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import Any

from generator.feeds.plainxml import read_plain
from generator.feeds.refusal import refuse_entities, refuse_slow
from generator.feeds.values import Document, Entry, FeedError

# Control characters XML forbids; one of them would send the whole feed to the forgiving parser.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_END_OF_ENTRY = re.compile(r"</(?:\w+:)?(item|entry)\s*>", re.IGNORECASE)
# An ampersand that begins no reference; inside CDATA it stands for itself.
_BARE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#?\w{1,31};)", re.DOTALL)
_TAIL = {"rss": "</channel></rss>", "feed": "</feed>", "rdf": "</rdf:RDF>"}

MAX_PARSED = 2_000
"""Entries parsed of one document; parsing 20,000 takes ten seconds and no feed has them to say news."""


def recognises(text: str) -> bool:
    """Everything that is not a known other kind is tried as XML."""
    return "<" in text[:4096]


def read(text: str, base: str) -> Document:
    """Read an RSS or Atom document that came from `base`.

    Raises `FeedError` when it declares entities or is no feed at all.
    """
    refuse_entities(text)
    body, flaw = prepared(text)
    refuse_slow(body, 2 * MAX_PARSED)
    document = read_plain(body, base) or read_forgiving(body, base)
    return dataclasses.replace(document, flaw=document.flaw or flaw) if flaw else document


def prepared(text: str) -> tuple[str, str]:
    """Return a document without declaration and cut to what is read, and what was wrong with it."""
    text, cut = _cut(_FORBIDDEN.sub("", text))
    body, bare = _escape_ampersands(_DECLARATION.sub("", text, count=1).lstrip())
    return body, bare or cut


def read_forgiving(body: str, base: str) -> Document:
    """Read a document without declaration by feedparser. Raises `FeedError` when it is no feed."""
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + body.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = tuple(_entry(raw) for raw in parsed.entries)
    if not parsed.version and not entries:
        raise FeedError("not-a-feed", f"is not a feed: {_what_it_is(body)}")
    channel = parsed.feed
    return Document(
        kind=parsed.version or "xml",
        title=_text(channel.get("title")),
        link=_text(channel.get("link")),
        language=_text(channel.get("language")),
        entries=entries,
        flaw=_flaw(parsed),
    )


def _escape_ampersands(text: str) -> tuple[str, str]:
    """Escape what feedparser would turn into a reference: `R&D` came out as `R&D;`."""
    first = 0

    def escaped(match: re.Match[str]) -> str:
        nonlocal first
        if match[0] != "&":
            return match[0]
        first = first or text.count("\n", 0, match.start()) + 2  # below the declaration
        return "&amp;"

    text = _BARE.sub(escaped, text)
    return text, f"is not well-formed XML (line {first}: an & that is not written &amp;)" if first else ""


def _cut(text: str) -> tuple[str, str]:
    """Cut a document after `MAX_PARSED` entries and close it again."""
    if text.count("</") < MAX_PARSED:
        return text, ""
    for number, end in enumerate(_END_OF_ENTRY.finditer(text), start=1):
        if number == MAX_PARSED:
            root = re.search(r"<(rss|feed|rdf)\b", text[:10_000], re.IGNORECASE)
            tail = _TAIL[root[1].lower()] if root else ""
            return text[: end.end()] + tail, f"has more than {MAX_PARSED} entries; the rest was not read"
    return text, ""


def _entry(raw: Any) -> Entry:
    content = max((_text(part.get("value")) for part in raw.get("content", [])), key=len, default="")
    return Entry(
        title=_text(raw.get("title")),
        link=_text(raw.get("link")) or _alternate(raw),
        guid=_text(raw.get("id")),
        # the dictionary's own `get`: feedparser's gives the date of publication for a missing update
        dates=tuple(
            dict.fromkeys(
                text for key in ("published", "updated", "created") if (text := _text(dict.get(raw, key)))
            )
        ),
        summary=_text(raw.get("summary")),
        content=content,
        author=_text(raw.get("author")),
        tags=tuple(dict.fromkeys(term for tag in raw.get("tags", []) if (term := _text(tag.get("term")))))[
            :30
        ],
        image=_image(raw),
        language=_text((raw.get("title_detail") or {}).get("language")),
    )


def _alternate(raw: Any) -> str:
    for link in raw.get("links", []):
        if link.get("rel", "alternate") in ("alternate", "via", "related") and link.get("href"):
            return _text(link["href"])
    return ""


def _image(raw: Any) -> str:
    for part in [*raw.get("media_thumbnail", []), *raw.get("media_content", [])]:
        if part.get("url") and not str(part.get("medium", "image")).startswith(("video", "audio")):
            return _text(part["url"])
    for link in raw.get("links", []):
        if link.get("rel") == "enclosure" and str(link.get("type", "")).startswith("image/"):
            return _text(link.get("href"))
    return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _flaw(parsed: Any) -> str:
    if not parsed.bozo:
        return ""
    error = parsed.get("bozo_exception")
    name = type(error).__name__
    if name in ("CharacterEncodingOverride", "NonXMLContentType"):
        return ""
    line = getattr(error, "getLineNumber", lambda: None)()
    message = getattr(error, "getMessage", lambda: str(error))()
    # our own declaration is one line longer than the feed's
    return (
        f"is not well-formed XML (line {line}: {message})" if line else f"is not well-formed XML ({message})"
    )


def _what_it_is(text: str) -> str:
    head = text[:4096].lstrip().lower()
    if head.startswith(("<!doctype html", "<html")) or "<head" in head or "<body" in head:
        title = re.search(r"<title[^>]{0,200}>([^<]{1,200})", text[:100_000], re.IGNORECASE)
        return "an HTML page" + (f" titled {' '.join(title[1].split())[:80]!r}" if title else "")
    return "no RSS, Atom or JSON Feed in it" if head else "nothing in it"
