"""All feeds of a run: fetched in threads, a few to a host, parsed in processes, one result each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds import schedule
from generator.feeds.address import shown
from generator.feeds.fetch import Answer, Fetcher, TryLater
from generator.feeds.pool import ParsePool
from generator.feeds.reading import Body, read
from generator.feeds.turns import by_turns
from generator.feeds.values import FeedError, Fetched, Reading
from generator.news import Precision
from generator.parallel import processors
from generator.sources import FeedState


def collect(
    feeds: Sequence[FeedConfig],
    limits: CollectConfig,
    states: Mapping[str, FeedState],
    now: dt.datetime,
    *,
    agent: str,
    every: bool = False,
    even_waiting: bool = False,
) -> Iterator[Fetched]:
    """Fetch and read each feed; a failure is a `Fetched` with its error set.

    Results come as they are done. A feed that seldom has news is left alone for a while, unless
    `every` is asked for; one whose server asked us to wait, or that keeps failing, unless `even_waiting`. Nothing a feed does delays another beyond the workers it occupies.
    """
    due: list[tuple[FeedConfig, FeedState]] = []
    for feed in feeds:
        state = state_for(feed, states.get(feed.name))
        reason = "" if even_waiting else schedule.waits(state, now, limits, every=every)
        if reason:
            yield Fetched(feed, "waiting", state, notes=(reason,))
        else:
            due.append((feed, state))
    if not due:
        return
    fetcher = Fetcher(limits, agent, now)
    readers = min(processors(), len(due))
    with ParsePool(limits, readers) as parsers:
        try:
            yield from by_turns(
                due,
                lambda turn: _asked(*turn, fetcher),
                lambda asked: _read(asked, limits, now, parsers),
                url=lambda turn: turn[1].url,
                workers=limits.workers,
                readers=readers,
                per_host=limits.per_host,
            )
        finally:
            fetcher.close()


def state_for(feed: FeedConfig, known: FeedState | None) -> FeedState:
    """Return what is remembered of a feed; another address in the settings is another feed."""
    if known is None or known.configured != feed.url:
        return FeedState(feed.name, configured=feed.url, url=feed.url)
    return known


@dataclass(frozen=True, slots=True)
class _Asked:
    """A feed that was asked: its answer, or what went wrong."""

    feed: FeedConfig
    state: FeedState
    answer: Answer | FeedError
    seconds: float


def _asked(feed: FeedConfig, state: FeedState, fetcher: Fetcher) -> _Asked:
    """Ask one feed. Never raises: trouble is in the value."""
    started = time.monotonic()
    answer: Answer | FeedError
    try:
        answer = fetcher.get(state.url, state)
    except FeedError as error:
        answer = error
    except Exception as error:  # a bug of ours in one feed is not the others' end
        answer = _bug(error)
    return _Asked(feed, state, answer, time.monotonic() - started)


def _read(asked: _Asked, limits: CollectConfig, now: dt.datetime, parsers: ParsePool) -> Fetched:
    """Read what a feed answered. Never raises: trouble is in the value."""
    feed, state, answer = asked.feed, asked.state, asked.answer
    started = time.monotonic()
    size = 0
    try:
        if isinstance(answer, FeedError):
            raise answer
        size = len(answer.raw)
        unchanged = not answer.changed or answer.body_hash == state.body_hash
        reading = Reading()
        if not unchanged:
            new = state.succeeded_at is None
            body = Body(answer.raw, feed, shown(answer.url), answer.content_type, first=new)
            reading = parsers.run(read, body, limits, now)
        fetched = _succeeded(feed, state, limits, now, answer, reading, unchanged)
    except FeedError as error:
        fetched = _failed(feed, state, now, error)
    except Exception as error:
        fetched = _failed(feed, state, now, _bug(error))
    seconds = round(asked.seconds + time.monotonic() - started, 3)
    return dataclasses.replace(fetched, size=size, seconds=seconds)


def _bug(error: Exception) -> FeedError:
    return FeedError("bug", f"{type(error).__name__} while collecting; please report it")


def _succeeded(
    feed: FeedConfig,
    state: FeedState,
    limits: CollectConfig,
    now: dt.datetime,
    answer: Answer,
    reading: Reading,
    unchanged: bool,
) -> Fetched:
    notes = [*answer.notes, *reading.notes]
    if answer.moved_to and answer.moved_to != state.url:
        notes.append(f"has moved for good to {shown(answer.moved_to)}; write that into site.toml")
    dated = [item.published for item in reading.items if item.precision is not Precision.INFERRED]
    after = dataclasses.replace(
        state,
        url=answer.moved_to or state.url,
        checked_at=now,
        succeeded_at=now,
        not_before=None,
        wait_reason="",
        failures=0,
        error="",
        gone=False,
        first_at=state.first_at or now,
        newest=max([*dated, *filter(None, [state.newest])], default=None),
    )
    if answer.changed:
        after = dataclasses.replace(
            after,
            etag=answer.etag,
            last_modified=answer.last_modified,
            full_at=now,
            body_hash=answer.body_hash,
        )
    if not unchanged:
        after = dataclasses.replace(after, pace_hours=schedule.pace_hours(reading.items) or state.pace_hours)
    if until := schedule.next_check(after, now, limits):
        after = dataclasses.replace(after, not_before=until, wait_reason="pace")
    return Fetched(feed, "unchanged" if unchanged else "read", after, reading, notes=tuple(notes))


def _failed(feed: FeedConfig, state: FeedState, now: dt.datetime, error: FeedError) -> Fetched:
    failures = state.failures + 1
    until = error.until if isinstance(error, TryLater) else schedule.backoff(failures, now)
    after = dataclasses.replace(
        state,
        url=feed.url,  # an address it moved to may be what fails
        checked_at=now,
        failures=failures,
        error=str(error),
        gone=error.word == "gone",
        not_before=until,
        wait_reason="" if until is None else "retry-after" if isinstance(error, TryLater) else "backoff",
    )
    return Fetched(feed, "failed", after, error=f"{shown(state.url)}: {error}", word=error.word)
