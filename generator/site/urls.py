"""Addresses of the site: slugs, permalinks, the sub-path, and the form in which equal ones meet."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
import unicodedata
from urllib.parse import quote, urlsplit

from generator.text.slug import slugify

_SAFE = "/:@!$&()*+,;=~-._"
_SPELLED = re.compile(r"[\w\s\-.+#]*", re.UNICODE)
_BAD_SLUG = re.compile(r"[/\\\x00-\x1f\x7f?#%<>:\"|*]|^\.|\.$|\s$|^\s")


@functools.lru_cache(maxsize=65536)
def tag_slug(name: str) -> str:
    """Return the path segment of a tag. Tags that differ only in case or in spaces are one tag.

    A name that loses characters on the way (`a/b`, 200 characters) keeps a hash of itself, so
    that no two tags share a page by accident, whatever other tags there are.
    """
    slug = slugify(name)
    if (_SPELLED.fullmatch(name) and len(name) <= 60) or slug.startswith("x"):
        return slug
    return f"{slug}-{hashlib.sha256(fold_path(name).encode()).hexdigest()[:6]}"


def slug_problem(slug: str) -> str:
    """Return what is wrong with a slug a person wrote, or ""."""
    if not slug or ".." in slug or _BAD_SLUG.search(slug) or len(slug.encode()) > 200:
        return (
            f"slug {slug!r} cannot be part of an address;"
            " write letters, digits and hyphens, as in ai-daily or 人工智能"
        )
    return ""


def section_of(path: str) -> str:
    """The section a source belongs to: its folder in content/, unless that is posts or pages; "" for none."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[1] not in ("posts", "pages") else ""


def permalink(pattern: str, slug: str, date: dt.date) -> str:
    """Fill a permalink pattern; the result has no slash at its beginning."""
    filled = (
        pattern.replace("{slug}", slug)
        .replace("{year}", f"{date.year:04}")
        .replace("{month}", f"{date.month:02}")
        .replace("{day}", f"{date.day:02}")
    )
    return filled.lstrip("/")


def file_of(url: str) -> str:
    """Return the output file of a page's address: `posts/x/` is `posts/x/index.html`."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def fold_path(url: str) -> str:
    """Return the form in which addresses meet on a disk that folds case or normalises Unicode."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", url).casefold())


@functools.lru_cache(maxsize=65536)
def escape_path(url: str) -> str:
    """Percent-encode a site-relative address for href; Han becomes %-escapes, once."""
    return (
        url if url.isascii() and url.replace("/", "").replace("-", "").isalnum() else quote(url, safe=_SAFE)
    )


class Addresses:
    """Where the site lives: turns site-relative addresses into those of a page."""

    def __init__(self, base_url: str) -> None:
        self.base = base_url if base_url.endswith("/") else base_url + "/"
        self.path = urlsplit(self.base).path or "/"

    def href(self, url: str) -> str:
        """Address ready for href: with the sub-path, without the host."""
        return self.path + escape_path(url)

    def absolute(self, url: str) -> str:
        return self.base + escape_path(url)


def resource_url(source: str, url: str, name: str) -> str:
    """Site-relative address of a file a post names relative to itself."""
    parts: list[str] = []
    if source.endswith("/index.md"):
        folder = url if url.endswith("/") else url.rpartition("/")[0]
    else:
        # a flat post's pictures lie beside it in content/ and keep their place on the site
        folder = source.removeprefix("content/").removeprefix("pages/").rpartition("/")[0]
    for part in f"{folder}/{name}".split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
