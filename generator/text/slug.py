"""Names for addresses and anchors that keep Han and are safe in every path."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_UNSAFE = re.compile(r"[^\w\-.+]+", re.UNICODE)
_DASHES = re.compile(r"-{2,}")
_SHARP = {"#": "-sharp", "+": "+"}


def slugify(text: str, *, limit: int = 80) -> str:
    """Return `text` as one path segment: NFC, lower case, Han and other letters kept.

    `C#` and `C++` stay apart (`c-sharp`, `c++`); `.` and `..` never come out; text
    without any letter or digit gets a short hash of itself.
    """
    name = unicodedata.normalize("NFC", text).strip().lower()
    for mark, spelled in _SHARP.items():
        name = name.replace(mark, spelled)
    name = _DASHES.sub("-", _UNSAFE.sub("-", name)).strip("-.")[:limit].rstrip("-.")
    if not any(char.isalnum() for char in name):
        return "x" + hashlib.sha256(text.encode()).hexdigest()[:8]
    return name
