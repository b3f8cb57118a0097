"""Bytes from the network or from files become items; a feed's failure is a value, never an exception."""

from generator.feeds.collect import collect
from generator.feeds.pool import ParsePool
from generator.feeds.reading import parse
from generator.feeds.saved import saved
from generator.feeds.values import FeedError, Fetched, Reading

__all__ = ["FeedError", "Fetched", "ParsePool", "Reading", "collect", "parse", "saved"]
