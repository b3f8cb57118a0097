"""Bytes from the network or from files become items; a feed's failure is a value, never an exception."""

from generator.feeds import article, health
from generator.feeds.collect import collect
from generator.feeds.pages import Page, Wanted, read_pages
from generator.feeds.pool import ParsePool
from generator.feeds.reading import parse
from generator.feeds.saved import saved
from generator.feeds.values import FeedError, Fetched, Reading

__all__ = [
    "FeedError",
    "Fetched",
    "Page",
    "ParsePool",
    "Reading",
    "Wanted",
    "article",
    "collect",
    "health",
    "parse",
    "read_pages",
    "saved",
]
