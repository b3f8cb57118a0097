"""content/ → the site: compose what changed, print the pages that show it, publish them together."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.config.schema import Config
from generator.errors import Problem
from generator.files import lock
from generator.site.cache import Cache, discard
from generator.site.content import Scan, scan
from generator.site.fingerprints import engine_fingerprint, look_fingerprint
from generator.site.output import damaged, prepare
from generator.site.sync import Visibility, find_news, scheduled, warnings
from generator.site.theme import Theme, load_theme

if TYPE_CHECKING:
    from concurrent.futures import Executor

FULL_FROM = 200
"""From this many changed posts on, all pages are asked, instead of those a change touches."""


@dataclass(frozen=True, slots=True)
class Options:
    """How this build is made. `now` decides which posts have appeared."""

    now: dt.datetime
    output: str = ""  # folder; "": the settings'
    drafts: bool = False
    future: bool = False
    clean: bool = False  # ignore what is remembered
    jobs: int = 1
    executor: Executor | None = None
    cache: str = ""  # file; "": the site's
    fetched: tuple[str, ...] = ()  # pictures that came from elsewhere since the last build


@dataclass(slots=True)
class Report:
    """What a build did."""

    posts: int = 0
    pages: int = 0
    written: int = 0
    removed: int = 0
    composed: int = 0
    drafts: int = 0
    notes: list[Problem] = field(default_factory=list)
    scheduled: list[tuple[str, dt.datetime]] = field(default_factory=list)  # posts yet to appear
    covers: list[tuple[str, str]] = field(default_factory=list)  # remote ones to fetch: file, address


def build(config: Config, options: Options) -> Report:
    """Build the site. Raises `ContentError` and `ThemeError` before anything published changes."""
    output = os.path.abspath(options.output or config.output)
    path = options.cache or cache_path(config, options)
    with lock(Path(path + ".lock"), "build"), _without_collector():
        theme = load_theme(config)
        ours = prepare(output)
        if options.clean:
            discard(path)
        with Cache.open(path) as cache:
            return _Build(config, options, theme, cache, output, ours).run()


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Spare a build the search for cycles: it makes few, and holds much that would be searched again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def cache_path(config: Config, options: Options) -> str:
    """The cache of this output: builds that show other posts or write elsewhere keep their own."""
    output = os.path.abspath(options.output or config.output)
    variant = (os.path.relpath(output, config.root.resolve()), options.drafts, options.future)
    name = "build"
    if variant != (config.build.output.strip("/"), False, False):
        name += "-" + hashlib.sha256(repr(variant).encode()).hexdigest()[:8]
    return str(config.state / f"{name}.db")


def is_finished(config: Config) -> bool:
    """Whether the output is the result of a build that ran to its end."""
    path = cache_path(config, Options(now=dt.datetime.now(dt.UTC)))
    if not os.path.exists(path):
        return False
    with Cache.open(path) as cache:
        return not cache.fresh and not cache.get("unfinished")


def _load_printing() -> None:
    """Load what pages are drawn with, before it is needed."""
    import generator.site.renew  # noqa: F401


class _Build:
    """One run: find out what changed; when something did, have the site renewed."""

    def __init__(
        self, config: Config, options: Options, theme: Theme, cache: Cache, output: str, ours: bool
    ) -> None:
        self.config, self.options, self.theme, self.cache, self.output = config, options, theme, cache, output
        future = options.future or config.build.allow_future
        self.visibility = Visibility(int(options.now.timestamp()), options.drafts, future)
        self.report = Report()
        self.ours = ours
        # files of ours that the cache does not know can only be compared on the disk
        self.compare = ours and cache.fresh

    def run(self) -> Report:
        cache, config = self.cache, self.config
        started = time.time_ns()
        found = scan(str(config.root))
        engine, look = engine_fingerprint(config), look_fingerprint(config, self.theme)
        news = find_news(
            config,
            cache,
            found,
            self.visibility,
            engine,
            started=started,
            jobs=self.options.jobs,
            executor=self.options.executor,
            fetched=self.options.fetched,
            meanwhile=_load_printing,
        )
        self.report.composed = len(news.composed)
        broken, moved = damaged(
            self.output, cache.output_files(), lambda path: cache.pages([path])[path].digest
        )
        unfinished = cache.fresh or bool(cache.get("unfinished"))
        whole = (
            news.anew
            or unfinished
            or cache.get("look") != look
            or news.changes.static
            or news.size > FULL_FROM
            or news.pages
        )
        if not (whole or news.size or news.changes.files or broken):
            if moved or news.changes.known:
                with cache.transaction():
                    cache.touch_pages(moved)
                    cache.put_sources(news.changes.known)
            return self._told(found)
        # only now: an unchanged site needs neither templates nor Markdown
        from generator.site.renew import Renewal

        renewal = Renewal(
            config, self.theme, cache, self.output, jobs=self.options.jobs, compare=self.compare
        )
        cache.put("unfinished", "1")
        with cache.transaction():
            cache.touch_pages(moved)
            renewal.run(found, news, self.visibility, broken, whole=whole, sweep=unfinished and self.ours)
            for key, value in (("engine", engine), ("look", look), ("unfinished", "")):
                cache.put(key, value)
        self.report.written, self.report.removed = renewal.written, renewal.removed
        return self._told(found)

    def _told(self, found: Scan) -> Report:
        report = self.report
        report.pages = self.cache.count_pages()
        report.posts, report.drafts = self.cache.counts()
        report.scheduled = scheduled(self.cache, self.visibility, self.config)
        if self.config.images.fetch_remote_covers:
            from generator.site.pictures import missing_covers

            report.covers = missing_covers(self.config, self.cache)
        report.notes = [*found.notes, *warnings(self.cache)]
        return report
