"""`ribao import SOURCE`: posts of Hugo, Hexo, Jekyll or plain Markdown become ours; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from generator.commands.common import json_option, load_site, print_json, say, site_option
from generator.config import Config
from generator.errors import ContentError, DiskError, GeneratorError
from generator.files import read_bounded, write_atomic
from generator.importers import SYSTEMS, Left, Moved, Old, Refused, detect, move
from generator.importers.archives import KINDS, move_editions
from generator.importers.settings import NAMES
from generator.importers.settings import read as read_settings
from generator.labels import labels_for
from generator.markup import frontmatter
from generator.scaffold import came_with_the_site
from generator.site.urls import permalink

_MAX_TEXT = 5_000_000  # bytes of a post
_MAX_FILE = 30_000_000  # bytes of a picture or another file that comes along
_MAX_FILES = 200_000
_TEXTS = (".md", ".markdown")
_OTHER_TEXTS = (".html", ".htm", ".org", ".adoc", ".asciidoc", ".rst", ".textile", ".pandoc", ".mdx")
_ARCHIVED = dict.fromkeys(KINDS, (*_TEXTS, ".txt")) | {"report": (*_TEXTS, ".txt", ".json")}
_NEVER = {".git", "node_modules", ".venv"}
# at the top: built, or not content
_SKIPPED = _NEVER | {
    "public",
    "_site",
    "themes",
    "layouts",
    "archetypes",
    "scaffolds",
    "_layouts",
    "_includes",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: imported, there (already), left (it is no post), or refused."""

    source: str
    state: str
    target: str = ""
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"source": self.source, "state": self.state, "target": self.target, "notes": list(self.notes)}


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "kind",
    type=click.Choice([*SYSTEMS, *KINDS]),
    help="The other system, or the format of an archive of editions; default: found out.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_option
@site_option
def command(source: Path, kind: str | None, dry_run: bool, as_json: bool) -> int:
    """Bring the posts of SOURCE, a folder or a file, into content/; exit 1 when one was refused."""
    config = load_site()
    name, outcomes = run_import(config, source.resolve(), kind, dry_run=dry_run)
    if as_json:
        print_json({"system": name, "dry_run": dry_run, "files": [outcome.as_json() for outcome in outcomes]})
    else:
        for outcome in outcomes:
            notes = f" ({'; '.join(outcome.notes)})" if outcome.notes else ""
            click.echo(
                f"{outcome.state:8}  {outcome.source}{' → ' + outcome.target if outcome.target else ''}{notes}"
            )
    count = Counter(one.state for one in outcomes)
    would = "would be imported" if dry_run else "imported"
    left = f"{count['left']} left, " if count["left"] else ""
    say(
        f"{name}: {count['imported']} {would}, {count['there']} already there, {left}{count['refused']} refused"
    )
    return 1 if count["refused"] else 0


def run_import(
    config: Config, source: Path, kind: str | None, *, dry_run: bool = False
) -> tuple[str, list[Outcome]]:
    """Import a folder or one file; return the system's name and what became of each file, by its path."""
    if not source.exists():
        raise GeneratorError(f"{source}: there is no such file or folder", kind="usage")
    root = source if source.is_dir() else source.parent
    paths = sorted(walk(root)) if source.is_dir() else [source.name]
    wanted = _ARCHIVED.get(kind or "", _TEXTS)
    olds, outcomes = [], []
    for path in paths:
        if path.endswith(wanted):
            try:
                olds.append(read(root, path))
            except (DiskError, UnicodeDecodeError) as error:
                outcomes.append(Outcome(path, "refused", notes=(str(error),)))
    if not olds and not outcomes:
        formats = ", ".join(f"--from {name}" for name in KINDS)
        raise GeneratorError(
            f"{source} holds no Markdown; of an archive of editions say its format: {formats}", kind="nothing"
        )
    name, results = _moved(config, root, paths, olds, outcomes, kind)
    here = _Here.of(config)
    outcomes += [_settle(config, root, result, here, dry_run=dry_run) for result in results]
    return name, sorted(outcomes, key=lambda outcome: outcome.source)


