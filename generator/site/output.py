"""Writing the site: pages are written beside the old ones and take their places when all are there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from hashlib import sha256

from generator.errors import DiskError, GeneratorError

MARKER = ".ribao-output"
"""Says that a folder's files are ribao's to replace and remove."""

_NEW = ".ribao-new"
_KEPT = ("CNAME", ".nojekyll", ".git", MARKER)


def page_digest(data: bytes) -> bytes:
    """16 bytes by which an output file is recognised."""
    return sha256(data).digest()[:16]


def prepare(folder: str) -> bool:
    """Make the output folder ours; tell whether it already was. Raises `GeneratorError` when it is not."""
    shown = os.path.basename(folder)
    if os.path.islink(folder):
        raise GeneratorError(
            f"{shown}: the output folder is a link; name a folder of its own in build.output", kind="disk"
        )
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise GeneratorError(f"{shown}: is a file; name a folder in build.output", kind="disk")
    marker = os.path.join(folder, MARKER)
    if os.path.isfile(marker):
        if not os.access(folder, os.W_OK):
            raise DiskError(f"{shown}: cannot be written: no permission")
        return True
    try:
        foreign = [name for name in sorted(os.listdir(folder)) if name not in _KEPT]
    except FileNotFoundError:
        foreign = []
    except OSError as error:
        raise DiskError(f"{shown}: cannot be read: {error.strerror}") from error
    if foreign:
        raise GeneratorError(
            f"{shown}: holds files that ribao did not write ({', '.join(foreign[:3])});"
            " empty it, or name another folder in build.output",
            kind="disk",
        )
    try:
        os.makedirs(folder, exist_ok=True)
        with open(marker, "w", encoding="utf-8") as file:
            file.write("Everything in this folder is written and removed by ribao build.\n")
    except OSError as error:
        raise DiskError(f"{shown}: cannot be written: {error.strerror}") from error
    return False


def stage(folder: str, path: str, data: bytes) -> int:
    """Write a page beside its place; return its time in nanoseconds. Raises `DiskError`."""
    target = f"{folder}/{path}{_NEW}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        try:
            handle = os.open(target, flags, 0o644)
        except (FileNotFoundError, NotADirectoryError):
            _make_folder(target.rpartition("/")[0])
            handle = os.open(target, flags, 0o644)
        try:
            written = os.write(handle, data)
            while written < len(data):
                written += os.write(handle, data[written:])
            return os.fstat(handle).st_mtime_ns
        finally:
            os.close(handle)
    except OSError as error:
        raise DiskError(f"{path}: cannot be written: {error.strerror}") from error


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # nearly always the one above is there
    except FileExistsError:
        pass  # made by another process just now; a file in its place is told of when it is opened
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def publish(folder: str, paths: Iterable[str]) -> None:
    """Let staged pages take their places, each at once. Raises `DiskError`."""
    path = ""
    try:
        for path in paths:
            target = f"{folder}/{path}"
            try:
                os.replace(target + _NEW, target)
            except (IsADirectoryError, NotADirectoryError, FileExistsError):
                _clear_the_way(target)
                os.replace(target + _NEW, target)
    except OSError as error:
        raise DiskError(f"{path}: cannot be written: {error.strerror}") from error


def _clear_the_way(target: str) -> None:
    import shutil

    shutil.rmtree(target)


def withdraw(folder: str, paths: Iterable[str]) -> None:
    """Remove staged pages that will not be published, and folders made for them."""
    for path in paths:
        with contextlib.suppress(OSError):
            os.unlink(f"{folder}/{path}{_NEW}")
            _drop_empty(folder, os.path.dirname(path))


def remove(folder: str, paths: Iterable[str]) -> None:
    """Remove pages that are gone, and folders that are empty then."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{folder}/{path}")
        _drop_empty(folder, os.path.dirname(path))


def _drop_empty(folder: str, inner: str) -> None:
    while inner:
        try:
            os.rmdir(f"{folder}/{inner}")
        except OSError:
            return
        inner = os.path.dirname(inner)


def damaged(
    folder: str, files: Iterable[tuple[str, int, int]], digest_of: Callable[[str], bytes]
) -> tuple[set[str], dict[str, int]]:
    """Return the pages whose file is missing or another than the last build left, and the new times of those only moved.

    `files` are path, size and time of each page. A file whose size and time are as they were is trusted; one
    whose time alone moved (a copied or unpacked folder) is read.
    """
    broken: set[str] = set()
    moved: dict[str, int] = {}
    stat, prefix = os.stat, folder + "/"
    for path, size, mtime in files:
        try:
            status = stat(prefix + path)
        except OSError:
            broken.add(path)
            continue
        if status.st_size != size:
            broken.add(path)
        elif status.st_mtime_ns != mtime:
            whole = status.st_mtime_ns % 1_000_000_000 == 0
            # archives keep seconds only: a time cut to them is the same time
            if not (whole and status.st_mtime_ns == mtime // 1_000_000_000 * 1_000_000_000):
                try:
                    with open(prefix + path, "rb") as file:
                        same = page_digest(file.read()) == digest_of(path)
                except OSError:
                    same = False
                if not same:
                    broken.add(path)
                    continue
            moved[path] = status.st_mtime_ns
    return broken, moved


def strangers(folder: str, wanted: Iterable[str]) -> list[str]:
    """Files of an output folder that no page of the site has: leftovers of a build that was killed."""
    keep = set(wanted)
    found = []
    for parent, names, files in os.walk(folder):
        names[:] = [name for name in names if name not in _KEPT]
        inner = os.path.relpath(parent, folder).replace(os.sep, "/")
        for name in files:
            path = name if inner == "." else f"{inner}/{name}"
            if path not in keep and name not in _KEPT:
                found.append(path)
    return sorted(found)


def same_on_disk(folder: str, path: str, data: bytes) -> int:
    """The time of the file that already holds `data`; 0 when there is none."""
    target = f"{folder}/{path}"
    try:
        status = os.stat(target)
        if status.st_size != len(data):
            return 0
        with open(target, "rb") as file:
            return status.st_mtime_ns if file.read() == data else 0
    except OSError:
        return 0
