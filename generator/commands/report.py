"""What a collect did: each feed's outcome and each item's place, as a table and as JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import click

from generator.config.schema import CollectConfig
from generator.feeds import Fetched, Page, health
from generator.store import Added
from generator.text.clean import shorten
from generator.text.width import is_wide


@dataclass(frozen=True, slots=True)
class FeedReport:
    """One feed's part of a run."""

    fetched: Fetched
    added: Added

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
        return [f"{self.name}: note: {note}" for note in self.fetched.notes]

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
            "updated": self.added.updated,
            "unchanged": self.added.unchanged,
            "items": [
                {
                    "id": item.id,
                    "title": item.title,
                    "published": item.published.isoformat(),
                    "precision": str(item.precision),
                    "where": "back catalogue"
                    if item.id in reading.shelved
                    else self.added.where.get(item.id, ""),
                }
                for item in reading.items
            ],
            "dropped": [{"title": entry.title, "why": entry.why} for entry in reading.dropped],
        }


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run."""

    feeds: tuple[FeedReport, ...]
    at: dt.datetime
    pages: tuple[Page, ...] = ()  # articles read in full

    @property
    def worked(self) -> bool:
        """Whether at least one feed did what it should; one left alone for its slow pace does."""
        return any(
            report.worked or (report.fetched.state.wait_reason == "pace" and not report.fetched.error)
            for report in self.feeds
        )

    @property
    def failed(self) -> list[FeedReport]:
        return [report for report in self.feeds if report.fetched.outcome == "failed"]

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


def print_report(report: RunReport) -> None:
    """Print one line a feed and the sum."""
    rows: list[tuple[str, ...]] = [("feed", "did", "new", "updated", "same", "dropped")]
    for feed in report.feeds:
        counts = (feed.added.new, feed.added.updated, feed.added.unchanged, len(feed.fetched.reading.dropped))
        rows.append((shorten(feed.name, 40), feed.fetched.outcome, *map(str, counts)))
    click.echo(table(rows))
    total, failed = report.added, len(report.failed)
    click.echo(
        f"{len(report.feeds)} feeds, {failed} failed: {total.new} new items, {total.updated} updated, {total.unchanged} unchanged"
    )
    if report.pages:
        read = sum(not page.error for page in report.pages)
        click.echo(f"{read} of {len(report.pages)} articles read in full")


def table(rows: list[tuple[str, ...]]) -> str:
    """Lay rows out in columns; wide characters count twice, numbers stand to the right."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            " " * (width - _width(cell)) + cell if cell.isdigit() else cell + " " * (width - _width(cell))
            for cell, width in zip(row, widths, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if is_wide(char) else 1 for char in text)
