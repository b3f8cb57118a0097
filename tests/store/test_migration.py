"""A store of an earlier version is brought up in one transaction, and a copy of it is kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from generator.errors import StoreError
from generator.store import Store, sql
from tests.store.conftest import EVER, NOW, item

NEXT = (
    *sql.MIGRATIONS,
    ("alter table items add column seen integer not null default 7", "create table t (x)"),
)


@pytest.fixture
def old(path: Path) -> Path:
    with Store.open(path) as store:
        store.add([item("甲", "https://a.example/1")], NOW)
    return path


def grow(monkeypatch: pytest.MonkeyPatch, migrations: tuple[tuple[str, ...], ...]) -> None:
    monkeypatch.setattr(sql, "MIGRATIONS", migrations)
    monkeypatch.setattr(sql, "VERSION", len(migrations))


def version(path: Path) -> str:
    with sqlite3.connect(path) as database:
        (found,) = database.execute("select value from meta where key = 'version'").fetchone()
    database.close()
    return str(found)


def test_it_is_migrated_and_a_copy_is_kept(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = str(sql.VERSION)
    grow(monkeypatch, NEXT)
    with Store.open(old) as store:
        assert [one.title for one in store.items(EVER, NOW)] == ["甲"]
        assert store.add([item("乙", "https://a.example/2")], NOW).new == 1
    copy = old.with_name(f"items.db.v{before}")
    assert (version(old), version(copy)) == (str(len(NEXT)), before)


def test_a_migration_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = str(sql.VERSION)
    grow(monkeypatch, (*NEXT[:-1], (*NEXT[-1], "insert into nowhere values (1)")))
    with pytest.raises(StoreError, match=r"items\.db: no such table: nowhere"):
        Store.open(old)
    assert version(old) == before
    monkeypatch.undo()
    with Store.open(old) as store:
        assert store.count() == 1


@pytest.mark.parametrize("earlier", range(1, sql.VERSION + 1))
def test_every_earlier_version_is_brought_up(
    path: Path, monkeypatch: pytest.MonkeyPatch, earlier: int
) -> None:
    with monkeypatch.context() as then:
        grow(then, sql.MIGRATIONS[:earlier])
        Store.open(path).__exit__(None, None, None)
    with Store.open(path) as store:
        assert store.add([item("甲", "https://a.example/1")], NOW).new == 1
    assert version(path) == str(sql.VERSION)
