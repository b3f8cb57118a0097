"""The site as it stands in content/ now, page by page: nothing is built, each page is drawn when asked for."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from generator.config import Config, load_config
from generator.errors import GeneratorError, Problem
from generator.site.build import FULL_FROM, Options, cache_path
from generator.site.cache import Cache
from generator.site.content import Scan, look_again, scan
from generator.site.fingerprints import engine_fingerprint
from generator.site.pages import Kind, kinds_of
from generator.site.pictures import FOLDER
from generator.site.press import Press
from generator.site.printing import Target
from generator.site.renew import make_press
from generator.site.sqlindex import SqlIndex
from generator.site.sync import News, Visibility, find_news, store_all, store_changes
from generator.site.theme import Theme, load_theme
from generator.site.urls import file_of, fold_path

EVERYTHING = frozenset({"content", "static", "themes", "site.toml"})
"""What can change, by the first part of its path in the site; each stands for all that is in it."""

_PER_POST = (
    "post",
    "copy",
    "twin",
    "redirect",
    "file",
    "asset",
    "picture",
)  # found by their path, never by listing


@dataclass(frozen=True, slots=True)
class State:
    """Which version of the site is shown, and what is wrong with the newest one."""

    version: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Studio:
    """Draws pages of the site at `root`. All calls must come from one thread: it owns the cache."""

    root: Path
    drafts: bool = False
    future: bool = False
    jobs: int = 1
    clock: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now(dt.UTC))
    state: State = field(default_factory=State)
    config: Config | None = None
    _theme: Theme | None = None
    _cache: Cache | None = None
    _press: Press | None = None
    _kinds: dict[str, Kind] = field(default_factory=dict)
    _listed: dict[str, Target] | None = None
    _found: Scan | None = None

    def refresh(self, changed: Collection[str] = EVERYTHING) -> State:
        """Take in what was saved: files, or whole parts of the site. On a mistake the last good version stays, with what is wrong."""
        problems: tuple[Problem, ...] = ()
        try:
            self._take_in(changed if self._press else EVERYTHING)
        except GeneratorError as error:
            problems = tuple(error.problems)
        self.state = State(self.state.version + 1, problems)
        return self.state

    def close(self) -> None:
        if self._cache is not None:
            self._cache.close()
            self._cache = None

    def draw(self, path: str) -> bytes | None:
        """Return the output file at `path` ("" and folders name their index.html); None when there is none.

        Raises `GeneratorError` where a template is wrong.
        """
        if self._press is None:
            return None
        target = self._target(file_of(path))
        if target is None:
            return None
        kind = self._kinds[target.kind]
        if kind.key(self._press, target.ident) is None:
            return None
        return kind.draw(self._press, target.ident)

    @property
    def ready(self) -> bool:
        """Whether there is a version to show."""
        return self._press is not None

    def _take_in(self, changed: Collection[str]) -> None:
        parts = {path.partition("/")[0] for path in changed}
        if self.config is None or "site.toml" in parts:
            self.config = load_config(self.root)
            self._theme = None
        if self._theme is None or "themes" in parts:
            self._theme = load_theme(self.config)
            self._press = None
        # posts that were there before need no look at the archive; after a mistake all of it is looked at
        found, self._found = self._found, None
        only: Collection[str] | None = changed
        if found is None or not look_again(str(self.root), found, changed):
            found, only = scan(str(self.root)), None
        cache = self._opened(self.config)
        engine = engine_fingerprint(self.config)
        future = self.future or self.config.build.allow_future
        visibility = Visibility(int(self.clock().timestamp()), self.drafts, future)
        news = find_news(
            self.config,
            cache,
            found,
            visibility,
            engine,
            started=time.time_ns(),
            jobs=self.jobs,
            only=only,
        )
        with cache.transaction():
            if news.anew or news.size > FULL_FROM:
                store_all(cache, news, visibility)
            else:
                store_changes(cache, news, visibility)
            cache.put("engine", engine)
        self._press = self._pressed(self.config, self._theme, cache, found, news)
        self._kinds = kinds_of(self._press)
        self._listed, self._found = None, found

    def _pressed(self, config: Config, theme: Theme, cache: Cache, found: Scan, news: News) -> Press:
        return make_press(config, theme, SqlIndex(cache), cache, found, bodies=news.bodies)

    def _opened(self, config: Config) -> Cache:
        """The preview's own cache; the first time it begins with what the last build knew."""
        if self._cache is None:
            path = str(config.state / ("preview-all.db" if self.drafts or self.future else "preview.db"))
            built = cache_path(config, Options(now=self.clock()))
            if not os.path.exists(path) and os.path.exists(built):
                with contextlib.suppress(OSError):  # then it begins from nothing
                    shutil.copyfile(built, path)
            self._cache = Cache.open(path)
        return self._cache

    def _target(self, path: str) -> Target | None:
        """Find what is drawn at `path` without listing a large archive."""
        press, cache = self._press, self._cache
        assert press is not None and cache is not None
        if path in press.files:
            return Target("file", (path,), path)
        if path in press.theme.assets:
            return Target("asset", (path,), path)
        if path.startswith(FOLDER) and press.index.showing(path):
            return Target("picture", (path,), path)
        folder, _, name = path.rpartition("/")
        twins = {"index.md": "copy", "edition.json": "twin"}
        home = f"{folder}/index.html" if name in twins else path
        for source in cache.claimants(fold_path(home)):
            row = press.index.post(source)
            if row is None:
                continue
            if file_of(row.url) != home:
                return self._redirect(source, path)
            kind = twins.get(name, "post")
            if kind in self._kinds and self._kinds[kind].path(press, (source,)) == path:
                return Target(kind, (source,), path)
        if self._listed is None:
            self._listed = {
                kind.path(press, ident): Target(name, ident, kind.path(press, ident))
                for name, kind in self._kinds.items()
                if name not in _PER_POST
                for ident in kind.everything(press)
            }
        return self._listed.get(path)

    def _redirect(self, source: str, path: str) -> Target | None:
        assert self._press is not None
        row = self._press.index.post(source)
        kind = self._kinds["redirect"]
        for alias in row.fields()["aliases"] if row else ():
            if fold_path(kind.path(self._press, (source, alias))) == fold_path(path):
                return Target("redirect", (source, alias), path)
        return None
