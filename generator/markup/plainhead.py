"""The quick reader of front matter in the shape that nearly every post has.

Lines of `key: value` whose values are plain text, one double-quoted string or a flow list of
such strings need no YAML parser: this takes a fiftieth of a millisecond. Whatever else the
block holds, the answer is None and the strict reader takes over; a property test holds the
two to the same answers.
"""

from __future__ import annotations

import json
import re

from generator.markup.scalars import Plain, Raw

# Characters that YAML treats in a way of its own (line separators, marks, controls).
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,99}):(?: +(.*))?")
_QUOTED = re.compile(r'"(?:[^"\\]|\\["\\nt])*"')
_FLOW = re.compile(r'\[(?:"[^"\\]*"(?:, ?"[^"\\]*")*)?\]')
_FLOW_TEXT = re.compile(r'"([^"]*)"')
# A plain scalar that may be a reserved word of YAML's flow or block syntax starts elsewhere.
_PLAIN_START = frozenset("\"'[]{}#&*!|>%@`-?:,=<~")


def read_plain(block: str, first_line: int) -> tuple[dict[str, Raw], dict[str, tuple[int, int]]] | None:
    """Return values and places (line, column) by key; None when the block needs the strict reader."""
    if _ODD.search(block):
        return None
    values: dict[str, Raw] = {}
    places: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(block.split("\n"), first_line):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        key, written = match.groups()
        written = written.rstrip(" ") if written else ""
        if key in values:
            return None
        if not written:
            values[key] = Plain("")
            places[key] = number, 1
            continue
        first = written[0]
        value: Raw
        if first == '"':
            if _QUOTED.fullmatch(written) is None:
                return None
            value = json.loads(written) if "\\" in written else written[1:-1]
        elif first == "[":
            if _FLOW.fullmatch(written) is None:
                return None
            value = list(_FLOW_TEXT.findall(written))
        elif first in _PLAIN_START or ": " in written or " #" in written or written[-1] == ":":
            return None
        else:
            value = Plain(written)
        values[key] = value
        places[key] = number, match.start(2) + 1
    return values, places
