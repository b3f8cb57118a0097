"""Exactly what a template may see. One page gets `site`, `page` and the variables of its kind.

    template      variables besides `site` and `page`
    home.html     latest: PostView | None (the newest post in full), entries (newest first, the
                  latest too), months: PeriodViews, pager: PagerView | None
    post.html     post: PostView
    edition.html  post: PostView whose `edition` is set (falls back to post.html)
    story.html    story: StoryView, site; drawn at the end of each story of an edition
    tag.html      tag: TagView, entries (of `year`), year, years: PeriodViews of this tag
    tags.html     tags: all TagViews, most used first
    category.html  the variables of tag.html; tag is the category
    categories.html  tags: all categories as TagViews, most used first
    section.html  the variables of tag.html for a folder of content/, and post: PostView | None, its
                  _index.md
    month.html    month: PeriodView, entries, days: a DayView for each day of the month
    year.html     year: PeriodView (with its months), days: a DayView for each day of the year
    archive.html  years: PeriodViews, newest first, each with its months
    page.html     post: PostView of a file in content/pages
    trends.html   trends: TrendsView
    search.html   nothing more
    404.html      nothing more

Everything is a frozen value. Nothing of the whole site (latest posts, counts) reaches a post's page,
so that one more post changes a handful of pages. Addresses ready for `href` begin with the site's
path (`/news/posts/x/`); `absolute` ones with its scheme and host. Times are in the site's zone.
Functions: `asset(name)` is the address of a theme's or static file, with its fingerprint;
`url(path)` prefixes the site's path. Filters: `day` (2026年1月7日), `isoday`, `iso`, `weekday`,
`month`, `year`, `host`, `inline` (one line of inline Markdown as safe HTML), `clauses` (a headline whose
lines break between clauses first), `kind` (what a tag names: company, model, person or topic).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.config.schema import CommunityConfig
from generator.labels import Labels


class LinkView(NamedTuple):
    """A place to go: an address ready for `href` and its words."""

    url: str
    title: str


class FeedView(NamedTuple):
    """One feed of this page: `type` is its media type."""

    url: str
    title: str
    type: str


class SiteView(NamedTuple):
    """What all pages share: settings and labels, and the menu; nothing that a new post changes."""

    title: str
    url: str  # absolute address of the front page, with a slash at its end
    path: str  # the path of that address: "/" or "/news/"
    language: str
    labels: Labels
    description: str = ""
    author: str = ""
    copyright: str = ""
    menu: tuple[LinkView, ...] = ()  # pages that ask for it (`menu: true`), then [site.links]
    feeds: tuple[FeedView, ...] = ()
    community: CommunityConfig | None = None  # None when no address is set
    search: bool = True  # there is a search index
    search_url: str = ""  # of its manifest, for the search script
    settings: Mapping[str, Any] = MappingProxyType({})  # the theme's own, checked


class PageView(NamedTuple):
    """The page itself: what `<head>` needs."""

    kind: str  # home, post, tag, tags, category, categories, section, month, year, archive, page, search, 404, trends
    title: str  # of the page alone, without the site's
    url: str  # ready for href
    absolute: str  # canonical
    description: str = ""
    image: str = ""  # absolute, for share cards
    image_alt: str = ""
    image_width: int = 0  # 0 when it is not known
    image_height: int = 0
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    keywords: tuple[str, ...] = ()
    author: str = ""
    previous: LinkView | None = None  # rel=prev
    next: LinkView | None = None  # rel=next
    crumbs: tuple[LinkView, ...] = ()  # from the front page down to this page's parent
    feeds: tuple[FeedView, ...] = ()  # of this page alone
    json_ld: str = ""  # Markup, ready for <script type="application/ld+json">
    noindex: bool = False


@dataclass(frozen=True, slots=True)  # no tuple: that has a count of its own
class TagView:
    """A tag and where its page is; `count` is 0 where it is not known."""

    name: str
    url: str
    count: int = 0


class FoundView(NamedTuple):
    """A story of an edition, as the page of one of its tags lists it."""

    url: str  # of the edition's page, at the story
    headline: str
    importance: str = ""  # high, medium, low or ""
    language: str = ""


class EntryView(NamedTuple):
    """A post as lists show it."""

    url: str
    absolute: str
    title: str
    date: dt.datetime
    summary: tuple[str, ...] = ()  # lines of inline Markdown
    tags: tuple[TagView, ...] = ()
    category: str = ""
    category_url: str = ""  # "" where the theme has no pages of categories
    cover: str = ""  # address ready for src
    cover_alt: str = ""
    cover_width: int = 0  # 0 when it is not known
    cover_height: int = 0
    minutes: int = 1
    stories: int = 0
    domestic: int = 0
    international: int = 0
    high: int = 0
    mode: str = ""  # of an edition: full, degraded, offline, quiet, manual
    draft: bool = False
    found: tuple[FoundView, ...] = ()  # on the page of a tag: the edition's stories that carry it


class ContentsView(NamedTuple):
    """One heading of a post."""

    id: str
    title: str
    level: int


class SourceView(NamedTuple):
    """Who reported a story."""

    publisher: str
    url: str
    title: str = ""
    published: dt.datetime | None = None
    precision: str = "exact"  # exact, day, inferred
    role: str = "report"  # primary, report, rewrite
    language: str = ""


class StoryView(NamedTuple):
    """What the edition's record knows about a story that its Markdown cannot say."""

    id: str  # the record's
    anchor: str  # the id of its element on the page
    headline: str
    url: str
    reason: str = ""
    region: str = ""  # domestic, international or ""
    importance: str = ""  # high, medium, low or ""
    category: str = ""
    tags: tuple[TagView, ...] = ()
    source: SourceView | None = None  # the one linked
    others: tuple[SourceView, ...] = ()  # other sources of the same event
    follow_up: LinkView | None = None
    language: str = ""
    marks: tuple[str, ...] = ()  # title-only, foreign, fallback, suspicious
    independent: int = 0  # publishers that speak for themselves: rewrites do not count
    first_hand: bool = False  # whether one of them is who it happened to


