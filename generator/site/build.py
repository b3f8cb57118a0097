"""content/ → the site: compose what changed, print the pages that show it, publish them together."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from generator.config.schema import Config
from generator.errors import Problem
from generator.files import lock
from generator.site.cache import Cache, KnownPage, discard
from generator.site.claims import copies, unique
from generator.site.compose import compose, load
from generator.site.content import Scan, read, scan
from generator.site.fingerprints import engine_fingerprint, look_fingerprint
from generator.site.index import Index, MemoryIndex
from generator.site.output import damaged, prepare, publish, remove, strangers, withdraw
from generator.site.pages import kinds_of
from generator.site.pages.gone import Gone
from generator.site.press import Change, Press
from generator.site.rows import Row
from generator.site.sqlindex import SqlIndex
from generator.site.sync import Visibility, find_news, scheduled, store_all, store_changes, warnings
from generator.site.theme import Theme, load_theme
from generator.site.urls import file_of
from generator.site.work import Printed, Printing, Target, print_targets

FULL_FROM = 200
"""From this many changed posts on, all pages are asked, instead of those a change touches."""

Targets = Callable[[Press], list[Target]]


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


def build(config: Config, options: Options) -> Report:
    """Build the site. Raises `ContentError` and `ThemeError` before anything published changes."""
    output = os.path.abspath(options.output or config.output)
    path = options.cache or cache_path(config, options)
    with lock(Path(path + ".lock"), "build"):
        theme = load_theme(config)
        ours = prepare(output)
        if options.clean:
            discard(path)
        with Cache.open(path) as cache:
            return _Build(config, options, theme, cache, output, ours).run()


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


class _Build:
    """One run, step by step."""

    def __init__(
        self, config: Config, options: Options, theme: Theme, cache: Cache, output: str, ours: bool
    ) -> None:
        self.config, self.options, self.theme, self.cache, self.output = config, options, theme, cache, output
        future = options.future or config.build.allow_future
        self.visibility = Visibility(int(options.now.timestamp()), options.drafts, future)
        self.report = Report()
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
        )
        self.report.composed = len(news.composed)
        pages = cache.pages()
        broken, touched = damaged(self.output, pages)
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
            if touched or news.changes.known:
                with cache.transaction():
                    cache.put_pages(touched)
                    cache.put_sources(news.changes.known)
            return self._told(found, len(pages))
        for path in broken:
            pages[path] = pages[path]._replace(key=b"", digest=b"", size=-1)
        cache.put("unfinished", "1")
        with cache.transaction():
            index: Index
            if whole:
                index = MemoryIndex(store_all(cache, news, self.visibility))
                targets: Targets = _all_targets
            else:
                changes = store_changes(cache, news, self.visibility)
                index = SqlIndex(cache)
                kinds = {pages[path].kind for path in broken}
                targets = functools.partial(_touched_targets, changes, kinds, pages)
            press = make_press(config, self.theme, index, cache, found, bodies=news.bodies)
            printed = self._print(press, targets(press), pages)
            self._finish(printed, pages, touched, whole=whole, unfinished=unfinished)
            for key, value in (("engine", engine), ("look", look), ("unfinished", "")):
                cache.put(key, value)
        return self._told(found, len(pages))

    def _print(self, press: Press, targets: Sequence[Target], pages: dict[str, KnownPage]) -> list[Printed]:
        printing = Printing(press, {**kinds_of(press), "gone": Gone()}, pages, self.output, self.compare)
        try:
            return print_targets(printing, targets, jobs=self.options.jobs)
        except BaseException:
            withdraw(self.output, [target.path for target in targets])
            raise

    def _finish(
        self,
        printed: Sequence[Printed],
        pages: dict[str, KnownPage],
        touched: Iterable[KnownPage],
        *,
        whole: bool,
        unfinished: bool,
    ) -> None:
        """Let the new pages take their places, remove what is gone, and remember both."""
        present = {one.path: one.page for one in printed if one.page is not None}
        gone = [one.path for one in printed if one.page is None and one.path not in present]
        gone = [path for path in dict.fromkeys(gone) if path in pages]
        if whole:
            gone += [path for path in pages if path not in present and path not in gone]
        staged = list(dict.fromkeys(one.path for one in printed if one.staged))
        remove(self.output, gone)
        publish(self.output, staged)
        if whole and unfinished:
            remove(self.output, strangers(self.output, present))
        self.cache.put_pages(page for page in touched if page.path not in present)
        self.cache.put_pages(page for path, page in present.items() if page != pages.get(path))
        self.cache.drop_pages(gone)
        for path in gone:
            del pages[path]
        pages |= present
        self.report.written, self.report.removed = len(staged), len(gone)

    def _told(self, found: Scan, pages: int) -> Report:
        report = self.report
        report.pages = pages
        report.posts, report.drafts = self.cache.counts()
        report.scheduled = scheduled(self.cache, self.visibility, self.config)
        report.notes = [*found.notes, *warnings(self.cache)]
        return report


def _all_targets(press: Press) -> list[Target]:
    return unique(
        Target(name, ident, kind.path(press, ident))
        for name, kind in kinds_of(press).items()
        for ident in kind.everything(press)
    )


def _touched_targets(
    changes: Sequence[Change], broken: set[str], pages: dict[str, KnownPage], press: Press
) -> list[Target]:
    """The pages that changed posts touch, and all of a kind of which a file is damaged."""
    asked: dict[Target, None] = {}
    for name, kind in kinds_of(press).items():
        idents = [*kind.touched(press, changes), *(kind.everything(press) if name in broken else ())]
        for ident in dict.fromkeys(idents):
            if path := kind.path(press, ident):
                asked[Target(name, ident, path)] = None
    for change in changes:
        for path in _left(change):
            if path in pages:
                asked.setdefault(Target("gone", (path,), path))
    return list(asked)


def _left(change: Change) -> list[str]:
    """Files of a post that moved away or went: no kind names that address any more."""
    old, new = change.old, change.new
    if old is None or (new is not None and new.url == old.url):
        return []
    return [file_of(old.url), *(f"{old.url}{name}" for name in ("index.md", "edition.json", "stories.json"))]


def make_press(
    config: Config,
    theme: Theme,
    index: Index,
    cache: Cache,
    found: Scan,
    *,
    bodies: dict[bytes, bytes] | None = None,
) -> Press:
    """Gather what pages are made from."""
    root = str(config.root)
    records = frozenset(path for path in found.owners if path.endswith("/edition.json"))

    def rendered(source: str) -> tuple[Row | None, bytes | None]:
        one = compose(config, load(root, source, records))
        return one.row, one.body

    bytecode = os.path.join(config.state, "templates")
    os.makedirs(bytecode, exist_ok=True)
    names = [path.removeprefix("static/") for path in found.files if path.startswith("static/")]
    return Press(
        config=config,
        theme=theme,
        index=index,
        stored_body=_BodyReader(cache, bodies or {}),
        rendered=rendered,
        read=functools.partial(read, root),
        files=copies(index, found, cache.digests(), root),
        bytecode=bytecode,
        static={name: name for name in names},
    )


class _BodyReader:
    """Bodies of this build from memory, older ones from the cache; a forked process opens its own."""

    def __init__(self, cache: Cache, fresh: dict[bytes, bytes]) -> None:
        self._cache, self._fresh, self._pid = cache, fresh, os.getpid()

    def __call__(self, key: bytes) -> bytes | None:
        if (found := self._fresh.get(key)) is not None:
            return found
        if os.getpid() != self._pid:
            self._cache, self._pid = Cache.reader(self._cache.path), os.getpid()
        return self._cache.body(key)
