"""What a collect did: each feed's outcome and each item's place, as a table and as JSON."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from generator.commands.table import table
from generator.config.schema import CollectConfig
from generator.feeds import Fetched, Page, health
from generator.feeds.entries import NEWS_WITHOUT_DATE
from generator.news import Item, Precision
from generator.store import Added
from generator.text.clean import shorten

_BACK = "back catalogue"
_UNDATED = f"has no date, and its feed is new: only the first {NEWS_WITHOUT_DATE} such entries are news"
_WAITS = {
    "retry-after": "waits: its server asked",
    "backoff": "waits: keeps failing",
    "pace": "waits: seldom has news",
}


@dataclass(frozen=True, slots=True)
class FeedReport:
    """One feed's part of a run; what it dates before `since` is no news any more."""

    fetched: Fetched
    added: Added
    since: dt.datetime

    @property
    def name(self) -> str:
        return self.fetched.feed.name

    @property
    def worked(self) -> bool:
        return self.fetched.outcome in ("read", "unchanged")

    def problems(self) -> list[str]:
        """Return the lines a person should see while the run goes on."""
        if self.fetched.error:
            return [f"{self.name}: {self.fetched.error}"]
        if self.paced:
            return []  # nothing is wrong; the table says it
        return [f"{self.name}: note: {note}" for note in self.fetched.notes]

    @property
    def trouble(self) -> str:
        """The fixed word for what many feeds may have in common: why they failed or wait; "" for what is their own."""
        return self.fetched.word or (self.did if self.fetched.outcome == "waiting" else "")

    @property
    def paced(self) -> bool:
        """Whether it was left alone because it seldom has news."""
        return self.fetched.outcome == "waiting" and self.fetched.state.wait_reason == "pace"

    @property
    def did(self) -> str:
        waits = _WAITS.get(self.fetched.state.wait_reason, "waits")
        return waits if self.fetched.outcome == "waiting" else self.fetched.outcome

    @property
    def older(self) -> int:
        """How many of the new items are back catalogue."""
        return sum(
            self.place(item)[0] == _BACK and self.added.where.get(item.id) == "new"
            for item in self.fetched.items
        )

    def place(self, item: Item) -> tuple[str, str]:
        """Return where one of the feed's items is, and why when that is no matter of course."""
        where = self.added.where.get(item.id, "")
        if item.id in self.fetched.reading.shelved:
            return _BACK, _UNDATED
        if where == "new" and item.published < self.since:
            return _BACK, f"is from before {self.since.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
        return where, ""

    def reasons(self) -> Counter[str]:
        """Return why entries did not become items, and how many for each reason."""
        return Counter(entry.why for entry in self.fetched.reading.dropped)

    def as_json(self) -> dict[str, Any]:
        fetched, reading = self.fetched, self.fetched.reading
        return {
            "name": self.name,
            "outcome": fetched.outcome,
            "error": fetched.error,
            "kind": fetched.word,
            "notes": list(fetched.notes),
            "failures": fetched.state.failures,
            "bytes": fetched.size,
            "new": self.added.new,
            "older": self.older,
            "updated": self.added.updated,
            "unchanged": self.added.unchanged,
            "items": [
                {
                    "id": item.id,
                    "title": item.title,
                    "published": item.published.isoformat(),
                    "precision": str(item.precision),
                    **dict(zip(("where", "why"), self.place(item), strict=True)),
                }
                for item in reading.items
            ],
            "dropped": [{"title": entry.title, "why": entry.why} for entry in reading.dropped],
        }


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One feed's line of the table: of saved files a feed may have many, which are counted together."""

    parts: tuple[FeedReport, ...]

    @property
    def name(self) -> str:
        return self.parts[0].name

    @property
    def failed(self) -> bool:
        return any(part.fetched.outcome == "failed" for part in self.parts)

    @property
    def did(self) -> str:
        told = Counter(part.did for part in self.parts)
        if len(told) == 1:
            return self.parts[0].did
        return ", ".join(f"{count} {did}" for did, count in told.most_common())

    def counts(self) -> tuple[int, int, int, int, int]:
        """Return how many items are new, older, updated and the same, and how many entries were left out."""
        added = sum((part.added for part in self.parts), Added())
        older = sum(part.older for part in self.parts)
        left_out = sum(len(part.fetched.reading.dropped) for part in self.parts)
        return added.new - older, older, added.updated, added.unchanged, left_out

    def reasons(self) -> Counter[str]:
        return sum((part.reasons() for part in self.parts), Counter[str]())


