"""Posts of other systems become ours. Values in, values out: the command reads and writes the files.

A system is one row of `SYSTEMS`.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import unquote

from generator.errors import ContentError
from generator.importers import heads, hugo, liquid
from generator.importers.values import Body, Moved, Old, Refused, System
from generator.markup.emit import emit
from generator.text.slug import slugify

_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*?\ssrc=[\"']([^\"']+)", re.IGNORECASE)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")

MARKDOWN = System(
    name="markdown",
    is_post=lambda path: (
        not re.search(r"(?:^|/)(?:readme|license|changelog|contributing)\.", path, re.IGNORECASE)
    ),
    is_page=lambda path: False,  # noqa: ARG005 - one signature
    address=lambda path, name, day, categories: "",  # noqa: ARG005
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
    olds: Sequence[Old], system: System, *, files: Collection[str], taken: Collection[str] = ()
) -> list[Moved | Refused]:
    """Return what becomes of each file. `files` are all paths of the source, `taken` the names posts here have."""
    used = set(taken)
    moved: list[Moved | Refused] = []
    for old in sorted(olds, key=lambda old: old.path):
        kind = "posts" if system.is_post(old.path) else "pages" if system.is_page(old.path) else ""
        if not kind:
            moved.append(Refused(old.path, "is neither a post nor a page of its system"))
            continue
        try:
            moved.append(_one(old, system, kind, files, used))
        except ContentError as error:
            moved.append(Refused(old.path, "; ".join(map(str, error.problems))))
    return moved


def _one(old: Old, system: System, kind: str, files: Collection[str], used: set[str]) -> Moved:
    name = _name(old.path)
    head = heads.read(old, name)
    body = system.body(head.body)
    stem = _free(old.path, name, used)
    bare = _DATED.sub("", name) or name
    day = head.date.date() if isinstance(head.date, dt.datetime) else head.date
    categories = tuple(str(head.fields[key]) for key in ("category",) if key in head.fields)
    aliases = dict.fromkeys(
        [*head.aliases, *([system.address(old.path, bare, day, categories)] if kind == "posts" else [])]
    )
    images, absent = _images(body.text, old.path, system, files, f"content/{kind}/{stem}")
    own = any(target.startswith("content/") for _, target in images)
    pairs = [
        ("title", head.title),
        ("date", head.date),
        *((key, value) for key, value in head.fields.items() if key != "slug"),
        ("draft", True if head.draft else None),
        ("slug", head.fields.get("slug") or (stem if _DATED.sub("", stem) != bare else None)),
        ("aliases", [alias for alias in aliases if alias] or None),
        *head.extra.items(),
    ]
    if "lang" not in head.fields and system is hugo.SYSTEM and (language := hugo.language_of(name)):
        pairs.append(("lang", language))
    return Moved(
        old.path,
        f"content/{kind}/{stem}/index.md" if own else f"content/{kind}/{stem}.md",
        emit(pairs) + body.text.lstrip("\n") if not body.text.startswith("\n") else emit(pairs) + body.text,
        changed=(*head.found, *body.changed),
        kept=body.kept,
        images=images,
        lost=(*head.lost, *(f"image {path}" for path in absent)),
    )


def _name(path: str) -> str:
    stem = posixpath.basename(path).rsplit(".", 1)[0]
    return posixpath.basename(posixpath.dirname(path)) if stem == "index" and "/" in path else stem


def _free(path: str, name: str, used: set[str]) -> str:
    """Return a name for the file that no other has, without its day too: the folders' names come first."""
    folders = [
        slugify(part) for part in posixpath.dirname(path).split("/") if part and not part.startswith("_")
    ]
    wanted = slugify(name)
    for depth in range(len(folders) + 1):
        stem = "-".join([*folders[len(folders) - depth :], wanted])
        if _bare(stem) not in used:
            break
    number, free = 2, stem
    while _bare(free) in used:
        free, number = f"{stem}-{number}", number + 1
    used.add(_bare(free))
    return free


def _bare(stem: str) -> str:
    return _DATED.sub("", stem)


def _images(
    text: str, path: str, system: System, files: Collection[str], target: str
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Find the images a body shows: those beside it go into the post's folder, those of the site to static/."""
    found: dict[str, str] = {}
    absent: list[str] = []
    for match in _IMAGE.finditer(text):
        address = unquote(match[1] or match[2]).partition("?")[0].partition("#")[0]
        if "://" in address or address.startswith(("//", "data:", "{")) or not address:
            continue
        if address.startswith("/"):
            inside = posixpath.normpath(address.lstrip("/"))
            source = next(
                (p for folder in system.statics if (p := posixpath.join(folder, inside)) in files), ""
            )
            goal = f"static/{inside}"
        else:
            inside = posixpath.normpath(address)
            # Hexo keeps a post's files in a folder of the post's name
            beside = (posixpath.dirname(path), path.rsplit(".", 1)[0])
            source = next(
                (
                    p
                    for folder in beside
                    if (p := posixpath.normpath(posixpath.join(folder, inside))) in files
                ),
                "",
            )
            goal = f"{target}/{inside}"
        if source and ".." not in goal.split("/"):
            found[source] = goal
        elif address not in absent:
            absent.append(address)
    return tuple(found.items()), absent


__all__ = ["SYSTEMS", "Moved", "Old", "Refused", "System", "detect", "move"]
