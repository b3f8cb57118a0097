"""What is remembered between runs: items, and the state of each feed.

The store is a convenience of this machine: what was printed is in the editions' records.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from generator.errors import StoreError
from generator.news import Item, Precision
from generator.sources import FeedState
from generator.store import sql
from generator.store.rows import (
    another_entry,
    digest,
    item_of,
    item_row,
    renamed,
    second_report,
    stamp,
    state_json,
    state_of,
)
from generator.store.sqlite import SQLite

__all__ = ["Added", "Store"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the items that were added; `where` says it for each, by id."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    where: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: Added) -> Added:
        return Added(
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            {**self.where, **other.where},
        )


class Store:
    """Items and feed states in SQLite. Safe beside another process that reads or writes."""

    def __init__(self, database: SQLite) -> None:
        self._database = database

    @classmethod
    def open(cls, where: Path | str) -> Store:
        """Open the store, bring its tables up to date, and prove that it can be written.

        Raises `StoreError` that names what is wrong and the way out; nothing is overwritten.
        """
        scheme, address, _ = str(where).partition("://")
        if address:
            # the rest may hold a password
            raise StoreError(
                f"{scheme}://…: is no store this version knows; name a file as `store` in site.toml"
            )
        database = SQLite(Path(where))
        try:
            with database.named_errors():
                _migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def add(self, items: Iterable[Item], at: dt.datetime, *, shelved: frozenset[str] = frozenset()) -> Added:
        """Store items first seen `at`, all or none of them.

        An item seen before keeps its first time and, unless that was inferred, its date:
        some feeds stamp every entry with the time of the request. Another feed's entry at the
        same address is an item of its own: it may say more. `shelved` ids are kept as back
        catalogue, which `items` leaves out.
        """
        with self._database.named_errors(), self._database.transaction():
            fates = [(item.id, self._put(item, at, item.id in shelved)) for item in items]
        counts = Counter(fate for _, fate in fates)
        return Added(counts["new"], counts["updated"], counts["unchanged"], dict(fates))

    def _put(self, item: Item, at: dt.datetime, shelved: bool) -> str:
        rows = self._database.execute(sql.KNOWN_ITEM, (item.id,))
        if rows and rows[0][4] != item.feed:
            item = second_report(item_of(rows[0]), item)
            rows = self._database.execute(sql.KNOWN_ITEM, (item.id,))
        if rows and another_entry(item_of(rows[0]), item):
            item = renamed(item)
            rows = self._database.execute(sql.KNOWN_ITEM, (item.id,))
        fingerprint = digest(item)
        if not rows:
            row = list(item_row(item))
            row[6] = stamp(at)
            self._database.execute(sql.INSERT_ITEM, (*row, fingerprint, int(shelved)))
            return "new"
        old = item_of(rows[0])
        dated = old.precision is Precision.INFERRED and item.precision is not Precision.INFERRED
        if rows[0][14] == fingerprint and not dated:
            return "unchanged"
        at_last = item if dated else old
        row = list(item_row(item))
        self._database.execute(
            sql.UPDATE_ITEM,
            (
                item.title,
                item.summary,
                item.text or old.text,
                item.author,
                row[12],
                item.image,
                item.language,
                stamp(at_last.published),
                str(at_last.precision),
                fingerprint,
                item.id,
            ),
        )
        return "updated"

    def items(self, since: dt.datetime, until: dt.datetime) -> list[Item]:
        """Return the items published after `since` and not after `until`, by time and id."""
        with self._database.named_errors():
            return [item_of(row) for row in self._database.execute(sql.ITEMS, (stamp(since), stamp(until)))]

    def export(self) -> Iterator[Item]:
        """Yield every item, also those of back catalogues, by time and id."""
        with self._database.named_errors():
            for row in self._database.stream(sql.ALL_ITEMS):
                yield item_of(row)

    def count(self) -> int:
        with self._database.named_errors():
            return int(self._database.execute(sql.COUNT_ITEMS)[0][0])

    def forget(self, before: dt.datetime) -> int:
        """Delete dated items both published and first seen before a moment; return how many."""
        with self._database.named_errors(), self._database.transaction():
            return self._database.changed(sql.FORGET_ITEMS, (stamp(before), stamp(before)))

    def feed_states(self) -> dict[str, FeedState]:
        """Return what is remembered of each feed, by name."""
        with self._database.named_errors():
            return {name: state_of(name, text) for name, text in self._database.execute(sql.FEEDS)}

    def save_feed(self, state: FeedState) -> None:
        """Remember a feed's state. Save its items first: validators must not outlive them."""
        with self._database.named_errors(), self._database.transaction():
            self._database.execute(sql.SAVE_FEED, (state.name, state_json(state)))


def _migrate(database: SQLite) -> None:
    """Bring the tables up to this program's version, in one transaction, with a copy kept."""
    version = database.version()
    if version > sql.VERSION:
        raise StoreError(
            f"{database.path}: was written by a newer ribao (version {version}, this one knows {sql.VERSION});"
            " update ribao, or move the file away and collect again"
        )
    if version == 0 and database.holds_foreign_tables():
        raise StoreError(
            f"{database.path}: is a database of another program; name another file for the store"
        )
    if 0 < version < sql.VERSION:
        database.copy(version)
    with database.transaction():
        # another run may have done it while we waited for the lock
        for script in sql.MIGRATIONS[database.version() :]:
            for statement in script:
                database.execute(statement)
        database.execute(sql.SET_META, ("version", str(sql.VERSION)))
