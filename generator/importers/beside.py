"""The files that come along with a post: pictures, downloads, page bundles, asset folders."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from generator.importers.hugo import is_bundle
from generator.importers.tags import POST
from generator.importers.values import System

_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*?\ssrc=[\"']([^\"']+)", re.IGNORECASE)
_FILE = re.compile(
    r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>#]+\.(?!md\b|markdown\b|html?\b)[A-Za-z0-9]{1,5})(?=[)\s>#?])"
)


@dataclass(frozen=True, slots=True)
class Known:
    """All paths of a source; those below a folder are found without looking at the others."""

    paths: frozenset[str]
    ordered: Sequence[str]

    @classmethod
    def of(cls, paths: Collection[str]) -> Known:
        return cls(frozenset(paths), sorted(paths))

    def __contains__(self, path: str) -> bool:
        return path in self.paths

    def below(self, folder: str) -> Iterator[str]:
        """Yield the paths below a folder."""
        for place in range(bisect_left(self.ordered, f"{folder}/"), len(self.ordered)):
            if not self.ordered[place].startswith(f"{folder}/"):
                return
            yield self.ordered[place]


def lifted(text: str, path: str, known: Known) -> str:
    """Take the folder's name off what lies in the asset folder `a/` of `a.md`: it comes to stand beside the post."""
    stem = path.rpartition(".")[0]
    if next(known.below(stem), None) is None:
        return text
    shown = re.compile(rf"(\]\(\s*<?|\bsrc=[\"'])(?:\./)?{re.escape(posixpath.basename(stem))}/([^)\s>\"']+)")
    return shown.sub(
        lambda match: match[1] + match[2] if f"{stem}/{unquote(match[2])}" in known else match[0], text
    )


def files(
    text: str, cover: str, path: str, system: System, known: Known, target: str, before: str
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Find the files that come along: those beside a post go into its folder, those of the site to static/.

    A page bundle and a Hexo asset folder come whole; of other files, those that are shown or linked.
    """
    folder, stem = posixpath.dirname(path), path.rpartition(".")[0]
    whole = folder if folder and (posixpath.basename(stem) == "index" or is_bundle(path)) else stem
    found = {
        file: f"{target}/{file.removeprefix(whole + '/')}"
        for file in known.below(whole)
        if not file.endswith((".md", ".markdown", ".html"))
    }
    absent: list[str] = []
    shown = [(match[1] or match[2], True) for match in _IMAGE.finditer(text)]
    linked = [(match[1], False) for match in _FILE.finditer(text)]
    for raw, needed in [*shown, *linked, *([(cover, True)] if cover else [])]:
        address = unquote(raw).partition("?")[0].partition("#")[0]
        if "://" in address or address.startswith(("//", "data:", "mailto:", POST, "{")) or not address:
            continue
        if before and address.startswith(f"{before}/"):
            address = address.removeprefix(before)
        inside = posixpath.normpath(address.lstrip("/"))
        if address.startswith("/"):
            places = [posixpath.join(static, inside) for static in system.statics]
            goal = f"static/{inside}"
        else:
            places = [posixpath.normpath(posixpath.join(one, inside)) for one in (folder, stem)]
            goal = f"{target}/{inside}"
        source = next((place for place in places if place in known), "")
        if source and not source.endswith((".md", ".markdown")) and ".." not in goal.split("/"):
            found.setdefault(source, goal)
        elif needed and not source and address not in absent:
            absent.append(address)
    return tuple(sorted(found.items())), absent
