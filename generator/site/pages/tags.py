"""Tags, categories and sections: the list of all, a page for each, and one for each of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.site.context import LinkView, PageView, PeriodView
from generator.site.index import space_of
from generator.site.pages.kind import Ident
from generator.site.pages.lists import home_crumb, shown
from generator.site.pages.posts import dressed
from generator.site.press import Change, Press
from generator.site.rows import CATEGORY, SECTION, Row


@dataclass(frozen=True, slots=True)
class Space:
    """One way of ordering posts: what its terms' slugs begin with, where their pages lie, how they look."""

    prefix: str
    kind: str
    folder: str
    template: str
    list_template: str = ""
    label: str = ""  # of the list, in `Labels`

    def url(self, slug: str, year: int = 0) -> str:
        inner = f"{self.folder}{slug.removeprefix(self.prefix)}/"
        return f"{inner}{year}/" if year else inner

    def slugs(self, press: Press) -> list[str]:
        found = [tag.slug for tag in press.index.tags(self.prefix)]
        if self.prefix == SECTION:  # one may be written about before it has posts
            found += [SECTION + row.url.rstrip("/") for row in press.index.sections()]
        return list(dict.fromkeys(found))


TAGS = Space("", "tag", "tags/", "tag.html", "tags.html", "all_tags")
CATEGORIES = Space(CATEGORY, "category", "categories/", "category.html", "categories.html", "categories")
SECTIONS = Space(SECTION, "section", "", "section.html")


class TermPages:
    """`tags/X/` lists the newest year of a tag and links the others, `tags/X/2025/` one year.

    With `tags = "all"` in theme.toml there is one page with every post instead.
    """

    def __init__(self, space: Space) -> None:
        self.space = space

    def everything(self, press: Press) -> Iterator[Ident]:
        for slug in self.space.slugs(press):
            yield (slug, 0)
            if press.theme.pages.tags == "years":
                for year, _ in press.index.tag_years(slug):
                    yield (slug, year)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        found: set[tuple[str, int]] = set()
        for change in changes:
            if change.listed:
                found |= {
                    (slug, row.year)
                    for row in change.rows
                    if row.kind == "post"
                    for slug, _ in row.terms
                    if space_of(slug) == self.space.prefix
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
        return f"{self.space.url(str(ident[0]), int(ident[1]))}index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        slug = str(ident[0])
        rows, about = self._rows(press, ident), self._about(press, ident)
        tag = press.index.tag(slug)
        if not rows and (about is None or ident[1]):
            return None
        years = [year for year, _ in press.index.tag_years(slug)]
        count = tag.posts if tag and not ident[1] else 0
        said = f"{tag.name if tag else ''}\n{count}\n{years}".encode()
        return press.key(self.space.template, shown(rows), said, about.own if about else b"")

    def draw(self, press: Press, ident: Ident) -> bytes:
        slug, year = str(ident[0]), int(ident[1])
        rows, about = self._rows(press, ident), self._about(press, ident)
        tag = press.index.tag(slug)
        name = about.title if about else tag.name if tag else slug
        view = press.views.tag(name, self.space.url(slug), tag.posts if tag and not year else len(rows))
        title = name if not year else f"{name} · {press.labels.year_format.format(year=year)}"
        url = self.space.url(slug, year)
        page = PageView(
            kind=self.space.kind,
            title=title,
            url=press.addresses.href(url),
            absolute=press.addresses.absolute(url),
            description=about.fields()["description"] if about else "",
            crumbs=self._crumbs(press, LinkView(view.url, name) if year else None),
            feeds=press.feeds(self.space.url(slug), f"{press.site.title} · {name}")
            if self.space is TAGS and press.theme.pages.tag_feeds
            else (),
        )
        years = tuple(
            PeriodView(
                press.labels.year_format.format(year=other),
                press.addresses.href(self.space.url(slug, other)),
                other,
            )
            for other, _ in press.index.tag_years(slug)
        )
        return press.draw(
            self.space.template,
            page,
            tag=view,
            entries=press.views.entries(rows, slug),
            year=rows[0].year if rows else 0,
            years=years if press.theme.pages.tags == "years" else (),
            **self._more(press, about),
        )

    def _about(self, press: Press, ident: Ident) -> Row | None:
        """What a person wrote about the term."""
        return None

    def _more(self, press: Press, about: Row | None) -> Mapping[str, Any]:
        """Further variables of the template."""
        return {}

    def _crumbs(self, press: Press, above: LinkView | None) -> tuple[LinkView, ...]:
        crumbs = [home_crumb(press)]
        if self.space.label and press.theme.has(self.space.list_template):
            label = getattr(press.labels, self.space.label)
            crumbs.append(LinkView(press.addresses.href(self.space.folder), label))
        return (*crumbs, above) if above else tuple(crumbs)

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


class SectionPages(TermPages):
    """`essays/`: the posts of content/essays, below what its `_index.md` says."""

    def __init__(self) -> None:
        super().__init__(SECTIONS)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        yield from super().touched(press, changes)
        for row in {row for change in changes for row in change.rows if row.kind == "section"}:
            slug = SECTION + row.url.rstrip("/")
            yield (slug, 0)
            yield from ((slug, year) for year, _ in press.index.tag_years(slug))

    def _about(self, press: Press, ident: Ident) -> Row | None:
        url = self.space.url(str(ident[0]))
        return next((row for row in press.index.sections() if row.url == url), None)

    def _more(self, press: Press, about: Row | None) -> Mapping[str, Any]:
        if about is None:
            return {"post": None}
        body = press.body(about)
        return {"post": press.views.post(about, body, dressed(press, about, body))}


class TermList:
    """`tags/`: all tags with their numbers; `categories/` likewise, where there are any."""

    def __init__(self, space: Space) -> None:
        self.space = space

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if any(
            change.old is None or change.new is None or change.old.terms != change.new.terms
            for change in changes
        ):
            yield ()

    def path(self, press: Press, ident: Ident) -> str:
        return f"{self.space.folder}index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        terms = press.index.tags(self.space.prefix)
        if not terms and self.space is not TAGS:
            return None
        return press.key(self.space.list_template, repr(terms).encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        page = PageView(
            kind=f"{self.space.folder[:-1]}",
            title=getattr(press.labels, self.space.label),
            url=press.addresses.href(self.space.folder),
            absolute=press.addresses.absolute(self.space.folder),
            crumbs=(home_crumb(press),),
        )
        terms = press.index.tags(self.space.prefix)
        tags = tuple(press.views.tag(term.name, self.space.url(term.slug), term.posts) for term in terms)
        return press.draw(self.space.list_template, page, tags=tags)
