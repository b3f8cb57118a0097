"""What lies in content/ and static/, and what of it changed since the last build."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.errors import DiskError, Problem
from generator.site.cache import KnownSource

_MARKDOWN = (".md", ".markdown")
_LEFTOVERS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")
_SECTION = re.compile("content/(?!(?:posts|pages)$)[^/]+")
"""Folders that are sections; an `_index.md` anywhere else is another system's."""

_RACY = 20_000_000
"""Nanoseconds: a file changed this shortly before we looked may change again without a new time."""


class Found(NamedTuple):
    """A file as the folder lists it; `path` is relative to the site."""

    path: str
    size: int
    mtime: int


@dataclass(slots=True)
class Scan:
    """All files of content/ and static/ that could matter."""

    files: dict[str, Found] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # file → Markdown file it belongs to, or ""
    notes: list[Problem] = field(default_factory=list)

    def part(self, paths: Iterable[str]) -> Scan:
        """Of all files only these."""
        wanted = list(paths)
        return Scan({path: self.files[path] for path in wanted}, {path: self.owners[path] for path in wanted})

    def sources(self) -> list[str]:
        """The Markdown files, in order."""
        return [path for path, owner in self.owners.items() if owner == path]


def scan(root: str) -> Scan:
    """List the site's content and static files. Raises `DiskError` when a folder cannot be read."""
    found = Scan()
    for top in ("content", "static"):
        if os.path.isdir(os.path.join(root, top)):
            _walk(root, top, "", found)
    return found


def look_again(root: str, found: Scan, paths: Iterable[str]) -> bool:
    """Bring `found` up to date when `paths` are posts that were there before; else tell that all must be listed."""
    fresh = []
    for path in paths:
        try:
            status = os.lstat(f"{root}/{path}")
        except OSError:
            return False
        if found.owners.get(path) != path or not stat.S_ISREG(status.st_mode):
            return False
        fresh.append(Found(path, status.st_size, status.st_mtime_ns))
    found.files.update((file.path, file) for file in fresh)
    return True


def _walk(root: str, folder: str, bundle: str, found: Scan) -> None:
    try:
        with os.scandir(f"{root}/{folder}") as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise DiskError(f"{folder}: cannot be read: {error.strerror}") from error
    content = folder.startswith("content")
    if content and any(entry.name == "index.md" for entry in entries):
        bundle = f"{folder}/index.md"
    for entry in entries:
        name, path = entry.name, f"{folder}/{entry.name}"
        if _is_leftover(name, content) or (
            content and name == "_index.md" and not _SECTION.fullmatch(folder)
        ):
            continue
        if entry.is_symlink():
            found.notes.append(
                Problem(
                    path,
                    message="is a link, which is not followed; put the file itself here",
                    severity="warning",
                )
            )
        elif entry.is_dir():
            _walk(root, path, bundle, found)
        elif entry.is_file():
            status = entry.stat()
            found.files[path] = Found(path, status.st_size, status.st_mtime_ns)
            markdown = content and name.endswith(_MARKDOWN)
            found.owners[path] = path if markdown else bundle


def _is_leftover(name: str, content: bool) -> bool:
    if name.startswith(".") and (content or name not in (".well-known", ".nojekyll")):
        return True
    return name.endswith(_LEFTOVERS) or (name.startswith("#") and name.endswith("#"))


@dataclass(slots=True)
class Difference:
    """What changed: Markdown files to compose again, those that are gone, and files to copy anew."""

    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    files: bool = False  # a file that is copied came, went or changed
    static: bool = False  # one of static/ did
    known: list[KnownSource] = field(default_factory=list)  # rows to store
    dropped: list[str] = field(default_factory=list)  # paths to forget


def difference(
    root: str, found: Scan, known: Mapping[str, KnownSource], *, started: int, blobs: Mapping[str, bytes]
) -> Difference:
    """Compare a scan with what the cache knows; opens only files whose time or size moved.

    `blobs` are content ids that are known otherwise (from git's index).
    """
    result = Difference()
    owners: dict[str, None] = {}
    for path, file in found.files.items():
        before = known.get(path)
        owner = found.owners[path]
        if (
            before is not None
            and before.mtime == file.mtime
            and before.size == file.size
            and before.owner == owner
        ):
            continue
        if before is None and (owner == path or path.endswith("/edition.json")) and owner:
            new = b""  # read once, by whoever composes it
        else:
            new = blobs.get(path) or content_id(read(root, path))
        mtime = file.mtime if file.mtime < started - _RACY else 0
        result.known.append(KnownSource(path, owner, file.size, mtime, new))
        if before is not None and before.digest == new and before.owner == owner:
            continue
        _count(result, owners, path, owner)
    for path, before in known.items():
        if path not in found.files:
            result.dropped.append(path)
            if before.owner == path:
                result.removed.append(path)
            _count(result, owners, path, before.owner)
    result.changed = [path for path in owners if path in found.files]
    return result


def _count(result: Difference, owners: dict[str, None], path: str, owner: str) -> None:
    if owner:
        owners[owner] = None
    if owner != path:
        result.files = True
    if path.startswith("static/"):
        result.static = True


def read(root: str, path: str) -> bytes:
    """Read a file of the site. Raises `DiskError`."""
    try:
        handle = os.open(f"{root}/{path}", os.O_RDONLY)
        try:
            size = os.fstat(handle).st_size
            data = os.read(handle, size + 1)
            while len(data) < size and (more := os.read(handle, size - len(data) + 1)):
                data += more
            return data
        finally:
            os.close(handle)
    except OSError as error:
        raise DiskError(f"{path}: cannot be read: {error.strerror}") from error


def content_id(data: bytes) -> bytes:
    """The id git gives these bytes, so that a clone's index can tell what is unchanged."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()


def git_blobs(root: str, wanted: int) -> dict[str, bytes]:
    """Content ids from git's index, when the work tree is known to agree with it; else nothing.

    Asking git costs 20 ms, hashing ten thousand posts half a second, so only many are worth it.
    """
    if wanted < 200 or not _has_git(root):
        return {}
    import subprocess

    def git(*arguments: str) -> bytes:
        return subprocess.run(
            ["git", "-C", root, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=60,
        ).stdout

    try:
        git("update-index", "-q", "--really-refresh", "--unmerged")
        changed = set(git("diff-files", "--name-only", "-z", "--relative").split(b"\0"))
        blobs = {}
        for entry in git("ls-files", "-s", "-z", "content", "static").split(b"\0"):
            info, _, name = entry.partition(b"\t")
            if name and name not in changed and info.startswith(b"100"):
                blobs[name.decode("utf-8", "surrogateescape")] = bytes.fromhex(info[7:47].decode())
        return blobs
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}


def _has_git(root: str) -> bool:
    folder = os.path.abspath(root)
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return True
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
