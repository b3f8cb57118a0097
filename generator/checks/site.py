"""What checks look at: the sources of content/ and the pages that were built of them."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from generator.config import Config
from generator.errors import ContentError
from generator.markup import frontmatter
from generator.markup.blocks import scan
from generator.site.posts import read_post
from generator.site.urls import file_of

_TAG = re.compile(r"<[a-z][^>]*>", re.IGNORECASE)
_BLANKED = re.compile(r"[^\n]")
_SPAN = re.compile(r"(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")
_ATTRIBUTE = re.compile(r"""\s(href|src|id|name)="([^"]*)\"""")


@dataclass(frozen=True)
class Source:
    """A Markdown file: its path inside the site, its text, and its page among the built files."""

    path: str
    text: str
    page: str = ""  # empty: it has none

    @cached_property
    def _without_code(self) -> str:
        """The text with as many blanks for what stands in fences and code spans."""
        blocks = (_BLANKED.sub(" ", one.raw) if one.kind == "fence" else one.raw for one in scan(self.text))
        return _SPAN.sub(lambda span: _BLANKED.sub(" ", span[0]), "".join(blocks))

    def places(self, address: str) -> list[tuple[int, int]]:
        """Return line and column of each place where the text names an address that a page names.

        A page spells it with %-escapes, a person mostly without. The first line when it is nowhere.
        """
        for spelled in dict.fromkeys((address, unquote(address))):
            named = re.compile(rf"(?<![^\s(<\[\"'=]){re.escape(spelled)}(?![^\s)>\]\"'])")
            if found := [match.start() for match in named.finditer(self._without_code)]:
                return [self._place(at) for at in found]
        return [self._place(max(self.text.find(unquote(address)), 0))]

    def _place(self, at: int) -> tuple[int, int]:
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)


@dataclass(frozen=True, slots=True)
class Page:
    """A built page: the places it has and the addresses it names."""

    path: str
    ids: frozenset[str]
    links: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """The site as checks see it. `files` are the paths of everything built."""

    config: Config
    sources: tuple[Source, ...]
    pages: Mapping[str, Page]
    files: frozenset[str]

    @cached_property
    def source_of(self) -> Mapping[str, Source]:
        """The source of each page that has one."""
        return {source.page: source for source in self.sources if source.page}

    def inside(self, page: str, address: str) -> tuple[str, str] | None:
        """Return file and place that an address on `page` leads to; None when it leads out of the site."""
        base = self.config.site.base_url.rstrip("/") + "/"
        here = urljoin(base, page.removesuffix("index.html"))
        try:
            target = urlsplit(urljoin(here, address))
            home = urlsplit(base)
        except ValueError:
            return None
        if (target.scheme, target.netloc) != (home.scheme, home.netloc) or not target.path.startswith(
            home.path
        ):
            return None
        path = unquote(target.path[len(home.path) :])
        return file_of(
            posixpath.normpath(path) + "/" if path.endswith("/") and path != "/" else path
        ), unquote(target.fragment)


def source(path: str, text: str, config: Config) -> Source:
    """Return a source with the page it becomes, when its front matter can be read."""
    try:
        document = frontmatter.split(text, path)
    except ContentError:
        return Source(path, text)
    post, _ = read_post(document.fields, path, config)
    return Source(path, text, file_of(post.url) if post else "")


def page(path: str, text: str) -> Page:
    """Return what a built page has and names; our builder quotes every attribute."""
    ids, links = [], []
    for tag in _TAG.finditer(text):
        for name, value in _ATTRIBUTE.findall(tag[0]):
            if name in ("id", "name"):
                ids.append(html.unescape(value))
            else:
                links.append(html.unescape(value))
    return Page(path, frozenset(ids), tuple(dict.fromkeys(links)))


def outside(site: Site) -> Iterator[tuple[Source, str]]:
    """Yield each address outside of the site that a source names, once, with the first that names it."""
    seen: set[str] = set()
    for one in site.sources:
        for address in _links(site, one):
            if (
                address.startswith(("http://", "https://"))
                and address not in seen
                and not site.inside(one.page, address)
            ):
                seen.add(address)
                yield one, address


def _links(site: Site, one: Source) -> Iterable[str]:
    built = site.pages.get(one.page)
    # what the theme adds to every page is not the source's
    return [link for link in built.links if link in one.text or unquote(link) in one.text] if built else ()
