"""What a build refuses: editions that a person changed so that they no longer hold against their evidence.

An edition that stands as `publish` wrote it was held to the same settings then. One that was
edited is proven once for each state of its files; what was passed is remembered by their sizes
and times, so that a build where nothing changed pays a look at each folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import __version__
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import write_atomic

if TYPE_CHECKING:
    from generator.commands.archive import Archive

Signature = list[int]  # size and time of the post, size and time of its record


def hold(config: Config) -> None:
    """Raise `GeneratorError` with each finding of the kinds in `[evidence] block` that an edited edition has."""
    if not config.evidence.block:
        return
    place = config.state / "verify" / "passed.json"
    terms = [__version__, *sorted(config.evidence.block)]
    passed = _remembered(place, terms)
    found = _editions(config.content / "posts")
    if found == passed:
        return
    from generator.commands.archive import Archive

    archive = Archive(config)
    problems: list[str] = []
    for name in [name for name, signature in found.items() if passed.get(name) != signature]:
        refused = _refused(config, archive, name)
        if refused:
            del found[name]
            problems += refused
    write_atomic(place, json.dumps({"terms": terms, "passed": found}).encode(), durable=False)
    if problems:
        raise GeneratorError(
            "\n".join(problems)
            + "\nnot built: correct these places, sign one off with: ribao verify --accept ID --why TEXT,"
            " or take its kind out of [evidence] block in site.toml"
        )


def _remembered(place: Path, terms: Sequence[str]) -> dict[str, Signature]:
    try:
        value = json.loads(place.read_bytes())
        return dict(value["passed"]) if value["terms"] == terms else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # none, or damaged: all are looked at again


def _editions(posts: Path) -> dict[str, Signature]:
    """Return the folders that hold a post and its record."""
    found = {}
    try:
        names = sorted(entry.name for entry in os.scandir(posts) if entry.is_dir())
    except OSError:
        return {}  # a build says itself what it cannot read
    for name in names:
        try:
            post, record = (os.stat(posts / name / file) for file in ("index.md", "edition.json"))
        except OSError:
            continue
        found[name] = [post.st_size, post.st_mtime_ns, record.st_size, record.st_mtime_ns]
    return found


def _refused(config: Config, archive: Archive, name: str) -> list[str]:
    from generator.commands.archive import read_record
    from generator.commands.proving import prove_one
    from generator.evidence.finding import blocked

    target = archive.edition(name)
    try:
        record = read_record(target) if target else None
        if target is None or record is None or record.text_as_written == target.text():
            return []
        result = prove_one(config, archive, target)
    except GeneratorError as error:
        return [str(error)]
    found = blocked(result.findings, config.evidence.block) if result else []
    return [f"{one}    [{one.id}]" for one in found]
