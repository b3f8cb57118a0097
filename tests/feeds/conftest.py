from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds import Fetched, collect
from generator.sources import FeedState
from tests.feeds.hostile import Hostile

NOW = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)
DATA = Path(__file__).parents[3] / "shared" / "data"


def rss(*titles: str, head: str = "") -> bytes:
    """A small RSS feed whose entries have these titles."""
    entries = "".join(
        f"<item><title>{title}</title><link>https://news.example/{number}</link>"
        f"<pubDate>Wed, 07 Jan 2026 0{number % 10}:30:00 +0800</pubDate></item>"
        for number, title in enumerate(titles, start=1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>甲报</title>{head}{entries}</channel></rss>'.encode()


@pytest.fixture
def server() -> Iterator[Hostile]:
    with Hostile() as hostile:
        yield hostile


Run = Callable[..., dict[str, Fetched]]


@pytest.fixture
def run(server: Hostile) -> Run:
    """Collect feeds named by path from the hostile server; returns results by name."""

    def go(
        *paths: str,
        states: dict[str, FeedState] | None = None,
        now: dt.datetime = NOW,
        allow: tuple[str, ...] | None = None,
        **settings: object,
    ) -> dict[str, Fetched]:
        limits = CollectConfig(
            **{"timeout": 2.0, "deadline": 2.0, **settings},  # type: ignore[arg-type]
            allow_hosts=(server.authority,) if allow is None else allow,
        )
        feeds = [FeedConfig(path, path if "://" in path else server.url(path)) for path in paths]
        found = collect(feeds, limits, states or {}, now, agent="ribao/test")
        return {fetched.feed.name: fetched for fetched in found}

    return go
