"""Values of front matter before they have a type: text, lists and mappings, as written.

YAML reads `5.10` as 5.1, `no` as False and `007` as 7. Here a scalar stays the text it was
written as; `Plain` marks those without quotes, which a field may read as a date, a flag or a
number when that is what the field is.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any


class Plain(str):
    """A scalar written without quotes."""

    __slots__ = ()


Raw = str | list[Any] | dict[str, Any]
"""A `str` (perhaps `Plain`), a list of `Raw` or a mapping of text to `Raw`."""

_TRUE = frozenset(["true", "yes", "on"])
_FALSE = frozenset(["false", "no", "off"])
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,17}\.[0-9]{0,17}|\.[0-9]{1,17})(?:[eE][-+]?[0-9]{1,3})?\Z")
_MOMENT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:(?:[Tt]|[ ]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?"
    r"[ ]*(Z|z|[-+]\d{1,2}(?::?\d{2})?)?)?\Z"
)


def day_or_moment(text: str) -> dt.date | dt.datetime | None:
    """Return the day (`2026-01-07`) or moment `text` names; None when it names none.

    A moment without a zone comes back naive: the caller knows the paper's zone.
    """
    match = _MOMENT.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        if hour is None:
            return dt.date(int(year), int(month), int(day))
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        return dt.datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro, _zone(zone)
        )
    except ValueError:
        return None


def _zone(text: str | None) -> dt.timezone | None:
    if text is None:
        return None
    if text in "Zz":
        return dt.UTC
    hours, minutes = int(text[1:3].rstrip(":")), text[-2:] if len(text) > 3 else "0"
    offset = dt.timedelta(hours=hours, minutes=int(minutes))
    return dt.timezone(-offset if text[0] == "-" else offset)


def flag(text: str) -> bool | None:
    """Return what a yes-or-no value says; None when it says neither."""
    word = text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def resolved(raw: Raw) -> Any:
    """Return `raw` with its plain scalars read as YAML 1.2 does: null, true, false, numbers; the rest text."""
    if isinstance(raw, list):
        return [resolved(value) for value in raw]
    if isinstance(raw, dict):
        return {key: resolved(value) for key, value in raw.items()}
    if not isinstance(raw, Plain):
        return raw
    if raw in ("", "~", "null", "Null", "NULL"):
        return None
    if raw in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return raw.lower() == "true"
    if _INT.match(raw):
        return int(raw)
    if _FLOAT.match(raw):
        return float(raw)
    return str(raw)
