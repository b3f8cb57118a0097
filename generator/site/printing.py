"""Which pages a build asks for → files beside their places: drawn here or in forked processes, when they changed.

Processes are forked after everything is loaded, so they share the index and the templates without a
copy; each writes the pages of its share, and only small rows travel back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import GeneratorError
from generator.parallel import forked, forks, inherited, share
from generator.site.cache import KnownPage
from generator.site.output import page_digest, same_on_disk, stage
from generator.site.pages import Ident, Kind
from generator.site.press import Press

if TYPE_CHECKING:
    from concurrent.futures import Future

FEW = 150
"""Below this many, starting processes costs more than it saves."""


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
    with forked(jobs, partial(_print_span, printing, targets)) as pool:
        spans = _spans(targets, share(len(targets), jobs))
        futures = [pool.submit(inherited, *span) for span in spans]
        if meanwhile is not None:
            meanwhile()
        return _gathered(futures)


def _spans(targets: Sequence[Target], size: int) -> list[tuple[int, int]]:
    """Cut into what is made together, as the files of a search segment, and then spans of at most `size` others.

    What is made together is much work in one piece: begun last, it would keep one process busy alone.
    """
    whole: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    start, count = 0, len(targets)
    while start < count:
        stop = start + 1
        while stop < count and _together(targets[stop - 1], targets[stop]):
            stop += 1
        if stop - start > 1:
            whole.append((start, stop))
        elif others and others[-1][1] == start and start - others[-1][0] < size:
            others[-1] = (others[-1][0], stop)
        else:
            others.append((start, stop))
        start = stop
    return whole + others


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
        from concurrent.futures import wait

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
