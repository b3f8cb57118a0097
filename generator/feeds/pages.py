"""The articles behind entries, fetched by the same client under the same limits as feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.config.schema import CollectConfig
from generator.feeds.address import shown
from generator.feeds.article import NEEDS, article
from generator.feeds.fetch import Answer, Fetcher
from generator.feeds.pool import ParsePool
from generator.feeds.turns import by_turns
from generator.feeds.values import FeedError
from generator.parallel import processors

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
# Trouble on the way: the page has said nothing, so it may be asked again by the next run.
_UNANSWERED = {
    "unknown-host", "timeout", "deadline", "refused", "reset", "incomplete", "protocol", "server", "tls", "bug",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to read: its canonical address, the link as the feed gave it, and whose feed that is."""

    url: str
    link: str
    feed: str  # name
    feed_url: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a page gave: its article's text, or why there is none."""

    wanted: Wanted
    text: str = ""
    error: str = ""
    word: str = "read"  # fixed word for the outcome

    @property
    def settled(self) -> bool:
        """Whether asking again could not give more."""
        return self.word not in _UNANSWERED


def read_pages(
    wanted: Sequence[Wanted], limits: CollectConfig, now: dt.datetime, *, agent: str
) -> Iterator[Page]:
    """Fetch pages and extract their articles; a failure is a `Page` with its error set."""
    if not wanted:
        return
    fetcher = Fetcher(limits, agent, now)
    readers = min(processors(), len(wanted))
    with ParsePool(limits, readers, imports=NEEDS) as parsers:
        try:
            yield from by_turns(
                wanted,
                lambda one: _asked(one, fetcher),
                lambda asked: _read(*asked, limits, parsers),
                url=lambda one: one.link,
                workers=limits.workers,
                readers=readers,
                per_host=limits.per_host,
            )
        finally:
            fetcher.close()


def _asked(wanted: Wanted, fetcher: Fetcher) -> tuple[Wanted, Answer | Exception]:
    try:
        return wanted, fetcher.get(wanted.link, accept=_ACCEPT, named_by=wanted.feed_url)
    except Exception as error:
        return wanted, error


def _read(wanted: Wanted, answer: Answer | Exception, limits: CollectConfig, parsers: ParsePool) -> Page:
    try:
        if isinstance(answer, Exception):
            raise answer
        return Page(
            wanted, parsers.run(article, answer.raw, answer.content_type, answer.url, limits.max_text)
        )
    except FeedError as error:
        return Page(wanted, error=f"{shown(wanted.link)}: {error}", word=error.word)
    except Exception as error:  # a bug of ours in one page is not the others' end
        return Page(
            wanted, error=f"{shown(wanted.link)}: {type(error).__name__}; please report it", word="bug"
        )
