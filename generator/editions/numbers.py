"""The numbers of stories in reports and digests: no part of what a story says, counted anew after a merge."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^ {0,1}\d{1,4}(?=、|\.[ \t])", re.MULTILINE)
# what begins a new count: a heading, a box, a section's name, a line that announces a list
_RESTART = re.compile(r"#|【|╔|[^\s\d\-*>].*[：:]\s*\Z")


def without(text: str) -> str:
    """Return `text` with every story's number put to 0."""
    return _NUMBER.sub("0", text)


def counted(text: str) -> str:
    """Return `text` with its stories numbered from 1 in each list."""
    lines = text.split("\n")
    count = 0
    for place, line in enumerate(lines):
        if _NUMBER.match(line):
            count += 1
            lines[place] = _NUMBER.sub(str(count), line)
        elif _RESTART.match(line):
            count = 0
    return "\n".join(lines)
