"""The store in PostgreSQL, for papers whose collectors run on several machines. Needs psycopg 3."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from generator.errors import BusyError, StoreError
from generator.store import sql as statements

_CONNECT_SECONDS = 10


class PostgreSQL:
    """A connection to the database at `address`, as libpq writes it: postgresql://user@host/name.

    The tables stand in the first schema of the search path, which is the store's alone. A
    password is better kept in libpq's own places (PGPASSWORD, ~/.pgpass) than in the address.
    """

    def __init__(self, address: str, *, busy_seconds: float) -> None:
        try:
            import psycopg
        except ImportError:
            raise StoreError(
                "postgresql://…: needs psycopg; install it with: pip install 'ribao[postgresql]'"
            ) from None
        self._psycopg = psycopg
        self._busy_seconds = busy_seconds
        self.name = _shown(address)
        try:
            known = psycopg.conninfo.conninfo_to_dict(address)
        except psycopg.Error:
            known = {}
        if not known or "@" in self.name:
            # what follows may be the password
            raise StoreError(
                "postgresql://…: is no address PostgreSQL understands; write postgresql://user@host/database,"
                " and % codes for / @ : and % in a password"
            )
        known.setdefault("connect_timeout", _CONNECT_SECONDS)
        known.setdefault("application_name", "ribao")
        with self.named_errors():
            self._connection = psycopg.connect(**known, autocommit=True)  # type: ignore[arg-type]
            try:
                self.execute(statements.LOCK_TIMEOUT, (f"{round(busy_seconds * 1000)}ms",))
            except BaseException:
                self._connection.close()
                raise

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(_own(sql), _storable(values))
            return cursor.fetchall() if cursor.description else []

    def changed(self, sql: str, values: Sequence[Any] = ()) -> int:
        with self._connection.cursor() as cursor:
            return cursor.execute(_own(sql), _storable(values)).rowcount

    def tables(self) -> set[str]:
        return {name for (name,) in self.execute(statements.POSTGRES_TABLES)}

    def keep(self, version: int) -> None:
        with self.transaction():
            there = self.tables()
            for table in sorted(there):
                copy = f"{table}_v{version}"
                if copy not in there and "_v" not in table:
                    self.execute(statements.KEEP_TABLE.format(table=table, copy=copy))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self._connection.transaction():
            # Two collectors that meet the same entry must not both take it for new.
            self.execute(statements.ONE_WRITER)
            yield

    @contextlib.contextmanager
    def named_errors(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            raise self._named(error) from error

    def _named(self, error: Exception) -> StoreError | BusyError:
        known = self._psycopg.errors
        text = " ".join(str(error).split())[:300] or type(error).__name__
        if isinstance(error, known.LockNotAvailable | known.DeadlockDetected):
            return BusyError(
                f"{self.name}: another run has been writing for {self._busy_seconds:g} s; run this again when it is done"
            )
        if isinstance(error, known.DiskFull):
            return StoreError(f"{self.name}: cannot be written ({text}); make room on its disk")
        if isinstance(error, known.InsufficientPrivilege | known.ReadOnlySqlTransaction):
            return StoreError(f"{self.name}: cannot be written ({text}); give this user the right to write")
        if isinstance(error, known.InvalidSchemaName | known.UndefinedTable):
            return StoreError(f"{self.name}: {text}; see that its schema exists and comes first")
        if isinstance(error, self._psycopg.OperationalError):
            return StoreError(
                f"{self.name}: cannot be reached ({text}); see that the server runs, and the user and password"
            )
        return StoreError(f"{self.name}: {text}")

    def close(self) -> None:
        self._connection.close()


def _own(sql: str) -> bytes:
    """Mark parameters as psycopg does; no statement holds a `?` or a `%` of its own."""
    return sql.replace("?", "%s").encode()


def _storable(values: Sequence[Any]) -> list[Any]:
    """Leave out NUL, the one character that PostgreSQL's text cannot hold."""
    return [value.replace("\0", "") if isinstance(value, str) else value for value in values]


def _shown(address: str) -> str:
    """Return an address without user, password and options."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "postgresql://…"
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"
