"""When a feed is asked again: what its server asked for, how often it failed, how often it has news."""

from __future__ import annotations

import datetime as dt
import email.utils
import itertools
import statistics
from collections.abc import Iterable

from generator.config.schema import CollectConfig
from generator.news import Item, Precision
from generator.sources import FeedState

PATIENCE = 3  # failures in a row before a feed is asked less often
_LONGEST_BACKOFF = dt.timedelta(hours=20)  # so that a run a day asks each day, also a little early
_WORTH_WAITING = 0.5  # hours
_CLOCKS_MAY_DIFFER = dt.timedelta(hours=1)


def retry_after(header: str, served: str, now: dt.datetime, cap_hours: float) -> dt.datetime | None:
    """Return until when a Retry-After header asks us to wait, at most `cap_hours` from `now`.

    It is seconds or a date; a date is taken against the server's own clock, `served`.
    """
    header = header.strip()
    if header.isdecimal():
        seconds = float(header[:12])
    else:
        then, clock = _http_date(header), _http_date(served)
        if then is None:
            return None
        seconds = (then - (clock or now)).total_seconds()
    if seconds <= 0:
        return None
    return now + dt.timedelta(seconds=min(seconds, cap_hours * 3600))


def backoff(failures: int, now: dt.datetime) -> dt.datetime | None:
    """Return when a feed that failed so often in a row is asked again: 1 h, 2 h, 4 h, … 20 h."""
    if failures < PATIENCE:
        return None
    return now + min(dt.timedelta(hours=2 ** min(failures - PATIENCE, 10)), _LONGEST_BACKOFF)


def pace_hours(items: Iterable[Item]) -> float:
    """Return the typical hours between a feed's items, of those with a known time; 0 when unknown."""
    times = sorted({item.published for item in items if item.precision is not Precision.INFERRED})[-20:]
    if len(times) < 3:
        return 0.0
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(times)]
    return round(statistics.median(gaps) / 3600, 2)


def next_check(state: FeedState, now: dt.datetime, limits: CollectConfig) -> dt.datetime | None:
    """Return when a feed that answered is worth asking again: half its pace, within the setting.

    None for a feed that may have something new within half an hour, or whose pace is unknown.
    """
    hours = min(state.pace_hours / 2, limits.adaptive_hours)
    return now + dt.timedelta(hours=hours) if hours >= _WORTH_WAITING else None


def waits(state: FeedState, now: dt.datetime, limits: CollectConfig, *, every: bool = False) -> str:
    """Say why a feed is not asked now, or "" when it may be. `every` asks slow feeds too."""
    until = state.not_before
    if until is None or now >= until or (every and state.wait_reason == "pace"):
        return ""
    longest = dt.timedelta(hours=max(limits.retry_after_cap, limits.adaptive_hours, 24.0))
    if until > now + longest + _CLOCKS_MAY_DIFFER:
        return ""  # the clock went back since; nothing we store lies further ahead
    reasons = {
        "retry-after": "its server asked to wait",
        "backoff": f"it failed {state.failures} times in a row",
        "pace": "it seldom has news",
    }
    when = until.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"not asked before {when}: {reasons.get(state.wait_reason, 'it is to be left alone')}"


def _http_date(text: str) -> dt.datetime | None:
    try:
        date = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=dt.UTC)
