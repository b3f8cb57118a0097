"""Parsing in processes that can be stopped: a hostile document costs its time limit, nothing more."""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import queue
import sys
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from generator.config.schema import CollectConfig
from generator.feeds.reading import Body, read
from generator.feeds.values import FeedError, Reading

_MAX_MEMORY = 1_500_000_000  # bytes of address space one parser may have

_processes: Any = None


def _context() -> Any:
    """Return a way to start processes that is safe beside threads and quick to repeat."""
    global _processes
    if _processes is None:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        _processes = multiprocessing.get_context(method)
        if method == "forkserver":
            _processes.set_forkserver_preload(["generator.feeds.pool", "feedparser", "nh3"])
    return _processes


class ParsePool:
    """Up to `size` parsing processes; `read` may be called from many threads.

    A process that takes longer than the limit is killed and the next one started when needed.
    """

    def __init__(self, limits: CollectConfig, now: dt.datetime, size: int) -> None:
        self._limits, self._now = limits, now
        self._free: queue.Queue[_Parser | None] = queue.Queue()
        for _ in range(size):
            self._free.put(None)  # a place for a process that is not started yet

    def __enter__(self) -> ParsePool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while True:
            try:
                parser = self._free.get_nowait()
            except queue.Empty:
                return
            if parser:
                parser.stop()

    def warm(self) -> None:
        """Start one process now, while there is nothing to parse yet."""
        parser = self._free.get()
        self._free.put(parser or _Parser(self._limits, self._now))

    def read(self, body: Body) -> Reading:
        """Read a feed's bytes in another process. Raises `FeedError`, also when the time is up."""
        parser = self._free.get()
        try:
            parser = parser or _Parser(self._limits, self._now)
            return parser.read(body)
        # a TimeoutError is an OSError too
        except TimeoutError:
            if parser:
                parser.stop()
                parser = None
            raise FeedError(
                "parse-timeout",
                f"takes longer than {self._limits.parse_timeout:g} s to parse; it was stopped",
            ) from None
        except (EOFError, OSError) as error:
            if parser:
                parser.stop()
                parser = None
            raise FeedError("parser", f"made the parser fail ({type(error).__name__})") from error
        finally:
            self._free.put(parser)


class _Parser:
    def __init__(self, limits: CollectConfig, now: dt.datetime) -> None:
        self._limit = limits.parse_timeout
        self._pipe, theirs = _context().Pipe()
        self._process = _context().Process(target=_work, args=(theirs, limits, now), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def read(self, body: Body) -> Reading:
        if not self._ready:
            # starting takes as long as the machine is busy and does not count as parsing
            if not self._pipe.poll(60):
                raise TimeoutError
            self._pipe.recv()
            self._ready = True
        self._pipe.send(body)
        if not self._pipe.poll(self._limit):
            raise TimeoutError
        answer = self._pipe.recv()
        if isinstance(answer, FeedError):
            raise answer
        if isinstance(answer, BaseException):
            raise FeedError("parser", f"made the parser fail ({type(answer).__name__}: {str(answer)[:200]})")
        reading: Reading = answer
        return reading

    def stop(self) -> None:
        self._process.kill()
        self._process.join(5)
        self._pipe.close()


def _work(pipe: Connection, limits: CollectConfig, now: dt.datetime) -> None:
    """Answer bodies with readings until the other side is gone."""
    import signal

    # Ctrl-C is for the main process; it stops us when it goes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    with contextlib.suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            body = pipe.recv()
            try:
                answer: Reading | Exception = read(body, limits, now)
            except FeedError as error:
                answer = error
            except Exception as error:  # a parser's bug costs this feed, not the others
                answer = RuntimeError(f"{type(error).__name__}: {error}")
            pipe.send(answer)
