"""Batches of work through a `concurrent.futures.Executor`: none, forked processes, or a cluster."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

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

    Without an executor everything runs here, when it is asked for. With one everything is begun at once;
    `work` must be a module-level function and the values picklable, so that a cluster can run it too.
    """
    if executor is None:
        return (result for batch in batches(values, size) for result in work(batch))
    futures = [executor.submit(work, batch) for batch in batches(values, size)]
    return (result for future in futures for result in future.result())


def processors(asked: int = 0) -> int:
    """How many workers to use: what was asked for, else what this process may use."""
    if asked > 0:
        return asked
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1


# processes that share what was loaded before they began


def forks() -> bool:
    return hasattr(os, "fork")


_work: list[Callable[..., Any]] = []  # what this process was forked to do


def inherited(*values: Any) -> Any:
    """Do in a forked process what its pool is for: that is inherited, so it need not be sent."""
    return _work[-1](*values)


@contextlib.contextmanager
def forked(jobs: int, work: Callable[..., Any]) -> Iterator[Executor]:
    """A pool of processes in which `inherited` does `work`."""
    import multiprocessing  # little work needs no processes
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


def share(count: int, jobs: int, *, most: int = 64) -> int:
    """Size of batches small enough to end together, large enough to send rarely."""
    return max(1, min(most, count // (jobs * 4)))
