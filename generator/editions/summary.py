"""The lines of a post's `summary:`, and what of them goes with a story: the lines that told it."""

from __future__ import annotations

from collections.abc import Collection

from generator.editions.changes import missing
from generator.errors import ContentError
from generator.markup.emit import Quoted, emit
from generator.markup.frontmatter import split
from generator.markup.headkeys import chunks
from generator.text.clean import fold


def without_lines(text: str, gone: Collection[str]) -> str:
    """Return a post without the lines of its summary that say one of `gone`, which are folded.

    The other lines stay as they are written. TOML front matter is a person's own and is left alone.
    """
    unix = text.replace("\r\n", "\n")
    document = split(unix)
    lines = str(document.fields.get("summary", "")).split("\n")
    rest = [line for line in lines if not _says(line, gone)]
    if rest == lines or document.toml:
        return text
    was = dict(chunks(document.head))["summary"].rstrip("\n")
    rows = was.split("\n")
    first = next(number for number, row in enumerate(rows) if row.lstrip("\"'").startswith("summary"))
    below = [row for row in rows[first + 1 :] if not _says(row, gone)]
    if not rest:
        now = rows[:first]
    elif len(rows) - first - 1 - len(below) == len(lines) - len(rest):
        now = [*rows[: first + 1], *below]  # each line stood in a row of its own
    else:
        now = [*rows[:first], emit([("summary", Quoted("\n".join(rest)))])[4:-4].rstrip("\n")]
    done = unix.replace(f"{was}\n", "".join(f"{row}\n" for row in now), 1)
    return done.replace("\n", "\r\n") if "\r\n" in text else done


def deleted(base: str, current: str) -> frozenset[str]:
    """Return the headlines, folded, of the stories in `base` that a person took out of `current`."""
    try:
        gone = missing(base, current)
    except ContentError:
        return frozenset()  # the build names what is wrong with it
    return frozenset({fold(piece.name) for piece in gone} - {""})


def _says(line: str, gone: Collection[str]) -> bool:
    return fold(line.strip().removeprefix("- ")) in gone
