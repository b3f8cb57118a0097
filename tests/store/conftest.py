from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.news import Item, item_id
from generator.store import Store

NOW = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)
EVER = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)


def item(title: str, url: str = "", *, feed: str = "甲报", at: dt.datetime = NOW, **values: object) -> Item:
    """An item of `feed`, published and first seen `at`."""
    return Item(
        id=item_id(url, feed, title),
        url=url,
        title=title,
        feed=feed,
        published=at,
        first_seen=at,
        **values,  # type: ignore[arg-type]
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "items.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened
