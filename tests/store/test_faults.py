"""The rows "Store" of the fault battery: killed, full, locked, read-only, damaged, from another time."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import BusyError, StoreError
from generator.store import Store, database
from tests.store.conftest import EVER, NOW, item

BATCH = 20

ADDS = f"""
import sys
from generator.store import Store
from tests.store.conftest import NOW, item

with Store.open(sys.argv[1]) as store:
    start = store.count() // {BATCH}
    print("open", start, flush=True)
    for number in range(start, start + int(sys.argv[2])):
        batch = [item(f"{{number}}-{{n}}", f"https://a.example/{{number}}/{{n}}", summary="长" * 2000) for n in range({BATCH})]
        store.add(batch, NOW)
        print(number, flush=True)
"""


def adding(path: Path, batches: int, **options: object) -> subprocess.Popen[str]:
    """Start a process that adds batches of items and says the number of each once it is stored."""
    return subprocess.Popen(  # type: ignore[no-any-return,call-overload]
        [sys.executable, "-c", ADDS, str(path), str(batches)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        **options,
    )


def stored(path: Path) -> int:
    """Return how many batches the store holds; none of them in part."""
    with Store.open(path) as store:
        titles = {kept.item.title for kept in store.export()}
        batches, part = divmod(len(titles), BATCH)
        assert part == 0
        assert titles == {f"{number}-{n}" for number in range(batches) for n in range(BATCH)}
    return batches


def test_kill_9_at_any_instant_loses_nothing_that_was_stored(path: Path) -> None:
    chance = random.Random(20260107)
    said = 0
    for number in range(8):
        process = adding(path, 10_000)
        assert process.stdout
        if number % 4:  # else it may be killed while it makes or opens the store
            process.stdout.readline()
        timer = threading.Timer(chance.random() * (0.2 if number % 4 else 0.6), process.kill)
        timer.start()
        lines = process.stdout.read().splitlines()
        process.wait()
        timer.cancel()
        assert process.returncode == -signal.SIGKILL
        said = max([said, *(int(line) + 1 for line in lines if line.isdigit())])
        # what was stored but not yet said may be there as well
        found = stored(path)
        assert said <= found <= said + 1
        said = found
    assert said > 0


def test_a_full_disk_is_named_and_costs_only_the_last_batch(path: Path) -> None:
    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    process = adding(path, 10_000, preexec_fn=small)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    last = err.strip().splitlines()[-1]
    assert last.startswith(f"generator.errors.StoreError: {path}: cannot be written (")
    assert last.endswith("make room on the disk and run this again")
    said = len(out.splitlines()) - 1
    assert stored(path) == said > 0
    adding(path, 2).communicate(timeout=60)
    assert stored(path) == said + 2


def as_nobody(call: Callable[[], str]) -> str:
    """Return what `call` returns in a process without root's rights."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        os.write(writing, call().encode())
        os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        return pipe.read()


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o444, 0o555), (0o000, 0o555), (None, 0o555)])
def test_a_store_that_may_not_be_written_is_named_at_once(file: int | None, folder: int) -> None:
    def opened() -> str:
        try:
            Store.open(path)
        except StoreError as error:
            return str(error)
        return "opened"

    with tempfile.TemporaryDirectory() as parent:
        path = Path(parent) / "state" / "items.db"
        Path(parent).chmod(0o755)
        path.parent.mkdir()
        if file is not None:
            Store.open(path).__exit__(None, None, None)
            path.chmod(file)
        path.parent.chmod(folder)
        said = as_nobody(opened)
        path.parent.chmod(0o755)
    assert said.startswith(f"{path}: cannot be "), said
    assert "check the" in said and "folder" in said


def newer(path: Path) -> None:
    Store.open(path).__exit__(None, None, None)
    with sqlite3.connect(path) as database:
        database.execute("update meta set value = '99' where key = 'version'")
    database.close()


def cut_short(path: Path) -> None:
    with Store.open(path) as store:
        store.add([item(str(n), f"https://a.example/{n}", summary="长" * 2000) for n in range(100)], NOW)
    os.truncate(path, path.stat().st_size // 2)


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("create table places (url text)")
    database.close()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path: path.write_bytes(b"<html>not found</html>" * 500), "is damaged or no store of ribao"),
        (lambda path: path.write_bytes(b""), "is an empty file, which a store never is"),
        (cut_short, "is damaged or no store of ribao"),
        (newer, "was written by a newer ribao (version 99"),
        (foreign, "is a database of another program"),
    ],
    ids=["no database", "empty", "cut", "newer", "another program's"],
)
def test_a_file_that_is_no_store_is_named_and_not_overwritten(path: Path, damage: object, says: str) -> None:
    path.parent.mkdir()
    damage(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert str(caught.value).startswith(f"{path}: {says}")
    assert "; " in str(caught.value)  # what to do
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_named(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match=r"items\.db: cannot be "):
        Store.open(path)


def test_an_address_is_not_taken_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r"^mysql://…: is no store this version knows") as caught:
        Store.open("mysql://reader:geheim@a.example/ribao")
    assert "geheim" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_two_processes_at_once_lose_and_double_nothing(path: Path) -> None:
    code = ADDS.replace("{number}-{n}", "{sys.argv[3]}-{number}-{n}").replace(
        "a.example", "{sys.argv[3]}.example"
    )
    both = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                code.replace("start = store.count() // 20", "start = 0"),
                str(path),
                "30",
                name,
            ],
            stdout=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        for name in ("left", "right")
    ]
    assert [process.wait(60) for process in both] == [0, 0]
    with Store.open(path) as store:
        assert store.count() == 2 * 30 * BATCH
    assert [file.name for file in path.parent.iterdir() if file.suffix == ".tmp"] == []


def test_a_locked_store_waits_for_the_other_to_end(path: Path) -> None:
    with Store.open(path) as store:
        other = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        other.execute("begin immediate")
        timer = threading.Timer(0.5, lambda: other.execute("rollback"))
        timer.start()
        assert store.add([item("甲", "https://a.example/1")], NOW).new == 1
        timer.join()
        other.close()


def test_a_store_locked_for_too_long_says_it_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    with Store.open(path) as store:
        store.add([item("甲", "https://a.example/1")], NOW)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(
            BusyError, match=r"items\.db: another run has been writing for 0\.2 s; run this again"
        ):
            store.add([item("乙", "https://a.example/2")], NOW)
        # and reading does not wait for writing
        assert len(store.items(EVER, NOW)) == 1
        other.close()
        assert store.add([item("乙", "https://a.example/2")], NOW).new == 1
