"""`ribao import SOURCE`: posts of Hugo, Hexo, Jekyll or plain Markdown become ours; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import os
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
from generator.importers import SYSTEMS, Moved, Old, Refused, detect, move
from generator.importers.archives import KINDS, move_editions
from generator.importers.settings import NAMES
from generator.importers.settings import read as read_settings
from generator.labels import labels_for
from generator.markup import frontmatter
from generator.site.urls import permalink

_MAX_TEXT = 5_000_000  # bytes of a post
_MAX_FILE = 30_000_000  # bytes of a picture or another file that comes along
_MAX_FILES = 200_000
_TEXTS = (".md", ".markdown")
_ARCHIVED = dict.fromkeys(KINDS, (*_TEXTS, ".txt")) | {"report": (*_TEXTS, ".txt", ".json")}
_NEVER = {".git", "node_modules", ".venv"}
_SKIPPED = _NEVER | {"public", "_site", "themes", "layouts"}  # at the top: built, or not content


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: imported, there (already), or refused."""

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
    count = {state: sum(one.state == state for one in outcomes) for state in ("imported", "there", "refused")}
    would = "would be imported" if dry_run else "imported"
    say(f"{name}: {count['imported']} {would}, {count['there']} already there, {count['refused']} refused")
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
) -> tuple[str, Sequence[Moved | Refused]]:
    """Return the system's name and what becomes of each file; what is said of its configuration goes to `outcomes`."""
    if kind in KINDS:
        return kind, move_editions(olds, kind, labels_for(config.site.language))
    settings = {path: read(root, path).text for path in NAMES & set(paths)}
    name = kind or detect(paths, {old.path: old.text for old in olds} | settings)
    said, unread = read_settings(settings, name)
    outcomes += [
        Outcome(path, "refused", notes=("cannot be read; old addresses follow the system's own pattern",))
        for path in unread
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
        """Return the post that `result` is already, and what is odd about it; empty when there is none."""
        for alias in result.aliases:
            if alias in self.aliases:
                return self.aliases[alias], ""
        folder = result.target.removesuffix("/index.md").removesuffix(".md")
        for path in (f"{folder}.md", f"{folder}/index.md"):
            if path in self.titles:
                same = self.titles[path] == result.title
                return path, "" if same else "its title differs: another post? then rename one of the two"
        return "", ""


def read(root: Path, path: str) -> Old:
    file = root / path
    modified = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return Old(path, read_bounded(file, _MAX_TEXT).decode("utf-8-sig"), modified)


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


def _settle(config: Config, root: Path, result: Moved | Refused, here: _Here, *, dry_run: bool) -> Outcome:
    if isinstance(result, Refused):
        return Outcome(result.source, "refused", notes=(result.why,))
    there, odd = here.find(result)
    if there or (config.root / result.target).exists():
        return Outcome(result.source, "there", there or result.target, (odd,) if odd else ())
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
        # the post last: one that is there has its images
        write_atomic(config.root / result.target, result.text.encode(), durable=False)
    notes = (
        *result.changed,
        *(f"kept as it stands: {tag}" for tag in result.kept),
        *(f"lost: {what}" for what in lost),
    )
    return Outcome(result.source, "imported", result.target, notes)
