"""Links of an imported body: those to other imported posts lead to their new addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from generator.importers.tags import POST, outside_code

# where an address stands: [words](address "title"), [name]: address, href="address"
_TARGET = re.compile(
    r"""(?P<before>\]\(\s*|^ {0,3}\[[^\]\n]+\]:[ \t]*|\b(?:href|src)=["'])"""
    r"""(?P<address><[^>\n]+>|[^\s()<>"']+(?:\([^\s()]*\)[^\s()<>"']*)*)""",
    re.MULTILINE,
)
_NAMELESS = re.compile(rf"\[\]\({POST}([^)\s#]+)")
_BARE = re.compile(rf"{POST}[^\s()<>\[\]\"']+")
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
    """Knows every target by its path, its name and its old address.

    `base` is the site's own path, `before` the path the old site was below.
    """

    base: str = "/"
    before: str = ""
    paths: Mapping[str, Target] = field(default_factory=dict)
    names: Mapping[str, Target] = field(default_factory=dict)
    olds: Mapping[str, Target] = field(default_factory=dict)

    @classmethod
    def of(cls, targets: list[Target], base: str, before: str = "") -> Links:
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
            before,
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
            if found is None and bare.startswith(POST):
                lost.append(f"link to {bare.removeprefix(POST)}")
                found = "#"
            if found is None or found == bare:
                return match[0]
            changed += 1
            return f"{match['before']}{f'<{found}>' if pointed else found}"

        def named(match: re.Match[str]) -> str:
            post = self._named(match[1])
            return f"[{post.title if post else match[1]}]({POST}{match[1]}"

        def bare(match: re.Match[str]) -> str:
            nonlocal changed
            found = self._found(match[0], target)
            if found is None:
                lost.append(f"link to {match[0].removeprefix(POST)}")
                return match[0].removeprefix(POST)
            changed += 1
            return found

        written = outside_code(
            text, lambda words: _BARE.sub(bare, _TARGET.sub(one, _NAMELESS.sub(named, words)))
        )
        return written, changed, lost

    def _found(self, address: str, here: Target) -> str | None:
        """Return where an address leads now; None when it may stay as it is."""
        plain, mark, place = address.partition("#")
        moved = False
        if self.before and (plain + "/").startswith(self.before + "/"):
            plain, moved = plain.removeprefix(self.before) or "/", True
        if plain.startswith(POST):
            post = self._named(plain.removeprefix(POST))
        elif not plain or _OUTSIDE.match(plain):
            return None
        elif plain.startswith("/"):
            post = self.olds.get(_plain(plain))
            if post is None:
                return self.base.rstrip("/") + plain + mark + place if moved or self.base != "/" else None
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