def _moved(
    config: Config, root: Path, paths: list[str], olds: list[Old], outcomes: list[Outcome], kind: str | None
) -> tuple[str, Sequence[Moved | Refused | Left]]:
    """Return the system's name and what becomes of each file.

    What is said of its configuration, and of texts that are not Markdown, goes to `outcomes`.
    """
    if kind in KINDS:
        return kind, move_editions(olds, kind, labels_for(config.site.language))
    settings = {path: read(root, path).text for path in NAMES & set(paths)}
    name = kind or detect(paths, {old.path: old.text for old in olds} | settings)
    said, unread = read_settings(settings, name)
    outcomes += [
        Outcome(path, "refused", notes=("cannot be read; old addresses follow the system's own pattern",))
        for path in unread
    ]
    outcomes += [
        Outcome(path, "refused", notes=("is not Markdown; turn it into that first, for example with pandoc",))
        for path in paths
        if SYSTEMS[name].is_post(path) and _is_text(root, path)
    ]
    base = urlsplit(config.site.base_url).path.rstrip("/") + "/"

    def address(sort: str, slug: str, day: dt.date) -> str:
        inside = permalink(config.build.permalink, slug, day) if sort == "posts" else f"{slug}/"
        return base + inside

    return name, move(olds, SYSTEMS[name], files=frozenset(paths), settings=said, address=address, base=base)


@dataclass(frozen=True, slots=True)
class _Here:
    """What the site has already: titles by path, and which post each address leads to."""

    titles: Mapping[str, str]
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, config: Config) -> _Here:
        titles, aliases = {}, {}
        for path in sorted(config.content.rglob("*.md")):
            name = path.relative_to(config.root).as_posix()
            try:
                fields = frontmatter.split(read_bounded(path, _MAX_TEXT).decode("utf-8-sig"), name).fields
            except (DiskError, UnicodeDecodeError, ContentError):
                continue  # the build says what is wrong with it
            titles[name] = str(fields.get("title", ""))
            others = fields.get("aliases")
            for alias in others if isinstance(others, list | tuple) else ():
                aliases[str(alias)] = name
        return cls(titles, aliases)

    def find(self, result: Moved) -> tuple[str, str]:
        """Return the file that `result` is already, and the title of that when it is another post's; else nothing."""
        for alias in result.aliases:
            if alias in self.aliases:
                return self.aliases[alias], ""
        folder = result.target.removesuffix("/index.md").removesuffix(".md")
        for path in (f"{folder}.md", f"{folder}/index.md"):
            if path in self.titles:
                title = self.titles[path]
                return path, "" if title in ("", result.title) else title
        return "", ""


def read(root: Path, path: str) -> Old:
    file = root / path
    modified = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return Old(path, read_bounded(file, _MAX_TEXT).decode("utf-8-sig"), modified)


def _is_text(root: Path, path: str) -> bool:
    """Tell whether a file is a post in another markup; HTML beside a post is none unless it has front matter."""
    if not path.endswith(_OTHER_TEXTS):
        return False
    if not path.endswith((".html", ".htm")):
        return True
    with (root / path).open("rb") as file:
        return file.read(8).startswith((b"---", b"+++"))


def walk(root: Path) -> Iterator[str]:
    """Yield the files below `root` by their path inside it; links are not followed out of it."""
    number = 0
    for folder, names, files in os.walk(root):
        skipped = _SKIPPED if folder == str(root) else _NEVER
        names[:] = sorted(name for name in names if name not in skipped)
        for file in files:
            number += 1
            if number > _MAX_FILES:
                raise GeneratorError(f"{root} holds more than {_MAX_FILES:,} files; name a folder inside it")
            path = Path(folder, file)
            if not path.is_symlink():
                yield path.relative_to(root).as_posix()


def _settle(
    config: Config, root: Path, result: Moved | Refused | Left, here: _Here, *, dry_run: bool
) -> Outcome:
    if not isinstance(result, Moved):
        state = "left" if isinstance(result, Left) else "refused"
        return Outcome(result.source, state, notes=(result.why,))
    there, other = here.find(result)
    ours = there.endswith("/about.md") and came_with_the_site(read(config.root, there).text)
    if other and not ours:
        why = f"{there} is another one here, {other!r}; rename one of the two files"
        return Outcome(result.source, "refused", notes=(why,))
    if not ours and (there or (config.root / result.target).exists()):
        return Outcome(result.source, "there", there or result.target)
    lost = list(result.lost)
    if not dry_run:
        for source, goal in result.images:
            try:
                if not (config.root / goal).exists():
                    write_atomic(config.root / goal, read_bounded(root / source, _MAX_FILE), durable=False)
            except DiskError as error:
                lost.append(str(error))
        for goal, text in result.beside:
            write_atomic(config.root / goal, text.encode(), durable=False)
        if ours and there != result.target:
            (config.root / there).unlink()
        # the post last: one that is there has its images
        write_atomic(config.root / result.target, result.text.encode(), durable=False)
    notes = (
        *(["in place of the page that came with the site"] if ours else []),
        *result.changed,
        *(f"kept as it stands: {tag}" for tag in result.kept),
        *(f"lost: {what}" for what in lost),
    )
    return Outcome(result.source, "imported", result.target, notes)
