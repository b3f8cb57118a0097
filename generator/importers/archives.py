"""Archives of the edition formats: each file becomes an edition's folder, with its record beside it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from generator.editions import FORMATS, record
from generator.errors import ContentError
from generator.importers.heads import day_of
from generator.importers.values import Moved, Old, Refused
from generator.labels import Labels

KINDS = ("report", "themed", "digest", "bulletin")
_STAYS = ("themed", "digest")  # Markdown posts as they stand; the others are rendered from their structure


def move_editions(olds: Sequence[Old], kind: str, labels: Labels) -> list[Moved | Refused]:
    """Return what becomes of each file of format `kind`: an edition named by its day, the later ones of a day by a number."""
    moved: list[Moved | Refused] = []
    used: set[str] = set()
    for old in sorted(olds, key=lambda old: old.path):
        try:
            moved.append(_one(old, kind, labels, used))
        except ContentError as error:
            moved.append(Refused(old.path, "; ".join(map(str, error.problems))))
    return moved


def _one(old: Old, kind: str, labels: Labels, used: set[str]) -> Moved:
    text = old.text.replace("\r\n", "\n")
    parsed = FORMATS[kind].parse(text, old.path)
    day = parsed.edition.date
    found: tuple[str, ...] = ()
    if day.year < 1990:
        day, where = day_of(old, text, parsed.edition.title)
        found = (f"date from {where}",)
    # the file's own day names the folder where it has one: two posts may be dated alike by mistake
    named = re.search(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", old.path)
    identity = _free(named[0] if named else day.isoformat(), used)
    edition = dataclasses.replace(parsed.edition, id=identity, date=day)
    if kind not in _STAYS:
        # what this form cannot say stays in the record, and the page shows it from there
        text = FORMATS["themed"].write(edition, labels).text
        found = (*found, f"{kind} → themed")
    folder = f"content/posts/{identity}"
    edition = dataclasses.replace(edition, extras={})  # how it was spelled: the text itself says that
    return Moved(
        old.path,
        f"{folder}/index.md",
        text,
        changed=found,
        beside=((f"{folder}/edition.json", record.dumps(edition, text)),),
    )


def _free(identity: str, used: set[str]) -> str:
    free, number = identity, 2
    while free in used:
        free, number = f"{identity}-{number}", number + 1
    used.add(free)
    return free
