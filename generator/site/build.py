"""content/ → the site: compose what changed, print the pages that show it, publish them together."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from generator.config.schema import Config
from generator.errors import ContentError, Problem
from generator.files import lock
from generator.site.cache import Cache, KnownPage, KnownSource, discard
from generator.site.claims import claims, collisions, copies, raise_collisions, unique
from generator.site.compose import Composed, compose, load
from generator.site.content import Difference, Scan, difference, git_blobs, read, scan
from generator.site.fingerprints import engine_fingerprint
from generator.site.index import Index, MemoryIndex
from generator.site.output import damaged, prepare, publish, remove, strangers, withdraw
from generator.site.pages import kinds_of
from generator.site.pages.gone import Gone
from generator.site.press import Change, Copy, Press
from generator.site.rows import Row, digest
from generator.site.sqlindex import SqlIndex
from generator.site.theme import Theme, load_theme
from generator.site.urls import file_of
from generator.site.work import Printed, Printing, Target, compose_paths, print_targets

FULL_FROM = 200
"""From this many changed posts on, pages are found by going through all of them."""


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
    notes: list[Problem] = field(default_factory=list)
    scheduled: list[tuple[str, dt.datetime]] = field(default_factory=list)  # posts yet to appear
    drafts: int = 0


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
        self.root = str(config.root)
        self.now = int(options.now.timestamp())
        self.report = Report()
        self.future = options.future or config.build.allow_future
        # files of ours that the cache does not know can only be compared on the disk
        self.compare = ours and cache.fresh
        self.bodies: dict[bytes, bytes] = {}

    def run(self) -> Report:
        cache = self.cache
        started = time.time_ns()
        found = scan(self.root)
        self.report.notes += found.notes
        engine, look = engine_fingerprint(self.config), self._look()
        if cache.get("engine") != engine:
            # other rules for reading: nothing remembered of the content holds, pages may
            known: dict[str, KnownSource] = {}
        else:
            known = cache.sources()
        moved = sum(
            1 for path, file in found.files.items() if path in known and known[path].mtime != file.mtime
        )
        changes = difference(self.root, found, known, started=started, blobs=git_blobs(self.root, moved))
        pages = cache.pages()
        broken, touched = damaged(self.output, pages)
        for path in broken:
            pages[path] = pages[path]._replace(key=b"", digest=b"", size=-1)
        composed = self._compose(found, changes)
        flipped = cache.flipped(self.now, drafts=self.options.drafts, future=self.future)
        unfinished = bool(cache.get("unfinished")) or cache.fresh
        whole = (
            not known
            or unfinished
            or cache.get("look") != look
            or changes.static
            or len(composed) + len(flipped) > FULL_FROM
            or any(
                path.startswith("content/pages/") for path in (*changes.changed, *changes.removed, *flipped)
            )
        )
        if not (whole or composed or changes.removed or changes.files or flipped or broken):
            if touched or changes.known:
                with cache.transaction():
                    cache.put_pages(touched)
                    cache.put_sources(changes.known)
            return self._told(len(pages))
        cache.put("unfinished", "1")
        with cache.transaction():
            if whole:
                index, targets = self._everything(known, composed, changes)
            else:
                index, targets = self._affected(composed, changes, flipped, broken, pages)
            press = self._press(index, found)
            printed = self._print(press, targets(press), pages)
            self._finish(printed, pages, touched, whole=whole, unfinished=unfinished)
            cache.put_sources(changes.known)
            cache.drop_sources(changes.dropped)
            cache.put("engine", engine)
            cache.put("look", look)
            cache.put("unfinished", "")
        return self._told(len(pages))

    # composing

    def _compose(self, found: Scan, changes: Difference) -> list[Composed]:
        records = frozenset(path for path in found.owners if path.endswith("/edition.json"))
        composed = list(
            compose_paths(
                self.config,
                self.root,
                changes.changed,
                records,
                jobs=self.options.jobs,
                executor=self.options.executor,
            )
        )
        problems = [problem for one in composed for problem in one.problems]
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors:
            raise ContentError(errors)
        digests = {one.path: one.digest for one in composed}
        digests |= {
            one.path.removesuffix("index.md") + "edition.json": one.record for one in composed if one.record
        }
        changes.known = [
            source if source.digest else source._replace(digest=digests.get(source.path, b""))
            for source in changes.known
        ]
        self.bodies = {one.row.body: one.body for one in composed if one.row and one.body}
        self.report.composed = len(composed)
        return composed

    def _visible(self, row: Row) -> bool:
        return row.visible(self.now, drafts=self.options.drafts, future=self.future)

    def _entry(self, row: Row) -> tuple[Row, bool, tuple[str, ...]]:
        return row, self._visible(row), claims(row)

    # which pages

    def _everything(
        self, known: Mapping[str, KnownSource], composed: Sequence[Composed], changes: Difference
    ) -> tuple[Index, Callable[[Press], list[Target]]]:
        """All rows in memory, all pages asked."""
        rows: dict[str, Row] = {}
        if known:
            gone = set(changes.removed)
            rows = {row.source: row for row in self.cache.rows() if row.source not in gone}
        else:
            for table in ("sources", "notes"):
                self.cache.db.execute(f"delete from {table}")
        rows |= {one.row.source: one.row for one in composed if one.row}
        visible = [row for row in rows.values() if self._visible(row)]
        collisions(visible)
        self.cache.replace_rows(map(self._entry, rows.values()))
        self.cache.put_bodies(self.bodies)
        self.cache.drop_unused_bodies()
        self._note(composed, changes.removed)

        def targets(press: Press) -> list[Target]:
            kinds = kinds_of(press)
            return unique(
                Target(name, ident, kind.path(press, ident))
                for name, kind in kinds.items()
                for ident in kind.everything(press)
            )

        return MemoryIndex(visible), targets

    def _affected(
        self,
        composed: Sequence[Composed],
        changes: Difference,
        flipped: Iterable[str],
        broken: set[str],
        pages: Mapping[str, KnownPage],
    ) -> tuple[Index, Callable[[Press], list[Target]]]:
        """Only the pages that the changed posts touch, and those whose file is damaged."""
        cache = self.cache
        fresh = {one.row.source: one.row for one in composed if one.row}
        sources = list(dict.fromkeys([*fresh, *changes.removed, *flipped]))
        old = {source: cache.row(source) if cache.was_visible(source) else None for source in sources}
        for source in flipped:
            if source not in fresh and source not in changes.removed and (row := cache.row(source)):
                fresh[source] = row
        cache.drop_rows(changes.removed)
        cache.put_rows([self._entry(row) for row in fresh.values()])
        cache.put_bodies(self.bodies)
        cache.drop_bodies([row.body for row in old.values() if row])
        self._note(composed, changes.removed)
        index = SqlIndex(cache)
        self._refuse_collisions(fresh.values())
        delta = []
        for source in sources:
            row = fresh.get(source)
            new = row if row is not None and self._visible(row) else None
            if (old[source] is not None or new is not None) and (
                old[source] is None or new is None or old[source].own != new.own  # type: ignore[union-attr]
            ):
                delta.append(Change(old[source], new))

        def targets(press: Press) -> list[Target]:
            kinds = kinds_of(press)
            asked: dict[Target, None] = {}
            for name, kind in kinds.items():
                if broken and any(pages[path].kind == name for path in broken):
                    idents = [*kind.everything(press), *kind.touched(press, delta)]
                else:
                    idents = list(kind.touched(press, delta)) if delta or name == "file" else []
                for ident in dict.fromkeys(idents):
                    if path := kind.path(press, ident):
                        asked[Target(name, ident, path)] = None
            asked |= self._gone(delta, pages)
            return list(asked)

        return index, targets

    def _gone(self, delta: Sequence[Change], pages: Mapping[str, KnownPage]) -> dict[Target, None]:
        """Pages of posts that moved away or went: their address is no longer any kind's answer."""
        gone: dict[Target, None] = {}
        for change in delta:
            old = change.old
            if old is None or (change.new is not None and change.new.url == old.url):
                continue
            for kind, path in (
                ("post", file_of(old.url)),
                ("copy", f"{old.url}index.md"),
                ("twin", f"{old.url}edition.json"),
            ):
                if path in pages and pages[path].kind == kind:
                    gone[Target("gone", (path,), path)] = None
        return gone

    def _refuse_collisions(self, rows: Iterable[Row]) -> None:
        claimed: dict[str, list[str]] = {}
        for row in rows:
            if self._visible(row):
                for folded in claims(row):
                    owners = self.cache.claimants(folded)
                    if len(owners) > 1:
                        claimed[folded] = owners
        raise_collisions(claimed)

    def _note(self, composed: Iterable[Composed], removed: Iterable[str]) -> None:
        for path in removed:
            self.cache.put_notes(path, ())
        for one in composed:
            self.cache.put_notes(
                one.path,
                [
                    (problem.line, problem.column, problem.message, problem.severity)
                    for problem in one.problems
                ],
            )

    # printing

    def _press(self, index: Index, found: Scan) -> Press:
        static = {path: Copy(path, b"") for path in found.files if path.startswith("static/")}
        fresh = self.bodies
        reader = _BodyReader(self.cache.path, self.cache, fresh)

        @functools.cache
        def records() -> frozenset[str]:
            return frozenset(path for path in found.owners if path.endswith("/edition.json"))

        def rendered(source: str) -> tuple[Row | None, bytes | None]:
            one = compose(self.config, load(self.root, source, records()))
            return one.row, one.body

        return Press(
            config=self.config,
            theme=self.theme,
            index=index,
            stored_body=reader,
            rendered=rendered,
            read=functools.partial(read, self.root),
            files=self._files(index, found),
            bytecode=self._bytecode(),
            static={path.removeprefix("static/"): path.removeprefix("static/") for path in static},
        )

    def _files(self, index: Index, found: Scan) -> dict[str, Copy]:
        digests = {source.path: source.digest for source in self.cache.sources().values()} if found else {}
        return copies(index, found, digests, self.root)

    def _bytecode(self) -> str:
        folder = os.path.join(self.config.state, "templates")
        os.makedirs(folder, exist_ok=True)
        return folder

    def _print(
        self, press: Press, targets: Sequence[Target], pages: Mapping[str, KnownPage]
    ) -> list[Printed]:
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
        present = {one.path: one.page for one in printed if one.page is not None}
        absent = [one.path for one in printed if one.page is None and one.path not in present]
        gone = [path for path in absent if path in pages]
        if whole:
            gone += [path for path in pages if path not in present and path not in gone]
        staged = list(dict.fromkeys(one.path for one in printed if one.staged))
        publish(self.output, staged)
        remove(self.output, gone)
        if whole and (unfinished or self.compare):
            remove(self.output, strangers(self.output, present))
        self.cache.put_pages(touched)
        self.cache.put_pages(page for path, page in present.items() if page != pages.get(path))
        self.cache.drop_pages(gone)
        for path in gone:
            pages.pop(path, None)
        pages |= present
        self.report.written, self.report.removed = len(staged), len(gone)

    def _told(self, pages: int) -> Report:
        report, db = self.report, self.cache.db
        report.pages = pages
        report.posts = db.execute(
            "select count(*) from posts where visible = 1 and kind = 'post'"
        ).fetchone()[0]
        report.drafts = db.execute("select count(*) from posts where draft and not visible").fetchone()[0]
        report.scheduled = [
            (source, dt.datetime.fromtimestamp(begins, self.config.site.zone))
            for source, begins in db.execute(
                "select source, begins from posts where not visible and not draft and begins > ? order by begins, source",
                (self.now,),
            )
        ]
        report.notes += [
            Problem(source, line, column, message, severity)  # type: ignore[arg-type]
            for source, line, column, message, severity in self.cache.notes()
        ]
        return report

    def _look(self) -> str:
        config = self.config
        return digest(
            self.theme.fingerprint,
            repr((config.site, config.build, config.evidence.publish_sources, config.images)).encode(),
            engine_fingerprint(config).encode(),
        ).hex()


class _BodyReader:
    """Bodies of this build from memory, older ones from the cache; a forked process opens its own connection."""

    def __init__(self, path: str, cache: Cache, fresh: Mapping[bytes, bytes]) -> None:
        self._path, self._cache, self._fresh, self._pid = path, cache, fresh, os.getpid()

    def __call__(self, key: bytes) -> bytes | None:
        found = self._fresh.get(key)
        if found is not None:
            return found
        if os.getpid() != self._pid:
            self._cache, self._pid = Cache.reader(self._path), os.getpid()
        return self._cache.body(key)
