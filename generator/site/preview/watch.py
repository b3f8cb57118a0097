"""Notice what an editor saves, once a burst: which files of the site changed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.site.preview.studio import EVERYTHING

QUIET, LONGEST = 0.025, 1.0
"""Seconds without a change that end a burst, and after which a burst is taken in anyhow."""

# `opened` and `closed_no_write` come from reading, ours included.
_KINDS = frozenset({"created", "modified", "moved", "deleted", "closed"})
_LEFTOVERS = ("~", ".swp", ".swx", ".tmp", ".bak", ".part")


class Watcher:
    """Calls `changed` with the paths that changed, from a thread of its own; never loses the last change."""

    def __init__(self, root: Path, changed: Callable[[frozenset[str]], None]) -> None:
        self._root, self._changed = root.resolve(), changed
        self._paths: set[str] = set()
        self._lock = threading.Lock()
        self._wake, self._stop = threading.Event(), threading.Event()
        self._observer: Any = None
        self._watched: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        from watchdog.observers import Observer

        self._observer = Observer()
        # the root itself for site.toml and for folders that are made later; never what is below
        # it as a whole: the output and .git change all the time
        self._observer.schedule(self, str(self._root), recursive=False)
        for name in ("content", "static", "themes"):
            self._watch(name)
        self._observer.start()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=5)

    def dispatch(self, event: Any) -> None:
        """Take an event of watchdog."""
        if event.event_type not in _KINDS or (event.is_directory and event.event_type == "modified"):
            return  # what changed in a folder has an event of its own
        for path in (event.src_path, event.dest_path):
            if path and (changed := self._relevant(os.fsdecode(path))):
                if event.is_directory and changed in EVERYTHING and event.event_type in ("created", "moved"):
                    self._watch(changed)
                with self._lock:
                    self._paths.add(changed)
                self._wake.set()

    def _relevant(self, path: str) -> str:
        """The path in the site, "" where it is none of its parts or a leftover."""
        relative = os.path.relpath(path, self._root)
        part, _, rest = relative.replace(os.sep, "/").partition("/")
        name = os.path.basename(relative)
        if part not in EVERYTHING or name.startswith((".", "#")) or name.endswith(_LEFTOVERS):
            return ""
        if rest or part == "site.toml" or os.path.isdir(path) or not os.path.exists(path):
            return relative.replace(os.sep, "/")
        return ""

    def _watch(self, name: str) -> None:
        folder = self._root / name
        if name not in self._watched and name != "site.toml" and folder.is_dir():
            self._watched.add(name)
            self._observer.schedule(self, str(folder), recursive=True)

    def _run(self) -> None:
        while True:
            self._wake.wait()
            waited = 0.0
            while not self._stop.is_set():
                self._wake.clear()
                if not self._wake.wait(QUIET) or waited > LONGEST:
                    break
                waited += QUIET
            if self._stop.is_set():
                return
            self._wake.clear()
            with self._lock:
                paths, self._paths = frozenset(self._paths), set()
            if paths:
                self._changed(paths)