class CorrectionView(NamedTuple):
    date: dt.date
    text: str


class ScoreView(NamedTuple):
    """How well an edition was proven against its sources when it was made; shares are 0 to 1."""

    points: int  # 0 to 100
    sentences: float  # share that rest on a source
    numbers: float  # share of the figures that stand in a source
    first_hand: float  # share of the stories
    independent: float  # independent sources a story, mean
    age_hours: float  # median age of the sources
    repeats: int
    findings: int


class EditionView(NamedTuple):
    """How the edition was made, and its stories in order."""

    mode: str
    note: str = ""
    lead: str = ""
    generated: dt.datetime | None = None
    raw_total: int = 0
    feeds: int = 0
    feeds_failed: int = 0
    stories: tuple[StoryView, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    score: ScoreView | None = None  # None when it was not proven
    twin: str = ""  # address of the JSON twin


class PostView(NamedTuple):
    """A post in full."""

    url: str
    absolute: str
    title: str
    date: dt.datetime
    html: Markup
    updated: dt.datetime | None = None
    summary: tuple[str, ...] = ()
    highlights: tuple[
        LinkView, ...
    ] = ()  # `summary` but for the title; `url` leads to the story it is of, or is ""
    description: str = ""
    author: str = ""
    tags: tuple[TagView, ...] = ()
    category: str = ""
    category_url: str = ""  # "" where the theme has no pages of categories
    cover: str = ""
    cover_alt: str = ""
    cover_width: int = 0  # 0 when it is not known
    cover_height: int = 0
    cover_html: str = ""  # Markup: the cover as an element, with sizes to choose from; "" for one elsewhere
    contents: tuple[ContentsView, ...] = ()
    minutes: int = 1
    stories: int = 0
    domestic: int = 0
    international: int = 0
    high: int = 0
    maths: bool = False
    draft: bool = False
    markdown: str = ""  # address of the Markdown copy
    related: tuple[LinkView, ...] = ()
    edition: EditionView | None = None
    extra: Mapping[str, Any] = MappingProxyType({})  # front matter keys ribao does not know


class DayView(NamedTuple):
    """A day of a calendar: its number of stories is its heat."""

    date: dt.date
    url: str = ""  # "" on a day without a post
    title: str = ""
    stories: int = 0


@dataclass(frozen=True, slots=True)  # no tuple: that has a count of its own
class PeriodView:
    """A month or a year: `title` as the locale writes it."""

    title: str
    url: str
    year: int
    month: int = 0  # 0 for a year
    count: int = 0  # posts
    stories: int = 0
    months: tuple[PeriodView, ...] = ()


class PagerView(NamedTuple):
    """Numbered lists, counted from the oldest so that a full page never changes."""

    number: int
    newer: LinkView | None = None
    older: LinkView | None = None
