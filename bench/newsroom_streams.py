"""The items of the recorded streams by their ids, and stories made of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.news import Item, Story, item_id
from generator.text.addresses import canonical_url
from generator.text.clean import clean


def story_of(ids: Iterable[str], known: Mapping[str, Item]) -> Story | None:
    items = tuple(known[one] for one in ids if one in known)
    return Story(items[0].id, items) if items else None


def items_of(data: Path, stream: str) -> dict[str, Item]:
    """Return the items of a stream by id, first seen on the day of their file."""
    found: dict[str, Item] = {}
    for path in sorted((data / "stream" / stream).iterdir()):
        text = path.read_text(encoding="utf-8")
        rows = map(json.loads, text.splitlines()) if path.suffix == ".jsonl" else _rows(json.loads(text))
        day = day_of(path.name[:10])
        for row in rows:
            feed = row.get("source") or row.get("site") or ""
            url = canonical_url(row["url"] or "")
            one = item_id(url, feed, row["title"])
            summary = clean(row.get("summary") or "")
            found.setdefault(one, Item(one, url, row["title"], feed, day, day, summary=summary))
    return found


def _rows(value: Any) -> list[dict[str, Any]]:
    return list(value["items"] if isinstance(value, dict) else value)


def day_of(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
