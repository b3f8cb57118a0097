"""Items for newsroom tests: a test says what matters, the rest has a default."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from generator.news import Item, Precision, Story, item_id
from generator.text.language import language_of

NOON = dt.datetime(2026, 1, 7, 4, tzinfo=dt.UTC)  # 12:00 in Shanghai
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def item(
    title: str,
    *,
    url: str = "",
    feed: str = "feed",
    hours: float = 1.0,
    summary: str = "",
    text: str = "",
    precision: Precision = Precision.EXACT,
    seen: float | None = None,
) -> Item:
    """Make an item published `hours` before noon and seen then, or `seen` hours before noon."""
    address = url or f"https://site-{hashlib.sha256((title + feed).encode()).hexdigest()[:8]}.example/a"
    when = NOON - dt.timedelta(hours=hours)
    return Item(
        id=item_id(address, feed, title) if not url else item_id(f"{url}#{title}{feed}"),
        url=address,
        title=title,
        feed=feed,
        published=when,
        first_seen=when if seen is None else NOON - dt.timedelta(hours=seen),
        precision=precision,
        summary=summary,
        text=text,
        language=language_of(title),
    )


def story(*items: Item) -> Story:
    return Story(items[0].id, items)


def titles(stories: list[Story]) -> list[set[str]]:
    return [{member.title for member in one.items} for one in stories]
