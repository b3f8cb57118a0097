"""`sitemap.xml`: an index of one sitemap a year, and one for pages and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from generator.site.pages.kind import Ident
from generator.site.pages.tags import CATEGORIES, SECTIONS
from generator.site.press import Change, Press
from generator.site.rows import Row

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class SitemapIndex:
    """Names the parts; changes when a year begins."""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if any(change.listed for change in changes):
            yield ()

    def path(self, press: Press, ident: Ident) -> str:
        return "sitemap.xml"

    def key(self, press: Press, ident: Ident) -> bytes:
        return press.key("", repr(_years(press)).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        names = ["sitemap-pages.xml", *(f"sitemap-{year:04}.xml" for year in _years(press))]
        entries = "".join(
            f"<sitemap><loc>{escape(press.addresses.absolute(name))}</loc></sitemap>\n" for name in names
        )
        return f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n'.encode()


class Sitemaps:
    """`sitemap-2026.xml` has the posts of a year, `sitemap-pages.xml` (0) everything else."""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield (0,)
        for year in _years(press):
            yield (year,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if any(change.listed for change in changes):
            yield (0,)
        # a changed body may come with another `updated`
        yield from {(row.year,) for change in changes for row in change.rows if row.kind == "post"}

    def path(self, press: Press, ident: Ident) -> str:
        return f"sitemap-{int(ident[0]):04}.xml" if ident[0] else "sitemap-pages.xml"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        if not ident[0]:
            return press.key("", "\n".join(self._lists(press)).encode())
        rows = press.index.year(int(ident[0]))
        if not rows:
            return None
        return press.key("", "\n".join(f"{row.url} {_modified(row)}" for row in rows).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        if ident[0]:
            entries = "".join(
                f"<url><loc>{escape(press.addresses.absolute(row.url))}</loc>"
                f"<lastmod>{_modified(row)}</lastmod></url>\n"
                for row in press.index.year(int(ident[0]))
            )
        else:
            entries = "".join(
                f"<url><loc>{escape(press.addresses.absolute(url))}</loc></url>\n"
                for url in self._lists(press)
            )
        return f'{_HEAD}<urlset xmlns="{_SPACE}">\n{entries}</urlset>\n'.encode()

    def _lists(self, press: Press) -> list[str]:
        theme = press.theme
        urls = [""]
        urls += [row.url for row in press.index.pages() if not row.draft]
        if theme.has("archive.html"):
            urls.append("archive/")
        if theme.has("tags.html"):
            urls.append("tags/")
        if theme.has("month.html"):
            urls += [f"{month.year:04}/{month.month:02}/" for month in press.index.months()]
        if theme.has("year.html"):
            urls += [f"{year:04}/" for year in _years(press)]
        if theme.has("tag.html"):
            urls += sorted(f"tags/{tag.slug}/" for tag in press.index.tags())
        for space in (CATEGORIES, SECTIONS):
            if theme.has(space.template):
                urls += sorted({space.url(slug) for slug in space.slugs(press)})
        if theme.has("categories.html") and press.index.tags(CATEGORIES.prefix):
            urls.append("categories/")
        return urls


def _years(press: Press) -> list[int]:
    return list(dict.fromkeys(month.year for month in press.index.months()))


def _modified(row: Row) -> str:
    # text search first: nearly no post has an `updated`, and a year's posts are many
    if '"updated":null' in row.blob:
        start = row.blob.index('"date":"') + 8
        return row.blob[start : start + 10]
    fields = row.fields()
    return str(fields["updated"] or fields["date"])[:10]
