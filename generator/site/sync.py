"""Bringing the cache up to the content: compose what changed, store rows, say what that changed.

Both `build` and `serve` start here; neither knows how a row is made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.config.schema import Config
from generator.errors import ContentError, Problem
from generator.site.cache import Cache, KnownSource
from generator.site.content import Difference, Scan, difference, git_blobs
from generator.site.rows import Change, Row

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.site.bodies import Bodies
    from generator.site.compose import Composed


RECENT = 40 * 86_400
"""Seconds before the newest post. What is as recent is shown again with every new post: in feeds, and in the newest
part of the search index."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which posts are published: at what second, and whether drafts and future ones show."""

    now: int
    drafts: bool = False
    future: bool = False

    def shows(self, row: Row) -> bool:
        return row.visible(self.now, drafts=self.drafts, future=self.future)


@dataclass(slots=True)
class News:
    """What differs from the cache."""

    changes: Difference
    composed: list[Composed] = field(default_factory=list)
    flipped: list[str] = field(default_factory=list)  # posts that time made appear or expire
    anew: bool = False  # nothing in the cache holds

    bodies: Bodies | None = None  # of what was composed

    def kept(self, newest: int) -> dict[bytes, bytes]:
        """The bodies that the cache is to keep, by their keys: costly ones, and those near the `newest` post."""
        found: dict[bytes, bytes] = {}
        for one in self.composed:
            if one.row is None:
                continue
            if one.kept:
                found[one.row.body] = one.kept
            elif one.row.at > newest - RECENT and self.bodies and (body := self.bodies.get(one.row.body)):
                from generator.site.bodies import squeeze  # an unchanged site needs none of it

                found[one.row.body] = squeeze(body)
        return found

    @property
    def size(self) -> int:
        return len(self.composed) + len(self.flipped) + len(self.changes.removed)

    @property
    def pages(self) -> bool:
        """Whether a page or section is among it: the menu may be another."""
        paths = (*self.changes.changed, *self.changes.removed, *self.flipped)
        return any(path.startswith("content/pages/") or path.endswith("/_index.md") for path in paths)


