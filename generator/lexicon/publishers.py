"""Who publishes at an address: known from a table, never from a text."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.lexicon import topics
from generator.text.addresses import host_of

DATA = Path(__file__).with_name("publishers.toml")
UNKNOWN_WEIGHT = 0.6

# a repository or a forum is where the author speaks, but not where a firm announces
FIRST_HAND = frozenset(["official", "academic", "repository"])


@dataclass(frozen=True, slots=True)
class Publisher:
    """An outlet; `weight` is how much its choice to report something says, 1 being ordinary."""

    name: str
    domain: str
    country: str = ""
    kind: str = (
        ""  # official, agency, media, trade, academic, repository, community, aggregator, platform, blog
    )
    weight: float = UNKNOWN_WEIGHT
    also: tuple[str, ...] = ()  # what others call it

    @property
    def first_hand(self) -> bool:
        return self.kind in FIRST_HAND

    @property
    def platform(self) -> bool:
        """Whether others publish at its address, which does not say who."""
        return self.kind == "platform"


@functools.cache
def publishers() -> dict[str, Publisher]:
    """Return the table, by host."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        host: Publisher(name, host, country, kind, float(weight), tuple(also))
        for host, (name, country, kind, weight, *also) in data.items()
    }


def publisher_of(url: str) -> Publisher:
    """Return who publishes at `url`; a host the table lacks is its own publisher."""
    return _of_host(host_of(url))


def house_of(url: str, named: str) -> str:
    """Return the name of who speaks at `url`: at a platform the account, as it is `named`."""
    publisher = publisher_of(url)
    return named if publisher.platform and named else publisher.name


@functools.lru_cache(maxsize=10_000)
def _of_host(host: str) -> Publisher:
    known = publishers()
    labels = host.split(".")
    host = host.removeprefix("www.")
    for start in range(len(labels) - 1):
        if found := known.get(".".join(labels[start:])):
            return found
    if labels[-1] == "gov" or labels[-2:] == ["gov", "cn"]:
        return Publisher(host, host, "CN" if labels[-1] == "cn" else "US", "official", 1.2)
    if labels[-1] == "edu" or labels[-2:-1] == ["edu"] or labels[-2:-1] == ["ac"]:
        return Publisher(host, host, "", "academic", 0.9)
    country = {"cn": "CN", "tw": "TW", "jp": "JP", "kr": "KR", "uk": "GB", "de": "DE", "fr": "FR"}.get(
        labels[-1], ""
    )
    return Publisher(host, host, country)


def maker_of(url: str, wanted: Collection[str]) -> str:
    """Return the firm of one of the topics `wanted` on whose own site a page is; "" for any other page."""
    publisher = publisher_of(url)
    return publisher.name if publisher.kind == "official" and topics.relevance(publisher.name, wanted) else ""
