"""The two heavy steps in batches: composing sources and printing pages; here, in forked processes, or on a cluster.

Processes are forked after everything is imported and loaded, so they share the index and the
templates without a copy; each writes the pages of its share, and only small rows travel back.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from generator.config.schema import Config
from generator.errors import GeneratorError
from generator.parallel import map_batches
from generator.site.bodies import Bodies, Shelf
from generator.site.cache import KnownPage
from generator.site.compose import Composed, compose, compose_batch, load
from generator.site.output import page_digest, same_on_disk, stage
from generator.site.pages import Ident, Kind
from generator.site.press import Press

FEW = 150
"""Below this many, starting processes costs more than it saves."""

_BATCH = 64


class Target(NamedTuple):
    """One page that may have to be printed."""

    kind: str
    ident: Ident
    path: str


class Printed(NamedTuple):
    """What became of a target. `page` is None when there is no such page; `staged` when a file waits."""

    path: str
    page: KnownPage | None
    staged: bool


@dataclass(slots=True)
class Printing:
    """What printing needs besides the press; inherited by forked processes, never sent."""

    press: Press
    kinds: Mapping[str, Kind]
    known: Mapping[str, KnownPage]
    output: str
    compare: bool  # the output may hold pages that the cache does not know
    force: bool = False  # draw even what the cache has


def forks() -> bool:
    return hasattr(os, "fork")


# composing


def compose_paths(
    config: Config,
    root: str,
    paths: Sequence[str],
    records: frozenset[str],
    *,
    jobs: int,
    executor: Executor | None,
) -> tuple[Bodies, list[Composed]]:
    """Compose the sources at `paths`, in order; their bodies come apart."""
    if executor is not None:
        # a cluster's workers may not see our disk: they get the files' bytes
        sources = [load(root, path, records) for path in paths]
        return _gather(
            Bodies(), map_batches(partial(compose_batch, config), sources, executor=executor, size=_BATCH)
        )
    if len(paths) < FEW or not forks():
        return _gather(Bodies(), (compose(config, load(root, path, records)) for path in paths))
    shelf = Shelf(str(config.state))
    here = partial(_compose_here, config, root, records, shelf)
    if jobs < 2:
        return _gather(Bodies(shelf), map_batches(here, paths, size=_BATCH))
    with _pool(jobs, here) as pool:
        return _gather(
            Bodies(shelf), map_batches(_inherited, paths, executor=pool, size=_share(len(paths), jobs))
        )


def _gather(bodies: Bodies, composed: Iterable[Composed]) -> tuple[Bodies, list[Composed]]:
    found = []
    terms: dict[tuple[str, str], tuple[str, str]] = {}
    for one in composed:
        if one.row and one.body is not None:
            bodies.put(one.row.body, one.body)
            # what many posts have is held once, though it came from another process with each
            shared = tuple([terms.setdefault(term, term) for term in one.row.terms])
            one = one._replace(row=one.row._replace(terms=shared), body=None)
        found.append(one)
    return bodies, found


def _compose_here(
    config: Config, root: str, records: frozenset[str], shelf: Shelf, paths: list[str]
) -> list[Composed]:
    composed = [compose(config, load(root, path, records)) for path in paths]
    places = iter(shelf.add(one.body for one in composed if isinstance(one.body, bytes)))
    return [one if one.body is None else one._replace(body=next(places)) for one in composed]


def _share(count: int, jobs: int) -> int:
    """Batches small enough to end together, large enough to send rarely."""
    return max(1, min(_BATCH, count // (jobs * 4)))


_work: list[Callable[..., Any]] = []  # what this process was forked to do


def _inherited(*values: Any) -> Any:
    """Do in a forked process what its pool is for: that is inherited, so it need not be sent."""
    return _work[-1](*values)


@contextlib.contextmanager
def _pool(jobs: int, work: Callable[..., Any]) -> Iterator[Executor]:
    import multiprocessing  # a small build needs no processes
    from concurrent.futures import ProcessPoolExecutor

    # what lives now lives in all processes: freezing keeps the collector from touching shared pages
    gc.freeze()
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_work.append, initargs=(work,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


# printing


def print_targets(
    printing: Printing,
    targets: Sequence[Target],
    *,
    jobs: int,
    meanwhile: Callable[[], None] | None = None,
) -> list[Printed]:
    """Print what changed of `targets`: pages are staged, not yet published.

    `meanwhile` is done here while other processes print, so that what it needs is no burden of theirs.
    """
    if jobs < 2 or len(targets) < FEW or not forks():
        if meanwhile is not None:
            meanwhile()
        return [print_one(printing, target) for target in targets]
    with _pool(jobs, partial(_print_span, printing, targets)) as pool:
        spans = _spans(targets, _share(len(targets), jobs))
        futures = [pool.submit(_inherited, *span) for span in spans]
        if meanwhile is not None:
            meanwhile()
        return _gathered(futures)


def _spans(targets: Sequence[Target], size: int) -> list[tuple[int, int]]:
    """Cut into spans of `size` or a little more: files that are made together, as a search segment's, stay together."""
    spans = []
    start = 0
    while start < len(targets):
        stop = min(start + size, len(targets))
        while stop < len(targets) and _together(targets[stop - 1], targets[stop]):
            stop += 1
        spans.append((start, stop))
        start = stop
    return spans


def _together(one: Target, next_: Target) -> bool:
    """Whether two targets differ in the last part of their names only, as the shards of a segment."""
    return len(one.ident) > 2 and one.kind == next_.kind and one.ident[:-1] == next_.ident[:-1]


def _gathered(futures: Sequence[Future[tuple[list[Printed], GeneratorError | None]]]) -> list[Printed]:
    """All results; the first problem is raised after every process came to rest."""
    done: list[Printed] = []
    failure: GeneratorError | None = None
    for future in futures:
        if failure is not None:
            future.cancel()
            continue
        printed, problem = future.result()
        done += printed
        failure = problem
    if failure is not None:
        wait([future for future in futures if not future.cancelled()])
        raise failure
    return done


def _print_span(
    printing: Printing, targets: Sequence[Target], start: int, stop: int
) -> tuple[list[Printed], GeneratorError | None]:
    done: list[Printed] = []
    try:
        for target in targets[start:stop]:
            done.append(print_one(printing, target))
    except GeneratorError as error:
        return done, error
    return done, None


def print_one(printing: Printing, target: Target) -> Printed:
    """Draw and stage a page, unless its key says that it is as it was."""
    kind, path = printing.kinds[target.kind], target.path
    key = kind.key(printing.press, target.ident)
    if key is None:
        return Printed(path, None, False)
    known = printing.known.get(path)
    if known is not None and known.key == key and not printing.force:
        return Printed(path, known, False)
    data = kind.draw(printing.press, target.ident)
    digest = page_digest(data)
    if known is not None and known.digest == digest and known.size == len(data):
        return Printed(path, known._replace(key=key, kind=target.kind), False)
    if printing.compare and (mtime := same_on_disk(printing.output, path, data)):
        return Printed(path, KnownPage(path, target.kind, key, digest, len(data), mtime), False)
    mtime = stage(printing.output, path, data)
    return Printed(path, KnownPage(path, target.kind, key, digest, len(data), mtime), True)
