"""How a source does, from what is remembered of it: decided here and nowhere else."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from generator.config.schema import CollectConfig
from generator.feeds.schedule import PATIENCE
from generator.sources import FeedState


class Condition(StrEnum):
    """How a source does; the later, the worse."""

    OK = "ok"
    NEW = "new"  # never asked
    FAILING = "failing"  # the last attempt failed
    SILENT = "silent"  # works, and has had nothing new for long
    DEAD = "dead"  # has not worked for long, or says it is gone


def condition(state: FeedState | None, limits: CollectConfig, now: dt.datetime) -> Condition:
    """Return how the source with this state does."""
    if state is None or state.checked_at is None:
        return Condition.NEW
    worked, newest = state.succeeded_at, _silent_since(state)
    # one that never worked has no last success to count from
    lost = state.failures >= PATIENCE if worked is None else now - worked > _days(limits.dead_after_days)
    if state.gone or (state.failures and lost):
        return Condition.DEAD
    if newest and now - newest > _days(limits.silent_after_days):
        return Condition.SILENT
    return Condition.FAILING if state.failures else Condition.OK


def complaint(state: FeedState, limits: CollectConfig, now: dt.datetime) -> str:
    """Return one line about a source that is dead or silent, with what to do; "" for others."""
    found = condition(state, limits, now)
    if found is Condition.DEAD:
        since = (
            f"has not worked since {state.succeeded_at:%Y-%m-%d}" if state.succeeded_at else "never worked"
        )
        return f"{state.name}: {'is gone for good' if state.gone else since}; mend its address or remove it"
    if found is Condition.SILENT:
        return f"{state.name}: has had nothing new since {_silent_since(state):%Y-%m-%d}; see whether it has moved"
    return ""


def latest(state: FeedState) -> dt.datetime | None:
    """When a source last had something; undated entries count from the moment they came."""
    return max((when for when in (state.newest, state.new_at) if when), default=None)


def _silent_since(state: FeedState) -> dt.datetime | None:
    """Since when a source has had nothing new; one that never had counts from its first success."""
    return latest(state) or state.first_at


def _days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)
