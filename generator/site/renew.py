"""Renewing the site after a change: which pages to print, printing them, publishing them together."""

from __future__ import annotations

import functools
import os
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.config.schema import Config
from generator.site.bodies import Bodies, Place, unsqueeze
from generator.site.cache import Cache, KnownPage
from generator.site.claims import copies, unique
from generator.site.compose import compose, load
from generator.site.content import Scan, read
from generator.site.index import Index, MemoryIndex
from generator.site.output import publish, remove, strangers, withdraw
from generator.site.pages import kinds_of
from generator.site.pages.gone import Gone
from generator.site.pictures import prune as forget_pictures
from generator.site.press import Change, Press
from generator.site.printing import Printed, Printing, Target, print_targets
from generator.site.sqlindex import SqlIndex
from generator.site.sync import News, Visibility, renew_all, store_changes
from generator.site.theme import Theme
from generator.site.urls import file_of

Targets = Callable[[Press], list[Target]]


class Renewal:
    """One run on an open transaction of the cache."""

    def __init__(
        self, config: Config, theme: Theme, cache: Cache, output: str, *, jobs: int, compare: bool
    ) -> None:
        self.config, self.theme, self.cache, self.output = config, theme, cache, output
        self.jobs, self.compare = jobs, compare
        self.written = self.removed = 0

    def run(
        self,
        found: Scan,
        news: News,
        visibility: Visibility,
        broken: set[str],
        *,
        whole: bool,
        sweep: bool,
    ) -> None:
        """Bring cache and output up to the news; the files of `broken` are not what the cache knows of them.

        With `sweep` the output may hold files that no build remembers; they go.
        """
        index: Index
        if whole:
            published, store = renew_all(self.cache, news, visibility)
            index = MemoryIndex(published)
            targets: Targets = _all_targets
        else:
            changes, store = store_changes(self.cache, news, visibility), None
            index = SqlIndex(self.cache)
            kinds = {page.kind for page in self.cache.pages(broken).values()}
            targets = functools.partial(_touched_targets, changes, kinds, self.cache)
        press = make_press(self.config, self.theme, index, self.cache, found, bodies=news.bodies)
        asked = targets(press)
        known = self.cache.pages(None if whole else [target.path for target in asked])
        for path in broken & known.keys():
            known[path] = known[path]._replace(key=b"", digest=b"", size=-1)
        if not whole:
            _refuse_other_kinds(asked, known, press)
        printed = self._print(press, asked, known, meanwhile=store)
        if whole:
            forget_pictures(self.config, self.cache)
        self._finish(printed, known, whole=whole, sweep=sweep)

    def _print(
        self,
        press: Press,
        targets: Sequence[Target],
        known: Mapping[str, KnownPage],
        *,
        meanwhile: Callable[[], None] | None,
    ) -> list[Printed]:
        printing = Printing(press, {**kinds_of(press), "gone": Gone()}, known, self.output, self.compare)
        try:
            return print_targets(printing, targets, jobs=self.jobs, meanwhile=meanwhile)
        except BaseException:
            withdraw(self.output, [target.path for target in targets])
            raise

    def _finish(
        self,
        printed: Sequence[Printed],
        known: Mapping[str, KnownPage],
        *,
        whole: bool,
        sweep: bool,
    ) -> None:
        """Let the new pages take their places, remove what is gone, and remember both."""
        present = {one.path: one.page for one in printed if one.page is not None}
        gone = [one.path for one in printed if one.page is None and one.path not in present]
        gone = [path for path in dict.fromkeys(gone) if path in known]
        if whole:
            answered = {*present, *gone}
            gone += [path for path in known if path not in answered]
        staged = list(dict.fromkeys(one.path for one in printed if one.staged))
        remove(self.output, gone)
        publish(self.output, staged)
        if whole and sweep:
            remove(self.output, strangers(self.output, present))
        self.cache.put_pages(page for path, page in present.items() if page != known.get(path))
        self.cache.drop_pages(gone)
        self.written, self.removed = len(staged), len(gone)


def _all_targets(press: Press) -> list[Target]:
    return unique(
        Target(name, ident, kind.path(press, ident))
        for name, kind in kinds_of(press).items()
        for ident in kind.everything(press)
    )


def _touched_targets(changes: Sequence[Change], broken: set[str], cache: Cache, press: Press) -> list[Target]:
    """The pages that changed posts touch, and all of a kind of which a file is damaged."""
    asked: dict[Target, None] = {}
    for name, kind in kinds_of(press).items():
        idents = [*kind.touched(press, changes), *(kind.everything(press) if name in broken else ())]
        for ident in dict.fromkeys(idents):
            if path := kind.path(press, ident):
                asked[Target(name, ident, path)] = None
    # what lay beside a post that went, moved or hid is no file to copy any more
    gone = [path for path in cache.paths_of("file") if path not in press.files]
    gone += [path for change in changes for path in _left(change)]
    for path in gone:
        asked.setdefault(Target("gone", (path,), path))
    return list(asked)


def _refuse_other_kinds(targets: Iterable[Target], pages: Mapping[str, KnownPage], press: Press) -> None:
    """Raise `ContentError` where a page is to stand in the place of one of another kind that stays."""
    claimed: dict[str, str] = {}
    for target in targets:
        if target.kind == "gone":
            continue
        known = pages.get(target.path)
        if claimed.setdefault(target.path, target.kind) != target.kind or (
            known and known.kind != target.kind
        ):
            _all_targets(press)  # rare, so that all pages may be asked who is right
            return


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
    bodies: Bodies | None,
) -> Press:
    """Gather what pages are made from."""
    root = str(config.root)
    records = frozenset(path for path in found.owners if path.endswith("/edition.json"))

    def rendered(source: str) -> bytes | None:
        packed = compose(config, load(root, source, records)).body
        assert not isinstance(packed, Place)
        return packed

    bytecode = os.path.join(config.state, "templates")
    os.makedirs(bytecode, exist_ok=True)
    names = [path.removeprefix("static/") for path in found.files if path.startswith("static/")]
    return Press(
        config=config,
        theme=theme,
        index=index,
        stored_body=_BodyReader(cache, bodies),
        rendered=rendered,
        read=functools.partial(read, root),
        files=copies(index, found, cache.digests(), root),
        bytecode=bytecode,
        static={name: name for name in names},
    )


class _BodyReader:
    """Bodies of this build, else those the cache kept; a forked process opens its own connection."""

    def __init__(self, cache: Cache, fresh: Bodies | None) -> None:
        self._cache, self._fresh, self._pid = cache, fresh, os.getpid()

    def __call__(self, key: bytes) -> bytes | None:
        if self._fresh is not None and (found := self._fresh.get(key)) is not None:
            return found
        if os.getpid() != self._pid:
            self._cache, self._pid = Cache.reader(self._cache.path), os.getpid()
        kept = self._cache.body(key)
        try:
            return unsqueeze(kept) if kept else None
        except zlib.error:
            return None  # a damaged cache costs time only
