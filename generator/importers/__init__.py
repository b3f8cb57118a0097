"""Posts of other systems become ours. Values in, values out: the command reads and writes the files.

A system is one row of `SYSTEMS`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from generator.errors import ContentError
from generator.importers import beside, heads, hugo, liquid, permalinks
from generator.importers.fronts import taken_apart
from generator.importers.links import Links, Target
from generator.importers.permalinks import Place, Settings
from generator.importers.values import READMES, Body, Left, Moved, Old, Refused, System
from generator.markup.emit import emit
from generator.markup.escape import plain
from generator.text.slug import slugify

_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_MORE = re.compile(r"^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*\n?", re.MULTILINE)
_SHOWN = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EXCERPT = 200  # characters
_UNSAID = Settings()
# pages that every site makes itself, by the names they have in other systems
_MADE_HERE = frozenset(
    ["index", "404", "archive", "archives", "categories", "category", "tags", "tag", "search"]
)

MARKDOWN = System(
    name="markdown",
    is_post=lambda path: not READMES.search(path),
    is_page=lambda path: False,  # noqa: ARG005 - one signature
    address=permalinks.stated,
    body=lambda text: Body(text),
)
SYSTEMS: Mapping[str, System] = {
    system.name: system for system in (hugo.SYSTEM, liquid.HEXO_SYSTEM, liquid.JEKYLL_SYSTEM, MARKDOWN)
}


def detect(paths: Collection[str], texts: Mapping[str, str]) -> str:
    """Tell which system a source is of, from the files at its root and the tags in its bodies."""
    roots = {path for path in paths if "/" not in path}
    config = texts.get("_config.yml", "")
    if roots & {"hugo.toml", "hugo.yaml", "config.toml"} or "_index.md" in {
        path.rpartition("/")[2] for path in paths
    }:
        return "hugo"
    if "hexo" in config or any(path.startswith("source/_posts/") for path in paths):
        return "hexo"
    if config or any("_posts/" in path for path in paths):
        return "jekyll"
    sample = [text for path, text in texts.items() if path.endswith((".md", ".markdown"))][:200]
    if any("{{<" in text or "{{%" in text for text in sample):
        return "hugo"
    return "jekyll" if any(re.search(r"^layout: ", text, re.MULTILINE) for text in sample) else "markdown"


def move(
    olds: Sequence[Old],
    system: System,
    *,
    files: Collection[str],
    settings: Settings = _UNSAID,
    address: Callable[[str, str, dt.date], str] = lambda kind, slug, day: "",  # noqa: ARG005
    base: str = "/",
) -> list[Moved | Refused | Left]:
    """Return what becomes of each file.

    `files` are all paths of the source. `address(kind, slug, day)` is where a post or page will stand
    here, below the site's path `base`; empty when links between posts are to stay.
    """
    used: set[str] = set()
    moved: list[Moved | Refused | Left] = []
    read: list[_Read] = []
    for old in sorted(olds, key=lambda old: old.path):
        kind = "posts" if system.is_post(old.path) else "pages" if system.is_page(old.path) else ""
        try:
            if not kind or (kind == "pages" and _name(old.path, system) in _MADE_HERE):
                moved.append(_no_post(old))
            else:
                read.append(_read(old, system, kind, settings, used, address))
        except ContentError as error:
            moved.append(Refused(old.path, "; ".join(map(str, error.problems))))
    links = Links.of([one.target for one in read], base, settings.base)
    known = beside.Known.of(files)
    moved += [_write(one, system, known, links) for one in read]
    return sorted(moved, key=lambda one: one.source)


def _no_post(old: Old) -> Refused | Left:
    """Return what to say of a file that is neither a post nor a page of its own."""
    if READMES.search(old.path):
        return Left(old.path, "is about the repository, not part of the site")
    if posixpath.basename(old.path).startswith("_index."):
        why = "introduces a list, and lists are made here"
    elif posixpath.basename(old.path).startswith("index.") or _base_name(old.path) in _MADE_HERE:
        why = "this page is made here"
    else:
        return Refused(old.path, "lies where its system keeps neither posts nor pages; move it to its posts")
    _, body = taken_apart(old, str)
    # a template's loops are no words of anybody's
    words = re.sub(r"\{[{%].*?[}%]\}|<[^>]*>", "", body, flags=re.DOTALL).strip()
    return Refused(old.path, f"{why}; move its words into a page") if words else Left(old.path, why)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file of the source with what it says of itself and where it goes."""

    old: Old
    kind: str
    stem: str
    slug: str  # when its name does not say it
    language: str
    head: heads.Head
    target: Target


