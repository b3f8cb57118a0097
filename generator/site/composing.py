"""Many sources → their rows and bodies: here, in forked processes, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from generator.config.schema import Config
from generator.parallel import forked, forks, inherited, map_batches, share
from generator.site.bodies import Bodies, Shelf
from generator.site.compose import Composed, compose, compose_batch, load

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEW = 150
"""Below this many, starting processes costs more than it saves."""


def compose_paths(
    config: Config,
    root: str,
    paths: Sequence[str],
    records: frozenset[str],
    *,
    jobs: int,
    executor: Executor | None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[Bodies, list[Composed]]:
    """Compose the sources at `paths`, in order; their bodies come apart.

    `meanwhile` is done here while other processes compose.
    """
    if executor is not None:
        # a cluster's workers may not see our disk: they get the files' bytes
        sources = [load(root, path, records) for path in paths]
        return _gather(Bodies(), map_batches(partial(compose_batch, config), sources, executor=executor))
    if len(paths) < FEW or not forks():
        return _gather(Bodies(), (compose(config, load(root, path, records)) for path in paths))
    shelf = Shelf(str(config.state))
    here = partial(_compose_here, config, root, records, shelf)
    if jobs < 2:
        return _gather(Bodies(shelf), map_batches(here, paths))
    with forked(jobs, here) as pool:
        composed = map_batches(inherited, paths, executor=pool, size=share(len(paths), jobs))
        if meanwhile is not None:
            meanwhile()
        return _gather(Bodies(shelf), composed)


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