def find_news(
    config: Config,
    cache: Cache,
    found: Scan,
    visibility: Visibility,
    engine: str,
    *,
    started: int,
    jobs: int = 1,
    executor: Executor | None = None,
    fetched: Sequence[str] = (),
    only: Collection[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> News:
    """Compare the content with the cache and compose what changed; `fetched` are pictures that came from elsewhere.
    With `only` nothing but these posts, which were there before, is looked at. `meanwhile` is done while
    other processes compose.

    Raises `ContentError` with every problem of every changed file; nothing is stored then.
    """
    root = str(config.root)
    # under other rules for reading nothing remembered of the content holds; pages may
    anew = cache.get("engine") != engine
    known: Mapping[str, KnownSource] = {} if anew else cache.sources(only)
    looked = found if only is None or anew else found.part(only)
    moved = sum(path in known and known[path].mtime != file.mtime for path, file in looked.files.items())
    changes = difference(root, looked, known, started=started, blobs=git_blobs(root, moved))
    moved_files = [
        file.path
        for file in changes.known
        if file.owner != file.path and (file.path not in known or known[file.path].digest != file.digest)
    ]
    showing = cache.showing([*moved_files, *changes.dropped, *fetched]) if known else []
    changes.changed += [path for path in showing if path in found.files and path not in changes.changed]
    composed: list[Composed] = []
    bodies: Bodies | None = None
    if changes.changed:
        # an unchanged site needs no Markdown
        from generator.site.composing import compose_paths

        bodies, composed = compose_paths(
            config,
            root,
            changes.changed,
            _records(found),
            jobs=jobs,
            executor=executor,
            meanwhile=meanwhile,
        )
    refuse(composed)
    if any(one.shown for one in composed):
        from generator.site.pictures import hang

        composed = hang(config, composed, found, jobs=jobs)
    digests = {one.path: one.digest for one in composed}
    digests |= {
        one.path.removesuffix("index.md") + "edition.json": one.record for one in composed if one.record
    }
    changes.known = [
        source if source.digest else source._replace(digest=digests.get(source.path, b""))
        for source in changes.known
    ]
    flipped = cache.flipped(visibility.now, drafts=visibility.drafts, future=visibility.future)
    return News(changes, composed, flipped, anew, bodies)


def _records(found: Scan) -> frozenset[str]:
    return frozenset(path for path in found.owners if path.endswith("/edition.json"))


def refuse(composed: Iterable[Composed]) -> None:
    """Raise `ContentError` when a source cannot be published."""
    errors = [problem for one in composed for problem in one.problems if problem.severity == "error"]
    if errors:
        raise ContentError(errors)


def store_all(cache: Cache, news: News, visibility: Visibility) -> None:
    """Store all rows anew. Raises `ContentError` on collisions."""
    _, store = renew_all(cache, news, visibility)
    store()


def renew_all(cache: Cache, news: News, visibility: Visibility) -> tuple[list[Row], Callable[[], None]]:
    """Return the published rows of the whole site, and what stores all rows: pages need not wait for it.

    Raises `ContentError` on collisions.
    """
    from generator.site.claims import claims, collisions

    rows: dict[str, Row] = {}
    if news.anew:
        cache.forget_content()
    else:
        gone = set(news.changes.removed)
        rows = {row.source: row for row in cache.rows() if row.source not in gone}
    rows |= {one.row.source: one.row for one in news.composed if one.row}
    published = [row for row in rows.values() if visibility.shows(row)]
    collisions(published)
    _remember(cache, news)

    def store() -> None:
        cache.replace_rows((row, visibility.shows(row), claims(row)) for row in rows.values())
        cache.put_bodies(news.kept(cache.newest()))
        cache.drop_unused_bodies()

    return published, store


def store_changes(cache: Cache, news: News, visibility: Visibility) -> list[Change]:
    """Store what changed and return it, post by post. Raises `ContentError` on collisions."""
    from generator.site.claims import claims

    fresh = {one.row.source: one.row for one in news.composed if one.row}
    removed = news.changes.removed
    sources = list(dict.fromkeys([*fresh, *removed, *news.flipped]))
    rows = {source: cache.row(source) for source in sources}
    old = {source: row if row and cache.was_visible(source) else None for source, row in rows.items()}
    for source in news.flipped:
        if source not in fresh and source not in removed and (row := rows[source]):
            fresh[source] = row
    cache.drop_rows(removed)
    cache.put_rows([(row, visibility.shows(row), claims(row)) for row in fresh.values()])
    cache.put_bodies(news.kept(cache.newest()))
    cache.drop_bodies([row.body for row in rows.values() if row])
    _remember(cache, news)
    _refuse_collisions(cache, [row for row in fresh.values() if visibility.shows(row)])
    changes = []
    for source in sources:
        candidate = fresh.get(source)
        new = candidate if candidate and visibility.shows(candidate) else None
        before = old[source]
        if (before and before.own) != (new and new.own):
            changes.append(Change(before, new))
    return changes


def _refuse_collisions(cache: Cache, rows: Iterable[Row]) -> None:
    from generator.site.claims import claims, raise_collisions

    claimed: dict[str, Sequence[str]] = {}
    for row in rows:
        for folded in claims(row):
            owners = cache.claimants(folded)
            if len(owners) > 1:
                claimed[folded] = owners
    raise_collisions(claimed)


def _remember(cache: Cache, news: News) -> None:
    cache.put_sources(news.changes.known)
    cache.drop_sources(news.changes.dropped)
    for path in news.changes.removed:
        cache.put_notes(path, ())
    for one in news.composed:
        rows = [(note.line, note.column, note.message, note.severity) for note in one.problems]
        if rows or not news.anew:
            cache.put_notes(one.path, rows)


def warnings(cache: Cache) -> list[Problem]:
    """What is odd in the content but does not forbid publishing."""
    return [
        Problem(source, line, column, message, severity)  # type: ignore[arg-type]
        for source, line, column, message, severity in cache.notes()
    ]


def scheduled(cache: Cache, visibility: Visibility, config: Config) -> list[tuple[str, dt.datetime]]:
    """Posts that will appear, and when."""
    return [
        (source, dt.datetime.fromtimestamp(begins, config.site.zone))
        for source, begins in cache.waiting(visibility.now)
    ]
