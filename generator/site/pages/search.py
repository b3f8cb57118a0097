"""The files of the search index, and the stories of each post as search shows them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.site.model import Body
from generator.site.pages.kind import Ident
from generator.site.press import Change, Press
from generator.site.rows import Row
from generator.site.search import MONTH_SHARDS, YEAR_POSTS, YEAR_SHARDS, Told, postings


def told(row: Row, body: Body) -> list[Told]:
    """The stories of a post; one without stories is one."""
    if not body.stories:
        return [Told("", row.title, body.text)]
    return [
        Told(
            story.anchor,
            story.headline,
            story.text,
            story.note.importance if story.note else "",
            story.note.region if story.note else "",
        )
        for story in body.stories
    ]


def _by_month(years: Mapping[int, int]) -> set[int]:
    """The years with a segment a month, of years with their number of posts: the newest, and those of many posts."""
    return {year for year, posts in years.items() if posts > YEAR_POSTS or year == max(years)}


def _years(press: Press) -> Counter[int]:
    """Years with their number of posts."""
    found: Counter[int] = Counter()
    for month in press.index.months():
        found[month.year] += month.posts
    return found


def _segments(press: Press) -> list[tuple[int, int]]:
    """Year and month of each segment, month 0 for a whole year; the newest first."""
    monthly = _by_month(_years(press))
    found = [(month.year, month.month if month.year in monthly else 0) for month in press.index.months()]
    return list(dict.fromkeys(found))


def _rows(press: Press, year: int, month: int) -> Sequence[Row]:
    """The posts of a segment, the oldest first; none where the year is told otherwise."""
    if (year in _by_month(_years(press))) != bool(month):
        return []
    rows = press.index.month(year, month) if month else press.index.year(year)
    return [row for row in reversed(rows) if searched(row)]


def searched(row: Row) -> bool:
    """Whether a post can be found: it wants to, and its page is a folder's."""
    return row.url.endswith("/") and '"search":false' not in row.blob


class SearchManifest:
    """`search/index.json`: the segments there are."""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        yield ()

    def path(self, press: Press, ident: Ident) -> str:
        return "search/index.json"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        return press.key("", repr(_segments(press)).encode()) if press.config.build.search else None

    def draw(self, press: Press, ident: Ident) -> bytes:
        segments = [
            [f"{year:04}-{month:02}" if month else f"{year:04}", MONTH_SHARDS if month else YEAR_SHARDS]
            for year, month in _segments(press)
        ]
        return json.dumps({"segments": segments}, separators=(",", ":")).encode()


class SearchSegments:
    """The shards of each segment; shard -1 is its list of posts."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for year, month in _segments(press):
            yield from _files(year, month)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        now = _years(press)
        before = now.copy()
        segments: set[tuple[int, int]] = set()
        for change in changes:
            for row, came in ((change.old, 1), (change.new, -1)):
                if row is not None and row.kind == "post":
                    before[row.year] += came
                    segments |= {(row.year, 0), (row.year, row.month)}
        # where a year began, vanished or grew, one may now be told by months that was told whole, or again whole
        for year in _by_month(+before) ^ _by_month(+now):
            segments |= {(year, month) for month in range(13)}
        for year, month in sorted(segments):
            yield from _files(year, month)

    def path(self, press: Press, ident: Ident) -> str:
        year, month, shard = map(int, ident)
        folder = f"{year:04}-{month:02}" if month else f"{year:04}"
        return f"search/{folder}/posts.json" if shard < 0 else f"search/{folder}/{shard}.json"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        year, month, _ = map(int, ident)
        rows = _rows(press, year, month) if press.config.build.search else []
        return press.key("", b"".join(row.own for row in rows)) if rows else None

    def draw(self, press: Press, ident: Ident) -> bytes:
        year, month, shard = map(int, ident)
        rows = _rows(press, year, month)
        if shard < 0:
            return json.dumps([row.url for row in rows], ensure_ascii=False, separators=(",", ":")).encode()
        made = press.made.get((year, month))
        if made is None:
            shards = MONTH_SHARDS if month else YEAR_SHARDS
            made = postings((told(row, press.body(row)) for row in rows), shards)
            press.made.clear()  # one segment at a time: its shards are asked for one after the other
            press.made[year, month] = made
        return made[shard].encode()


def _files(year: int, month: int) -> Iterator[Ident]:
    for shard in range(-1, MONTH_SHARDS if month else YEAR_SHARDS):
        yield (year, month, shard)


class SearchStories:
    """`stories.json` beside each post: what hits are confirmed against and shown by."""

    def everything(self, press: Press) -> Iterator[Ident]:
        return ((row.source,) for row in press.index.posts() if searched(row))

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        yield from {(row.source,): None for change in changes for row in change.rows}

    def path(self, press: Press, ident: Ident) -> str:
        row = press.index.post(str(ident[0]))
        return f"{row.url}stories.json" if row and row.kind == "post" and searched(row) else ""

    def key(self, press: Press, ident: Ident) -> bytes | None:
        row = press.index.post(str(ident[0]))
        if row is None or not press.config.build.search:
            return None
        return press.key("", row.own)

    def draw(self, press: Press, ident: Ident) -> bytes:
        row = press.index.post(str(ident[0]))
        assert row is not None
        value = {"title": row.title, "date": row.fields()["date"][:10], "stories": told(row, press.body(row))}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
