"""A feed's bytes become items: charset, kind, entries, in that order. Pure; runs in any process."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds.charset import decode
from generator.feeds.entries import items_of
from generator.feeds.kinds import read_document
from generator.feeds.plain import headline
from generator.feeds.values import FeedError, Reading
from generator.news import Item


@dataclass(frozen=True, slots=True)
class Body:
    """What is to be read: bytes, whose they are, where they came from and how they were labelled."""

    raw: bytes
    feed: FeedConfig
    base: str = ""  # address, for relative links
    content_type: str = ""
    first: bool = False  # the feed is new to us
    titled: Mapping[str, FeedConfig] | None = None  # by name: the document's own title says whose it is
    old: frozenset[str] = frozenset()  # names of feeds that are not new to us, where the title decides


def read(body: Body, limits: CollectConfig, now: dt.datetime) -> Reading:
    """Read a feed's bytes. Raises `FeedError` when they are no feed."""
    if not body.raw.strip():
        raise FeedError("empty", "is empty")
    decoded = decode(body.raw, body.content_type)
    base = body.base or body.feed.url
    document = read_document(decoded.text, base)
    feed, first = body.feed, body.first
    if body.titled is not None:
        name = headline(document.title, 100) or feed.name
        feed = body.titled.get(name) or feed._replace(name=name)
        first = name not in body.old
    reading = items_of(document, feed, limits, now, base=base, first=first)
    if decoded.warning:
        reading = dataclasses.replace(reading, notes=(decoded.warning, *reading.notes))
    return reading


def parse(
    raw: bytes,
    feed: FeedConfig,
    now: dt.datetime,
    limits: CollectConfig | None = None,
    content_type: str = "",
) -> list[Item]:
    """Return the items of a feed's bytes. Raises `FeedError` when they are no feed."""
    return list(read(Body(raw, feed, content_type=content_type), limits or CollectConfig(), now).items)
