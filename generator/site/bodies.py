"""Rendered bodies as bytes: those of this build until its pages are printed, those a cache keeps for the next.

Packed, a body is plain tuples through `marshal`. Those of a large build lie in a file without a name that
all processes of the build share, so that they neither travel between processes nor fill the memory of any.
"""

from __future__ import annotations

import marshal
import os
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.site.model import Body, Made, Note, Story

_MARSHAL = 2
"""The last format of marshal without references: looking for repeated objects takes as long as writing them."""


class Place(NamedTuple):
    """Where a packed body lies in a `Shelf`."""

    start: int
    size: int


def pack(body: Body) -> bytes:
    stories = [(*story[:7], tuple(story.note) if story.note else None) for story in body.stories]
    made = tuple(body.made) if body.made else None
    packed: Any = (body.html, body.contents, stories, body.text, body.minutes, body.maths, made)
    return marshal.dumps(packed, _MARSHAL)


def unpack(data: bytes) -> Body:
    """Undo `pack`, of bytes this program made and nothing changed."""
    html, contents, stories, text, minutes, maths, made = marshal.loads(data)
    return Body(
        html, contents, tuple(map(_story, stories)), text, minutes, maths, Made(*made) if made else None
    )


def _story(packed: Sequence[Any]) -> Story:
    note = packed[7]
    return Story._make(packed) if note is None else Story._make((*packed[:7], Note._make(note)))


def squeeze(packed: bytes) -> bytes:
    """Compress for the cache: the fastest level, a quarter of the size, and a checksum that notices damage."""
    return zlib.compress(packed, 1)


def unsqueeze(data: bytes) -> bytes:
    """Undo `squeeze`; `zlib.error` when the bytes were damaged."""
    return zlib.decompress(data)


class Shelf:
    """Packed bodies in one file; processes forked after it was made may add and read at the same time."""

    def __init__(self, folder: str) -> None:
        import multiprocessing  # a small build needs neither
        import tempfile

        os.makedirs(folder, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - open as long as this is
        self._end = multiprocessing.get_context("fork").Value("q", 0)

    def add(self, bodies: Iterable[bytes]) -> list[Place]:
        """Append bodies and say where each lies."""
        sizes = list(map(len, found := list(bodies)))
        with self._end.get_lock():
            start = self._end.value
            self._end.value += sum(sizes)
        data = memoryview(b"".join(found))
        at = start
        while data:
            written = os.pwrite(self._file.fileno(), data, at)
            data, at = data[written:], at + written
        places = []
        for size in sizes:
            places.append(Place(start, size))
            start += size
        return places

    def read(self, place: Place) -> bytes:
        return os.pread(self._file.fileno(), place.size, place.start)


class Bodies:
    """The bodies one build made, by their keys: a few in memory, many on a shelf."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf
        self._held: dict[bytes, bytes | Place] = {}

    def put(self, key: bytes, body: bytes | Place) -> None:
        self._held[key] = body

    def get(self, key: bytes) -> bytes | None:
        """A packed body, or None when this build did not make it."""
        found = self._held.get(key)
        if isinstance(found, Place):
            assert self.shelf is not None
            return self.shelf.read(found)
        return found
