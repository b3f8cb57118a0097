"""Stored items as JSON lines, out and in again without a loss."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from typing import Any

from generator.config.schema import CollectConfig
from generator.news import Item, Precision
from generator.text.addresses import canonical_url, safe_url
from generator.text.clean import clean, one_line, shorten

_ID = re.compile(r"[0-9a-f]{12}")
_TIMES = ("published", "first_seen")


def item_line(item: Item, *, shelved: bool) -> str:
    """Return an item as one line of JSON; `shelved` says that it is back catalogue."""
    values = {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}
    for name in _TIMES:
        values[name] = values[name].astimezone(dt.UTC).isoformat()
    return json.dumps({**values, "shelved": shelved}, ensure_ascii=False)


def is_line(row: dict[str, Any]) -> bool:
    """Whether a row is one that `item_line` wrote, and not some other program's item."""
    return (
        isinstance(row.get("id"), str)
        and bool(_ID.fullmatch(row["id"]))
        and row.get("precision") in set(Precision)
        and all(isinstance(row.get(name), str) for name in ("title", "feed", *_TIMES))
    )


def item_of(row: dict[str, Any], limits: CollectConfig, now: dt.datetime) -> Item | None:
    """Read a row for which `is_line` holds; None when it has no title or its times are none.

    Its texts are plain already: nothing in them is markup, and they are bounded again.
    """
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    title, feed = shorten(one_line(texts["title"]), limits.max_title), shorten(one_line(texts["feed"]), 100)
    try:
        published, first_seen = (dt.datetime.fromisoformat(texts[name]) for name in _TIMES)
    except ValueError:
        return None
    if not (title and feed and published.tzinfo and first_seen.tzinfo):
        return None
    tags = row.get("tags")
    return Item(
        id=texts["id"],
        url=canonical_url(texts.get("url", "")),
        title=title,
        feed=feed,
        published=min(published, now),
        first_seen=min(first_seen, now),
        precision=Precision(texts["precision"]),
        summary=shorten(clean(texts.get("summary", "")), limits.max_summary),
        text=shorten(clean(texts.get("text", "")), limits.max_text),
        language=one_line(texts.get("language", ""))[:20],
        author=shorten(one_line(texts.get("author", "")), 100),
        tags=tuple(shorten(one_line(tag), 60) for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        image=safe_url(texts.get("image", "")),
        link=safe_url(texts.get("link", "")),
    )
