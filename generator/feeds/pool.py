"""Parsing in processes that can be stopped: a hostile document costs its time limit, nothing more."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from generator.config.schema import CollectConfig
from generator.feeds.values import FeedError

P = ParamSpec("P")
R = TypeVar("R")

_MAX_MEMORY = 1_500_000_000  # bytes of address space one parser may have

_processes: Any = None


def _context() -> Any:
    """Return a way to start processes that is safe beside threads and quick to repeat."""
    global _processes
    if _processes is None:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        _processes = multiprocessing.get_context(method)
        if method == "forkserver":
            _processes.set_forkserver_preload(
                ["generator.feeds.pool", "generator.feeds.reading", "feedparser", "nh3"]
            )
    return _processes


class ParsePool:
    """Up to `size` parsing processes; `run` may be called from many threads.

    `imports` are slow modules they need, whose loading does not count as parsing. A process that takes longer than the limit is killed and the next one started when needed.
    """

    def __init__(self, limits: CollectConfig, size: int, *, imports: tuple[str, ...] = ()) -> None:
        self._limit, self._imports = limits.parse_timeout, imports
        # the last one given back is taken first: it is warm, and the others need not exist
        self._free: queue.LifoQueue[_Parser | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)  # a place for a process that is not started yet

    def __enter__(self) -> ParsePool:
        # the first one starts while there is nothing to parse yet
        self._warming = threading.Thread(target=self._warm)
        self._warming.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._warming.join()
        while True:
            try:
                parser = self._free.get_nowait()
            except queue.Empty:
                return
            if parser:
                parser.stop()

    def _warm(self) -> None:
        parser = self._free.get()
        try:
            parser = parser or _Parser(self._imports)
        except OSError:
            pass  # the first task will tell
        finally:
            self._free.put(parser)

    def run(self, function: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Return what a function of a module returns in another process.

        Raises `FeedError`, also when the time is up or the function fails in any other way.
        """
        parser = self._free.get()
        try:
            parser = parser or _Parser(self._imports)
            answer = parser.run((function, args, named), self._limit)
        # a TimeoutError is an OSError too
        except TimeoutError:
            if parser:
                parser.stop()
                parser = None
            raise FeedError(
                "parse-timeout", f"takes longer than {self._limit:g} s to parse; it was stopped"
            ) from None
        except (EOFError, OSError) as error:
            if parser:
                parser.stop()
                parser = None
            raise FeedError("parser", f"made the parser fail ({type(error).__name__})") from error
        finally:
            self._free.put(parser)
        if isinstance(answer, FeedError):
            raise answer
        if isinstance(answer, BaseException):
            raise FeedError("parser", f"made the parser fail ({str(answer)[:200]})")
        result: R = answer
        return result


class _Parser:
    def __init__(self, imports: tuple[str, ...]) -> None:
        self._pipe, theirs = _context().Pipe()
        self._process = _context().Process(target=_work, args=(theirs, imports), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def run(self, task: tuple[Any, ...], seconds: float) -> Any:
        """Return the answer to one task. Raises `TimeoutError`, or `EOFError` when the process died."""
        if not self._ready:
            # starting takes as long as the machine is busy and does not count as parsing
            if not self._pipe.poll(60):
                raise TimeoutError
            self._pipe.recv()
            self._ready = True
        self._pipe.send(task)
        if not self._pipe.poll(seconds):
            raise TimeoutError
        return self._pipe.recv()

    def stop(self) -> None:
        self._process.kill()
        self._process.join(5)
        self._pipe.close()


def _work(pipe: Connection, imports: tuple[str, ...]) -> None:
    """Answer tasks until the other side is gone."""
    import importlib
    import signal

    # Ctrl-C is for the main process; it stops us when it goes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    with contextlib.suppress(EOFError, OSError):
        for name in imports:
            importlib.import_module(name)
        pipe.send("ready")
        while True:
            function, args, named = pipe.recv()
            try:
                answer = function(*args, **named)
            except FeedError as error:
                answer = error
            except Exception as error:  # a parser's bug costs this feed, not the others
                answer = RuntimeError(f"{type(error).__name__}: {error}")
            pipe.send(answer)
