"""What flows through the collector: a document's entries, a reading of it, and what fetching gave."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from generator.config.schema import FeedConfig
from generator.errors import GeneratorError
from generator.news import Item
from generator.sources import FeedState


class FeedError(GeneratorError):
    """A feed that could not be fetched or read; `word` is the fixed word for why."""

    kind = "network"

    def __init__(self, word: str, message: str) -> None:
        super().__init__(message)
        self.word = word

    def __reduce__(self) -> tuple[type[FeedError], tuple[str, str]]:
        # errors cross from the parsing processes with their word
        return (FeedError, (self.word, str(self)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its document says it: HTML still HTML, dates still text."""

    title: str = ""
    link: str = ""
    guid: str = ""
    dates: tuple[str, ...] = ()  # in order of trust: published, updated, created
    summary: str = ""  # HTML
    content: str = ""  # HTML
    author: str = ""
    tags: tuple[str, ...] = ()
    image: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A feed document: its own name and what it holds, before any cleaning."""

    kind: str
    title: str = ""
    link: str = ""  # the site's address
    language: str = ""
    entries: tuple[Entry, ...] = ()
    flaw: str = ""  # how it is ill-formed, with the line


@dataclass(frozen=True, slots=True)
class Dropped:
    """An entry that did not become an item, and the rule that says so."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed's bytes, read. `shelved` are items of the back catalogue: kept, but no news."""

    feed: str = ""  # whose it is
    title: str = ""
    link: str = ""
    kind: str = ""
    items: tuple[Item, ...] = ()
    shelved: frozenset[str] = frozenset()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()


Outcome = Literal["read", "unchanged", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one feed gave. A failure is a value: `error` says it, `word` is its fixed word."""

    feed: FeedConfig
    outcome: Outcome
    state: FeedState
    reading: Reading = dataclasses.field(default_factory=Reading)
    error: str = ""
    word: str = ""
    notes: tuple[str, ...] = ()
    size: int = 0  # bytes of the body after unpacking
    seconds: float = 0.0

    @property
    def items(self) -> tuple[Item, ...]:
        return self.reading.items
