"""Pages of which there is one, whatever the posts: search, 404; and texts for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.site.context import PageView
from generator.site.pages.kind import Ident
from generator.site.pages.lists import home_crumb
from generator.site.pages.metadata import plain
from generator.site.press import Change, Press

_LLMS_POSTS = 60


class _Single:
    """A kind with one page that no post changes."""

    file = ""

    def everything(self, press: Press) -> Iterator[Ident]:
        yield ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        return iter(())

    def path(self, press: Press, ident: Ident) -> str:
        return self.file


class SearchPage(_Single):
    file = "search/index.html"

    def key(self, press: Press, ident: Ident) -> bytes | None:
        return press.key("search.html") if press.config.build.search else None

    def draw(self, press: Press, ident: Ident) -> bytes:
        page = PageView(
            kind="search",
            title=press.labels.search,
            url=press.addresses.href("search/"),
            absolute=press.addresses.absolute("search/"),
            crumbs=(home_crumb(press),),
        )
        return press.draw("search.html", page)


class NotFound(_Single):
    file = "404.html"

    def key(self, press: Press, ident: Ident) -> bytes:
        return press.key("404.html")

    def draw(self, press: Press, ident: Ident) -> bytes:
        page = PageView(
            kind="404",
            title=press.labels.not_found,
            url=press.addresses.href("404.html"),
            absolute=press.addresses.absolute("404.html"),
            noindex=True,
        )
        return press.draw("404.html", page)


class Robots(_Single):
    """`robots.txt`; only the one at a host's root counts, so a site below a path does harmlessly."""

    file = "robots.txt"

    def key(self, press: Press, ident: Ident) -> bytes:
        return press.key("")

    def draw(self, press: Press, ident: Ident) -> bytes:
        return f"User-agent: *\nAllow: /\n\nSitemap: {press.addresses.absolute('sitemap.xml')}\n".encode()


class Llms(_Single):
    """`llms.txt`: what the site is, its newest posts as Markdown, and where the rest is."""

    file = "llms.txt"

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if any(change.listed for change in changes):
            yield ()

    def key(self, press: Press, ident: Ident) -> bytes | None:
        if not press.config.build.markdown_copies:
            return None
        rows = press.index.newest(_LLMS_POSTS)
        pages = press.index.pages()
        return press.key("", b"".join(row.shown for row in (*rows, *pages)))

    def draw(self, press: Press, ident: Ident) -> bytes:
        site = press.site
        lines = [f"# {site.title}", ""]
        if site.description:
            lines += [f"> {site.description}", ""]
        lines += [f"## {press.labels.latest}", ""]
        for row in press.index.newest(_LLMS_POSTS):
            fields = row.fields()
            summary = "；".join(plain(line) for line in fields["summary"][:3])
            url = press.addresses.absolute(row.url + ("index.md" if row.url.endswith("/") else ""))
            lines.append(
                f"- [{_text(row.title)}]({url}): {fields['date'][:10]} {_text(summary)}".rstrip(": ")
            )
        others = [(row.title, press.addresses.absolute(row.url)) for row in press.index.pages()]
        if press.theme.has("archive.html"):
            others.append((press.labels.archive, press.addresses.absolute("archive/")))
        others += [
            (name.upper(), press.addresses.base + file)
            for name, file in (("rss", "feed.xml"), ("json", "feed.json"))
            if name in press.config.build.formats
        ]
        if others:
            lines += ["", "## Optional", "", *(f"- [{_text(title)}]({url})" for title, url in others)]
        return ("\n".join(lines) + "\n").encode()


def _text(text: str) -> str:
    return text.replace("[", "(").replace("]", ")").replace("\n", " ")
