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
from generator.store import sql as statements


class SQLite:
    """A connection to the file at `path`, which is made when it is missing."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self.path, self.name = path, str(path)
        self._busy_seconds = busy_seconds
        try:
            if not path.exists():
                _make(path)
            empty = path.stat().st_size == 0
            self._connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
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
        return self._connection.execute(sql, values).rowcount

    def tables(self) -> set[str]:
        return {name for (name,) in self.execute(statements.SQLITE_TABLES)}

    def keep(self, version: int) -> None:
        with contextlib.closing(
            sqlite3.connect(self.path.with_name(f"{self.path.name}.v{version}"))
        ) as other:
            self._connection.backup(other)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
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
        try:
            yield
        except sqlite3.Error as error:
            raise self._named(error) from error

    def _named(self, error: sqlite3.Error) -> StoreError | BusyError:
        text = str(error)
        if "locked" in text or "busy" in text:
            return BusyError(
                f"{self.path}: another run has been writing for {self._busy_seconds:g} s; run this again when it is done"
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
