"""`edition.json`: what the machine knows about a post that Markdown cannot say, and how it last wrote it.

One JSON object, loss-free for an `Edition`. An article's short fields share a line; each
source, claim and candidate has one of its own, so that a diff shows which changed. `written`
is the post as the machine last wrote it, block by block: the base of the next merge. It is
the machine's own text, never the merged one, or a person's edits would look like ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from generator.editions.plainjson import ShapeError, from_plain, to_plain
from generator.errors import ContentError, Problem
from generator.markup.blocks import scan
from generator.news import Edition, Source, digest_of

VERSION = 1
_NAME = "ribao edition"


@dataclass(frozen=True, slots=True)
class Record:
    """An edition, its text as the machine last wrote it, and the record's version."""

    edition: Edition
    text_as_written: str
    version: int = VERSION


def dumps(edition: Edition, text: str) -> str:
    """Return the record of `edition`, last written as `text`. A source's text that has no digest yet gets one."""
    value = {
        "record": _NAME,
        "version": VERSION,
        "edition": to_plain(_digested(edition)),
        "written": _pieces(text),
    }
    return _show(value, 0) + "\n"


def loads(text: str, path: str = "") -> Record:
    """Read a record. Raises `ContentError` with what is wrong when it is none or a newer one."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        hint = "; a merge left its marks" if "<<<<<<<" in text else ""
        raise _error(path, f"not JSON: {error.msg}{hint}", error.lineno, error.colno) from None
    except RecursionError:
        raise _error(path, "nested too deeply to be a record") from None
    if not isinstance(value, dict) or value.get("record") != _NAME:
        raise _error(path, "not the record of an edition; delete it, or restore it from the repository")
    version = value.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise _error(path, f"version {version!r} is newer than this ribao reads ({VERSION}); upgrade ribao")
    written = value.get("written", [])
    if not isinstance(written, list) or not all(isinstance(piece, str) for piece in written):
        raise _error(path, "written must be a list of texts")
    try:
        edition = from_plain(Edition, value.get("edition"))
    except ShapeError as error:
        raise _error(path, f"edition.{error}") from None
    return Record(edition, "".join(written), version)


def _digested(edition: Edition) -> Edition:
    sections = tuple(
        replace(
            section,
            articles=tuple(
                replace(article, sources=tuple(map(_with_digest, article.sources)))
                for article in section.articles
            ),
        )
        for section in edition.sections
    )
    return replace(edition, sections=sections)


def _with_digest(source: Source) -> Source:
    return source if source.digest or not source.text else replace(source, digest=digest_of(source.text))


def retracted(records: Iterable[Record]) -> frozenset[str]:
    """Return the ids and canonical links of all stories taken back: none of them is printed again."""
    found: set[str] = set()
    for record in records:
        for retraction in record.edition.retractions:
            found.add(retraction.article)
            found.update(retraction.urls)
    return frozenset(found)


def _pieces(text: str) -> list[str]:
    """The text in pieces that join back to it: blocks with the blank lines after them."""
    pieces: list[str] = []
    for block in scan(text):
        if block.kind == "blank" and pieces:
            pieces[-1] += block.raw
        elif block.kind == "list":
            pieces += block.raw.splitlines(keepends=True)
        else:
            pieces.append(block.raw)
    return pieces


# Lists whose members take one line each, however much they hold.
_ONE_LINE_EACH = frozenset(
    "sources claims candidates corrections retractions insights impact points groups summary written".split()
)


def _show(value: Any, depth: int, name: str = "") -> str:
    """JSON in which objects that hold objects take several lines, and rows of a table one each."""
    if (
        isinstance(value, dict)
        and name != "extras"
        and any(isinstance(part, list | dict) for part in value.values())
    ):
        return _rows(
            [f"{_json(key)}: {_show(part, depth + 1, key)}" for key, part in value.items()], "{}", depth
        )
    if isinstance(value, list) and value and name in _ONE_LINE_EACH:
        return _rows([_json(part) for part in value], "[]", depth)
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return _rows([_show(part, depth + 1) for part in value], "[]", depth)
    if isinstance(value, dict) and name == "extras":
        return _rows([f"{_json(key)}: {_json(part)}" for key, part in value.items()], "{}", depth)
    return _json(value)


def _rows(rows: list[str], ends: str, depth: int) -> str:
    pad = " " * (depth + 1)
    return f"{ends[0]}\n" + ",\n".join(pad + row for row in rows) + f"\n{' ' * depth}{ends[1]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _error(path: str, message: str, line: int = 0, column: int = 0) -> ContentError:
    return ContentError([Problem(path, line, column, message)])
