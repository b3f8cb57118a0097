"""Links of an imported body: those to other imported posts lead to their new addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from generator.importers.tags import outside_code

# where an address stands: [words](address "title"), [name]: address, href="address"
_TARGET = re.compile(
    r"""(?P<before>\]\(\s*|^ {0,3}\[[^\]\n]+\]:[ \t]*|\b(?:href|src)=["'])"""
    r"""(?P<address><[^>\n]+>|[^\s()<>"']+(?:\([^\s()]*\)[^\s()<>"']*)*)""",
    re.MULTILINE,
)
_NAMELESS = re.compile(r"\[\]\(import:([^)\s#]+)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\{", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")


@dataclass(frozen=True, slots=True)
class Target:
    """A post or page of the source: where it was, where it is now."""

    path: str
    old: str
    new: str
    title: str


@dataclass(frozen=True, slots=True)
class Links:
    """Knows every target by its path, its name and its old address. `base` is the site's own path."""

    base: str = "/"
    paths: Mapping[str, Target] = field(default_factory=dict)
    names: Mapping[str, Target] = field(default_factory=dict)
    olds: Mapping[str, Target] = field(default_factory=dict)

    @classmethod
    def of(cls, targets: list[Target], base: str) -> Links:
        names: dict[str, Target] = {}
        for target in targets:
            parts = target.path.rpartition(".")[0].split("/")
            if parts[-1] == "index":
                parts.pop()
            # a name that two files have is told apart by its folders
            for start in range(len(parts)):
                name = "/".join(parts[start:])
                names.setdefault(name, target)
                names.setdefault(_DATED.sub("", name), target)
        return cls(
            base,
            {target.path: target for target in targets},
            names,
            {_plain(target.old): target for target in targets if target.old},
        )

    def rewrite(self, text: str, target: Target) -> tuple[str, int, list[str]]:
        """Return the text with its links, how many were changed, and the names that no file has."""
        changed, lost = 0, []

        def one(match: re.Match[str]) -> str:
            nonlocal changed
            address = match["address"]
            pointed = address.startswith("<")
            bare = address.strip("<>")
            found = self._found(bare, target)
            if found is None and bare.startswith("import:"):
                lost.append(f"link to {bare.removeprefix('import:')}")
                found = "#"
            if found is None or found == bare:
                return match[0]
            changed += 1
            return f"{match['before']}{f'<{found}>' if pointed else found}"

        def named(match: re.Match[str]) -> str:
            post = self._named(match[1])
            return f"[{post.title if post else match[1]}](import:{match[1]}"

        written = outside_code(text, lambda words: _TARGET.sub(one, _NAMELESS.sub(named, words)))
        return written, changed, lost

    def _found(self, address: str, here: Target) -> str | None:
        """Return where an address leads now; None when it may stay as it is."""
        plain, mark, place = address.partition("#")
        if plain.startswith("import:"):
            post = self._named(plain.removeprefix("import:"))
        elif not plain or _OUTSIDE.match(plain):
            return None
        elif plain.startswith("/"):
            post = self.olds.get(_plain(plain))
            if post is None:
                return None if self.base == "/" else self.base.rstrip("/") + address
        elif plain.endswith((".md", ".markdown")):
            folder = posixpath.dirname(here.path)
            post = self.paths.get(posixpath.normpath(posixpath.join(folder, unquote(plain))))
        else:
            post = self.olds.get(_plain(urljoin(here.old, plain))) if here.old else None
        return f"{post.new}{mark}{place}" if post else None

    def _named(self, name: str) -> Target | None:
        name = unquote(name).strip("/")
        for suffix in (".md", ".markdown", ".html"):
            name = name.removesuffix(suffix)
        name = name.removeprefix("_posts/").removesuffix("/index")
        return self.names.get(name) or self.names.get(name.rpartition("/")[2])


def _plain(address: str) -> str:
    """The form in which addresses of one page meet: with or without index.html, .html or a slash."""
    return unquote(address).partition("?")[0].removesuffix("index.html").removesuffix(".html").rstrip("/")
