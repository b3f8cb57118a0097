"""The strict readers of front matter behind the quick one: YAML through python-frontmatter, and TOML.

python-frontmatter's own loader lets the last of two equal keys win, turns `no` into False and
expands aliases without a limit. Ours is handed to it: it builds values from the parser's
events, so that scalars stay as written, every key has a place, and size and depth are bounded.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.errors import Problem
from generator.markup.scalars import Plain, Raw

MAX_DEPTH = 16  # lists in lists
MAX_VALUES = 10_000  # in one post's front matter, aliases counted as often as they are used


@dataclass(slots=True)
class Head:
    """What a strict reader found. Lines and columns count from 1 in the whole file."""

    values: dict[str, Raw] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_yaml(block: str, first_line: int, path: str) -> Head:
    """Read a YAML mapping; `first_line` is the line of the file the block starts on."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    head = Head()

    class Loader(_events_loader()):  # type: ignore[misc]
        def get_single_data(self) -> Any:
            return _Builder(self, first_line, path, head).build()

    try:
        YAMLHandler().load(block, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        head.problems.append(_explain(error, block, first_line, path))
    except yaml.reader.ReaderError as error:
        line = first_line + block.count("\n", 0, error.position)
        head.problems.append(
            Problem(path, line, 0, "a control character stands in the front matter; delete it")
        )
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        control = re.search("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", block)
        if control:
            line, column = _place(block, control.start(), first_line)
            message = f"a control character (U+{ord(control[0]):04X}) stands in the front matter; delete it"
            head.problems.append(Problem(path, line, column, message))
        else:
            head.problems.append(Problem(path, first_line, 0, message))
    return head


def _events_loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Builds values from parser events without recursion in the parser; every limit is here."""

    def __init__(self, loader: Any, first_line: int, path: str, head: Head) -> None:
        self.loader, self.first_line, self.path, self.head = loader, first_line, path, head
        self.anchors: dict[str, tuple[Raw, int]] = {}
        self.count = 0

    def build(self) -> None:
        import yaml

        loader = self.loader
        loader.get_event()  # stream start
        if loader.check_event(yaml.StreamEndEvent):
            return
        loader.get_event()  # document start
        event = loader.get_event()
        if not isinstance(event, yaml.MappingStartEvent):
            if isinstance(event, yaml.ScalarEvent) and not event.value and event.implicit[0]:
                return
            self._complain(event.start_mark, _not_a_mapping(event))
            return
        self._mapping(1, top=True)
        loader.get_event()  # document end
        if not loader.check_event(yaml.StreamEndEvent):
            mark = loader.peek_event().start_mark
            self._complain(mark, "a second YAML document starts here; keep one")

    def _mapping(self, depth: int, *, top: bool = False) -> dict[str, Raw]:
        import yaml

        values: dict[str, Raw] = self.head.values if top else {}
        while not self.loader.check_event(yaml.MappingEndEvent):
            event = self.loader.get_event()
            mark = event.start_mark
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(mark, "a key must be plain text")
            key = event.value
            value_event = self.loader.peek_event()
            value = self._value(depth)
            if key in values:
                self._complain(mark, f"key {key!r} is here twice; keep one")
                continue
            values[key] = value
            if top:
                empty = isinstance(value_event, yaml.ScalarEvent) and value == ""
                at = mark if empty and isinstance(value, Plain) else value_event.start_mark
                self.head.places[key] = (self.first_line + at.line, at.column + 1)
        self.loader.get_event()
        return values

    def _value(self, depth: int) -> Raw:
        import yaml

        event = self.loader.get_event()
        if depth > MAX_DEPTH:
            self._stop(event.start_mark, f"lists and mappings are nested more than {MAX_DEPTH} deep")
        before = self.count
        value: Raw
        self._add(1, event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            anchor = event.anchor or ""
            if anchor not in self.anchors:
                self._stop(event.start_mark, f'a text that starts with * needs quotes: "*{anchor}…"')
            value, size = self.anchors[anchor]
            self._add(size, event.start_mark)
            return value
        if event.tag and not (event.tag == "!" and isinstance(event, yaml.ScalarEvent)):
            self._stop(
                event.start_mark,
                f"tag {event.tag!r} is not read here; a text that starts with ! needs quotes",
            )
        if isinstance(event, yaml.ScalarEvent):
            value = Plain(event.value) if event.style in (None, "") else event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            items: list[Raw] = []
            while not self.loader.check_event(yaml.SequenceEndEvent):
                items.append(self._value(depth + 1))
            self.loader.get_event()
            value = items
        else:
            value = self._mapping(depth + 1)
        if event.anchor:
            self.anchors[event.anchor] = value, self.count - before
        return value

    def _add(self, number: int, mark: Any) -> None:
        self.count += number
        if self.count > MAX_VALUES:
            self._stop(mark, f"more than {MAX_VALUES:,} values, aliases counted as often as they are used")

    def _complain(self, mark: Any, message: str) -> None:
        self.head.problems.append(Problem(self.path, self.first_line + mark.line, mark.column + 1, message))

    def _stop(self, mark: Any, message: str) -> None:
        import yaml

        raise yaml.MarkedYAMLError(problem=message, problem_mark=mark, note="ours")


def _not_a_mapping(event: Any) -> str:
    import yaml

    if isinstance(event, yaml.ScalarEvent):
        if "：" in event.value:
            return "a key ends with an ASCII colon and a space, not with a full-width colon: title: …"
        return f"no key in {event.value[:40]!r}; write lines of key: value"
    return "front matter must be lines of key: value, not a list"


_HINTS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "a colon and a space end a key here; put the whole text in double quotes"),
    ("found character that cannot start any token", "a tab or a reserved character starts a value; use spaces, or quote the text"),
    ("found a tab character", "a tab cannot indent YAML; use spaces"),
    ("found unexpected end of stream", "this quote is not closed"),
    ("found unexpected document indicator", "this quote is not closed"),
    ("found undefined alias", "a text that starts with * needs quotes"),
    ("did not find expected alphabetic or numeric character", "a text that starts with * or & needs quotes"),
    ("could not find expected ':'", "this line has no key; write key: value, or quote a text of several lines"),
    ("did not find expected <document start>", "front matter must be lines of key: value"),
    ("did not find expected ',' or ']'", "this list is not closed, or a text in it needs quotes"),
    ("did not find expected ',' or '}'", "this mapping is not closed, or a text in it needs quotes"),
    ("did not find expected key", "this line fits no key above it; indent it, or quote the text it belongs to"),
    ("found unknown escape character", "a backslash inside double quotes must be doubled"),
)  # fmt: skip


def _explain(error: Any, block: str, first_line: int, path: str) -> Problem:
    problem = error.problem or error.context or "not YAML"
    mark = error.problem_mark or error.context_mark
    if error.note == "ours":
        message = problem
    else:
        hint = next((hint for start, hint in _HINTS if start in problem), "")
        message = hint or f"{problem}; put the text in double quotes if it is text"
        if hint.startswith(("this quote", "this list", "this mapping")) and error.context_mark:
            mark = error.context_mark
    if mark is None:
        return Problem(path, first_line, 0, message)
    line_text = block.split("\n")[mark.line] if mark.line < block.count("\n") + 1 else ""
    if "：" in line_text and ": " not in line_text and not line_text.rstrip().endswith(":"):
        message = "a key ends with an ASCII colon and a space, not with a full-width colon"
    return Problem(path, first_line + mark.line, mark.column + 1, message)


def _place(text: str, position: int, first_line: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, position) + 1
    return first_line + text.count("\n", 0, position), position - start + 1


_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_TOML_KEY = re.compile(r"[ \t]*(?:([A-Za-z0-9_-]+)|\"([^\"\\\n]+)\"|'([^'\n]+)')[ \t]*=[ \t]*")


def read_toml(block: str, first_line: int, path: str) -> Head:
    """Read a TOML table; numbers with a fraction stay as written."""
    head = Head()
    try:
        values = tomllib.loads(block, parse_float=Plain)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        message = _TOML_PLACE.sub("", str(error))
        line, column = (first_line + int(place[1]) - 1, int(place[2])) if place else (first_line, 0)
        head.problems.append(Problem(path, line, column, message[:1].lower() + message[1:]))
        return head
    except RecursionError:
        head.problems.append(Problem(path, first_line, 0, "lists and mappings are nested too deeply"))
        return head
    for key, at in _toml_places(block, first_line):
        head.places.setdefault(key, at)
    head.values = {key: _raw(value) for key, value in values.items()}
    return head


def _toml_places(block: str, first_line: int) -> Iterator[tuple[str, tuple[int, int]]]:
    for number, line in enumerate(block.split("\n"), first_line):
        if line.lstrip().startswith("["):
            break
        if match := _TOML_KEY.match(line):
            yield match[1] or match[2] or match[3], (number, match.end() + 1)


def _raw(value: Any) -> Raw:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, list):
        return [_raw(one) for one in value]
    if isinstance(value, dict):
        return {key: _raw(one) for key, one in value.items()}
    if isinstance(value, dt.datetime | dt.date):
        return Plain(value.isoformat())
    return Plain(str(value))
