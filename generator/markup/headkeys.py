"""The lines of front matter, key by key, without reading their values: for merging and for keeping what is not ours."""

from __future__ import annotations

import re

_KEY = re.compile(r"""(?P<key>[^\s#'"\[\]{}&*!|>%@`,?:-][^:\n]*?|"[^"\n]+"|'[^'\n]+')[ \t]*:(?=[ \t\n]|\Z)""")
_TOML_KEY = re.compile(r"""(?P<key>[A-Za-z0-9_-]+|"[^"\n]+")[ \t]*=""")


def chunks(head: str, *, toml: bool = False) -> list[tuple[str, str]]:
    """Return (key, lines as written with their \\n) in order; joined, the lines are `head` and a \\n.

    Comments and blank lines go with the key below them; what stands before the first key
    without being one, or after the last, has the key ""; so do the tables of TOML, all in one.
    """
    pattern = _TOML_KEY if toml else _KEY
    found: list[tuple[str, str]] = []
    pending = ""
    rows = head.split("\n")
    for number, line in enumerate(rows):
        if toml and line.lstrip().startswith("["):
            return [*found, ("", pending + "\n".join([*rows[number:], ""]))]
        match = pattern.match(line)
        if match:
            found.append((match["key"].strip("\"'"), pending + line + "\n"))
            pending = ""
        elif not line.strip() or line.startswith("#"):
            pending += line + "\n"
        elif found:
            key, text = found[-1]
            found[-1] = key, text + pending + line + "\n"
            pending = ""
        else:
            pending += line + "\n"
    if pending.strip():
        found.append(("", pending))
    elif pending and found:
        key, text = found[-1]
        found[-1] = key, text + pending
    return found
