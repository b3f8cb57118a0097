"""The candidate sheet as Markdown: one list item a story, its first word the editor's mark.

    - keep `5eaf12ab34cd` [headline](address)
      - 8.4 · 高 · 国际 · …
      - ※ why it is chosen, or left out
      - — [another report of it](address)
      - split [a report of something else](address)
      - note: what the editor wants to remember

Marks are `keep`, `drop`, `pin` and `merge ID`, and `split` before a report, or their Chinese words. Everything
else that a person writes into the sheet is kept when it is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator.errors import ContentError, Problem
from generator.labels import Labels
from generator.markup.escape import link, unescape
from generator.news import Item, Pick, Story
from generator.newsroom.headline import headline
from generator.text.clean import one_line, shorten


class Mark(StrEnum):
    KEEP = "keep"  # rank and quotas decide
    DROP = "drop"  # never printed
    PIN = "pin"  # printed, whatever its rank
    MERGE = "merge"  # its reports belong to another story


WORDS = {
    **{str(mark): mark for mark in Mark},
    **dict.fromkeys(("留", "保留"), Mark.KEEP),
    **dict.fromkeys(("弃", "删", "不登"), Mark.DROP),
    **dict.fromkeys(("顶", "必登", "置顶"), Mark.PIN),
    **dict.fromkeys(("并", "并入", "合并"), Mark.MERGE),
}
MARKS = (
    "write keep, drop, pin or merge ID (留, 弃, 置顶, 并入 ID), and split (拆) before the line of a report"
)
MAX_SOURCES = 8  # of a story that are listed
MAX_TITLE = 120  # characters
_STORY = re.compile(r"[-*+]\s+(?P<mark>.*?)\s*`(?P<id>[0-9a-f]{12})`\s*(?P<title>.*)$")
_MERGE = re.compile(r"(?P<word>\S+?)[\s:：]*`?(?P<into>[0-9a-f]{12})`?$")
_SPLIT = re.compile(
    r"\s+[-*+]\s+(?P<word>split|拆出|拆)(?=[\s\[—:：])[\s—:：]*(?P<report>.*)$", re.IGNORECASE
)
_NOTE = re.compile(r"\s+[-*+]\s+(?:note|注|备注)\s*[:：]\s*(?P<text>.*)$", re.IGNORECASE)
_MADE = re.compile(r"\s+- (?:-?\d+\.\d · |— |※ )")  # the lines that we write below a story
_ADDRESS = re.compile(r"\]\(<?(https?://[^\s<>]+?)>?\)(?=\s|$|[、,])")


@dataclass(frozen=True, slots=True)
class Split:
    """A report that is none of its story's, as the sheet's `line` names it; no `urls` when it names no address."""

    text: str
    urls: tuple[str, ...]
    line: int
    word: str = "split"  # as the editor wrote it


@dataclass(frozen=True, slots=True)
class Decision:
    """What the editor said of one story, and where: `line` counts from 1, 0 when nothing was said yet."""

    story: str
    mark: Mark = Mark.KEEP
    word: str = ""  # the mark as the editor wrote it, when it is one
    into: str = ""
    notes: tuple[str, ...] = ()
    title: str = ""
    urls: tuple[str, ...] = ()  # of its own reports: they find the story again when its id has changed
    line: int = 0
    splits: tuple[Split, ...] = ()

    @property
    def says_something(self) -> bool:
        return self.mark is not Mark.KEEP or bool(self.notes or self.splits)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An editor's decisions, by story as the sheet names it, and the lines that are about no story."""

    path: str = ""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


NO_SHEET = Sheet()


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: a story, its pick if it is on topic, why it would not be printed, and what was said of it."""

    story: Story
    pick: Pick | None = None
    why: str = ""
    decision: Decision | None = None
    into: str = ""  # the story it is merged into, by its id of today
    outlets: tuple[str, ...] = ()  # who published each of the story's items


@dataclass(frozen=True, slots=True)
class Rows:
    """All candidates, in the sheet's order."""

    printed: tuple[Row, ...]
    below: tuple[Row, ...]
    deleted: tuple[Row, ...]  # printed, and taken out of the post by a person
    aside: tuple[Row, ...]  # dropped or merged by a mark
    apart: tuple[Row, ...]  # off topic, or another edition's


def read(text: str, path: str = "") -> Sheet:
    """Return what a sheet says. Raises `ContentError` with every mark that is none."""
    decisions: dict[str, Decision] = {}
    kept: list[str] = []
    problems: list[Problem] = []
    story = ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _STORY.match(line):
            story = found["id"]
            mark, word, into, problem = _mark(found["mark"].strip("* "), story)
            if problem:
                problems.append(Problem(path, number, line.index(found["mark"]) + 1, problem))
            urls = tuple(_ADDRESS.findall(line))
            decisions[story] = Decision(story, mark, word, into, (), found["title"], urls, number)
        elif line[:1].isspace() and line.strip() and story:
            decisions[story] = _told(decisions[story], line, number)
        elif line.strip() and not line.startswith(("# ", "## ", "> ")):
            kept.append(line)
            story = ""
    if problems:
        raise ContentError(problems)
    return Sheet(path, decisions, tuple(kept))


