"""What is remembered of each source between runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedState:
    """One source as the last run left it. Times are aware; None means never."""

    name: str
    configured: str = ""  # address in the settings that this state belongs to
    url: str = ""  # where it answers now, after permanent redirects
    etag: str = ""  # validators, byte for byte as the server sent them
    last_modified: str = ""
    body_hash: str = ""  # of the last body that was read, for servers without validators
    full_at: dt.datetime | None = None  # last answer with a body: validators age from here
    checked_at: dt.datetime | None = None  # last attempt
    succeeded_at: dt.datetime | None = None
    first_at: dt.datetime | None = None  # first success
    newest: dt.datetime | None = None  # publication time of its newest entry that is dated
    new_at: dt.datetime | None = None  # last time it brought an undated entry we had not seen
    not_before: dt.datetime | None = None  # not to be asked again before this
    wait_reason: str = ""  # why: "retry-after", "backoff" or "pace"
    failures: int = 0  # in a row
    error: str = ""  # of the last attempt; empty when it worked
    gone: bool = False  # answered 410
    pace_hours: float = 0.0  # typical time between its items; 0 unknown
