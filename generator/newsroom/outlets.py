"""Whose report an item is: the table's name for its address, else its feed's name where the feed is a site's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from generator.lexicon.publishers import publisher_of
from generator.news import Item
from generator.text.addresses import host_of


def own_feeds(items: Iterable[Item]) -> frozenset[str]:
    """Return the feeds that lead to one site only: their name is its name, and no collector's of other sites."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.url:
            hosts[item.feed].add(host_of(item.url))
    return frozenset(feed for feed, found in hosts.items() if len(found) == 1)


def outlet_of(item: Item, own: Collection[str] = ()) -> str:
    """Return the name of who published `item`; `own` are the feeds that lead to one site only."""
    publisher = publisher_of(item.url)
    if publisher.name and publisher.name != publisher.domain:
        return publisher.name
    return item.feed if item.feed in own or not publisher.name else publisher.name
