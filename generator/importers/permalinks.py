"""Where a post stood before: the other system's pattern of addresses, filled in.

Sources: Jekyll's documentation "Permalinks" (styles and placeholders), Hugo's "URL management"
(permalink tokens), Hexo's "Permalinks" (variables of `permalink` in _config.yml).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from generator.text.slug import slugify

_TOKEN = re.compile(r":([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """What the address of a post was made of."""

    path: str  # inside the source
    name: str  # the file's own, without its day and its language
    day: dt.date  # or a datetime
    title: str = ""
    slug: str = ""  # as the post said
    categories: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)  # its front matter


@dataclass(frozen=True, slots=True)
class Settings:
    """What the other system's configuration says of addresses and days."""

    permalink: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)  # Hugo: a pattern for each section
    language: str = ""  # Hugo: the one that has no folder of its own
    ugly: bool = False  # Hugo: /a.html instead of /a/
    dated_names: bool = False  # Hexo: a file's name begins with its day
    timezone: str = ""  # of days without a zone; empty: not said
    base: str = ""  # the path the old site was below, as /blog; empty: the root of its host


def fill(pattern: str, values: Mapping[str, str], fields: Mapping[str, Any]) -> str:
    """Return the pattern with its placeholders filled in, from the post's own keys when need be.

    Returns "" when it holds one nobody knows.
    """
    missing = False

    def value(token: re.Match[str]) -> str:
        nonlocal missing
        known = values.get(token[1])
        if known is None:
            own = fields.get(token[1])
            if not isinstance(own, str | int) or isinstance(own, bool):
                missing = True
                return ""
            known = str(own)
        return known

    filled = re.sub(r"/{2,}", "/", "/" + _TOKEN.sub(value, pattern))
    return "" if missing else unquote(filled)


def of_the_day(day: dt.date) -> dict[str, str]:
    """Return the placeholders that all three systems spell alike."""
    at = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return {
        "year": f"{day:%Y}",
        "month": f"{day:%m}",
        "day": f"{day:%d}",
        "i_month": str(day.month),
        "i_day": str(day.day),
        "hour": f"{at:%H}",
        "minute": f"{at:%M}",
        "second": f"{at:%S}",
    }


def stated(place: Place, settings: Settings) -> str:  # noqa: ARG001 - one signature
    """Return the address that a file says itself; empty when it says none."""
    own = str(place.fields.get("permalink") or place.fields.get("url") or "")
    return fill(own, {}, {}) if own.startswith("/") else ""


_JEKYLL_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


def jekyll(place: Place, settings: Settings) -> str:
    """Return the address a post had in Jekyll."""
    pattern = str(place.fields.get("permalink") or settings.permalink or "date")
    pattern = _JEKYLL_STYLES.get(pattern, pattern)
    day = place.day
    name = place.slug or place.name
    values = of_the_day(day) | {
        "short_year": f"{day:%y}",
        "short_month": f"{day:%b}",
        "long_month": f"{day:%B}",
        "y_day": f"{day:%j}",
        "week": f"{day:%V}",
        "short_day": f"{day:%a}",
        "long_day": f"{day:%A}",
        "title": name,
        "slug": slugify(name),
        "name": slugify(name),
        "categories": "/".join(dict.fromkeys(category.lower() for category in place.categories)),
        "slugified_categories": "/".join(dict.fromkeys(slugify(category) for category in place.categories)),
        "output_ext": ".html",
    }
    return fill(pattern, values, {})


def jekyll_page(place: Place, settings: Settings) -> str:
    """Return the address a page had in Jekyll: its path, or what it said itself."""
    if own := place.fields.get("permalink"):
        return fill(str(own), {}, {})
    stem = place.path.rpartition(".")[0]
    if stem.rpartition("/")[2] == "index":
        return "/" + stem.removesuffix("index")
    return f"/{stem}/" if settings.permalink == "pretty" else f"/{stem}.html"


def hexo(place: Place, settings: Settings) -> str:
    """Return the address a post had in Hexo."""
    if own := place.fields.get("permalink"):
        return fill(str(own), {}, {})
    inside = re.sub(r"^.*?_(?:posts|drafts)/", "", place.path).rpartition(".")[0]
    folder, _, name = inside.rpartition("/")
    stem = place.name if settings.dated_names else name
    values = of_the_day(place.day) | {
        "title": f"{folder}/{stem}" if folder else stem,
        "name": stem,
        "post_title": slugify(place.title),
        "category": "/".join(slugify(category) for category in place.categories) or "uncategorized",
    }
    return fill(settings.permalink or ":year/:month/:day/:title/", values, place.fields)


def hugo(place: Place, settings: Settings) -> str:
    """Return the address a page had in Hugo."""
    if own := place.fields.get("url"):
        return fill(str(own), {}, {})
    parts = place.path.split("/")
    folders = parts[parts.index("content") + 1 : -1] if "content" in parts[:-1] else parts[:-1]
    if parts[-1].startswith("index."):
        folders = folders[:-1]
    language = str(place.fields.get("lang", ""))
    prefix = f"/{language.lower()}" if language and language.lower() != settings.language.lower() else ""
    stem = place.slug or place.name
    section = folders[0] if folders else ""
    pattern = settings.sections.get(section, "/:sections/:slugorcontentbasename/")
    values = of_the_day(place.day) | {
        "month": f"{place.day:%m}",
        "monthname": f"{place.day:%B}",
        "weekday": str((place.day.weekday() + 1) % 7),
        "weekdayname": f"{place.day:%A}",
        "yearday": str(place.day.timetuple().tm_yday),
        "section": section,
        "sections": "/".join(folders),
        "title": slugify(place.title),
        "slug": place.slug or slugify(place.title),
        "filename": place.name,
        "contentbasename": place.name,
        "slugorfilename": stem,
        "slugorcontentbasename": stem,
    }
    filled = fill(pattern, values, {})
    if not filled:
        return ""
    address = prefix + re.sub(r"\s+", "-", filled.lower())
    return f"{address.rstrip('/')}.html" if settings.ugly else f"{address.rstrip('/')}/"
