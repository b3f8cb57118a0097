"""The index answered from the cache file, by range: what one more post needs, not all posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.site.cache import ROW_COLUMNS, Cache, to_row
from generator.site.index import MonthCount, TagCount, space_of
from generator.site.rows import Row

_POSTS = f"select {ROW_COLUMNS} from posts where visible = 1 and kind = 'post'"
_JOINED = ",".join(f"p.{name}" for name in ROW_COLUMNS.split(","))
_TAGGED = f"select {_JOINED} from tagged t join posts p on p.source = t.source where t.slug = ?"


class SqlIndex:
    """Answers the questions of `Index` with one query each; made after a build's changes are in."""

    def __init__(self, cache: Cache) -> None:
        self._db = cache.db
        self._tags: list[TagCount] | None = None
        self._months: list[MonthCount] | None = None
        self._known: dict[str, Row] = {}  # by source, of posts in the lists of tags: each is in several
        self._tagged: tuple[tuple[str, int], list[Row]] = (
            ("", 0),
            [],
        )  # a page's key and its drawing ask alike

    def _rows(self, query: str, *values: Any) -> list[Row]:
        return [to_row(found) for found in self._db.execute(query, values)]

    def post(self, source: str) -> Row | None:
        found = self._rows(f"select {ROW_COLUMNS} from posts where visible = 1 and source = ?", source)
        return found[0] if found else None

    def showing(self, file: str) -> Row | None:
        found = self._rows(
            f"select {_JOINED} from shown s join posts p on p.source = s.source"
            " where s.name = ? and p.visible = 1 order by p.source limit 1",
            file,
        )
        return found[0] if found else None

    def posts(self) -> Iterable[Row]:
        return self._rows(f"{_POSTS} order by at desc, url desc")

    def pages(self) -> Sequence[Row]:
        return self._rows(
            f"select {ROW_COLUMNS} from posts where visible = 1 and kind = 'page' order by url, source"
        )

    def sections(self) -> Sequence[Row]:
        return self._rows(
            f"select {ROW_COLUMNS} from posts where visible = 1 and kind = 'section' order by url, source"
        )

    def count(self) -> int:
        return int(
            self._db.execute(
                "select count(*) from posts indexed by posts_order where visible = 1 and kind = 'post'"
            ).fetchone()[0]
        )

    def newest(self, number: int) -> Sequence[Row]:
        return self._rows(f"{_POSTS} order by at desc, url desc limit ?", number)

    def slice(self, start: int, stop: int) -> Sequence[Row]:
        found = self._rows(f"{_POSTS} order by at, url limit ? offset ?", max(0, stop - start), start)
        return found[::-1]

    def position(self, order: tuple[int, str]) -> int:
        query = (
            "select count(*) from posts where visible = 1 and kind = 'post' and at < ?"
            " union all select count(*) from posts where visible = 1 and kind = 'post' and at = ? and url < ?"
        )
        return sum(row[0] for row in self._db.execute(query, (order[0], order[0], order[1])))

    def neighbours(self, row: Row) -> tuple[Row | None, Row | None]:
        older = self._rows(f"{_POSTS} and (at, url) < (?, ?) order by at desc, url desc limit 1", *row.order)
        newer = self._rows(f"{_POSTS} and (at, url) > (?, ?) order by at, url limit 1", *row.order)
        return (older[0] if older else None), (newer[0] if newer else None)

    def before(self, tag: str, order: tuple[int, str], number: int) -> Sequence[Row]:
        return self._rows(
            f"{_TAGGED} and (t.at, t.url) < (?, ?) order by t.at desc, t.url desc limit ?",
            tag,
            *order,
            number,
        )

    def after(self, tag: str, order: tuple[int, str], number: int) -> Sequence[Row]:
        return self._rows(
            f"{_TAGGED} and (t.at, t.url) > (?, ?) order by t.at, t.url limit ?", tag, *order, number
        )

    def tags(self, space: str = "") -> Sequence[TagCount]:
        if self._tags is None:
            query = "select slug, min(name), count(*) from tagged group by slug order by count(*) desc, slug"
            self._tags = [TagCount(*found) for found in self._db.execute(query)]
        return [tag for tag in self._tags if space_of(tag.slug) == space]

    def tag(self, slug: str) -> TagCount | None:
        found = self._db.execute(
            "select slug, min(name), count(*) from tagged where slug = ?", (slug,)
        ).fetchone()
        return TagCount(*found) if found[2] else None

    def tag_years(self, slug: str) -> Sequence[tuple[int, int]]:
        return self._db.execute(
            "select year, count(*) from tagged where slug = ? group by year order by year desc", (slug,)
        ).fetchall()

    def tagged(self, slug: str, year: int = 0) -> Sequence[Row]:
        asked, rows = self._tagged
        if asked != (slug, year):
            query, values = (f"{_TAGGED} and t.year = ?", (slug, year)) if year else (_TAGGED, (slug,))
            known = self._known
            rows = [
                known.get(found[0]) or known.setdefault(found[0], to_row(found))
                for found in self._db.execute(f"{query} order by t.at desc, t.url desc", values)
            ]
            self._tagged = ((slug, year), rows)
        return rows

    def months(self) -> Sequence[MonthCount]:
        if self._months is None:
            query = (
                "select year, month, count(*), sum(stories) from posts where visible = 1 and kind = 'post'"
                " group by year, month order by year desc, month desc"
            )
            self._months = [MonthCount(*found) for found in self._db.execute(query)]
        return self._months

    def month(self, year: int, month: int) -> Sequence[Row]:
        return self._rows(f"{_POSTS} and year = ? and month = ? order by at desc, url desc", year, month)

    def year(self, year: int) -> Sequence[Row]:
        return self._rows(f"{_POSTS} and year = ? order by month desc, at desc, url desc", year)
