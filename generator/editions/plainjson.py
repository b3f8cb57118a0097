"""Frozen dataclasses ↔ plain JSON values, by their type hints: defaults are left out, unknown keys refused.

What is written is what `json` can hold: days and moments as ISO text, enumerations by value.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")


class ShapeError(ValueError):
    """JSON that does not fit the type; the message names the path inside it."""


def to_plain(value: Any) -> Any:
    """Return `value` as dicts, lists, text and numbers; fields at their default are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: to_plain(part)
            for name, default in _fields(type(value))
            if (part := getattr(value, name)) != default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: to_plain(one) for key, one in value.items()}
    return value


def from_plain(kind: type[T], value: Any, where: str = "") -> T:
    """Return the `kind` that `value` describes. Raises `ShapeError` when it does not fit."""
    result: T = _read(kind, value, where)
    return result


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    found = []
    for field in dataclasses.fields(kind):
        default = field.default
        if default is dataclasses.MISSING and field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        found.append((field.name, default))
    return tuple(found)


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        return None if value is None else _read(options[0], value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ShapeError(f"{where} must be a list")
        item = typing.get_args(kind)[0]
        return tuple(_read(item, one, f"{where}[{number}]") for number, one in enumerate(value))
    if origin is not None:  # a mapping of text
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise ShapeError(f"{where} must be a table of texts")
        return types.MappingProxyType(dict(value))
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, value, where)
    return _read_scalar(kind, value, where)


def _read_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ShapeError(f"{where or kind.__name__} must be an object")
    hints = _hints(kind)
    if unknown := sorted(value.keys() - hints.keys()):
        raise ShapeError(f"{where or kind.__name__} has an unknown key {unknown[0]!r}")
    prefix = f"{where}." if where else ""
    read = {name: _read(hints[name], part, f"{prefix}{name}") for name, part in value.items()}
    try:
        return kind(**read)
    except TypeError as error:
        raise ShapeError(f"{where or kind.__name__}: {error}") from None


def _read_scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind in (str, int, float, bool):
        if type(value) is not kind:
            raise ShapeError(f"{where} must be {kind.__name__}, not {type(value).__name__}")
        return value
    if not isinstance(value, str):
        raise ShapeError(f"{where} must be text, not {type(value).__name__}")
    try:
        if kind in (dt.datetime, dt.date):
            return kind.fromisoformat(value)
        return kind(value)
    except ValueError:
        raise ShapeError(f"{where}: {value!r} is not a {kind.__name__}") from None
