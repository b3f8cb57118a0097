"""The line that tells readers how an edition was made (离线版：…), in every format."""

from __future__ import annotations

import re

from generator.editions.words import mode_of
from generator.labels import Labels
from generator.markup.escape import escape, plain
from generator.news import Edition, Mode

_LINE = re.compile(r"(?:\*\*)?(?P<word>[^：:*\n]{1,30})(?:\*\*)?[：:](?:\*\*)?[ \t]*(?P<note>.*)", re.DOTALL)


def mode_line(edition: Edition, labels: Labels) -> str:
    """Return the line as inline Markdown; "" for an edition made in full or by hand."""
    if edition.mode in (Mode.FULL, Mode.MANUAL) and not edition.mode_note:
        return ""
    name = getattr(labels, f"mode_{edition.mode.value}")
    note = edition.mode_note or getattr(labels, f"{edition.mode.value}_note", "")
    return f"{name}：{escape(note)}"


def read_mode(line: str) -> tuple[Mode, str] | None:
    """Return the mode and the note `line` states; None when it states none."""
    match = _LINE.match(line)
    mode = mode_of(match["word"]) if match else None
    return (mode, plain(" ".join(match["note"].split()))) if match and mode else None
