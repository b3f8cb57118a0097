"""The values of the site builder: a Markdown file as `Source`, its front matter as `Post`, its rendered `Body`.

All are frozen and plain, so that they cross process borders and the whole site can be rendered
in a test without a disk. Paths inside a site are POSIX and relative; addresses of pages are
relative to the site's base address and begin without a slash (`posts/2026-01-07/`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

SourceKind = Literal["post", "page", "section"]


class Source(NamedTuple):
    """One Markdown file of `content/` and what lies beside it, as values."""

    path: str  # relative to the site: content/posts/2026-01-07/index.md
    kind: SourceKind
    data: bytes
    record: bytes = b""  # edition.json of its folder

    @property
    def bundle(self) -> str:
        """The folder this file owns, or "" for a flat file."""
        folder, _, name = self.path.rpartition("/")
        return folder if name == "index.md" else ""


class Picture(NamedTuple):
    """What pages need of a picture a post shows; a row keeps it as a list of its JSON."""

    file: str  # in the site
    path: str  # in the output: what every browser can show; "" when the picture is refused
    mark: str = ""  # of its bytes, behind a `?`: the person's own file keeps its name
    width: int = 0
    height: int = 0
    placeholder: str = ""  # a data: address
    files: Sequence[tuple[str, int]] = ()  # smaller ones, in the output, with their widths


class Post(NamedTuple):
    """A Markdown file of content/posts: its front matter, understood. The body is apart (`Body`)."""

    source: str
    kind: SourceKind
    title: str
    slug: str
    url: str  # relative to the base address
    date: dt.datetime  # aware, in the site's zone
    day_only: bool = True  # the front matter gave no time of day
    updated: dt.datetime | None = None
    appears: dt.datetime | None = None  # not before
    expires: dt.datetime | None = None  # not from then on
    draft: bool = False
    summary: tuple[str, ...] = ()
    description: str = ""
    author: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    cover: str = ""  # as written: an address or a file of the bundle
    cover_alt: str = ""
    aliases: tuple[str, ...] = ()
    menu: bool = False
    weight: int = 0
    template: str = ""
    search: bool = True
    extra: Mapping[str, Any] = MappingProxyType({})

    @property
    def begins(self) -> dt.datetime:
        """From when on it is published."""
        return self.appears or self.date


class Note(NamedTuple):
    """What an edition's record knows of one story, without the texts of its sources."""

    id: str
    reason: str = ""
    region: str = ""
    importance: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    follow_up_of: str = ""
    marks: tuple[str, ...] = ()
    sources: tuple[tuple[str, str, str, str, str, str, str], ...] = ()
    """Each: publisher, url, title, published (ISO or ""), precision, role, language; the linked one first."""


class Story(NamedTuple):
    """A story as it stands in a rendered body: what search, story feeds and notes point at."""

    anchor: str
    headline: str
    url: str
    section: str
    text: str  # plain
    attributes: int  # offset in the HTML where attributes of its element may be written
    end: int  # offset just before its element closes
    note: Note | None = None


class Made(NamedTuple):
    """How an edition was made, as its record says."""

    mode: str = ""
    note: str = ""
    lead: str = ""
    generated: str = ""  # ISO
    raw_total: int = 0
    feeds: int = 0
    feeds_failed: int = 0
    corrections: tuple[tuple[str, str], ...] = ()  # date (ISO), text
    score: tuple[float, ...] = ()  # points, then the figures of news.Score in their order; () when not proven


class Body(NamedTuple):
    """A rendered body."""

    html: str
    contents: tuple[tuple[str, str, int], ...] = ()  # id, title, level
    stories: tuple[Story, ...] = ()
    text: str = ""  # plain
    minutes: int = 1
    maths: bool = False
    made: Made | None = None  # of a post with a record
