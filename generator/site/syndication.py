"""RSS 2.0, Atom and JSON Feed: values in, well-formed text out. No element names a moment of building."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape as escape_html
from urllib.parse import urljoin

# XML 1.0 has no place for these, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINK = re.compile(r'(<[^<>]*?\s)(href|src|poster)="([^"]*)"')
_SET = re.compile(r'\ssrcset="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `content` is HTML with absolute addresses, "" for an excerpt only."""

    url: str
    title: str
    published: dt.datetime
    updated: dt.datetime
    summary: str = ""
    content: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    external: str = ""  # what the entry is about, elsewhere


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    url: str  # its own
    home: str
    description: str
    language: str
    author: str
    updated: dt.datetime
    media_type: str
    entries: tuple[Entry, ...]


def _rfc822(moment: dt.datetime) -> str:
    """A time as RSS writes it."""
    from email.utils import format_datetime  # brings sockets and much else, which only a feed needs

    return format_datetime(moment)


def absolute_links(html: str, page: str, *, anchors: bool = True) -> str:
    """Make the addresses of `html` absolute against the page's own; `anchors` within it, too."""
    left = (
        ("http://", "https://", "mailto:", "data:")
        if anchors
        else ("http://", "https://", "mailto:", "data:", "#", "/")
    )

    def whole(url: str) -> str:
        if url.startswith(left):
            return url
        return urljoin(page, url)

    def link(match: re.Match[str]) -> str:
        return f'{match[1]}{match[2]}="{whole(match[3])}"'

    def sources(match: re.Match[str]) -> str:
        parts = [part.strip().split(" ", 1) for part in match[1].split(",") if part.strip()]
        return f' srcset="{", ".join(" ".join([whole(part[0]), *part[1:]]) for part in parts)}"'

    previous = None
    while previous != html:  # two addresses in one element
        previous, html = html, _LINK.sub(link, html)
    return _SET.sub(sources, html)


def _xml(text: str) -> str:
    return escape_html(_FORBIDDEN.sub("", text), quote=True)


def rss(feed: Feed) -> str:
    items = []
    for entry in feed.entries:
        categories = "".join(f"<category>{_xml(tag)}</category>" for tag in entry.tags)
        content = f"<content:encoded>{_xml(entry.content)}</content:encoded>\n" if entry.content else ""
        author = f"<dc:creator>{_xml(entry.author)}</dc:creator>\n" if entry.author else ""
        source = f"<comments>{_xml(entry.external)}</comments>\n" if entry.external else ""
        items.append(
            f"<item>\n<title>{_xml(entry.title)}</title>\n<link>{_xml(entry.url)}</link>\n"
            f'<guid isPermaLink="true">{_xml(entry.url)}</guid>\n'
            f"<pubDate>{_rfc822(entry.published)}</pubDate>\n{author}{source}{categories}"
            f"<description>{_xml(entry.summary)}</description>\n{content}</item>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel>\n<title>{_xml(feed.title)}</title>\n<link>{_xml(feed.home)}</link>\n"
        f"<description>{_xml(feed.description)}</description>\n<language>{_xml(feed.language)}</language>\n"
        f"<lastBuildDate>{_rfc822(feed.updated)}</lastBuildDate>\n"
        f'<atom:link href="{_xml(feed.url)}" rel="self" type="{feed.media_type}"/>\n'
        f"{''.join(items)}</channel>\n</rss>\n"
    )


def atom(feed: Feed) -> str:
    entries = []
    for entry in feed.entries:
        tags = "".join(f'<category term="{_xml(tag)}"/>' for tag in entry.tags)
        content = f'<content type="html">{_xml(entry.content)}</content>\n' if entry.content else ""
        author = f"<author><name>{_xml(entry.author)}</name></author>\n" if entry.author else ""
        via = f'<link rel="via" href="{_xml(entry.external)}"/>\n' if entry.external else ""
        entries.append(
            f"<entry>\n<title>{_xml(entry.title)}</title>\n"
            f'<link rel="alternate" type="text/html" href="{_xml(entry.url)}"/>\n{via}<id>{_xml(entry.url)}</id>\n'
            f"<published>{entry.published.isoformat()}</published>\n"
            f"<updated>{entry.updated.isoformat()}</updated>\n{author}{tags}"
            f"<summary>{_xml(entry.summary)}</summary>\n{content}</entry>\n"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_xml(feed.language)}">\n'
        f"<title>{_xml(feed.title)}</title>\n<subtitle>{_xml(feed.description)}</subtitle>\n"
        f'<link rel="self" type="{feed.media_type}" href="{_xml(feed.url)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{_xml(feed.home)}"/>\n'
        f"<id>{_xml(feed.url)}</id>\n<updated>{feed.updated.isoformat()}</updated>\n"
        f"<author><name>{_xml(feed.author)}</name></author>\n{''.join(entries)}</feed>\n"
    )


def json_feed(feed: Feed) -> str:
    items = []
    for entry in feed.entries:
        item: dict[str, object] = {
            "id": entry.url,
            "url": entry.url,
            "title": _FORBIDDEN.sub("", entry.title),
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "summary": _FORBIDDEN.sub("", entry.summary),
        }
        if entry.content:
            item["content_html"] = _FORBIDDEN.sub("", entry.content)
        else:
            item["content_text"] = _FORBIDDEN.sub("", entry.summary or entry.title)
        if entry.author:
            item["authors"] = [{"name": entry.author}]
        if entry.tags:
            item["tags"] = list(entry.tags)
        if entry.image:
            item["image"] = entry.image
        if entry.external:
            item["external_url"] = entry.external
        items.append(item)
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": items,
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


WRITERS: dict[str, Callable[[Feed], str]] = {"rss": rss, "atom": atom, "json": json_feed}
"""Feed formats by the names of `build.formats`."""
