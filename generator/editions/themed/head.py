"""The front matter of a themed post ↔ the fields of an edition."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from generator.markup.frontmatter import Document, FrontMatter, Quoted, emit
from generator.markup.headkeys import chunks
from generator.news import Edition, Mode

# Keys written from the model, in order. All others are kept as they were written.
KEYS = ("title", "date", "category", "tags", "seo", "coverImage", "coverAlt", "summary", "mode")


def read(document: Document) -> dict[str, Any]:
    """Return the keyword arguments of an `Edition` that the front matter gives."""
    fields = document.fields
    date = day(fields.get("date"))
    summary, lead = summary_of(fields.get("summary", ""))
    mode = fields.get("mode", "")
    return {
        "id": edition_id(document.path, date),
        "date": date,
        "title": fields.get("title", ""),
        "category": fields.get("category", ""),
        "tags": fields.get("tags", ()),
        "seo": fields.get("seo", ()),
        "cover": fields.get("coverImage", ""),
        "cover_alt": fields.get("coverAlt", ""),
        "summary": summary,
        "lead": lead,
        "mode": Mode(mode) if mode in set(Mode) else Mode.MANUAL,
    }


def day(value: Any) -> dt.date:
    """The day of a front matter date; 0001-01-01 when there is none."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else dt.date.min


def edition_id(path: str, date: dt.date) -> str:
    """The folder a post lies in names its edition; a flat post is named by its date."""
    place = PurePath(path)
    if place.stem == "index" and place.parent.name:
        return place.parent.name
    return date.isoformat()


def summary_of(text: str) -> tuple[tuple[str, ...], str]:
    """Split a summary into its `- ` lines; a text that is no list is the lead."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if lines and all(line.startswith(("- ", "* ", "• ")) for line in lines):
        return tuple(line[2:].strip() for line in lines), ""
    return (), text.strip()


def pairs(edition: Edition) -> dict[str, Any]:
    """Return what the model says for each of `KEYS`; None where it says nothing."""
    summary = "\n".join(f"- {line}" for line in edition.summary) or edition.lead
    return {
        "title": edition.title or None,
        "date": edition.date if edition.date != dt.date.min else None,
        "category": edition.category or None,
        "tags": edition.tags or None,
        "seo": edition.seo or None,
        "coverImage": Quoted(edition.cover) if edition.cover else None,
        "coverAlt": edition.cover_alt or None,
        "summary": Quoted(summary) if summary else None,
        "mode": edition.mode.value if edition.mode is not Mode.MANUAL else None,
    }


def lines(edition: Edition, *, toml: bool = False) -> dict[str, str]:
    """The canonical line of each of `KEYS` that has a value."""
    line = _toml if toml else lambda key, value: emit([(key, value)])[4:-4]
    return {key: line(key, value) for key, value in pairs(edition).items() if value is not None}


def _toml(key: str, value: Any) -> str:
    if isinstance(value, dt.date):
        return f"{key} = {value.isoformat()}\n"
    # a JSON string is a TOML string, but for the one control character that JSON lets stand
    return f"{key} = {json.dumps(value, ensure_ascii=False)}\n".replace("\x7f", "\\u007f")


def extras(document: Document, edition: Edition) -> dict[str, str]:
    """What of the front matter the model does not say: other keys, other spellings, another order.

    `front.KEY` is the lines as written, `front.KEY.was` our own line for the value it had then:
    while the two values agree, the person's spelling is written.
    """
    kept: dict[str, str] = {}
    ours = lines(edition, toml=document.toml)
    written = chunks(document.head, toml=document.toml) if document.head else []
    for key, text in written:
        own = ours.get(key)
        if own != text:
            kept[f"front.{key}"] = text
            kept[f"front.{key}.was"] = own or ""
    order = [key for key, _ in written]
    if order != [key for key in KEYS if key in ours]:
        kept["front.order"] = "\n".join(order)
    if document.toml:
        kept["front.fence"] = "+++"
    if not document.head:
        kept["front.fence"] = ""
    return kept


def write(edition: Edition, kept: Mapping[str, str]) -> str:
    """Return the front matter of `edition`, fences included."""
    fence = kept.get("front.fence", "---")
    if not fence:
        return ""
    ours = lines(edition, toml=fence == "+++")
    order = kept.get("front.order", "").split("\n")
    new = [key for key in KEYS if key in ours and key not in order]
    # what belongs to no key stands last: a table of TOML would take further keys for its own
    order = [*filter(None, order), *new, ""]
    text = ""
    for key in order:
        own, foreign = ours.get(key, ""), kept.get(f"front.{key}")
        if foreign is not None and kept.get(f"front.{key}.was", "") == own:
            text += foreign
        else:
            text += own
    return f"{fence}\n{text}{fence}\n"


def places(fields: FrontMatter, document: Document) -> dict[str, tuple[int, int]]:
    """Where the title, the lead and each summary line stand."""
    found = {"title": fields.place("title"), "date": fields.place("date")}
    if "coverImage" in fields:
        found["cover"] = fields.place("coverImage")
    if "summary" not in fields:
        return found
    line, column = fields.place("summary")
    summary, lead = summary_of(fields["summary"])
    if lead:
        found["lead"] = line, column
    source = document.head.split("\n")
    row, start = line - document.head_line, 0
    for number, words in enumerate(summary):
        # in a quoted string of one line the words stand as they are, but for escapes
        probe = words[:12].split('"')[0].split("\\")[0]
        while row < len(source) and (at := source[row].find(probe, start)) < 0:
            row, start = row + 1, 0
        if row >= len(source):
            row, start, at = line - document.head_line, 0, column - 1
        found[f"summary.{number}"] = document.head_line + row, at + 1
        start = at + len(probe)
    return found
