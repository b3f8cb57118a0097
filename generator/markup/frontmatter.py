"""Front matter: splits a Markdown file into typed fields and a body, strictly and with places.

What is wrong is collected and raised as one `ContentError` whose problems read
`file:line:column: what; what to do`. Nothing is repaired in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.errors import ContentError, Problem
from generator.markup.emit import Quoted, emit, plain_text
from generator.markup.fields import KNOWN, anything, suggestion
from generator.markup.plainhead import read_plain
from generator.markup.scalars import Raw

__all__ = ["Document", "FrontMatter", "Quoted", "decode", "emit", "plain_text", "split"]

MAX_HEAD = 65_536  # characters of front matter

_FENCE = re.compile(r"(?:\ufeff)?(?:[ \t]*\n)*(---|\+\+\+)[ \t]*\n")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_INDENTED_FENCE = re.compile(r"(?:[ \t]*\n)*[ \t]+---[ \t]*\n[ \t]*[\w\"']+:")


class FrontMatter(Mapping[str, Any]):
    """The fields of a post: text as written, lists as tuples of text, days and moments, flags.

    Keys we do not know keep the value YAML 1.2 gives them. An empty text field is "".
    """

    __slots__ = ("_places", "_values")

    def __init__(
        self, values: Mapping[str, Any] | None = None, places: Mapping[str, tuple[int, int]] | None = None
    ) -> None:
        self._values = values or {}
        self._places = places or {}

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"FrontMatter({dict(self._values)!r})"

    def place(self, key: str) -> tuple[int, int]:
        """Line and column of the key's value, from 1; the file's start when the key is not there."""
        return self._places.get(key, (1, 1))


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file, taken apart. Lines of `body` end in \\n and start at `body_line` of the file."""

    path: str
    fields: FrontMatter
    body: str
    body_line: int = 1
    head: str = ""  # the front matter as written, without its fences
    head_line: int = 2  # of the file, where `head` starts
    toml: bool = False
    warnings: tuple[Problem, ...] = field(default=())


def decode(data: bytes, path: str = "") -> str:
    """Return the file's text. Raises `ContentError` for anything but UTF-8 text, with the place."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place_of_byte(data, error.start)
        raise ContentError([Problem(path, line, column, _wrong_bytes(data))]) from None
    if b"\x00" in data:
        at = text.index("\x00")
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        raise ContentError(
            [Problem(path, line, column, "a NUL byte: this is not a text file, or it is damaged")]
        )
    return text


def split(text: str, path: str = "") -> Document:
    """Take `text` apart. Raises `ContentError` with every problem of its front matter."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    opening = _FENCE.match(text)
    if opening is None:
        _refuse_lookalikes(text, path)
        return Document(path, FrontMatter(), text.removeprefix("\ufeff"))
    fence, start = opening[1], opening.end()
    closing = _CLOSE[fence].search(text, start, start + MAX_HEAD + 8)
    line = text.count("\n", 0, opening.start(1)) + 1
    if closing is None:
        longer = _CLOSE[fence].search(text, start + MAX_HEAD) is not None
        what = (
            f"front matter is longer than {MAX_HEAD:,} characters; move what is long into the body"
            if longer
            else f"front matter is not closed; put a line {fence} below its last key"
        )
        raise ContentError([Problem(path, line, 1, what)])
    head = text[start : closing.start()].removesuffix("\n")
    body = text[closing.end() :]
    body_line = line + text.count("\n", opening.start(1), closing.end())
    fields, warnings = _read(head, line + 1, path, toml=fence == "+++")
    return Document(path, fields, body, body_line, head, line + 1, fence == "+++", warnings)


def _read(head: str, first_line: int, path: str, *, toml: bool) -> tuple[FrontMatter, tuple[Problem, ...]]:
    problems: list[Problem] = []
    quick = None if toml else read_plain(head, first_line)
    if quick is not None:
        raw, places = quick
    else:
        from generator.markup.stricthead import read_toml, read_yaml

        found = (read_toml if toml else read_yaml)(head, first_line, path)
        raw, places, problems = found.values, found.places, found.problems
    values, warnings = _typed(raw, places, path, problems)
    if not values and not problems:
        problems.append(Problem(path, first_line - 1, 1, "front matter is empty; it needs at least a title"))
    if problems:
        raise ContentError(problems)
    return FrontMatter(values, places), tuple(warnings)


def _typed(
    raw: Mapping[str, Raw], places: Mapping[str, tuple[int, int]], path: str, problems: list[Problem]
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    warnings: list[Problem] = []
    for key, value in raw.items():
        convert = KNOWN.get(key)
        if convert is None:
            convert = anything
            if hint := suggestion(key):
                warnings.append(Problem(path, *places.get(key, (0, 0)), hint, "warning"))
        try:
            values[key] = convert(key, value)
        except ValueError as error:
            problems.append(Problem(path, *places.get(key, (0, 0)), str(error)))
    return values, warnings


def _refuse_lookalikes(text: str, path: str) -> None:
    """Front matter that a reader would print as text: say so instead."""
    if _INDENTED_FENCE.match(text):
        raise ContentError([Problem(path, 1, 1, "front matter is indented; let --- start its line")])
    if re.match(r"\s*(?:-{2}|-{4,}|—+|－{3,})[ \t]*\n[ \t]*title[ \t]*[:：]", text[:2000]):
        raise ContentError(
            [Problem(path, 1, 1, "front matter starts with a line of exactly three ASCII hyphens: ---")]
        )


def _place_of_byte(data: bytes, position: int) -> tuple[int, int]:
    start = data.rfind(b"\n", 0, position) + 1
    return data.count(b"\n", 0, position) + 1, len(data[start:position].decode("utf-8", "replace")) + 1


def _wrong_bytes(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "the file is UTF-16; save it as UTF-8"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "a byte that is not UTF-8; save the file as UTF-8"
    return "the file is not UTF-8; it looks like GBK: save it as UTF-8"
