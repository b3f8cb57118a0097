"""Questions that lists ask about the published posts; answered from memory or from the cache.

Posts have one total order: by date, then by address. "Before" is older.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from generator.site.rows import Row


class TagCount(NamedTuple):
    slug: str
    name: str  # of the spellings in use, the one that sorts first
    posts: int


def space_of(slug: str) -> str:
    """What kind of term a slug is of: "" for a tag, else `CATEGORY` or `SECTION`."""
    return slug[: len(slug) - len(slug.lstrip("/"))]


class MonthCount(NamedTuple):
    year: int
    month: int
    posts: int
    stories: int


class Index(Protocol):
    """The published posts. Lists come newest first unless said otherwise."""

    def post(self, source: str) -> Row | None: ...
    def showing(self, file: str) -> Row | None:
        """A post that shows a picture's file."""
        ...

    def posts(self) -> Iterable[Row]: ...
    def pages(self) -> Sequence[Row]: ...
    def sections(self) -> Sequence[Row]:
        """What is written about sections: their `_index.md`."""
        ...

    def count(self) -> int: ...
    def newest(self, number: int) -> Sequence[Row]: ...
    def slice(self, start: int, stop: int) -> Sequence[Row]:
        """Posts by their number, the oldest being 0; newest first."""
        ...

    def position(self, order: tuple[int, str]) -> int:
        """How many posts come before that place."""
        ...

    def neighbours(self, row: Row) -> tuple[Row | None, Row | None]:
        """The posts just before and just after."""
        ...

    def before(self, tag: str, order: tuple[int, str], number: int) -> Sequence[Row]: ...
    def after(self, tag: str, order: tuple[int, str], number: int) -> Sequence[Row]:
        """The posts of a tag that follow a place, nearest first."""
        ...

    def tags(self, space: str = "") -> Sequence[TagCount]:
        """All tags, most used first; with `space` the categories or the sections."""
        ...

    def tag(self, slug: str) -> TagCount | None: ...
    def tag_years(self, slug: str) -> Sequence[tuple[int, int]]:
        """Years of a tag with their number of posts."""
        ...

    def tagged(self, slug: str, year: int = 0) -> Sequence[Row]: ...
    def months(self) -> Sequence[MonthCount]: ...
    def month(self, year: int, month: int) -> Sequence[Row]: ...
    def year(self, year: int) -> Sequence[Row]: ...


class MemoryIndex:
    """An index over rows held in memory: for cold builds and for tests."""

    def __init__(self, rows: Iterable[Row]) -> None:
        published = list(rows)
        self._rows = sorted((row for row in published if row.kind == "post"), key=lambda row: row.order)
        others = sorted(published, key=lambda row: (row.url, row.source))
        self._pages = [row for row in others if row.kind == "page"]
        self._sections = [row for row in others if row.kind == "section"]
        self._orders = [row.order for row in self._rows]
        self._place = {row.source: number for number, row in enumerate(self._rows)}
        self._by_tag: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, str] = {}
        self._by_month: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for slug, name in row.terms:
                self._by_tag[slug].append(number)
                if name < self._names.setdefault(slug, name):
                    self._names[slug] = name
            self._by_month[row.year, row.month].append(number)
        self._showing: dict[str, Row] | None = None
        self._tag_pages: dict[str, dict[int, list[int]]] = {}
        found = [TagCount(slug, self._names[slug], len(places)) for slug, places in self._by_tag.items()]
        self._tags = sorted(found, key=lambda tag: (-tag.posts, tag.slug))
        self._months = [
            MonthCount(*when, len(places), sum(self._rows[place].stories for place in places))
            for when, places in sorted(self._by_month.items(), reverse=True)
        ]

    def post(self, source: str) -> Row | None:
        number = self._place.get(source)
        if number is not None:
            return self._rows[number]
        return next((row for row in (*self._pages, *self._sections) if row.source == source), None)

    def showing(self, file: str) -> Row | None:
        if self._showing is None:
            rows = sorted((*self._rows, *self._pages), key=lambda row: row.source, reverse=True)
            self._showing = {
                name: row for row in rows if '"shows":' in row.blob for name in row.fields().get("shows", ())
            }
        return self._showing.get(file)

    def posts(self) -> Iterable[Row]:
        return reversed(self._rows)

    def pages(self) -> Sequence[Row]:
        return self._pages

    def sections(self) -> Sequence[Row]:
        return self._sections

    def count(self) -> int:
        return len(self._rows)

    def newest(self, number: int) -> Sequence[Row]:
        return self._rows[: -number - 1 : -1]

    def slice(self, start: int, stop: int) -> Sequence[Row]:
        return self._rows[start:stop][::-1]

    def position(self, order: tuple[int, str]) -> int:
        return bisect_left(self._orders, order)

    def neighbours(self, row: Row) -> tuple[Row | None, Row | None]:
        number = self._place[row.source]
        older = self._rows[number - 1] if number else None
        newer = self._rows[number + 1] if number + 1 < len(self._rows) else None
        return older, newer

    def before(self, tag: str, order: tuple[int, str], number: int) -> Sequence[Row]:
        places = self._by_tag.get(tag, [])
        end = bisect_left(places, self.position(order))
        rows = self._rows
        return [rows[place] for place in reversed(places[max(0, end - number) : end])]

    def after(self, tag: str, order: tuple[int, str], number: int) -> Sequence[Row]:
        places = self._by_tag.get(tag, [])
        start = bisect_left(places, self.position(order))
        return [
            self._rows[place] for place in places[start : start + number + 1] if self._orders[place] > order
        ][:number]

    def tags(self, space: str = "") -> Sequence[TagCount]:
        return [tag for tag in self._tags if space_of(tag.slug) == space]

    def tag(self, slug: str) -> TagCount | None:
        return TagCount(slug, self._names[slug], len(self._by_tag[slug])) if slug in self._names else None

    def _years_of(self, slug: str) -> dict[int, list[int]]:
        years = self._tag_pages.get(slug)
        if years is None:
            years = {}
            for place in reversed(self._by_tag.get(slug, [])):
                years.setdefault(self._rows[place].year, []).append(place)
            self._tag_pages[slug] = years
        return years

    def tag_years(self, slug: str) -> Sequence[tuple[int, int]]:
        return [(year, len(places)) for year, places in sorted(self._years_of(slug).items(), reverse=True)]

    def tagged(self, slug: str, year: int = 0) -> Sequence[Row]:
        if year:
            return [self._rows[place] for place in self._years_of(slug).get(year, [])]
        return [self._rows[place] for place in reversed(self._by_tag.get(slug, []))]

    def months(self) -> Sequence[MonthCount]:
        return self._months

    def month(self, year: int, month: int) -> Sequence[Row]:
        return [self._rows[place] for place in reversed(self._by_month.get((year, month), []))]

    def year(self, year: int) -> Sequence[Row]:
        return [row for month in range(12, 0, -1) for row in self.month(year, month)]
