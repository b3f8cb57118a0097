"""The store as one SQLite file: write-ahead log, so that reading and writing do not wait for each other."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.errors import BusyError, StoreError

BUSY_SECONDS = 30.0
"""How long a write waits for another one."""


class SQLite:
    """A connection to the file at `path`, which is made when it is missing."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            if not path.exists():
                _make(path)
            empty = path.stat().st_size == 0
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: cannot be opened: {error}; check the folder's rights") from error
        if empty:
            self._connection.close()
            raise StoreError(
                f"{path}: is an empty file, which a store never is; restore it, or remove it and collect again"
            )
        try:
            with self.named_errors():
                self._connection.execute("pragma synchronous = normal")
                self._connection.execute("pragma trusted_schema = off")
        except StoreError:
            self._connection.close()
            raise

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def changed(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Execute a statement and return how many rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        yield from self._connection.execute(sql, values)

    def version(self) -> int:
        """Return the version of the tables; 0 when there are none."""
        found = self.execute("select 1 from sqlite_master where type = 'table' and name = 'meta'")
        return int(self.execute("select value from meta where key = 'version'")[0][0]) if found else 0

    def holds_foreign_tables(self) -> bool:
        return bool(self.execute("select 1 from sqlite_master limit 1"))

    def copy(self, version: int) -> Path:
        """Copy the file beside itself before it is changed for good."""
        target = self.path.with_name(f"{self.path.name}.v{version}")
        with contextlib.closing(sqlite3.connect(target)) as other:
            self._connection.backup(other)
        return target

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside happens, or nothing."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    @contextlib.contextmanager
    def named_errors(self) -> Iterator[None]:
        """Turn the database's errors into ours: which file, what, and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._named(error) from error

    def _named(self, error: sqlite3.Error) -> StoreError | BusyError:
        text = str(error)
        if "locked" in text or "busy" in text:
            return BusyError(
                f"{self.path}: another run has been writing for {BUSY_SECONDS:g} s; run this again when it is done"
            )
        if "not a database" in text or "malformed" in text or "disk image" in text:
            return StoreError(
                f"{self.path}: is damaged or no store of ribao ({text}); move it away and collect again:"
                " what was printed is in the editions' records"
            )
        if "full" in text or "disk I/O" in text:
            return StoreError(
                f"{self.path}: cannot be written ({text}); make room on the disk and run this again"
            )
        if "readonly" in text or "read-only" in text or "unable to open" in text:
            return StoreError(
                f"{self.path}: cannot be written ({text}); check the rights of the file and its folder"
            )
        return StoreError(f"{self.path}: {text}")

    def close(self) -> None:
        self._connection.close()


def _make(path: Path) -> None:
    """Make a database at `path` in one step: a run that is killed leaves none, never an empty file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".", suffix=".tmp") as folder:
        new = Path(folder) / path.name
        with contextlib.closing(sqlite3.connect(new)) as connection:
            # kept in the file; it also writes the first page, which an empty file has not
            connection.execute("pragma journal_mode = wal")
        try:
            os.link(new, path)
        except FileExistsError:
            pass  # another run made it meanwhile
        except OSError:  # a file system without links
            if not path.exists():
                os.replace(new, path)
