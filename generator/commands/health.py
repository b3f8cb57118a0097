"""How the sources do: for `ribao feeds list`, and as a page of the site."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.config import Config, FeedConfig
from generator.errors import DiskError
from generator.feeds import health
from generator.feeds.health import Condition
from generator.files import read_bounded, write_atomic
from generator.labels import Labels, labels_for
from generator.markup.escape import escape
from generator.sources import FeedState

_WEEKS = 4  # over which a feed's items are counted
_EDITIONS = 30  # newest editions whose sources count as printed
_MAX_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Health:
    """One feed as the store and the newest editions show it."""

    feed: FeedConfig
    state: FeedState
    condition: Condition | None  # None: switched off
    items: int  # of the last weeks
    used: int  # of them, those an edition names as a source

    @property
    def items_a_week(self) -> float:
        return self.items / _WEEKS

    @property
    def rate(self) -> str:
        """Items a week, to be read: a source of one a month has not none."""
        shown = f"{self.items_a_week:.1f}" if self.items_a_week < 10 else f"{self.items_a_week:.0f}"
        return shown.removesuffix(".0")

    @property
    def printed(self) -> float:
        return self.used / self.items if self.items else 0.0

    @property
    def newest(self) -> dt.datetime | None:
        return health.latest(self.state)

    def as_json(self, now: dt.datetime) -> dict[str, Any]:
        state = self.state
        return {
            "name": self.feed.name,
            "url": self.feed.url,
            "enabled": self.feed.enabled,
            "condition": str(self.condition or "off"),
            "last_success": state.succeeded_at.isoformat() if state.succeeded_at else None,
            "items_a_week": self.items_a_week,
            "failures": state.failures,
            "newest_hours": (now - self.newest).total_seconds() / 3600 if self.newest else None,
            "printed": self.printed,
            "dead": self.condition is Condition.DEAD,
            "silent": self.condition is Condition.SILENT,
            "error": state.error,
        }


def feeds_health(config: Config, now: dt.datetime) -> list[Health]:
    """Return how each feed does, in the settings' order."""
    from generator.store import Store

    with Store.open(config.store) as store:
        states = store.feed_states()
        recent = store.items(now - dt.timedelta(weeks=_WEEKS), now)
    printed = _printed(config)
    items = Counter(item.feed for item in recent)
    used = Counter(item.feed for item in recent if item.id in printed)
    return [
        Health(
            feed,
            states.get(feed.name) or FeedState(feed.name),
            health.condition(states.get(feed.name), config.collect, now) if feed.enabled else None,
            items[feed.name],
            used[feed.name],
        )
        for feed in config.feeds
    ]


def write_status(config: Config, now: dt.datetime) -> str:
    """Write the page that `status_page` in [collect] names; return what to tell, or "".

    A page whose first line a person removed is that person's, and stays as it is.
    """
    if not config.collect.status_page:
        return ""
    labels = labels_for(config.site.language)
    path = config.content / "pages" / f"{config.collect.status_page}.md"
    if path.exists() and labels.sources_note not in _current(path):
        return (
            f"{path.relative_to(config.root)}: is edited by hand and stays; remove it to have it written anew"
        )
    text = status_page(feeds_health(config, now), labels, config.site.zone)
    if not path.exists() or _current(path) != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text.encode())
    return ""


def status_page(rows: list[Health], labels: Labels, zone: dt.tzinfo) -> str:
    """Return the page as Markdown. It shows days, not times: it changes when something did."""
    conditions = {
        Condition.OK: labels.source_ok,
        Condition.NEW: labels.source_new,
        Condition.FAILING: labels.source_failing,
        Condition.SILENT: labels.source_silent,
        Condition.DEAD: labels.source_dead,
        None: labels.source_off,
    }

    def day(moment: dt.datetime | None) -> str:
        return moment.astimezone(zone).date().isoformat() if moment else "—"

    lines = [
        "---",
        f"title: {json.dumps(labels.sources_title, ensure_ascii=False)}",
        "---",
        "",
        labels.sources_note,
        "",
        "| "
        + " | ".join((labels.source, labels.source_state, labels.source_worked, labels.source_newest, labels.source_week))
        + " |",
        "| --- | --- | --- | --- | ---: |",
    ]  # fmt: skip
    lines += [
        f"| {_cell(row.feed.name)} | {conditions[row.condition]} | {day(row.state.succeeded_at)}"
        f" | {day(row.newest)} | {row.rate} |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return escape(text).replace("\\|", "|").replace("|", "\\|")


def _current(path: Path) -> str:
    try:
        return read_bounded(path, _MAX_PAGE).decode("utf-8", "replace")
    except OSError as error:
        raise DiskError(f"{path}: cannot be read: {error.strerror}") from None


def _printed(config: Config) -> set[str]:
    """The ids of all sources that the newest editions' records name."""
    found: set[str] = set()
    for path in sorted(config.content.glob("posts/*/edition.json"))[-_EDITIONS:]:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            for section in record["edition"].get("sections", ()):
                for article in section.get("articles", ()):
                    found |= {source["id"] for source in article.get("sources", ())}
        except (OSError, ValueError, KeyError, TypeError):
            continue  # `ribao check` names a damaged record
    return found