def by_feed(reports: Iterable[FeedReport]) -> list[FeedRow]:
    """Return a row for each feed, in order of first appearance."""
    found: dict[str, list[FeedReport]] = {}
    for report in reports:
        found.setdefault(report.name, []).append(report)
    return [FeedRow(tuple(parts)) for parts in found.values()]


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run."""

    feeds: tuple[FeedReport, ...]
    at: dt.datetime
    pages: tuple[Page, ...] = ()  # articles read in full

    @property
    def worked(self) -> bool:
        """Whether at least one feed did what it should; one left alone for its slow pace does."""
        return any(report.worked or report.paced for report in self.feeds)

    @property
    def failed(self) -> list[FeedReport]:
        return [report for report in self.feeds if report.fetched.outcome == "failed"]

    @property
    def left_alone(self) -> list[FeedReport]:
        """Feeds that were not asked because they keep failing or their servers asked us to wait."""
        return [report for report in self.feeds if report.fetched.outcome == "waiting" and not report.paced]

    @property
    def added(self) -> Added:
        return sum((report.added for report in self.feeds), Added())

    def neglected(self, limits: CollectConfig) -> tuple[str, ...]:
        """Return a line for each feed that has been dead or silent for long."""
        lines = (health.complaint(report.fetched.state, limits, self.at) for report in self.feeds)
        return tuple(filter(None, lines))

    def as_json(self) -> dict[str, Any]:
        total = self.added
        return {
            "at": self.at.isoformat(),
            "new": total.new,
            "older": sum(report.older for report in self.feeds),
            "updated": total.updated,
            "unchanged": total.unchanged,
            "failed": len(self.failed),
            "kind": "" if self.worked else "nothing",
            "feeds": [report.as_json() for report in self.feeds],
            "articles": [
                {
                    "url": page.wanted.url,
                    "feed": page.wanted.feed,
                    "outcome": page.word,
                    "error": page.error,
                    "characters": len(page.text),
                }
                for page in self.pages
            ],
        }


def print_report(report: RunReport, zone: dt.tzinfo, *, items: bool = False) -> None:
    """Print a line for each feed, what was left out and why, and the sum; with `items` one for each entry."""
    feeds = by_feed(report.feeds)
    rows: list[tuple[str, ...]] = [("feed", "did", "new", "older", "updated", "same", "left out")]
    rows += [(shorten(feed.name, 40), feed.did, *map(str, feed.counts())) for feed in feeds]
    click.echo(table(rows))
    for feed in feeds:
        if reasons := feed.reasons():
            click.echo(f"{feed.name} left out: {told(reasons)}")
    if items:
        click.echo(table([("where", "published", "feed", "title", "why"), *_entries(report, zone)]))
    total, older = report.added, sum(feed.older for feed in report.feeds)
    counted = (
        f"{total.new - older} new items, {older} older, {total.updated} updated, {total.unchanged} unchanged"
    )
    click.echo(f"{len(feeds)} feeds, {sum(feed.failed for feed in feeds)} failed: {counted}")
    if report.pages:
        read = sum(not page.error for page in report.pages)
        click.echo(f"{read} of {len(report.pages)} articles read in full")


def told(reasons: Counter[str]) -> str:
    """Say in one line why entries were left out, the commonest reason first."""
    return "; ".join(f"{count} × {why}" if count > 1 else why for why, count in reasons.most_common(5))


def _entries(report: RunReport, zone: dt.tzinfo) -> Iterator[tuple[str, ...]]:
    for feed in report.feeds:
        name = shorten(feed.name, 20)
        for item in feed.fetched.items:
            where, why = feed.place(item)
            yield where, when(item, zone), name, shorten(item.title, 40), why
        for entry in feed.fetched.reading.dropped:
            yield "left out", "", name, shorten(entry.title, 40), entry.why


def when(item: Item, zone: dt.tzinfo) -> str:
    """Return an item's time as far as it is known."""
    if item.precision is Precision.INFERRED:
        return "undated"
    local = item.published.astimezone(zone)
    return f"{local:%Y-%m-%d}" if item.precision is Precision.DAY else f"{local:%Y-%m-%d %H:%M}"
