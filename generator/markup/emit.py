"""Our own emitter of front matter: fixed key order, one line a key, read back as written.

A text is written plain when every YAML reader takes it as the same text, else in double
quotes; a list is a JSON-style flow list. Nothing is folded, so that an editor's diff shows
the words that changed and no more.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from typing import Any

from generator.text.clean import clean


class Quoted(str):
    """A text that is always written in double quotes."""

    __slots__ = ()


# What a YAML 1.1 or 1.2 reader takes for something else than text.
_RESERVED = re.compile(
    r"(?i:~|null|true|false|yes|no|on|off|y|n|\.nan|[-+]?\.inf)|[-+.]?[0-9][0-9_,.:eExXoObBa-fA-F+\-TZ \t]*|=|<<"
)
_PLAIN = re.compile(r"[^\W_][^\n]*|[（《“‘「『【〈][^\n]*")


def plain_text(text: str) -> bool:
    """Whether `text` can stand without quotes."""
    return bool(
        _PLAIN.fullmatch(text)
        and not _RESERVED.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and not text.endswith((":", " "))
        and "\\" not in text
        and '"' not in text
        and text.isprintable()
    )


def emit(pairs: Iterable[tuple[str, Any]]) -> str:
    """Return the front matter, fences included, for keys and values in the given order.

    Values: text (`Quoted` always in quotes), day, aware or naive moment, bool, number, a
    sequence of texts. A pair whose value is None is left out.
    """
    lines = ["---"]
    lines += [f"{key}: {_value(value)}" for key, value in pairs if value is not None]
    lines.append("---\n")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Quoted):
        return _quoted(value)
    if isinstance(value, str):
        return value if plain_text(value) else _quoted(value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return "[" + ",".join(_quoted(str(one)) for one in value) + "]"


def _quoted(text: str) -> str:
    # JSON's strings are YAML's double-quoted ones, once controls and separators are gone
    return json.dumps(clean(text), ensure_ascii=False)
