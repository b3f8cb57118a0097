"""The kinds of feed, one row each; the first that recognises a document reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.feeds import jsonfeed, xmlfeed
from generator.feeds.values import Document, FeedError


@dataclass(frozen=True, slots=True)
class Kind:
    """How to know and read one kind of feed; `read` takes the text and the address it came from."""

    recognises: Callable[[str], bool]
    read: Callable[[str, str], Document]


KINDS: dict[str, Kind] = {
    "jsonfeed": Kind(jsonfeed.recognises, jsonfeed.read),
    "xml": Kind(xmlfeed.recognises, xmlfeed.read),
}


def read_document(text: str, base: str) -> Document:
    """Read a feed of any kind. Raises `FeedError` when it is none."""
    if not text.strip():
        raise FeedError("empty", "is empty")
    for kind in KINDS.values():
        if kind.recognises(text):
            return kind.read(text, base)
    raise FeedError("not-a-feed", "is not a feed: no RSS, Atom or JSON Feed in it")
