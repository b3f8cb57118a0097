"""What an import reads and what it makes, as values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.importers.permalinks import Place, Settings

READMES = re.compile(r"(?:^|/)(?:readme|license|changelog|contributing|code_of_conduct)\.", re.IGNORECASE)
"""Texts about a repository, which no system takes for posts."""

Fields = Callable[[Mapping[str, Any], str], Mapping[str, Any]]


def same(fields: Mapping[str, Any], path: str) -> Mapping[str, Any]:  # noqa: ARG001 - one signature
    """Return a file's front matter as it stands."""
    return fields


@dataclass(frozen=True, slots=True)
class Old:
    """A text file of the other system: its path inside the source, and when it was last changed."""

    path: str
    text: str
    modified: dt.datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A file as it becomes ours. `target` is inside the site; nothing has been written yet."""

    source: str
    target: str
    text: str
    changed: tuple[str, ...] = ()  # what was turned into something else
    kept: tuple[str, ...] = ()  # what was left as it stands because it has no counterpart here
    images: tuple[tuple[str, str], ...] = ()  # from inside the source → to inside the site
    lost: tuple[str, ...] = ()  # what could not come along
    beside: tuple[tuple[str, str], ...] = ()  # further texts: path inside the site and content
    title: str = ""
    aliases: tuple[str, ...] = ()  # its old addresses


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that cannot be imported, and why."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is left where it is because it is no post, and what it is."""

    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body in plain Markdown, with what was done to it."""

    text: str
    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """Another system: where its posts lie, how it names them, and the tags its bodies hold."""

    name: str
    is_post: Callable[[str], bool]
    is_page: Callable[[str], bool]
    address: Callable[[Place, Settings], str]  # of a post, before; empty: not known
    body: Callable[[str], Body]
    page_address: Callable[[Place, Settings], str] = lambda place, settings: ""  # noqa: ARG005 - one signature
    statics: tuple[str, ...] = field(default=())  # folders whose files stand at the root of its site
    fields: Fields = same  # its own reading of front matter
