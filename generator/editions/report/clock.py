"""A report's clock: its text and its twin write every moment alike, so that both tell the same hour."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from generator.news import Edition

KEPT = (
    "report.clock"  # of an edition's extras: "UTC" for a clock that names no zone, else an offset like -05:00
)


def read(text: str) -> tuple[dt.datetime, str]:
    """Return the moment, and what is to be kept of how it was told. Raises `ValueError` for what is none.

    These clocks run in UTC where they do not say so.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC), "UTC"
    usual = moment.astimezone(ZoneInfo(Edition("", moment.date()).timezone))
    return moment, "" if moment.utcoffset() == usual.utcoffset() else moment.isoformat()[-6:]


def write(moment: dt.datetime | None, edition: Edition) -> str:
    """Return a moment in the paper's zone, which it names, or as `edition` was read; "" for none."""
    if moment is None:
        return ""
    kept = edition.extras.get(KEPT, "")
    if kept == "UTC":
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
    zone = dt.datetime.strptime(kept, "%z").tzinfo if kept else ZoneInfo(edition.timezone)
    return moment.astimezone(zone).isoformat(" ", timespec="seconds")
