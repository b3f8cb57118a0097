"""Everything a page may be made from, gathered once for a build; and the keys pages are known by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.config.schema import Config
from generator.labels import Labels, labels_for
from generator.site.bodies import unpack
from generator.site.context import FeedView, LinkView, PageView, SiteView
from generator.site.fingerprints import program_fingerprint
from generator.site.index import Index
from generator.site.model import Body
from generator.site.rows import Change, Row, digest
from generator.site.syndication import Entry
from generator.site.templates import Templates
from generator.site.theme import Theme
from generator.site.urls import Addresses
from generator.site.views import Views

__all__ = ["FORMATS", "Change", "Copy", "Press"]

FORMATS: dict[str, tuple[str, str]] = {
    "rss": ("feed.xml", "application/rss+xml"),
    "atom": ("atom.xml", "application/atom+xml"),
    "json": ("feed.json", "application/feed+json"),
}
"""Feed formats: file name and media type."""


class Copy(NamedTuple):
    """A file to copy: where it lies in the site, and the digest of its bytes."""

    source: str
    digest: bytes


@dataclass(slots=True)
class Press:
    """The settings, theme, index and bodies of one build. Pages are drawn from it, and from nothing else."""

    config: Config
    theme: Theme
    index: Index
    stored_body: Callable[[bytes], bytes | None]
    rendered: Callable[[str], bytes | None]  # composes a source anew
    read: Callable[[str], bytes]  # a file of content/, static/ by its path in the site
    files: Mapping[str, Copy] = field(default_factory=dict)  # output path → what is copied there
    bytecode: str = ""
    feed_entries: dict[tuple[bytes, bool], Entry] = field(default_factory=dict)  # by own digest; in full?
    hosts: dict[str, str] = field(
        default_factory=dict
    )  # story.html of a story of which only its host is known
    made: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # shards of a search segment
    static: Mapping[str, str] = field(default_factory=dict)  # name under static/ → address
    labels: Labels = field(init=False)
    addresses: Addresses = field(init=False)
    templates: Templates = field(init=False)
    views: Views = field(init=False)
    site: SiteView = field(init=False)
    look: bytes = field(init=False)  # digest of what all pages share

    def __post_init__(self) -> None:
        config = self.config
        self.labels = labels_for(config.site.language)
        self.addresses = Addresses(config.site.base_url)
        self.views = Views(config, self.labels, self.addresses, categories=self.theme.has("category.html"))
        self.templates = Templates(
            self.theme, self.labels, self.addresses, files=self.static, bytecode=self.bytecode
        )
        self.site = self._site()
        build = config.build._replace(output="")  # where a site lies does not change it
        self.look = digest(
            program_fingerprint().encode(),  # another version of the program may draw otherwise
            repr((config.site, build, config.evidence.publish_sources, config.images)).encode(),
            repr(self.labels).encode(),
            repr(sorted(self.theme.addresses.items())).encode(),
            repr(sorted(self.static.items())).encode(),
            repr(sorted(self.theme.settings.items())).encode(),
            repr(self.theme.pages).encode(),
            repr(self.site.menu).encode(),
        )

    def _site(self) -> SiteView:
        config = self.config
        menu = [
            (row.fields()["weight"], row.title, LinkView(self.addresses.href(row.url), row.title))
            for row in (*self.index.pages(), *self.index.sections())
            if row.fields()["menu"]
        ]
        links = [link for *_, link in sorted(menu, key=lambda entry: entry[:2])]
        links += [LinkView(self._menu_address(url), title) for title, url in config.site.links.items()]
        return SiteView(
            title=config.site.title,
            url=self.addresses.base,
            path=self.addresses.path,
            language=config.site.language,
            labels=self.labels,
            description=config.site.description,
            author=config.site.author,
            copyright=config.site.copyright,
            menu=tuple(links),
            feeds=self.feeds("", config.site.title),
            community=config.site.community if config.site.community.url else None,
            search=config.build.search,
            search_url=self.addresses.href("search/index.json") if config.build.search else "",
            settings=self.theme.settings,
        )

    def _menu_address(self, url: str) -> str:
        return self.addresses.href(url.lstrip("/")) if url.startswith("/") else url

    def feeds(self, folder: str, title: str) -> tuple[FeedView, ...]:
        """The feeds that stand in a folder of the site."""
        return tuple(
            FeedView(self.addresses.href(folder + FORMATS[name][0]), title, FORMATS[name][1])
            for name in self.config.build.formats
        )

    def key(self, template: str, *parts: bytes) -> bytes:
        """The key of a page: its template with all it reaches, what all pages share, its own parts."""
        fingerprint = self.templates.fingerprint(template) if template else b""
        return digest(self.look, fingerprint, *parts)

    def draw(self, template: str, page: PageView, **context: Any) -> bytes:
        return self.templates.draw(template, site=self.site, page=page, **context).encode(
            "utf-8", "surrogatepass"
        )

    def body(self, row: Row) -> Body:
        """The rendered body of a post: of this build, stored, or rendered again."""
        packed = self.stored_body(row.body)
        if packed is None:
            packed = self.rendered(row.source)
        return unpack(packed) if packed else Body("")
