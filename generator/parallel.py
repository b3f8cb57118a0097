"""Batches of work through a `concurrent.futures.Executor`: none, processes, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut `values` into lists of at most `size`."""
    if size < 1:
        raise ValueError(f"a batch holds at least one value, not {size}")
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def map_batches(
    work: Callable[[list[T]], Sequence[R]],
    values: Sequence[T],
    *,
    executor: Executor | None = None,
    size: int = 64,
) -> Iterator[R]:
    """Apply `work` to batches of `values` and yield its results in order.

    Without an executor everything runs here, at once and lazily. `work` must be a
    module-level function and the values picklable, so that a cluster can run it too.
    """
    if executor is None:
        for batch in batches(values, size):
            yield from work(batch)
        return
    for future in [executor.submit(work, batch) for batch in batches(values, size)]:
        yield from future.result()


def processors(asked: int = 0) -> int:
    """How many workers to use: what was asked for, else what this process may use."""
    if asked > 0:
        return asked
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1
