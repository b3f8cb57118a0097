from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.news import Item, item_id
from generator.store import Store
from tests.store.cluster import Cluster

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


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL of this run's own, from Debian's package; gone with the run."""
    with Cluster.start(tmp_path_factory.mktemp("postgres")) as running:
        yield running


@pytest.fixture
def postgres(cluster: Cluster) -> str:
    """The address of an empty schema."""
    return cluster.schema()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, path: Path) -> Path | str:
    """Where a store can be opened that is not there yet, of each kind."""
    return path if request.param == "sqlite" else str(request.getfixturevalue("postgres"))


@pytest.fixture
def store(where: Path | str) -> Iterator[Store]:
    with Store.open(where) as opened:
        yield opened