def _mark(words: str, story: str) -> tuple[Mark, str, str, str]:
    """Return the mark, the word it was written as, the story it merges into, and what is wrong."""
    if not words:
        return Mark.KEEP, "", "", ""
    plain = words.strip("[]【】 ").lower()
    mark = WORDS.get(plain)
    if mark is not None and mark is not Mark.MERGE:
        return mark, plain, "", ""
    merge = _MERGE.match(plain)
    if merge and WORDS.get(merge["word"]) is Mark.MERGE:
        wrong = "a story cannot be merged into itself" if merge["into"] == story else ""
        return Mark.MERGE, merge["word"], merge["into"], wrong
    if mark is Mark.MERGE:
        wrong = "merge into which story? Write its id, as: merge 5eaf12ab34cd"
    elif plain in ("split", "拆", "拆出"):
        wrong = "split stands before the line of a report, below its story"
    else:
        wrong = f"{shorten(words, 40)!r} is no mark; {MARKS}"
    return Mark.KEEP, "", "", wrong


def _told(decision: Decision, line: str, number: int) -> Decision:
    """Add a line below a story: an address of a report, one to take out, or a person's note."""
    if split := _SPLIT.match(line):
        one = Split(split["report"].strip(), tuple(_ADDRESS.findall(line)), number, split["word"])
        urls = tuple(url for url in decision.urls if url not in one.urls)
        return replace(decision, urls=urls, splits=(*decision.splits, one))
    if _MADE.match(line):
        taken = {url for split in decision.splits for url in split.urls}
        found = (url for url in _ADDRESS.findall(line) if url not in taken)
        return replace(decision, urls=(*decision.urls, *found))
    note = _NOTE.match(line)
    text = note["text"] if note else re.sub(r"^\s+(?:[-*+]\s+)?", "", line)
    return replace(decision, notes=(*decision.notes, text.strip())) if text.strip() else decision


def write(title: str, rows: Rows, sheet: Sheet, labels: Labels) -> str:
    """Return the sheet of these candidates with the marks and notes of `sheet`, none of which is lost."""
    known = [row.decision.story for group in _groups(rows) for row in group if row.decision]
    said = {name: one for name, one in sheet.decisions.items() if name not in known}
    parts = [f"# {labels.desk_title} {title}\n", f"> {labels.desk_help}\n"]
    parts += [f"{line}\n" for line in sheet.lines]
    names = (
        labels.desk_printed,
        labels.desk_below,
        labels.desk_deleted,
        labels.desk_aside,
        labels.desk_apart,
    )
    for name, group in zip(names, _groups(rows), strict=True):
        lines = [
            line for row in group for line in _lines(row, row.decision or _taken(said, row.story), labels)
        ]
        if lines:
            parts.append(f"## {name}\n\n" + "\n".join(lines) + "\n")
    gone = [decision for decision in said.values() if decision.says_something]
    if gone:
        lines = [line for decision in gone for line in _gone(decision)]
        parts.append(f"## {labels.desk_gone}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _groups(rows: Rows) -> tuple[tuple[Row, ...], ...]:
    return rows.printed, rows.below, rows.deleted, rows.aside, rows.apart


def _taken(said: dict[str, Decision], story: Story) -> Decision:
    """Take what was said of a part of `story` that is none of its own today; it is found by its address."""
    urls = {item.url for item in story.items if item.url}
    found = next((one for one in said.values() if one.says_something and urls & set(one.urls)), None)
    return said.pop(found.story) if found else Decision(story.id)


def _lines(row: Row, decision: Decision, labels: Labels) -> Iterator[str]:
    story, pick = row.story, row.pick
    title = shorten(headline(story.lead.title), MAX_TITLE)
    yield f"- {_marked(replace(decision, into=row.into or decision.into))} `{story.id}` {link(title, story.lead.url)}"
    if pick:
        levels = {"high": labels.high, "medium": labels.medium, "low": labels.low}
        regions = {"domestic": labels.domestic, "international": labels.international}
        marks = {"pinned": labels.pinned, "suspicious": labels.suspicious}
        words = [f"{pick.score:.1f}", levels[pick.importance], regions[pick.region], *pick.tags]
        words += [marks.get(mark, mark) for mark in pick.marks]
        yield "  - " + " · ".join(words)
        yield f"  - ※ {labels.reason}：{_plain(pick.reason)}"
    if row.why:
        yield f"  - ※ {_plain(row.why)}"
    taken = {url for split in decision.splits for url in split.urls}
    told_by = zip(story.items[1:], row.outlets[1:], strict=True)
    others = [(item, outlet) for item, outlet in told_by if item.url and item.url not in taken]
    for item, outlet in others[:MAX_SOURCES]:
        yield f"  - — {link(_short(item, outlet), item.url)}"
    yield from _own_lines(decision)


def _gone(decision: Decision) -> Iterator[str]:
    yield f"- {_marked(decision)} `{decision.story}` {decision.title}"
    yield from _own_lines(decision)


def _marked(decision: Decision) -> str:
    """Return the mark in the editor's word; what another line of the sheet made of the story has the mark's own."""
    word = decision.word if WORDS.get(decision.word) is decision.mark else str(decision.mark)
    return f"{word} {decision.into}" if decision.mark is Mark.MERGE else word


def _own_lines(decision: Decision) -> Iterator[str]:
    """Return what a person wrote below a story."""
    yield from (f"  - {split.word} {split.text}" for split in decision.splits)
    yield from (f"  - note: {note}" for note in decision.notes)


def _short(item: Item, outlet: str) -> str:
    return shorten(f"{outlet}：{headline(item.title)}", 60)


def _plain(text: str) -> str:
    return unescape(one_line(text))
