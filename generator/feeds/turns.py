"""Work on many addresses at once in threads, and never on more than a few of one host."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
M = TypeVar("M")
R = TypeVar("R")


def by_turns(
    tasks: Sequence[T],
    fetch: Callable[[T], M],
    read: Callable[[M], R],
    *,
    url: Callable[[T], str],
    workers: int,
    readers: int,
    per_host: int,
) -> Iterator[R]:
    """Fetch each task and read what came; yield what `read` returns as it is done.

    Neither is to raise: what one of them raises ends the run.
    Reading has threads of its own, so that a parser that is slow or only starting keeps nobody from
    the network; no more than `workers` answers wait for it. `url` says at which address a task works.
    Giving up early leaves running threads behind: they are daemons, as Ctrl-C must not wait for a
    server that never answers.
    """
    come: queue.Queue[M | _End] = queue.Queue(workers)
    done: queue.Queue[R | _Raised] = queue.Queue()
    turns = _Turns(tasks, url, per_host)

    def fetching() -> None:
        while (task := turns.take()) is not None:
            try:
                answer = fetch(task)
            except BaseException as error:
                done.put(_Raised(error))
                return
            finally:
                turns.give_back(task)
            come.put(answer)

    def reading() -> None:
        while not isinstance(answer := come.get(), _End):
            try:
                done.put(read(answer))
            except BaseException as error:
                done.put(_Raised(error))
                return

    for work, count in ((fetching, workers), (reading, readers)):
        for _ in range(min(count, len(tasks))):
            threading.Thread(target=work, daemon=True).start()
    try:
        for _ in tasks:
            if isinstance(result := done.get(), _Raised):
                raise result.error
            yield result
        for _ in range(min(readers, len(tasks))):
            come.put(_End())
    finally:
        turns.stop()


class _End:
    """Tells a reader that nothing more comes."""


@dataclass(frozen=True, slots=True)
class _Raised:
    error: BaseException


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
