"""Change the feeds in the text of a site.toml: comments, order and everything else stay as written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator

_FEEDS = re.compile(r"^\s*\[\[\s*feeds\s*\]\]")
_TABLE = re.compile(r"^\s*\[")


def with_feeds(text: str, feeds: Iterable[tuple[str, str]]) -> str:
    """Return `text` with a [[feeds]] table for each (name, address) at its end."""
    tables = "".join(f"\n[[feeds]]\nname = {_quoted(name)}\nurl = {_quoted(url)}\n" for name, url in feeds)
    return text.rstrip("\n") + "\n" + tables if tables else text


def without_feed(text: str, name: str) -> str:
    """Return `text` without the [[feeds]] table called `name`, and with the comments around it.

    The text is unchanged when there is no such table.
    """
    lines = text.splitlines(keepends=True)
    for start, end in _feed_tables(lines):
        if tomllib.loads("".join(lines[start:end]))["feeds"][0].get("name") == name:
            while end < len(lines) and not lines[end].strip():
                end += 1
            return "".join(lines[:start] + lines[end:])
    return text


def _feed_tables(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where each [[feeds]] table begins and ends; comments before the next table are not its own."""
    for start, line in enumerate(lines):
        if not _FEEDS.match(line):
            continue
        end = start + 1
        while end < len(lines) and not _TABLE.match(lines[end]):
            end += 1
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1
        yield start, end


def _quoted(text: str) -> str:
    # a JSON string without control characters is a TOML basic string
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
