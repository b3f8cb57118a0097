"""The front page, months, years and the archive: bounded by what they are about, never by a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.site.context import LinkView, PagerView, PageView, PeriodView
from generator.site.index import MonthCount
from generator.site.pages import metadata
from generator.site.pages.kind import Ident
from generator.site.pages.posts import dressed
from generator.site.press import Change, Press
from generator.site.rows import Row
from generator.site.syndication import absolute_links

_RECENT_MONTHS = 12


def shown(rows: Sequence[Row]) -> bytes:
    """What a list of posts shows of them."""
    return b"".join(row.shown for row in rows)


def home_crumb(press: Press) -> LinkView:
    return LinkView(press.addresses.href(""), press.labels.home)


class Home:
    """The front page; with `paginate` in theme.toml also `page/N/`, counted from the oldest post.

    Full pages never change: the front page holds what no full page but the last holds, so one more
    post changes the front page alone.
    """

    def everything(self, press: Press) -> Iterator[Ident]:
        for number in range(_pages(press, press.index.count())):
            yield (number,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        yield (0,)
        size = press.theme.pages.paginate
        posts = [row for change in changes if change.listed for row in change.rows if row.kind == "post"]
        if not size or not posts:
            return
        first = min(press.index.position(row.order) for row in posts)
        grown = sum((change.new is not None) - (change.old is not None) for change in changes)
        count = press.index.count()
        ends = _pages(press, count), _pages(press, count - grown)
        # the page before the last one links to it, as the front page or by its number
        for number in range(max(1, min(first // size, *ends) - 1), max(ends) + 1):
            yield (number,)

    def path(self, press: Press, ident: Ident) -> str:
        return f"page/{ident[0]}/index.html" if ident[0] else "index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        number = int(ident[0])
        if number and number >= _pages(press, press.index.count()):
            return None
        rows = self._rows(press, number)
        latest = rows[0].own if rows and not number else b""
        months = repr(self._months(press)).encode() if not number else b""
        pager = repr(self._pager(press, number)).encode()
        story = press.templates.fingerprint("story.html") if press.templates.has("story.html") else b""
        return press.key("home.html", shown(rows), latest, months, pager, story)

    def draw(self, press: Press, ident: Ident) -> bytes:
        number = int(ident[0])
        rows = self._rows(press, number)
        latest = None
        if rows and not number:
            body = press.body(rows[0])
            # away from its own page what the post says beside itself has to be said in full
            html = absolute_links(
                dressed(press, rows[0], body), press.addresses.href(rows[0].url), anchors=False
            )
            latest = press.views.post(rows[0], body, html)
        url = f"page/{number}/" if number else ""
        page = PageView(
            kind="home",
            title=press.site.title,
            url=press.addresses.href(url),
            absolute=press.addresses.absolute(url),
            description=press.site.description,
            image=press.views.full(latest.cover) if latest else "",
            json_ld=metadata.website(press),
        )
        return press.draw(
            "home.html",
            page,
            latest=latest,
            entries=press.views.entries(rows),
            months=() if number else tuple(map(press.views.month, self._months(press))),
            pager=self._pager(press, number),
        )

    def _rows(self, press: Press, number: int) -> Sequence[Row]:
        size = press.theme.pages.paginate
        if not size:
            return press.index.newest(press.config.build.home_posts)
        if number:
            return press.index.slice((number - 1) * size, number * size)
        count = press.index.count()
        return press.index.slice((_pages(press, count) - 1) * size, count)

    def _months(self, press: Press) -> list[MonthCount]:
        return list(press.index.months()[:_RECENT_MONTHS]) if press.theme.has("month.html") else []

    def _pager(self, press: Press, number: int) -> PagerView | None:
        if not press.theme.pages.paginate:
            return None
        pages = _pages(press, press.index.count())
        here = number or pages

        def link(target: int) -> LinkView | None:
            if not 1 <= target <= pages:
                return None
            url = f"page/{target}/" if target < pages else ""
            return LinkView(press.addresses.href(url), str(target))

        return PagerView(here, newer=link(here + 1) if number else None, older=link(here - 1))


def _pages(press: Press, count: int) -> int:
    """How many front pages `count` posts fill: numbered ones and the front page itself."""
    size = press.theme.pages.paginate
    return max(1, count // size) if size else 1


def _periods(changes: Sequence[Change]) -> set[tuple[int, int]]:
    return {
        (row.year, row.month)
        for change in changes
        if change.listed
        for row in change.rows
        if row.kind == "post"
    }


class Months:
    """`2026/01/`: the posts of a month and its calendar."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for month in press.index.months():
            yield (month.year, month.month)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        periods = _periods(changes)
        if not periods:
            return
        known = [(month.year, month.month) for month in press.index.months()]
        for period in periods:
            yield period
            # the months beside it link to it, or no longer
            yield from [when for when in known if when < period][:1]
            yield from [when for when in known if when > period][-1:]

    def path(self, press: Press, ident: Ident) -> str:
        return f"{int(ident[0]):04}/{int(ident[1]):02}/index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        rows = press.index.month(int(ident[0]), int(ident[1]))
        if not rows:
            return None
        return press.key("month.html", shown(rows), repr(self._beside(press, ident)).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        year, month = int(ident[0]), int(ident[1])
        rows = press.index.month(year, month)
        period = press.views.month(MonthCount(year, month, len(rows), sum(row.stories for row in rows)))
        previous, following = self._beside(press, ident)
        page = PageView(
            kind="month",
            title=period.title,
            url=period.url,
            absolute=press.views.full(period.url),
            previous=previous,
            next=following,
            crumbs=(
                home_crumb(press),
                LinkView(press.addresses.href(f"{year:04}/"), press.labels.year_format.format(year=year)),
            ),
        )
        return press.draw(
            "month.html",
            page,
            month=period,
            entries=press.views.entries(rows),
            days=press.views.days(rows, year, month),
        )

    def _beside(self, press: Press, ident: Ident) -> tuple[LinkView | None, LinkView | None]:
        months = press.index.months()
        here = (int(ident[0]), int(ident[1]))
        older = next((month for month in months if (month.year, month.month) < here), None)
        newer = next((month for month in reversed(months) if (month.year, month.month) > here), None)
        return _link(press, older), _link(press, newer)


def _link(press: Press, month: MonthCount | None) -> LinkView | None:
    if month is None:
        return None
    view = press.views.month(month)
    return LinkView(view.url, view.title)


class Years:
    """`2026/`: the months of a year and a calendar of its days."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for year in _years(press):
            yield (year,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        years = {year for year, _ in _periods(changes)}
        if not years:
            return
        known = _years(press)
        for year in years:
            yield (year,)
            yield from [(other,) for other in known if other < year][:1]
            yield from [(other,) for other in known if other > year][-1:]

    def path(self, press: Press, ident: Ident) -> str:
        return f"{int(ident[0]):04}/index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        rows = press.index.year(int(ident[0]))
        if not rows:
            return None
        return press.key("year.html", shown(rows), repr(self._beside(press, int(ident[0]))).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        year = int(ident[0])
        rows = press.index.year(year)
        months = [month for month in press.index.months() if month.year == year]
        period = press.views.year(year, months)
        previous, following = self._beside(press, year)
        page = PageView(
            kind="year",
            title=period.title,
            url=period.url,
            absolute=press.views.full(period.url),
            previous=previous,
            next=following,
            crumbs=(home_crumb(press), LinkView(press.addresses.href("archive/"), press.labels.archive)),
        )
        return press.draw("year.html", page, year=period, days=press.views.days(rows, year))

    def _beside(self, press: Press, year: int) -> tuple[LinkView | None, LinkView | None]:
        known = _years(press)
        older = next((other for other in known if other < year), None)
        newer = next((other for other in reversed(known) if other > year), None)
        link = [
            LinkView(press.addresses.href(f"{other:04}/"), press.labels.year_format.format(year=other))
            if other
            else None
            for other in (older, newer)
        ]
        return link[0], link[1]


def _years(press: Press) -> list[int]:
    return list(dict.fromkeys(month.year for month in press.index.months()))


class Archive:
    """`archive/`: every year with its months."""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if _periods(changes):
            yield ()

    def path(self, press: Press, ident: Ident) -> str:
        return "archive/index.html"

    def key(self, press: Press, ident: Ident) -> bytes:
        return press.key("archive.html", repr(press.index.months()).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        months = press.index.months()
        years: tuple[PeriodView, ...] = tuple(
            press.views.year(year, [month for month in months if month.year == year])
            for year in _years(press)
        )
        page = PageView(
            kind="archive",
            title=press.labels.archive,
            url=press.addresses.href("archive/"),
            absolute=press.addresses.absolute("archive/"),
            crumbs=(home_crumb(press),),
        )
        return press.draw("archive.html", page, years=years)
