"""Read a model's text as JSON and hold it to a schema; nothing in it is trusted before that."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from generator.newsroom.model import ModelFailure
from generator.text.clean import clean, one_line

_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,300}>")
_MAX_CHARS = 2_000_000


def read_json(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the object in `text`: the whole text, else a fenced block, else the outermost braces.

    Raises `ModelFailure` "empty", "not JSON" or "wrong shape".
    """
    if not text.strip():
        raise ModelFailure("empty", "the answer has no text")
    if len(text) > _MAX_CHARS:
        raise ModelFailure("not JSON", f"the answer has {len(text):,} characters")
    for candidate in _candidates(text):
        try:
            data = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        problems = violations(data, schema)
        if problems:
            raise ModelFailure("wrong shape", "; ".join(problems[:3]))
        return dict(data)
    raise ModelFailure("not JSON", f"the answer begins {one_line(text)[:60]!r}")


def _candidates(text: str) -> list[str]:
    found = [text, *_FENCE.findall(text)]
    first, last = text.find("{"), text.rfind("}")
    if 0 <= first < last:
        found.append(text[first : last + 1])
    return found


def violations(data: Any, schema: Mapping[str, Any], at: str = "answer") -> list[str]:
    """Return how `data` breaks the part of JSON Schema that our prompts use.

    That part: type, properties, required, additionalProperties false, items, enum. Items of
    a list are not checked here: one wrong story must not cost the others (see `entries`).
    """
    wanted = schema.get("type")
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    }  # fmt: skip
    if wanted and (
        not isinstance(data, kinds[wanted]) or (wanted in ("integer", "number") and isinstance(data, bool))
    ):
        return [f"{at} is not a JSON {wanted}"]
    if "enum" in schema and data not in schema["enum"]:
        return [f"{at} is {str(data)[:40]!r}, which is none of the values asked for"]
    if wanted != "object":
        return []
    found = [f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in data]
    for name, value in data.items():
        if name in schema["properties"]:
            found += violations(value, schema["properties"][name], f"{at}.{name}")
        else:
            found.append(f"{at}.{name} was not asked for")
    return found


def entries(
    data: Mapping[str, Any], name: str, schema: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the entries of the list `name` that fit its item schema, and what is wrong with the others."""
    item_schema = schema["properties"][name]["items"]
    good: list[dict[str, Any]] = []
    wrong: list[str] = []
    for number, entry in enumerate(data.get(name, ())):
        problems = violations(entry, item_schema, f"{name}[{number}]")
        if problems:
            wrong.append("; ".join(problems))
        else:
            good.append(entry)
    return good, wrong


def plain(text: str, limit: int) -> str:
    """Return a model's text field as plain text on one line, without tags, cut at a sentence."""
    from generator.text.clean import shorten

    return shorten(one_line(_TAG.sub("", clean(text))), limit)
