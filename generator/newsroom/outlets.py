"""Whose report an item is: the table's name for its address, else its feed's name where the feed is a site's own.

A page that only leads on to another's report names that outlet at the end of its headline, and
counts as that outlet's. A page of a platform is its account's.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from generator.lexicon.publishers import Publisher, publisher_of, publishers
from generator.news import Item
from generator.newsroom.accounts import account_in
from generator.text.addresses import host_of

# where people point at things: no report of their own
_POINTING = frozenset(["aggregator", "community"])
_PRESS = frozenset(["agency", "media", "trade"])
_ACCOUNT = "blog"  # what is known of an account beyond its name: it publishes
# "… - Reuters" of a search page, "… (Juro Osawa/The Information)" of a river of headlines
_CREDIT = re.compile(r"\s[-–—]\s(?P<tail>[^-–—]{2,40})$|\((?:[^()/]{2,60}/)?(?P<inside>[^()/@]{2,40})\)$")


def own_feeds(items: Iterable[Item]) -> frozenset[str]:
    """Return the feeds that lead to one site only: their name is its name, and no collector's of other sites."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.url:
            hosts[item.feed].add(host_of(item.url))
    return frozenset(feed for feed, found in hosts.items() if len(found) == 1)


def reporter_of(item: Item, own: Collection[str] = ()) -> Publisher:
    """Return who reports in `item`: the outlet that an aggregator credits, the account of a platform that is named,
    else who publishes at its address. `own` are the feeds that lead to one site only.
    """
    publisher = publisher_of(item.url)
    if publisher.platform:
        return _account_of(item, own) or publisher
    if publisher.kind != "aggregator":
        return publisher
    match = _CREDIT.search(item.title.strip())
    return _by_name().get(_plain(match["tail"] or match["inside"]), publisher) if match else publisher


def _account_of(item: Item, own: Collection[str]) -> Publisher | None:
    """Return whose account a platform's page is: an author who is an outlet, the feed of one account, any author."""
    platform, known = publisher_of(item.url), _by_name()
    author, feed = account_in(item.author), account_in(item.feed)
    if _plain(author) in known:
        name = author
    elif feed and (item.feed in own or _plain(feed) in known):
        name = feed
    else:
        name = author
    if not name:
        return None
    outlet = known.get(_plain(name), platform)
    return replace(
        outlet, name=name if outlet is platform else outlet.name, domain=platform.domain, kind=_ACCOUNT
    )


def outlet_of(item: Item, own: Collection[str] = ()) -> str:
    """Return the name of who published `item`; `own` are the feeds that lead to one site only."""
    publisher = publisher_of(item.url)
    if publisher.platform:
        return reporter_of(item, own).name
    if publisher.name and publisher.name != publisher.domain:
        return publisher.name
    return item.feed if item.feed in own or not publisher.name else publisher.name


def reporters(items: Sequence[Item], own: Collection[str] = ()) -> tuple[str, ...]:
    """Return who reports in `items` on their own, each once; those who only point at it when nobody does."""
    named = [
        (
            outlet_of(item, own)
            if reporter_of(item, own) == publisher_of(item.url)
            else reporter_of(item, own).name,
            points_on(item),
        )
        for item in items
    ]
    telling = [name for name, points in named if not points]
    return tuple(dict.fromkeys(telling or [name for name, _ in named]))


def points_on(item: Item) -> bool:
    """Whether `item` leads on to a report, or passes on what people say, and is none of its own."""
    return reporter_of(item).kind in _POINTING


@functools.cache
def _by_name() -> dict[str, Publisher]:
    """Return the press by what it is called, in either language."""
    return {
        _plain(name): publisher
        for publisher in reversed(publishers().values())
        if publisher.kind in _PRESS
        for name in (publisher.name, *publisher.also)
    }


def _plain(name: str) -> str:
    bare = re.sub(r"^the\s+|\.(?:com|cn|net|org|co)\b", "", name.strip().lower())
    return re.sub(r"[^\w]", "", bare)
