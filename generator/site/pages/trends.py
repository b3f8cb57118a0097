"""`trends/`: what the last thirteen weeks of the archive say, as charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.site.context import PageView
from generator.site.pages.kind import Ident
from generator.site.pages.lists import home_crumb
from generator.site.press import Change, Press
from generator.site.rows import Row
from generator.site.trends import DAYS, Day, trends

_POSTS = 2 * DAYS  # a paper may have two editions a day


class Trends:
    """One page; drawn again when a post of its weeks changes."""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if any(row.kind == "post" for change in changes for row in change.rows):
            yield ()

    def path(self, press: Press, ident: Ident) -> str:
        return "trends/index.html"

    def key(self, press: Press, ident: Ident) -> bytes:
        return press.key("trends.html", b"".join(row.own for row in _recent(press)))

    def draw(self, press: Press, ident: Ident) -> bytes:
        page = PageView(
            kind="trends",
            title=press.labels.trends,
            url=press.addresses.href("trends/"),
            absolute=press.addresses.absolute("trends/"),
            crumbs=(home_crumb(press),),
        )
        days = [_day(row) for row in _recent(press)]
        return press.draw("trends.html", page, trends=trends(days, press.labels))


def _recent(press: Press) -> list[Row]:
    """The posts of the archive's last weeks, counted from its own last day."""
    rows = press.index.newest(_POSTS)
    if not rows:
        return []
    first = _date(rows[0]) - dt.timedelta(days=DAYS - 1)
    return [row for row in rows if _date(row) >= first]


def _date(row: Row) -> dt.date:
    return dt.date(row.year, row.month, row.day)


def _day(row: Row) -> Day:
    """What one post adds: its stories' tags, its own where no record names some, and who told them."""
    fields = row.fields()
    return Day(
        _date(row),
        row.stories,
        tuple(sorted(fields.get("tagged", {}))) or tuple(name for _, name in row.tags),
        tuple(fields["publishers"].split("\n")) if row.stories else (),
        fields["score"],
    )
