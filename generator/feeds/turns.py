"""Work on many addresses at once in threads, and never on more than a few of one host."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
R = TypeVar("R")


def by_turns(
    tasks: Sequence[T], work: Callable[[T], R], *, url: Callable[[T], str], workers: int, per_host: int
) -> Iterator[R]:
    """Yield what `work` returns for each task, as it is done; `work` must not raise.

    `url` says at which address a task works. Giving up early leaves running threads behind: they
    are daemons, as Ctrl-C must not wait for a server that never answers.
    """
    done: queue.Queue[R] = queue.Queue()
    turns = _Turns(tasks, url, per_host)

    def run() -> None:
        while (task := turns.take()) is not None:
            try:
                done.put(work(task))
            finally:
                turns.give_back(task)

    for _ in range(min(workers, len(tasks))):
        threading.Thread(target=run, daemon=True).start()
    try:
        for _ in tasks:
            yield done.get()
    finally:
        turns.stop()


class _Turns(Generic[T]):
    """Hands out tasks so that no host has more than `per_host` at once and no worker waits in vain."""

    def __init__(self, tasks: Sequence[T], url: Callable[[T], str], per_host: int) -> None:
        self._waiting = list(tasks)
        self._url = url
        self._per_host = per_host
        self._busy: dict[str, int] = {}
        self._changed = threading.Condition()
        self._stopped = False

    def take(self) -> T | None:
        """Return the next task whose host has room, waiting for one if need be; None when all are taken."""
        with self._changed:
            while self._waiting and not self._stopped:
                for number, task in enumerate(self._waiting):
                    host = _host(self._url(task))
                    if self._busy.get(host, 0) < self._per_host:
                        self._busy[host] = self._busy.get(host, 0) + 1
                        del self._waiting[number]
                        return task
                self._changed.wait()
            return None

    def give_back(self, task: T) -> None:
        with self._changed:
            self._busy[_host(self._url(task))] -= 1
            self._changed.notify_all()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return url
