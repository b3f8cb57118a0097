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
from typing import Any

from generator.errors import StoreError
from generator.news import Item, Precision
from generator.sources import FeedState
from generator.store import sql
from generator.store.database import Database, connect
from generator.store.rows import (
    another_entry,
    digest,
    item_of,
    item_row,
    precedes,
    renamed,
    second_report,
    stamp,
    state_json,
    state_of,
)

__all__ = ["Added", "Kept", "Store"]

_PAGE = 500  # rows of an export held at once


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


@dataclass(frozen=True, slots=True)
class Kept:
    """An item as the store holds it; a `shelved` one is back catalogue."""

    item: Item
    shelved: bool


class Store:
    """Items, feed states and pages. Safe beside other processes that read or write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, where: Path | str) -> Store:
        """Open the store, bring its tables up to date, and prove that it can be written.

        Raises `StoreError` that names what is wrong and the way out; nothing is overwritten.
        """
        database = connect(where)
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
        """Store items seen `at`, all or none of them; one that was exported says when it was first seen.

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
        rows = self._known(item.id)
        if rows and rows[0][4] != item.feed:
            first = item_of(rows[0])
            second = second_report(first, item)
            if self._known(second.id) or not precedes(item, first):
                item = second
            else:
                self._give_way(item)
            rows = self._known(item.id)
        if rows and another_entry(item_of(rows[0]), item):
            item = renamed(item)
            rows = self._known(item.id)
        fingerprint = digest(item)
        if not rows:
            row = list(item_row(item))
            row[6] = stamp(min(item.first_seen, at))
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

    def _known(self, identity: str) -> list[tuple[Any, ...]]:
        return self._database.execute(sql.KNOWN_ITEM, (identity,))

    def _give_way(self, first: Item) -> None:
        """Make the other feeds' entries at an address second reports: `first` came before them.

        So the address's own id is the first report's, whichever feed was read first.
        """
        for row in self._database.execute(sql.SAME_URL, (first.url, first.feed)):
            other = item_of(row)
            second = second_report(first, other)
            if other.id in (first.id, second.id):
                self._database.execute(sql.RENAME_ITEM, (second.id, stamp(second.published), other.id))

    def items(self, since: dt.datetime, until: dt.datetime) -> list[Item]:
        """Return the items published after `since` and not after `until`, by time and id."""
        with self._database.named_errors():
            return [item_of(row) for row in self._database.execute(sql.ITEMS, (stamp(since), stamp(until)))]

    def export(self) -> Iterator[Kept]:
        """Yield every item by time and id, a few hundred read at a time."""
        last = ("", "")
        with self._database.named_errors():
            while rows := self._database.execute(sql.ITEMS_AFTER, (*last, _PAGE)):
                for row in rows:
                    yield Kept(item_of(row), bool(row[14]))
                last = (rows[-1][5], rows[-1][0])

    def count(self) -> int:
        with self._database.named_errors():
            return int(self._database.execute(sql.COUNT_ITEMS)[0][0])

    def forget(self, before: dt.datetime) -> int:
        """Delete dated items both published and first seen before a moment; return how many."""
        with self._database.named_errors(), self._database.transaction():
            forgotten = self._database.changed(sql.FORGET_ITEMS, (stamp(before), stamp(before)))
            self._database.execute(sql.FORGET_PAGES, (stamp(before),))
        return forgotten

    def unread_pages(self, feed: str, since: dt.datetime, limit: int) -> dict[str, str]:
        """Return where the articles of a feed's items are that nobody asked for yet: url → link.

        Of the items published after `since` the newest `limit`, without back catalogues.
        """
        with self._database.named_errors():
            return dict(self._database.execute(sql.UNREAD_PAGES, (feed, stamp(since), limit)))

    def save_page(self, url: str, at: dt.datetime, outcome: str, text: str) -> None:
        """Remember what a page said, or why it said nothing. It is asked for only once."""
        with self._database.named_errors(), self._database.transaction():
            self._database.execute(sql.SAVE_PAGE, (url, stamp(at), outcome, text))

    def feed_states(self) -> dict[str, FeedState]:
        """Return what is remembered of each feed, by name."""
        with self._database.named_errors():
            return {name: state_of(name, text) for name, text in self._database.execute(sql.FEEDS)}

    def save_feed(self, state: FeedState) -> None:
        """Remember a feed's state. Save its items first: validators must not outlive them."""
        with self._database.named_errors(), self._database.transaction():
            self._database.execute(sql.SAVE_FEED, (state.name, state_json(state)))


def _migrate(database: Database) -> None:
    """Bring the tables up to this program's version, in one transaction, with a copy kept."""
    there = database.tables()
    version = _version(database, there)
    if version > sql.VERSION:
        raise StoreError(
            f"{database.name}: was written by a newer ribao (version {version}, this one knows {sql.VERSION});"
            " update ribao, or move it away and collect again"
        )
    if there and not version:
        raise StoreError(f"{database.name}: is a database of another program; name another one for the store")
    if 0 < version < sql.VERSION:
        database.keep(version)
    with database.transaction():
        # another run may have done it while we waited for the lock
        for script in sql.MIGRATIONS[_version(database, database.tables()) :]:
            for statement in script:
                database.execute(statement)
        database.execute(sql.SET_META, ("version", str(sql.VERSION)))


def _version(database: Database, tables: set[str]) -> int:
    """Return the version of the tables; 0 when none are ours."""
    rows = database.execute(sql.GET_META, ("version",)) if "meta" in tables else []
    return int(rows[0][0]) if rows else 0
