"""What a build remembers, in one SQLite file: sources by content, posts, bodies, pages.

Losing or breaking the file costs time, nothing else: whatever cannot be read counts as absent.
All SQL of the site is here and in `sqlindex`.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from generator.errors import DiskError
from generator.site.rows import Row

VERSION = "3"
_SCHEMA = """
create table meta (key text primary key, value text) without rowid;
create table sources (path text primary key, owner text, size int, mtime int, digest blob) without rowid;
create table posts (
  source text primary key, kind text, at int, url text, title text, year int, month int, day int,
  begins int, expires int, draft int, shown blob, own blob, body blob, tags text, stories int, blob text,
  visible int);
create index posts_order on posts (visible, kind, at, url);
create index posts_shown on posts (visible, draft, begins, expires, source);
create index posts_month on posts (visible, kind, year, month, at, url);
create table tagged (slug text, at int, url text, year int, name text, source text,
  primary key (slug, at, url)) without rowid;
create index tagged_year on tagged (slug, year, at, url);
create table addresses (folded text, url text, source text);
create index addresses_folded on addresses (folded);
create index addresses_source on addresses (source);
create table shown (name text, source text);
create index shown_name on shown (name);
create index shown_source on shown (source);
create table bodies (key blob primary key, data blob);
create table pages (path text primary key, kind text, key blob, digest blob, size int, mtime int) without rowid;
create table notes (source text, line int, col int, message text, severity text);
create index notes_source on notes (source);
"""
_ROW = "source,kind,at,url,title,year,month,day,begins,expires,draft,shown,own,body,tags,stories,blob"


class KnownSource(NamedTuple):
    """A file of content/ as it was at the last build."""

    path: str
    owner: str  # the Markdown file it belongs to; its own path when it is one; "" for a file on its own
    size: int
    mtime: int  # nanoseconds; 0 when the file may have changed in the same instant
    digest: bytes


class KnownPage(NamedTuple):
    """An output file as the last build left it."""

    path: str
    kind: str
    key: bytes
    digest: bytes
    size: int
    mtime: int


class Cache:
    """The open cache file. Use as a context manager; nothing is kept without `commit`."""

    def __init__(self, connection: sqlite3.Connection, path: str, *, fresh: bool) -> None:
        self.db, self.path, self.fresh = connection, path, fresh

    @classmethod
    def open(cls, path: str) -> Cache:
        """Open the cache, or a new one where there is none, it is broken or of another version."""
        for attempt in (0, 1):
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                return cls._open(path)
            except sqlite3.Error as error:
                if attempt:
                    raise DiskError(f"{path}: cannot be written: {error}") from error
                discard(path)
            except OSError as error:
                raise DiskError(f"{path}: cannot be written: {error.strerror}") from error
        raise AssertionError  # both attempts return or raise

    @classmethod
    def _open(cls, path: str) -> Cache:
        db = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            # a crash of this program leaves a journal that undoes it; after a power cut a broken
            # cache is noticed and made anew, so the disk need not be waited for
            db.execute("pragma synchronous=off")
            db.execute("pragma temp_store=memory")
            db.execute("pragma cache_size=-32000")
            # pages go to the file when all is done, never between: processes may be reading it
            db.execute("pragma cache_spill=off")
            version = db.execute("select count(*) from sqlite_master where name = 'meta'").fetchone()[0]
            fresh = True
            if version:
                found = db.execute("select value from meta where key = 'version'").fetchone()
                fresh = found is None or found[0] != VERSION
                if fresh:
                    raise sqlite3.DatabaseError("another version")
            else:
                db.execute("pragma page_size=8192")
                db.executescript(
                    "begin;" + _SCHEMA + f"insert into meta values ('version','{VERSION}');commit;"
                )
        except BaseException:
            db.close()
            raise
        return cls(db, path, fresh=fresh)

    @classmethod
    def reader(cls, path: str) -> Cache:
        """Open for reading alone: what a forked process needs, which must not use our connection."""
        db = sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True, isolation_level=None, timeout=30)
        return cls(db, path, fresh=False)

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self.db.in_transaction:
                self.db.execute("rollback")
            self.db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what is written inside all together, or nothing of it."""
        self.db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    # meta

    def get(self, key: str) -> str:
        found = self.db.execute("select value from meta where key = ?", (key,)).fetchone()
        return found[0] if found else ""

    def put(self, key: str, value: str) -> None:
        self.db.execute("insert or replace into meta values (?,?)", (key, value))

    # sources

    def sources(self, only: Iterable[str] | None = None) -> dict[str, KnownSource]:
        """All sources, or those of `only`."""
        query = "select path, owner, size, mtime, digest from sources"
        if only is None:
            return {row[0]: KnownSource._make(row) for row in self.db.execute(query)}
        found = [self.db.execute(f"{query} where path = ?", (path,)).fetchone() for path in only]
        return {row[0]: KnownSource._make(row) for row in found if row}

    def put_sources(self, sources: Iterable[KnownSource]) -> None:
        self.db.executemany("insert or replace into sources values (?,?,?,?,?)", sources)

    def digests(self) -> dict[str, bytes]:
        """Content ids of files that are copied: all but Markdown and records."""
        return dict(
            self.db.execute(
                "select path, digest from sources where path != owner and path not like '%/edition.json'"
            )
        )

    def drop_sources(self, paths: Iterable[str]) -> None:
        self.db.executemany("delete from sources where path = ?", [(path,) for path in paths])

    # posts

    def rows(self) -> Iterator[Row]:
        for found in self.db.execute(f"select {_ROW} from posts"):
            yield to_row(found)

    def row(self, source: str) -> Row | None:
        found = self.db.execute(f"select {_ROW} from posts where source = ?", (source,)).fetchone()
        return to_row(found) if found else None

    def was_visible(self, source: str) -> bool:
        found = self.db.execute("select visible from posts where source = ?", (source,)).fetchone()
        return bool(found and found[0])

    def flipped(self, now: int, *, drafts: bool, future: bool) -> list[str]:
        """Sources whose visibility is another than at the last build, because time passed."""
        shows = "(?1 or not draft) and ?2 < expires and (?3 or begins <= ?2)"
        found = self.db.execute(f"select source from posts where visible != ({shows})", (drafts, now, future))
        return [row[0] for row in found]

    def put_rows(self, rows: Sequence[tuple[Row, bool, tuple[str, ...]]]) -> None:
        """Store rows with whether they are published and the folded addresses they claim."""
        self.drop_rows([row.source for row, _, _ in rows])
        self.add_rows(rows)

    def forget_content(self) -> None:
        """Forget sources, posts and bodies; pages stay known."""
        for table in ("sources", "posts", "tagged", "addresses", "shown", "bodies", "notes"):
            self.db.execute(f"delete from {table}")

    def counts(self) -> tuple[int, int]:
        """Published posts, and drafts that are not."""
        posts = self.db.execute("select count(*) from posts where visible = 1 and kind = 'post'").fetchone()
        drafts = self.db.execute("select count(*) from posts where visible = 0 and draft").fetchone()
        return int(posts[0]), int(drafts[0])

    def newest(self) -> int:
        """The second of the newest published post; 0 when there is none."""
        found = self.db.execute("select max(at) from posts where visible = 1 and kind = 'post'").fetchone()
        return int(found[0] or 0)

    def waiting(self, now: int) -> list[tuple[str, int]]:
        """Sources that will appear after `now`, and when."""
        query = (
            "select source, begins from posts where visible = 0 and not draft and begins > ? order by 2, 1"
        )
        return self.db.execute(query, (now,)).fetchall()

    def replace_rows(self, rows: Iterable[tuple[Row, bool, tuple[str, ...]]]) -> None:
        """Store these rows and no others."""
        for table in ("posts", "tagged", "addresses", "shown"):
            self.db.execute(f"delete from {table}")
        self.add_rows(rows)

    def add_rows(self, rows: Iterable[tuple[Row, bool, tuple[str, ...]]]) -> None:
        rows = list(rows)
        self.db.executemany(
            "insert into posts values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [(*_from_row(row), visible) for row, visible, _ in rows],
        )
        self.db.executemany(
            "insert or ignore into tagged values (?,?,?,?,?,?)",
            [
                (slug, row.at, row.url, row.year, name, row.source)
                for row, visible, _ in rows
                if visible and row.kind == "post"
                for slug, name in row.terms
            ],
        )
        self.db.executemany(
            "insert into addresses values (?,?,?)",
            [
                (folded, row.url, row.source)
                for row, visible, claimed in rows
                if visible
                for folded in claimed
            ],
        )
        self.db.executemany(
            "insert into shown values (?,?)",
            [
                (name, row.source)
                for row, _, _ in rows
                if '"shows":' in row.blob
                for name in row.fields().get("shows", ())
            ],
        )

    def drop_rows(self, sources: Iterable[str]) -> None:
        for source in sources:
            old = self.row(source)
            if old is None:
                continue
            self.db.execute("delete from posts where source = ?", (source,))
            self.db.execute("delete from addresses where source = ?", (source,))
            self.db.execute("delete from shown where source = ?", (source,))
            self.db.executemany(
                "delete from tagged where slug = ? and at = ? and url = ?",
                [(slug, old.at, old.url) for slug, _ in old.terms],
            )

    def claimants(self, folded: str) -> list[str]:
        """Sources of published posts that claim an address."""
        found = self.db.execute(
            "select distinct source from addresses where folded = ? order by source", (folded,)
        )
        return [row[0] for row in found]

    def showing(self, names: Iterable[str]) -> list[str]:
        """Sources of posts that show one of these files."""
        query = "select source from shown where name = ? order by source"
        return list(dict.fromkeys(row[0] for name in names for row in self.db.execute(query, (name,))))

    def shown_below(self, folder: str) -> dict[str, str]:
        """Files of a folder, whose name ends with a slash, that posts show: name in it → source of one such post."""
        query = (
            "select name, max(source) from shown where name >= ?1 and name < ?2 group by name order by name"
        )
        found = self.db.execute(query, (folder, folder[:-1] + "0"))
        return {name.removeprefix(folder): source for name, source in found}

    # problems that do not forbid publishing, so that they are told at each build

    def put_notes(self, source: str, notes: Iterable[tuple[int, int, str, str]]) -> None:
        self.db.execute("delete from notes where source = ?", (source,))
        self.db.executemany("insert into notes values (?,?,?,?,?)", [(source, *note) for note in notes])

    def notes(self) -> list[tuple[str, int, int, str, str]]:
        return self.db.execute("select * from notes order by source, line, col").fetchall()

    # bodies

    def body(self, key: bytes) -> bytes | None:
        """A body as `squeeze` made it; None when absent."""
        found = self.db.execute("select data from bodies where key = ?", (key,)).fetchone()
        return found[0] if found else None

    def put_bodies(self, bodies: Mapping[bytes, bytes]) -> None:
        self.db.executemany("insert or replace into bodies values (?,?)", bodies.items())

    def drop_bodies(self, keys: Iterable[bytes]) -> None:
        """Forget bodies no post has any more."""
        self.db.executemany(
            "delete from bodies where key = ?1 and not exists (select 1 from posts where body = ?1)",
            [(key,) for key in keys],
        )

    def drop_unused_bodies(self) -> None:
        self.db.execute("delete from bodies where key not in (select body from posts)")

    # pages

    def pages(self, paths: Iterable[str] | None = None) -> dict[str, KnownPage]:
        """All pages, or those of `paths` that are known."""
        if paths is None:
            return {row[0]: KnownPage._make(row) for row in self.db.execute("select * from pages")}
        found = [self.db.execute("select * from pages where path = ?", (path,)).fetchone() for path in paths]
        return {row[0]: KnownPage._make(row) for row in found if row}

    def output_files(self) -> list[tuple[str, int, int]]:
        """Path, size and time of every page: what tells whether its file is as it was left."""
        return self.db.execute("select path, size, mtime from pages").fetchall()

    def paths_of(self, kind: str) -> list[str]:
        """Where the pages of a kind are."""
        return [row[0] for row in self.db.execute("select path from pages where kind = ?", (kind,))]

    def count_pages(self) -> int:
        return int(self.db.execute("select count(*) from pages").fetchone()[0])

    def put_pages(self, pages: Iterable[KnownPage]) -> None:
        self.db.executemany("insert or replace into pages values (?,?,?,?,?,?)", pages)

    def touch_pages(self, times: Mapping[str, int]) -> None:
        """Note that files hold what they held, at another time."""
        self.db.executemany(
            "update pages set mtime = ? where path = ?", [(at, path) for path, at in times.items()]
        )

    def drop_pages(self, paths: Iterable[str]) -> None:
        self.db.executemany("delete from pages where path = ?", [(path,) for path in paths])


def discard(path: str) -> None:
    """Remove a cache file and what SQLite keeps beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            os.unlink(path + suffix)


def _from_row(row: Row) -> tuple[Any, ...]:
    tags = "\n".join(f"{slug}\t{name}" for slug, name in row.terms)
    return (
        row.source, row.kind, row.at, row.url, row.title, row.year, row.month, row.day, row.begins,
        row.expires, row.draft, row.shown, row.own, row.body, tags, row.stories, row.blob,
    )  # fmt: skip


def to_row(found: Sequence[Any]) -> Row:
    """Make a row of the columns named in `_ROW`."""
    values = list(found)
    values[10] = bool(values[10])
    values[14] = tuple(map(_term, values[14].split("\n"))) if values[14] else ()
    return Row._make(values)


@functools.lru_cache(maxsize=4096)
def _term(line: str) -> tuple[str, ...]:
    """Slug and name; thousands of posts share a few hundred of them."""
    return tuple(line.split("\t"))


ROW_COLUMNS = _ROW
