"""Tags: the list of all, a page for each, and one for each of its years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.site.context import LinkView, PageView, PeriodView
from generator.site.pages.kind import Ident
from generator.site.pages.lists import home_crumb, shown
from generator.site.press import Change, Press
from generator.site.rows import Row


class TagPages:
    """`tags/X/` lists the newest year of a tag and links the others, `tags/X/2025/` one year.

    With `tags = "all"` in theme.toml there is one page with every post instead.
    """

    def everything(self, press: Press) -> Iterator[Ident]:
        for tag in press.index.tags():
            yield (tag.slug, 0)
            if press.theme.pages.tags == "years":
                for year, _ in press.index.tag_years(tag.slug):
                    yield (tag.slug, year)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        found: set[tuple[str, int]] = set()
        for change in changes:
            if change.listed:
                found |= {
                    (slug, row.year) for row in change.rows if row.kind == "post" for slug, _ in row.tags
                }
        for slug, year in found:
            yield (slug, 0)
            if press.theme.pages.tags != "years":
                continue
            yield (slug, year)
            # its other years link to this one, or no longer, and show the tag's name as most spell it
            for other, _ in press.index.tag_years(slug):
                yield (slug, other)

    def path(self, press: Press, ident: Ident) -> str:
        return f"tags/{ident[0]}/index.html" if not ident[1] else f"tags/{ident[0]}/{ident[1]}/index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        rows = self._rows(press, ident)
        if not rows:
            return None
        slug = str(ident[0])
        tag = press.index.tag(slug)
        assert tag is not None
        years = [year for year, _ in press.index.tag_years(slug)]
        count = tag.posts if not ident[1] else 0
        return press.key("tag.html", shown(rows), f"{tag.name}\n{count}\n{years}".encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        slug, year = str(ident[0]), int(ident[1])
        rows = self._rows(press, ident)
        tag = press.index.tag(slug)
        assert tag is not None
        view = press.views.tag(slug, tag.name, tag.posts if not year else len(rows))
        title = tag.name if not year else f"{tag.name} · {press.labels.year_format.format(year=year)}"
        url = f"tags/{slug}/{year}/" if year else f"tags/{slug}/"
        feeds = press.feeds(f"tags/{slug}/", f"{press.site.title} · {tag.name}")
        crumbs = [home_crumb(press), LinkView(press.addresses.href("tags/"), press.labels.all_tags)]
        if year:
            crumbs.append(LinkView(view.url, tag.name))
        page = PageView(
            kind="tag",
            title=title,
            url=press.addresses.href(url),
            absolute=press.addresses.absolute(url),
            crumbs=tuple(crumbs),
            feeds=feeds if press.theme.pages.tag_feeds else (),
        )
        years = tuple(
            PeriodView(
                press.labels.year_format.format(year=other),
                press.addresses.href(f"tags/{slug}/{other}/"),
                other,
            )
            for other, _ in press.index.tag_years(slug)
        )
        return press.draw(
            "tag.html",
            page,
            tag=view,
            entries=press.views.entries(rows, slug),
            year=rows[0].year,
            years=years if press.theme.pages.tags == "years" else (),
        )

    def _rows(self, press: Press, ident: Ident) -> Sequence[Row]:
        slug, year = str(ident[0]), int(ident[1])
        if press.theme.pages.tags != "years":
            return press.index.tagged(slug)
        if not year:
            years = press.index.tag_years(slug)
            if not years:
                return ()
            year = years[0][0]
        return press.index.tagged(slug, year)


class TagList:
    """`tags/`: all tags with their numbers."""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if any(
            change.old is None or change.new is None or change.old.tags != change.new.tags
            for change in changes
        ):
            yield ()

    def path(self, press: Press, ident: Ident) -> str:
        return "tags/index.html"

    def key(self, press: Press, ident: Ident) -> bytes:
        return press.key("tags.html", repr(press.index.tags()).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        page = PageView(
            kind="tags",
            title=press.labels.all_tags,
            url=press.addresses.href("tags/"),
            absolute=press.addresses.absolute("tags/"),
            crumbs=(home_crumb(press),),
        )
        tags = tuple(press.views.tag(*tag) for tag in press.index.tags())
        return press.draw("tags.html", page, tags=tags)
