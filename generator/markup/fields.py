"""The keys of front matter we know, and what each must be.

Other systems have keys of their own and templates may read them: those keep the value YAML
gives them and are mentioned with a warning, unless they are keys that other generators use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.markup.scalars import Raw, day_or_moment, flag, resolved
from generator.text.near import nearest


def text(key: str, raw: Raw) -> str:
    if isinstance(raw, str):
        return str(raw)
    shape = "list" if isinstance(raw, list) else "mapping"
    if key == "category":
        raise ValueError(f"{key} is a {shape}; write one name here, or several under categories:")
    raise ValueError(f"{key} is a {shape} where text belongs; put the text in double quotes")


def texts(key: str, raw: Raw) -> tuple[str, ...]:
    if isinstance(raw, str):
        return (str(raw),) if raw.strip() else ()
    if isinstance(raw, dict) or any(not isinstance(value, str) for value in raw):
        raise ValueError(f"{key} must be a list of texts; write it like {key}: [AI, 芯片]")
    return tuple(str(value) for value in raw if value.strip())


def date(key: str, raw: Raw) -> Any:
    if isinstance(raw, str):
        if not raw.strip():
            return None
        if (found := day_or_moment(raw)) is not None:
            return found
    shown = repr(str(raw)) if isinstance(raw, str) else "a list" if isinstance(raw, list) else "a mapping"
    raise ValueError(f"{key} {shown} is not a day; write it like 2026-01-07")


def yes_or_no(key: str, raw: Raw) -> bool | None:
    if isinstance(raw, str):
        if not raw.strip():
            return None
        if (found := flag(raw)) is not None:
            return found
        raise ValueError(f"{key} is {str(raw)!r}; write true or false")
    raise ValueError(f"{key} must be true or false")


def anything(key: str, raw: Raw) -> Any:  # noqa: ARG001 - one signature for all
    return resolved(raw)


Convert = Callable[[str, Raw], Any]

KNOWN: dict[str, Convert] = {
    "title": text,
    "date": date,
    "updated": date,
    "category": text,
    "categories": texts,
    "tags": texts,
    "seo": texts,
    "keywords": texts,
    "coverImage": text,
    "coverAlt": text,
    "summary": text,
    "description": text,
    "author": anything,
    "draft": yes_or_no,
    "slug": text,
    "aliases": texts,
    "expires": date,
    "lang": text,
    "mode": text,
    "format": text,
    "layout": text,
    "toc": anything,
    "math": anything,
    "weight": anything,
    "lastmod": date,
    "publishDate": date,
    "expiryDate": date,
    "appears": date,
    "publish_date": date,
    "expiry_date": date,
    "modified": date,
    "last_modified_at": date,
    "tag": texts,
    "alias": texts,
    "redirect_from": texts,
    "cover_alt": text,
    "excerpt": text,
    "template": text,
    "search": yes_or_no,
}
"""Our keys, in the order our posts have them, and what turns each one's text into its value."""

# Keys of Hugo, Hexo, Jekyll, VuePress, Astro and common themes: kept for templates, no warning.
_FOREIGN = frozenset(
    "abbrlink archives authors avatar banner bannerImage breadcrumb canonicalURL comment comments copyright cover "
    "data day excerpt_separator external_link featured featured_image featuredImage header html "
    "icon id image images img index_img isCJKLanguage issue katex keyword label license linkTitle linktitle "
    "markup mathjax menu menus meta name nav_order navigation order outputs params permalink photos pin "
    "pinned position postid published readingTime recommend redirect_to rel related resources "
    "robots rss series share showToc sidebar sitemap source sticky subtitle taxonomies thumb "
    "thumbnail timezone tldr top topic type url version videos lead hideMeta hiddenFromHomePage".split()
)


_UNMET = {
    name: f"{name} hides nothing here; write draft: true to keep the post out of the site"
    for name in ("hidden", "hide", "headless", "password")
}
"""Keys of other systems by which their authors keep readers away, which ignoring would publish in silence."""


def suggestion(key: str) -> str | None:
    """Return the warning an unknown `key` deserves; None when it is known here or elsewhere."""
    if key in _UNMET:
        return _UNMET[key]
    if key in KNOWN or key in _FOREIGN:
        return None
    lower = {name.lower(): name for name in KNOWN}
    if near := nearest(key.lower().replace("_", ""), lower, cutoff=0.75):
        return f"unknown key {key!r}; did you mean {lower[near]!r}?"
    return f"unknown key {key!r}; templates may read it, ribao does not"
