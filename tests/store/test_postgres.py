"""What is PostgreSQL's own: several processes at once, being killed, named failures, migrations."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from generator.errors import BusyError, StoreError
from generator.sources import FeedState
from generator.store import Store, database, sql
from tests.store.conftest import EVER, NOW, item
from tests.store.test_faults import ADDS, BATCH

FEED = FeedState("甲报", failures=2)
# every process adds the same entries
SAME = ADDS.replace("start = store.count() // 20", "start = 0")


def adding(where: str, batches: int, code: str = SAME) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, where, str(batches)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_collectors_on_several_machines_lose_and_double_nothing(postgres: str) -> None:
    # they also make the tables at once
    several = [adding(postgres, 20) for _ in range(3)]
    assert [process.wait(60) for process in several] == [0, 0, 0]
    with Store.open(postgres) as store:
        assert store.count() == 20 * BATCH


def test_a_collector_that_is_killed_leaves_whole_batches(postgres: str) -> None:
    process = adding(postgres, 10_000)
    assert process.stdout
    said = [process.stdout.readline() for _ in range(5)]
    process.kill()
    said += process.stdout.read().splitlines()
    process.wait()
    with Store.open(postgres) as store:
        batches, part = divmod(store.count(), BATCH)
        assert part == 0 and len(said) - 1 <= batches <= len(said)
        assert store.add([item("甲", "https://a.example/new")], NOW).new == 1


def test_a_writer_waits_for_another_and_says_when_it_waited_too_long(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    with Store.open(postgres) as store, psycopg.connect(postgres) as other:
        other.execute(sql.ONE_WRITER)
        with pytest.raises(BusyError, match=r"another run has been writing for 0\.3 s; run this again"):
            store.add([item("甲", "https://a.example/1")], NOW)
        assert store.items(EVER, NOW) == []  # reading does not wait
        timer = threading.Timer(0.1, other.rollback)
        timer.start()
        assert store.add([item("甲", "https://a.example/1")], NOW).new == 1
        timer.join()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://reader:geheim@127.0.0.1:1/paper", "postgresql://127.0.0.1:1/paper: cannot be reached"),
        ("postgres://reader:geheim@[1/paper", "postgresql://…: is no address"),
        ("postgresql://reader:x/geheim@127.0.0.1/paper", "postgresql://…: is no address"),
    ],
)
def test_a_server_that_cannot_be_asked_is_named_without_its_password(address: str, says: str) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(address)
    assert str(caught.value).startswith(says)
    assert "geheim" not in str(caught.value)


def test_a_schema_that_is_not_ours_is_named_and_left_alone(postgres: str) -> None:
    with psycopg.connect(postgres) as other:
        other.execute("create table places (url text)")
    with pytest.raises(StoreError, match="is a database of another program; name another one"):
        Store.open(postgres)
    with pytest.raises(StoreError, match="no schema has been selected"):
        Store.open(postgres.replace("paper", "nowhere"))


def test_a_user_who_may_only_read_is_named(postgres: str) -> None:
    Store.open(postgres).__exit__(None, None, None)
    readonly = postgres + "%20-cdefault_transaction_read_only%3Don"
    with pytest.raises(StoreError, match=r"cannot be written .*; give this user the right"):
        Store.open(readonly)


def test_a_server_that_goes_away_is_named(postgres: str) -> None:
    with Store.open(postgres) as store:
        with psycopg.connect(postgres, autocommit=True) as other:
            other.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'ribao' and pid <> pg_backend_pid()"
            )
        with pytest.raises(StoreError, match="cannot be reached"):
            store.add([item("甲", "https://a.example/1")], NOW)


def test_a_store_is_migrated_and_a_copy_of_its_tables_kept(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(sql, "MIGRATIONS", sql.MIGRATIONS[:1])
        then.setattr(sql, "VERSION", 1)
        with Store.open(postgres) as store:
            store.save_feed(FEED)
    with Store.open(postgres) as store:
        assert store.feed_states() == {FEED.name: FEED}
        assert store.add([item("甲", "https://a.example/1")], NOW).new == 1
    with psycopg.connect(postgres) as other:
        assert other.execute("select name from feeds_v1").fetchall() == [(FEED.name,)]
