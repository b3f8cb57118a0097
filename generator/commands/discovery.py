"""`ribao feeds add`: from whatever address a person pasted to one feed that can be read."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from generator.commands.collect import agent_of
from generator.config import Config, FeedConfig
from generator.errors import GeneratorError
from generator.feeds import FeedError, Fetched, collect
from generator.feeds.address import shown
from generator.feeds.charset import decode_page
from generator.feeds.discover import Link, feeds_of_page, usual_places
from generator.feeds.fetch import Fetcher

_TRIED = 6  # of the feeds a page names


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A feed that can be read, and the others that its page names."""

    url: str
    title: str
    others: tuple[Link, ...] = ()


def discover(config: Config, asked: str) -> Found:
    """Return the feed at an address, or the one that the page there names or most likely has.

    Raises `GeneratorError` when there is none.
    """
    # most sites have moved to https; one that has not answers to the other
    addresses = [asked] if "://" in asked else [f"https://{asked}", f"http://{asked}"]
    for number, url in enumerate(addresses, start=1):
        (one,) = ask(config, [FeedConfig(url, url)])
        if not one.error:
            return Found(one.state.url or url, one.reading.title)
        if one.word == "not-a-feed":
            return _of_page(config, url)
        if number == len(addresses) or one.word in ("private-address", "bad-address", "status"):
            raise GeneratorError(one.error, kind="network")
    raise AssertionError("an address was asked")


def ask(config: Config, feeds: Sequence[FeedConfig]) -> list[Fetched]:
    """Fetch feeds as if for the first time, and store nothing; in the order they were named."""
    now = dt.datetime.now(dt.UTC)
    found = {
        one.feed.name: one
        for one in collect(feeds, config.collect, {}, now, agent=agent_of(config), even_waiting=True)
    }
    return [found[feed.name] for feed in feeds]


def _of_page(config: Config, url: str) -> Found:
    fetcher = Fetcher(config.collect, agent_of(config), dt.datetime.now(dt.UTC))
    try:
        answer = fetcher.get(url, accept="text/html,*/*;q=0.5")
    except FeedError as error:
        raise GeneratorError(f"{shown(url)}: {error}", kind="network") from None
    finally:
        fetcher.close()
    named = feeds_of_page(decode_page(answer.raw, answer.content_type).text, answer.url)
    for links in (named[:_TRIED], usual_places(answer.url)):
        for link, one in zip(
            links, ask(config, [FeedConfig(link.url, link.url) for link in links]), strict=True
        ):
            if not one.error:
                others = tuple(other for other in named if other.url != link.url)
                return Found(one.state.url or link.url, one.reading.title or link.title, others)
    raise GeneratorError(
        f"{shown(url)}: is no feed, names none that can be read, and has none at the usual places;"
        " look on the site for its RSS address and add that",
        kind="network",
    )
