"""Archives of the edition formats: each file becomes an edition's folder, with its record beside it."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Sequence

from generator.editions import FORMATS, record
from generator.editions.report.twin import parse_twin
from generator.errors import ContentError, Problem
from generator.importers.heads import day_of
from generator.importers.values import Moved, Old, Refused
from generator.labels import Labels
from generator.markup import frontmatter

KINDS = ("report", "themed", "digest", "bulletin")
_STAYS = ("themed", "digest")  # Markdown posts as they stand; the others are rendered from their structure


def move_editions(olds: Sequence[Old], kind: str, labels: Labels) -> list[Moved | Refused]:
    """Return what becomes of each file of format `kind`: an edition named by its day, the later ones of a day by a number.

    A report's JSON twin says more than its text (titles, times, scores), so a report that has one is read from it.
    """
    moved: list[Moved | Refused] = []
    used: set[str] = set()
    twins = {_twin_of(old.path): old for old in olds if old.path.endswith(".json")}
    texts = {_twin_of(old.path) for old in olds if not old.path.endswith(".json")}
    for old in sorted(olds, key=lambda old: old.path):
        name = _twin_of(old.path)
        twin = twins.get(name)
        if twin is old and name in texts:
            continue  # told with its text
        try:
            moved.append(_one(old, twin, kind, labels, used))
        except ContentError as error:
            moved.append(Refused(old.path, "; ".join(map(str, error.problems))))
    return moved


def _twin_of(path: str) -> str:
    """Return what a report and its twin have in common: `a/2026-01-07_report.txt` and `a/2026-01-07.json`."""
    return re.sub(r"[_-]report$", "", path.rpartition(".")[0])


def _one(old: Old, twin: Old | None, kind: str, labels: Labels, used: set[str]) -> Moved:
    text = old.text.replace("\r\n", "\n")
    found: tuple[str, ...] = ()
    if twin is not None:
        parsed = parse_twin(twin.text, twin.path)
        title = labels.report_title
        if twin is not old:
            printed = FORMATS[kind].parse(text, old.path).edition
            title = printed.title
            found = (f"titles, times and scores from {posixpath.basename(twin.path)}",)
            stories, told = len(list(printed.articles)), len(list(parsed.edition.articles))
            if stories != told:
                count = f"{stories} stories in the text, {told} in the twin"
                raise ContentError([Problem(old.path, 1, 1, f"is not of its twin {twin.path}: {count}")])
    else:
        parsed = FORMATS[kind].parse(text, old.path)
        title = parsed.edition.title
    day = parsed.edition.date
    if day.year < 1990:
        day, where = day_of(old, text, title)
        found = (*found, f"date from {where}")
    if kind == "report":
        # all of them have one title, and the day below it
        title = f"{title} {day}"
    # the file's own day names the folder where it has one: two posts may be dated alike by mistake
    named = re.search(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", old.path)
    identity = _free(named[0] if named else day.isoformat(), used)
    edition = dataclasses.replace(parsed.edition, id=identity, date=day, title=title)
    if kind not in _STAYS:
        # what this form cannot say stays in the record, and the page shows it from there
        text = FORMATS["themed"].write(edition, labels).text
        found = (*found, f"{kind} → themed")
    folder = f"content/posts/{identity}"
    # lists below several headings are more than a digest holds: the Markdown says it all, a record would not
    whole = not re.search(r"^#{1,6}[ \t]", edition.extras.get("digest.tail", ""), re.MULTILINE)
    return Moved(
        old.path,
        f"{folder}/index.md",
        text,
        changed=found if whole else (*found, "no record: it has sections of its own"),
        beside=((f"{folder}/edition.json", record.dumps(edition, text)),) if whole else (),
        title=str(frontmatter.split(text, old.path).fields.get("title", "")),
    )


def _free(identity: str, used: set[str]) -> str:
    free, number = identity, 2
    while free in used:
        free, number = f"{identity}-{number}", number + 1
    used.add(free)
    return free
