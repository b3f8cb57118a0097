"""The kinds of pages: one row each. A new kind is one class and one row."""

from __future__ import annotations

from typing import NamedTuple

from generator.site.pages.feeds import Feeds, StoryFeeds, TagFeeds
from generator.site.pages.files import Assets, Copies, Redirects
from generator.site.pages.fixed import Llms, NotFound, Robots, SearchPage
from generator.site.pages.kind import Ident, Kind
from generator.site.pages.lists import Archive, Home, Months, Years
from generator.site.pages.pictures import Pictures
from generator.site.pages.posts import MarkdownCopies, PostPages, Twins
from generator.site.pages.search import SearchManifest, SearchSegments, SearchStories
from generator.site.pages.sitemap import SitemapIndex, Sitemaps
from generator.site.pages.tags import CATEGORIES, TAGS, SectionPages, TermList, TermPages
from generator.site.pages.trends import Trends
from generator.site.press import Press

__all__ = ["KINDS", "Ident", "Kind", "Row", "kinds_of"]


class Row(NamedTuple):
    """A kind, and the template without which a theme has no such pages ("" needs none)."""

    kind: Kind
    template: str = ""


KINDS: dict[str, Row] = {
    "post": Row(PostPages(), "post.html"),
    "copy": Row(MarkdownCopies()),
    "twin": Row(Twins()),
    "home": Row(Home(), "home.html"),
    "tag": Row(TermPages(TAGS), "tag.html"),
    "tags": Row(TermList(TAGS), "tags.html"),
    "category": Row(TermPages(CATEGORIES), "category.html"),
    "categories": Row(TermList(CATEGORIES), "categories.html"),
    "section": Row(SectionPages(), "section.html"),
    "month": Row(Months(), "month.html"),
    "year": Row(Years(), "year.html"),
    "archive": Row(Archive(), "archive.html"),
    "trends": Row(Trends(), "trends.html"),
    "search": Row(SearchPage(), "search.html"),
    "search-index": Row(SearchManifest(), "search.html"),
    "search-shard": Row(SearchSegments(), "search.html"),
    "stories": Row(SearchStories(), "search.html"),
    "404": Row(NotFound(), "404.html"),
    "feed": Row(Feeds()),
    "tag-feed": Row(TagFeeds(), "tag.html"),
    "story-feed": Row(StoryFeeds()),
    "sitemap": Row(SitemapIndex()),
    "sitemap-part": Row(Sitemaps()),
    "robots": Row(Robots()),
    "llms": Row(Llms()),
    "asset": Row(Assets()),
    "file": Row(Copies()),
    "picture": Row(Pictures()),
    "redirect": Row(Redirects()),
}


def kinds_of(press: Press) -> dict[str, Kind]:
    """The kinds the site's theme has."""
    return {
        name: row.kind for name, row in KINDS.items() if not row.template or press.theme.has(row.template)
    }
