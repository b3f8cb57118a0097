"""What machines read of a page: descriptions and JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from generator.site.context import PostView
from generator.site.press import Press
from generator.site.rows import Row
from generator.site.views import safe_json
from generator.text.clean import shorten

_MARKS = re.compile(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)")


def plain(line: str) -> str:
    """A line of inline Markdown without its marks."""
    return _MARKS.sub(lambda match: match[1] or "", line)


def description(post: PostView, limit: int = 160) -> str:
    """The written description, else the summary in one line."""
    return summarised(post.description, post.summary, limit)


def summarised(written: str, summary: Iterable[str], limit: int) -> str:
    """A description of at most `limit` characters: as written, else the summary's lines."""
    text = written or "；".join(plain(line).rstrip("。；") for line in summary)
    return shorten(text, limit).rstrip("；")


def article(press: Press, row: Row, post: PostView) -> Markup:
    """JSON-LD of a post: NewsArticle and BreadcrumbList; a page is a WebPage."""
    site = press.site
    about: dict[str, Any] = {
        "@type": "NewsArticle" if row.kind == "post" else "WebPage",
        "@id": post.absolute,
        "url": post.absolute,
        "headline": post.title[:110],
        "inLanguage": site.language,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url},
    }
    if row.kind == "post":
        author = {"@type": "Person", "name": post.author} if post.author else None
        about |= {
            "datePublished": post.date.isoformat(),
            "dateModified": (post.updated or post.date).isoformat(),
            "author": author or {"@type": "Organization", "name": site.title, "url": site.url},
            "publisher": {"@type": "Organization", "name": site.title, "url": site.url},
        }
        if post.tags:
            about["keywords"] = [tag.name for tag in post.tags]
    if text := description(post):
        about["description"] = text
    if post.cover:
        about["image"] = press.views.full(post.cover)
    graph: list[dict[str, Any]] = [about]
    if row.kind == "post" and press.theme.has("month.html"):
        graph.append(_breadcrumbs(press, row, post))
    return safe_json({"@context": "https://schema.org", "@graph": graph})


def _breadcrumbs(press: Press, row: Row, post: PostView) -> dict[str, Any]:
    places = [
        (press.site.url, press.labels.home),
        (
            press.addresses.absolute(f"{row.year:04}/{row.month:02}/"),
            press.labels.month_format.format(year=row.year, month=row.month),
        ),
        (post.absolute, post.title),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "item": url, "name": name}
            for number, (url, name) in enumerate(places, start=1)
        ],
    }


def website(press: Press) -> Markup:
    """JSON-LD of the front page."""
    site = press.site
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.title,
        "url": site.url,
        "inLanguage": site.language,
    }
    if site.description:
        about["description"] = site.description
    return safe_json(about)
