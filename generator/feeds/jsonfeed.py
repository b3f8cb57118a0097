"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import html
import json
from typing import Any

from generator.feeds.values import Document, Entry, FeedError


def recognises(text: str) -> bool:
    return text[:100].lstrip().startswith("{")


def read(text: str, base: str) -> Document:  # noqa: ARG001 - every kind is read with its address
    """Read a JSON Feed. Wrong types inside an entry cost that field, not the feed.

    Raises `FeedError` when it is no JSON or no feed.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise FeedError("not-a-feed", f"is not JSON{place}") from None
    version = _text(data.get("version")) if isinstance(data, dict) else ""
    entries = data.get("items") if isinstance(data, dict) else None
    if "jsonfeed.org/version" not in version and not (version and isinstance(entries, list)):
        raise FeedError("not-a-feed", "is JSON, but no JSON Feed: it names no version")
    if not isinstance(entries, list):
        raise FeedError("not-a-feed", "is a JSON Feed whose `items` is no list")
    return Document(
        kind=f"json{version.rstrip('/').rpartition('/')[2]}",
        title=_text(data.get("title")),
        link=_text(data.get("home_page_url")),
        language=_text(data.get("language")),
        entries=tuple(_entry(raw) for raw in entries if isinstance(raw, dict)),
        flaw="" if all(isinstance(raw, dict) for raw in entries) else "holds entries that are no objects",
    )


def _entry(raw: dict[str, Any]) -> Entry:
    return Entry(
        title=_text(raw.get("title")),
        link=_text(raw.get("url")) or _text(raw.get("external_url")),
        guid=_text(raw.get("id")),
        dates=tuple(text for key in ("date_published", "date_modified") if (text := _text(raw.get(key)))),
        summary=html.escape(_text(raw.get("summary")), quote=False),
        content=_text(raw.get("content_html")) or html.escape(_text(raw.get("content_text")), quote=False),
        author=_author(raw),
        tags=tuple(tag for tag in _list(raw.get("tags"))[:30] if isinstance(tag, str)),
        image=_text(raw.get("image")) or _text(raw.get("banner_image")),
        language=_text(raw.get("language")),
    )


def _author(raw: dict[str, Any]) -> str:
    people = _list(raw.get("authors")) or [raw.get("author")]
    return ", ".join(_text(person.get("name")) for person in people[:5] if isinstance(person, dict))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    # numbers serve as ids and dates in feeds made by hand
    return value if isinstance(value, str) else str(value) if type(value) in (int, float) else ""
