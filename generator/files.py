"""Reading and writing files so that a crash, a full disk or a second run leaves nothing half-done."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from generator.errors import BusyError, DiskError


def is_file(path: Path) -> bool:
    """Whether `path` is a file. Raises `DiskError` where that cannot be known, as below a folder closed to us."""
    try:
        return path.is_file()
    except OSError as error:
        raise DiskError(f"{path}: cannot be read: {error.strerror}") from error


def read_bounded(path: Path, limit: int) -> bytes:
    """Return the file's bytes. Raises `DiskError` when it cannot be read or is longer than `limit`."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise DiskError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise DiskError(f"{path}: is longer than {limit:,} bytes")
    return data


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Replace `path` by `data`: readers see the old file or the new one, never a part.

    With `durable` the bytes are on the disk before the old file goes.
    Raises `DiskError`; then the old file is untouched.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile  # many a run writes nothing this way

        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; a site is for everybody
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise DiskError(f"{path}: cannot be written: {error.strerror}") from error


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write `data` unless the file already holds it; tell whether it was written."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except OSError:
        pass
    write_atomic(path, data)
    return True


@contextlib.contextmanager
def lock(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file `path`; a second process gets a `BusyError` that says `what` is running.

    The system releases the lock when the process ends, however it ends.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise DiskError(f"{path}: cannot be written: {error.strerror}") from error
    with file:
        if not _try_lock(file):
            raise BusyError(f"another {what} is at work here; wait until it is done and run this again")
        try:
            yield
        finally:
            _unlock(file)


if os.name == "nt":  # pragma: no cover - exercised on Windows only
    import msvcrt

    def _try_lock(file: BinaryIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # Windows only

else:
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def bundled(name: str) -> Path:
    """Return a folder that ships with ribao (`themes`), installed or in a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / f"_{name}"
    return packaged if packaged.is_dir() else here.parent / name
