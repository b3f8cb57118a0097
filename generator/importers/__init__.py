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
from generator.importers import heads, hugo, liquid
from generator.importers.links import Links, Target
from generator.importers.permalinks import Place, Settings
from generator.importers.values import Body, Moved, Old, Refused, System
from generator.markup.emit import emit
from generator.markup.escape import plain
from generator.text.slug import slugify

_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*?\ssrc=[\"']([^\"']+)", re.IGNORECASE)
_FILE = re.compile(
    r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>#]+\.(?!md\b|markdown\b|html?\b)[A-Za-z0-9]{1,5})(?=[)\s>#?])"
)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-(?=.)")
_MORE = re.compile(r"^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*\n?", re.MULTILINE)
_SHOWN = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EXCERPT = 200  # characters
_UNSAID = Settings()

MARKDOWN = System(
    name="markdown",
    is_post=lambda path: (
        not re.search(r"(?:^|/)(?:readme|license|changelog|contributing)\.", path, re.IGNORECASE)
    ),
    is_page=lambda path: False,  # noqa: ARG005 - one signature
    address=lambda place, settings: "",  # noqa: ARG005
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
) -> list[Moved | Refused]:
    """Return what becomes of each file.

    `files` are all paths of the source. `address(kind, slug, day)` is where a post or page will stand
    here, below the site's path `base`; empty when links between posts are to stay.
    """
    used: set[str] = set()
    moved: list[Moved | Refused] = []
    read: list[_Read] = []
    for old in sorted(olds, key=lambda old: old.path):
        kind = "posts" if system.is_post(old.path) else "pages" if system.is_page(old.path) else ""
        if not kind:
            moved.append(Refused(old.path, _why_not(old.path)))
            continue
        try:
            read.append(_read(old, system, kind, settings, used, address))
        except ContentError as error:
            moved.append(Refused(old.path, "; ".join(map(str, error.problems))))
    links = Links.of([one.target for one in read], base)
    moved += [_write(one, system, files, links) for one in read]
    return sorted(moved, key=lambda one: one.source)


def _why_not(path: str) -> str:
    if posixpath.basename(path).startswith("_index."):
        return "introduces a list, and lists are made here; move its words into a page"
    return "is neither a post nor a page of its system"


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
    name = _name(old.path)
    head = heads.read(old, name, settings.timezone)
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


def _write(one: _Read, system: System, files: Collection[str], links: Links) -> Moved:
    head = one.head
    body = system.body(head.body)
    text, excerpt = _without_more(body.text)
    folder = f"content/{one.kind}/{one.stem}"
    images, absent = _images(
        text, str(head.fields.get("coverImage", "")), one.old.path, system, files, folder
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
    aliases = _aliases([*head.aliases, one.target.old], one.target.new, links.base)
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


def _aliases(addresses: Iterable[str], new: str, base: str) -> list[str]:
    """Return the old addresses that are not the new one: pages that lead there."""
    here = new.removeprefix(base.rstrip("/")).rstrip("/")
    return [one for one in dict.fromkeys(addresses) if one.strip("/") and unquote(one).rstrip("/") != here]


def _name(path: str) -> str:
    stem = posixpath.basename(path).rsplit(".", 1)[0]
    return posixpath.basename(posixpath.dirname(path)) if stem == "index" and "/" in path else stem


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


def _images(
    text: str, cover: str, path: str, system: System, files: Collection[str], target: str
) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Find the files that come along: those beside a post go into its folder, those of the site to static/.

    A page bundle and a Hexo asset folder come whole; of other files, those that are shown or linked.
    """
    folder, stem = posixpath.dirname(path), path.rpartition(".")[0]
    whole = folder if posixpath.basename(stem) == "index" and folder else stem
    found = {
        file: f"{target}/{file.removeprefix(whole + '/')}"
        for file in files
        if file.startswith(whole + "/") and not file.endswith((".md", ".markdown", ".html"))
    }
    absent: list[str] = []
    shown = [(match[1] or match[2], True) for match in _IMAGE.finditer(text)]
    linked = [(match[1], False) for match in _FILE.finditer(text)]
    for raw, needed in [*shown, *linked, *([(cover, True)] if cover else [])]:
        address = unquote(raw).partition("?")[0].partition("#")[0]
        if "://" in address or address.startswith(("//", "data:", "mailto:", "import:", "{")) or not address:
            continue
        inside = posixpath.normpath(address.lstrip("/"))
        if address.startswith("/"):
            places = [posixpath.join(static, inside) for static in system.statics]
            goal = f"static/{inside}"
        else:
            places = [posixpath.normpath(posixpath.join(one, inside)) for one in (folder, stem)]
            goal = f"{target}/{inside}"
        source = next((place for place in places if place in files), "")
        if source and not source.endswith((".md", ".markdown")) and ".." not in goal.split("/"):
            found.setdefault(source, goal)
        elif needed and not source and address not in absent:
            absent.append(address)
    return tuple(sorted(found.items())), absent


__all__ = ["SYSTEMS", "Moved", "Old", "Refused", "System", "detect", "move"]