def _read(
    old: Old,
    system: System,
    kind: str,
    settings: Settings,
    used: set[str],
    address: Callable[[str, str, dt.date], str],
) -> _Read:
    name = _name(old.path, system)
    head = heads.read(old, name, settings.timezone, system.fields)
    stem = _free(old.path, name, used)
    language = hugo.language_of(name) if system is hugo.SYSTEM and "lang" not in head.fields else ""
    bare = _DATED.sub("", name) or name
    slug = slugify(str(head.fields["slug"])) if "slug" in head.fields else ""
    slug = slug or (stem if _DATED.sub("", stem) != bare else "")
    place = Place(
        path=old.path,
        name=hugo.without_language(bare) if system is hugo.SYSTEM else bare,
        day=head.date,
        title=head.title,
        slug=str(head.fields.get("slug", "")),
        categories=head.categories,
        fields={**head.raw, "lang": head.fields.get("lang", language)},
    )
    before = (system.address if kind == "posts" else system.page_address)(place, settings)
    day = head.date.date() if isinstance(head.date, dt.datetime) else head.date
    new = address(kind, slug or slugify(_bare(stem)), day)
    return _Read(old, kind, stem, slug, language, head, Target(old.path, before, new, head.title))


def _write(one: _Read, system: System, known: beside.Known, links: Links) -> Moved:
    head = one.head
    body = system.body(head.body)
    text, excerpt = _without_more(beside.lifted(body.text, one.old.path, known))
    folder = f"content/{one.kind}/{one.stem}"
    images, absent = beside.files(
        text, str(head.fields.get("coverImage", "")), one.old.path, system, known, folder, links.before
    )
    own = any(target.startswith("content/") for _, target in images)
    lost = [*head.lost, *(f"image {path}" for path in absent)]
    changed = [*head.found, *body.changed]
    if one.target.new:
        text, count, gone = links.rewrite(text, one.target)
        lost += gone
        changed += [f"{count} links"] if count else []
    fields = {key: value for key, value in head.fields.items() if key != "slug"}
    if excerpt and not fields.keys() & {"summary", "description"}:
        fields["description"] = excerpt
    aliases = _aliases([*head.aliases, one.target.old], one.target, links.base)
    pairs = [
        ("title", head.title),
        ("date", head.date),
        *fields.items(),
        ("draft", True if head.draft else None),
        ("slug", one.slug or None),
        ("aliases", aliases or None),
        *head.extra.items(),
        ("lang", one.language or None),
    ]
    return Moved(
        one.old.path,
        f"{folder}/index.md" if own else f"{folder}.md",
        emit(pairs) + text if text.startswith("\n") else emit(pairs) + text.lstrip("\n"),
        changed=tuple(changed),
        kept=body.kept,
        images=images,
        lost=tuple(lost),
        title=head.title,
        aliases=tuple(aliases),
    )


def _without_more(text: str) -> tuple[str, str]:
    """Take the mark out that ends a post's beginning; return the text and the beginning as plain words."""
    mark = _MORE.search(text)
    if mark is None:
        return text, ""
    beginning = " ".join(plain(_SHOWN.sub(r"\1", text[: mark.start()])).split())
    return text[: mark.start()] + text[mark.end() :], beginning[:_EXCERPT].strip()


def _aliases(addresses: Iterable[str], target: Target, base: str) -> list[str]:
    """Return the old addresses that are not the new one: pages that lead there.

    One without a slash in front stood beside the post.
    """
    here = target.new.removeprefix(base.rstrip("/")).rstrip("/")
    folder = posixpath.dirname(target.old.rstrip("/")) or "/"
    absolute = (posixpath.join(folder, one) for one in addresses if one.strip("/"))
    return [one for one in dict.fromkeys(absolute) if ".." not in one and unquote(one).rstrip("/") != here]


def _base_name(path: str) -> str:
    """Return a file's own name; of the text of a folder, `index.md`, the folder's."""
    stem = posixpath.basename(path).rsplit(".", 1)[0]
    return posixpath.basename(posixpath.dirname(path)) if stem == "index" and "/" in path else stem


def _name(path: str, system: System) -> str:
    """Return the name that a file is known by; the text of a bundle in another language says which."""
    if system is hugo.SYSTEM and hugo.is_bundle(path) and "/" in path:
        language = posixpath.basename(path).removeprefix("index").rpartition(".")[0]
        return posixpath.basename(posixpath.dirname(path)) + language
    return _base_name(path)


def _free(path: str, name: str, used: set[str]) -> str:
    """Return a name for the file that no other has, without its day too: the folders' names come first."""
    folders = [
        slugify(part) for part in posixpath.dirname(path).split("/") if part and not part.startswith("_")
    ]
    wanted = slugify(name)
    candidates = ["-".join([*folders[len(folders) - depth :], wanted]) for depth in range(len(folders) + 1)]
    numbers = (f"{candidates[-1]}-{number}" for number in itertools.count(2))
    stem = next(stem for stem in itertools.chain(candidates, numbers) if _bare(stem) not in used)
    used.add(_bare(stem))
    return stem


def _bare(stem: str) -> str:
    return _DATED.sub("", stem)


__all__ = ["SYSTEMS", "Left", "Moved", "Old", "Refused", "System", "detect", "move"]
