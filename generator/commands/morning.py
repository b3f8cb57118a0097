"""What `publish` and `desk` begin with: the window's items, what was printed before, and the editor's marks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands import issues
from generator.config import Config
from generator.files import is_file, read_bounded
from generator.news import Item, Printed

if TYPE_CHECKING:
    from generator.newsroom.day import Material
    from generator.newsroom.sheet import Sheet
    from generator.newsroom.window import Window

MAX_BYTES = 5_000_000  # of a sheet


@dataclass(frozen=True, slots=True)
class Morning:
    """A day's material and what it was made of; `problems` are records that could not be read."""

    material: Material
    window: Window
    items: list[Item]
    printed: list[Printed]
    problems: list[str]


def gather(
    config: Config,
    *,
    date: dt.date,
    at: dt.datetime | None,
    now: dt.datetime,
    edition: str,
    sheet: Sheet | None = None,
) -> Morning:
    """Read the store and the other editions, and return the day's ranked material."""
    from generator.newsroom.day import prepare
    from generator.newsroom.sheet import NO_SHEET
    from generator.newsroom.window import SLACK, window_of
    from generator.store import Store

    window = window_of(date, at=at, now=now, hours=config.edition.window_hours, zone=config.site.zone)
    with Store.open(config.store) as store:
        items = store.items(window.start - SLACK, window.end)
    printed, problems = issues.earlier(config, edition, config.edition.memory)
    later, unread = issues.later(config, edition, config.edition.memory)
    material = prepare(
        items,
        window,
        config,
        edition=edition,
        date=date,
        printed=printed,
        later=later,
        standing=issues.standing(config, edition),
        sheet=sheet or NO_SHEET,
        retractions=tuple(issues.taken_back(config)),
    )
    return Morning(material, window, items, printed, [*problems, *unread])


def sheet_path(config: Config, edition: str) -> Path:
    """Return where the editor finds a day's candidate sheet: beside content/, never inside what is published."""
    return config.root / "desk" / f"{edition}.md"


def read_sheet(config: Config, edition: str) -> Sheet:
    """Return the editor's marks; none when there is no sheet. Raises `ContentError` with each mark that is none."""
    from generator.newsroom.sheet import NO_SHEET, read

    path = sheet_path(config, edition)
    if not is_file(path):
        return NO_SHEET
    text = read_bounded(path, MAX_BYTES).decode("utf-8-sig", errors="replace")
    return read(text, path.relative_to(config.root).as_posix())


def nothing_to_print(morning: Morning, config: Config, edition: str) -> str:
    """Return why there is no edition, and what to do."""
    zone = config.site.zone
    since, upto = (
        f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (morning.window.start, morning.window.end)
    )
    if read := morning.material.day.stats.raw_total:
        return f"nothing to print for {edition}: {read} items between {since} and {upto}, none of them to be printed"
    return (
        f"nothing to print for {edition}: the store holds no item published between {since} and {upto};"
        " collect first: ribao collect"
    )
