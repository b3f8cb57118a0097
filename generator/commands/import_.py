"""`ribao import SOURCE`: posts of Hugo, Hexo, Jekyll or plain Markdown become ours; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator.commands.common import json_option, load_site, print_json, say, site_option
from generator.config import Config
from generator.errors import DiskError, GeneratorError
from generator.files import read_bounded, write_atomic
from generator.importers import SYSTEMS, Moved, Old, Refused, detect, move
from generator.importers.archives import KINDS, move_editions
from generator.labels import labels_for

_MAX_TEXT = 5_000_000  # bytes of a post
_MAX_IMAGE = 30_000_000
_MAX_FILES = 200_000
_TEXTS = (".md", ".markdown")
_EDITIONS = (*_TEXTS, ".txt")
_SKIPPED = {".git", "node_modules", "public", "_site", "themes", "layouts", ".venv"}


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
    olds, outcomes = [], []
    for path in paths:
        if path.endswith(_EDITIONS if kind in KINDS else _TEXTS):
            try:
                olds.append(read(root, path))
            except (DiskError, UnicodeDecodeError) as error:
                outcomes.append(Outcome(path, "refused", notes=(str(error),)))
    if not olds and not outcomes:
        raise GeneratorError(f"{source} holds no Markdown", kind="nothing")
    texts = {old.path: old.text for old in olds}
    if "_config.yml" in paths:
        texts["_config.yml"] = read_bounded(root / "_config.yml", _MAX_TEXT).decode("utf-8", "replace")
    name = kind or detect(paths, texts)
    if name in KINDS:
        results = move_editions(olds, name, labels_for(config.site.language))
    else:
        results = move(olds, SYSTEMS[name], files=frozenset(paths))
    for result in results:
        outcomes.append(_settle(config, root, result, dry_run=dry_run))
    return name, sorted(outcomes, key=lambda outcome: outcome.source)


def read(root: Path, path: str) -> Old:
    file = root / path
    modified = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return Old(path, read_bounded(file, _MAX_TEXT).decode("utf-8-sig"), modified)


def walk(root: Path) -> Iterator[str]:
    """Yield the files below `root` by their path inside it; links are not followed out of it."""
    number = 0
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _SKIPPED)
        for file in files:
            number += 1
            if number > _MAX_FILES:
                raise GeneratorError(f"{root} holds more than {_MAX_FILES:,} files; name a folder inside it")
            path = Path(folder, file)
            if not path.is_symlink():
                yield path.relative_to(root).as_posix()


def _settle(config: Config, root: Path, result: Moved | Refused, *, dry_run: bool) -> Outcome:
    if isinstance(result, Refused):
        return Outcome(result.source, "refused", notes=(result.why,))
    target = config.root / result.target
    other = (
        target.with_suffix("") / "index.md" if target.name != "index.md" else target.parent.with_suffix(".md")
    )
    if target.exists() or other.exists():
        return Outcome(result.source, "there", result.target)
    notes = (
        *result.changed,
        *(f"kept as it stands: {tag}" for tag in result.kept),
        *(f"lost: {what}" for what in result.lost),
    )
    if not dry_run:
        for source, goal in result.images:
            if not (config.root / goal).exists():
                write_atomic(config.root / goal, read_bounded(root / source, _MAX_IMAGE), durable=False)
        for goal, text in result.beside:
            write_atomic(config.root / goal, text.encode(), durable=False)
        # the post last: one that is there has its images
        write_atomic(target, result.text.encode(), durable=False)
    return Outcome(result.source, "imported", result.target, notes)
