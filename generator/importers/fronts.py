"""The other system's front matter taken apart: every way of writing it that Hugo, Hexo and Jekyll document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.errors import ContentError, Problem
from generator.importers.values import Old
from generator.markup import frontmatter
from generator.markup.fields import KNOWN, anything, date
from generator.markup.scalars import Raw, resolved
from generator.markup.stricthead import read_toml, read_yaml

ReadMoment = Callable[[Any], Any]

_JSON = re.compile(r"\s*\{\s*\"")
_FENCED = re.compile(r"\s*(-{3,}|\+{3})[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Hexo: the opening line may be left out; ;;; stands around JSON without its braces
_UNOPENED = re.compile(r"\s*((?:[\w-]+:(?:[ \t].*)?\n|[ \t]+.*\n|-[ \t].*\n)+)-{3,}[ \t]*(?:\n|\Z)")
_SAYS = re.compile(r"^(?:title|date|layout):", re.MULTILINE)
_BRACELESS = re.compile(
    r"\s*(?:;{3,}[ \t]*\n)?(\s*\"[\w-]+\"\s*:.*?)^;{3,}[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


def taken_apart(old: Old, moment: ReadMoment) -> tuple[dict[str, Any], str]:
    """Return what a file says of itself, by its own keys, and its body.

    What is legal there and not here (categories in lists, a day spelled otherwise) is read all the same;
    `moment` reads a day. Raises `ContentError` for what nobody can read.
    """
    text = old.text.replace("\r\n", "\n").removeprefix("\ufeff")
    if _JSON.match(text):
        value, end = _json(text.lstrip(), old.path)
        return value, text.lstrip()[end:].lstrip("\n")
    if braceless := _BRACELESS.match(text):
        return _json("{" + braceless[1].rstrip().rstrip(",") + "}", old.path)[0], text[braceless.end() :]
    unopened = _UNOPENED.match(text)
    if unopened and _SAYS.search(unopened[1]):
        return _read(unopened[1], 1, old.path, moment), text[unopened.end() :]
    try:
        document = frontmatter.split(text, old.path)
    except ContentError:
        fenced = _FENCED.match(text)
        if fenced is None:
            raise
        first = text.count("\n", 0, fenced.start(2)) + 1
        fields = _read(fenced[2], first, old.path, moment, toml=fenced[1] == "+++")
        return fields, text[fenced.end() :].lstrip("\n")
    return dict(document.fields), document.body


def _json(text: str, path: str) -> tuple[dict[str, Any], int]:
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except ValueError as error:
        raise ContentError([Problem(path, 1, 1, f"front matter is not JSON: {error}")]) from None
    return dict(value), end


def _read(
    block: str, first_line: int, path: str, moment: ReadMoment, *, toml: bool = False
) -> dict[str, Any]:
    head = (read_toml if toml else read_yaml)(block, first_line, path)
    problems, fields = list(head.problems), {}
    for key, raw in head.values.items():
        try:
            fields[key] = _value(key, raw, moment)
        except ValueError as error:
            problems.append(Problem(path, *head.places.get(key, (first_line, 1)), str(error)))
    if problems:
        raise ContentError(problems)
    return fields


def _value(key: str, raw: Raw, moment: ReadMoment) -> Any:
    """Return a value by the strict rule of its key, else as YAML has it. Raises `ValueError` for a day or flag that is none."""
    convert = KNOWN.get(key, anything)
    try:
        return convert(key, raw)
    except ValueError:
        if convert is date and (found := moment(raw)) is not raw and not isinstance(found, str):
            return found
        if isinstance(raw, str):
            raise
        return _texts(raw) if convert is not date else None


def _texts(raw: Raw) -> Any:
    """Keep the texts of lists and mappings as they are written: `007` stays `007`."""
    if isinstance(raw, list):
        return [_texts(one) for one in raw]
    if isinstance(raw, Mapping):
        return {key: _texts(one) for key, one in raw.items()}
    return str(raw) if resolved(raw) is not None else ""
