"""What the store needs of a database; `DATABASES` says which kinds there are.

A database runs the statements of `sql`, which both kinds understand. Everything that decides
what is stored is in `Store`, once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from generator.errors import StoreError
from generator.store.sqlite import SQLite

BUSY_SECONDS = 30.0
"""How long a write waits for another one."""


class Database(Protocol):
    """One connection. Failures leave `named_errors` as `StoreError` or `BusyError`."""

    name: str
    """What messages call it; holds no password."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement whose parameters are marked `?` and return its rows."""

    def changed(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement and return how many rows it changed."""

    def tables(self) -> set[str]:
        """Return the names of all tables there are."""

    def keep(self, version: int) -> None:
        """Keep a copy of everything as it is, before it is migrated from `version`."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside happens, or nothing; one writer at a time."""

    def named_errors(self) -> AbstractContextManager[None]:
        """Turn the database's errors into ours: where, what, and what to do."""

    def close(self) -> None: ...


def _postgres(address: str) -> Database:
    from generator.store.postgres import PostgreSQL

    return PostgreSQL(address, busy_seconds=BUSY_SECONDS)


DATABASES: dict[str, Callable[[str], Database]] = {"postgresql": _postgres, "postgres": _postgres}


def connect(where: Path | str) -> Database:
    """Connect to the database at an address, or in a file. Raises `StoreError`."""
    scheme, address, _ = str(where).partition("://")
    if not address:
        return SQLite(Path(where), busy_seconds=BUSY_SECONDS)
    if scheme not in DATABASES:
        # the rest may hold a password
        raise StoreError(
            f"{scheme}://…: is no store this version knows; name a file or postgresql://… as `store` in site.toml"
        )
    return DATABASES[scheme](str(where))
