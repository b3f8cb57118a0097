"""TOML tables into the named tuples of a schema, collecting problems with their line and a suggestion."""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from generator.errors import Problem
from generator.text.near import nearest

T = TypeVar("T")

_WORDS = {str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false"}


class Reader:
    """Converts the tables of one TOML document; `problems` holds what did not fit.

    In its place stands an empty value of the right type, so that the other settings can be judged.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._replaced: set[str] = set()  # keys whose value is none of the file's
        self._places = _key_places(text)

    def problem(self, key: str, message: str) -> Problem:
        """Return the problem of a dotted key, as `feeds.0.url`, at the line where it stands."""
        # an array of tables stands where its first table does
        line, column = self._places.get(key) or self._places.get(f"{key}.0", (0, 0))
        probe = key
        while not line and "." in probe:
            probe = probe.rpartition(".")[0]
            line, column = self._places.get(probe, (0, 0))
        return Problem(self.name, line, column, f"{key}: {message}")

    def stands(self, key: str) -> bool:
        """Whether the value at a dotted key, and all that is in it, is as the file says it."""
        return not any(
            one == key or one.startswith(f"{key}.") or key.startswith(f"{one}.") for one in self._replaced
        )

    def table(
        self,
        schema: type[T],
        data: Mapping[str, Any],
        *,
        at: str = "",
        given: Mapping[str, Any] | None = None,
    ) -> T:
        """Make a `schema` of `data`; unknown, missing and mistyped keys become problems."""
        hints = _hints(typing.cast("typing.Hashable", schema))
        values: dict[str, Any] = dict(given or {})
        known = [name for name in hints if name not in values]
        for key, raw in data.items():
            place = f"{at}.{key}" if at else key
            if key not in known:
                self.problems.append(self.problem(place, f"is not a setting{_suggestion(key, known)}"))
            else:
                values[key] = self._value(hints[key], raw, place)
        required = [name for name in hints if name not in values and name not in _defaults(schema)]
        for name in required:
            place = f"{at}.{name}" if at else name
            self._replaced.add(place)
            self.problems.append(self.problem(place, "is missing"))
            values[name] = _empty(hints[name])
        return schema(**values)

    def _value(self, hint: Any, raw: Any, place: str) -> Any:
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if _is_table(hint):
            if not isinstance(raw, dict):
                return self._refuse(place, raw, f"a table: [{place}]", hint)
            return self.table(typing.cast("type[Any]", hint), raw, at=place)
        if origin is tuple:
            if not isinstance(raw, list):
                return self._refuse(place, raw, "a list in [ ]", hint)
            return tuple(self._value(args[0], entry, f"{place}.{number}") for number, entry in enumerate(raw))
        if origin is Mapping:
            if not isinstance(raw, dict):
                return self._refuse(place, raw, f"a table: [{place}]", hint)
            if args[1] is object:
                return dict(raw)
            return {key: self._value(args[1], entry, f"{place}.{key}") for key, entry in raw.items()}
        if hint is float and isinstance(raw, int) and not isinstance(raw, bool):
            return float(raw)
        if type(raw) is not hint:
            return self._refuse(place, raw, _WORDS[hint], hint)
        return raw

    def _refuse(self, place: str, raw: Any, wanted: str, hint: Any) -> Any:
        shown = repr(raw) if isinstance(raw, str | int | float) else f"a {_toml_name(raw)}"
        self._replaced.add(place)
        self.problems.append(self.problem(place, f"is {shown}; write {wanted}"))
        return _empty(hint)


def _is_table(hint: Any) -> bool:
    return hasattr(hint, "_field_defaults")


def _defaults(schema: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = schema._field_defaults
    return defaults


def _empty(hint: Any) -> Any:
    if _is_table(hint):
        defaults = _defaults(hint)
        return hint(**{name: _empty(one) for name, one in _hints(hint).items() if name not in defaults})
    kind = typing.get_origin(hint) or hint
    return {} if kind is Mapping else kind()


def _toml_name(raw: Any) -> str:
    names: dict[type[Any], str] = {list: "list", dict: "table", bool: "true/false value"}
    return names.get(type(raw), type(raw).__name__)


@functools.cache
def _hints(schema: Any) -> dict[str, Any]:
    return typing.get_type_hints(schema)


def _suggestion(key: str, known: list[str]) -> str:
    near = nearest(key, known)
    return f"; did you mean {near!r}?" if near else f"; there are: {', '.join(sorted(known))}"


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"^(\s*)([A-Za-z0-9_\-.\"']+)\s*=")


def _key_places(text: str) -> dict[str, tuple[int, int]]:
    """Map dotted keys, with numbers for array tables, to line and column.

    `tomllib` keeps no places. Keys inside inline tables and multi-line strings are not
    told apart: a place is a help for the reader, never a decision.
    """
    places: dict[str, tuple[int, int]] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            name = header[2].replace('"', "").replace("'", "")
            if header[1] == "[[":
                table = f"{name}.{counts.get(name, 0)}"
                counts[name] = counts.get(name, 0) + 1
            else:
                table = name
            places.setdefault(table, (number, line.index("[") + 1))
        elif key := _KEY.match(line):
            name = key[2].replace('"', "").replace("'", "")
            places.setdefault(f"{table}.{name}" if table else name, (number, len(key[1]) + 1))
    return places
