"""`ribao daily`: collect, publish and build in one go, as a scheduled job runs it."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

import click

from generator.commands.building import build_site
from generator.commands.collect import run_collect
from generator.commands.common import day, json_option, load_site, moment, print_json, say, site_option
from generator.commands.health import write_status
from generator.commands.publish import EDITORS, publish
from generator.commands.published import Published, lost
from generator.commands.repeats import few
from generator.commands.report import RunReport
from generator.config import Config
from generator.errors import GeneratorError
from generator.news import Mode
from generator.parallel import processors
from generator.site.build import Options
from generator.site.build import Report as Built


@dataclass(frozen=True, slots=True)
class Day:
    """What one run did; `published` is None when there was nothing to print, and `why` says so."""

    date: dt.date
    collected: RunReport
    published: Published | None
    built: Built
    seconds: float
    why: str = ""
    neglected: tuple[str, ...] = ()  # sources that have been dead or silent for long

    @property
    def status(self) -> str:
        """One fixed word: full, offline, degraded, quiet, or nothing."""
        return str(self.published.edition.mode) if self.published else "nothing"

    def as_json(self) -> dict[str, Any]:
        total = self.collected.added
        return {
            "date": self.date.isoformat(),
            "status": self.status,
            "why": self.why,
            "collect": {
                "feeds": len(self.collected.feeds),
                "new": total.new,
                "updated": total.updated,
                "failed": [
                    {"name": feed.name, "kind": feed.fetched.word, "error": feed.fetched.error}
                    for feed in self.collected.failed
                ],
                "left_alone": [feed.name for feed in self.collected.left_alone],
                "neglected": list(self.neglected),
            },
            "publish": self.published.as_json() if self.published else None,
            "build": {
                "posts": self.built.posts,
                "pages": self.built.pages,
                "written": self.built.written,
                "removed": self.built.removed,
            },
            "seconds": round(self.seconds, 1),
        }


@click.command()
@click.option("--date", "asked", metavar="DAY", help="The edition's day; default: today in the site's zone.")
@click.option(
    "--editor", type=click.Choice(EDITORS), help="Default: claude when there is a key, else offline."
)
@json_option
@site_option
def command(asked: str | None, editor: str | None, as_json: bool) -> int:
    """Collect, publish and build; exit 1 when no feed worked or there was nothing to print."""
    config = load_site()
    now = moment(None, config)
    done = run_day(config, date=day(asked, config, now), now=now, editor=editor)
    if as_json:
        print_json(done.as_json())
    for line in told(done):
        say(line)
    return 0 if done.published else 1


def run_day(config: Config, *, date: dt.date, now: dt.datetime, editor: str | None = None) -> Day:
    """Run the whole job for `date`.

    When no feed worked nothing is published or built: the site stays as it is. When there is
    nothing to print the site is built all the same.
    """
    clock = time.monotonic()
    collected = run_collect(config, every=True, now=now)
    if not collected.worked:
        raise GeneratorError(
            f"none of {len(collected.feeds)} feeds worked; the site stays as it is."
            " Check this machine's network and proxy and run it again, or replace dead feeds:"
            " ribao feeds check, ribao feeds add URL",
            kind="network",
        )
    published, why = None, ""
    try:
        published = publish(config, date=date, at=None, now=now, form=config.edition.format, editor=editor)
    except GeneratorError as error:
        if error.kind != "nothing":
            raise
        why = str(error)
    if note := write_status(config, now):
        say(note)
    built = build_site(config, Options(now=now, jobs=processors()), say)
    return Day(
        date,
        collected,
        published,
        built,
        time.monotonic() - clock,
        why,
        collected.neglected(config.collect),
    )


def told(done: Day) -> list[str]:
    """Return what a person should know, the last line summing it up."""
    lines = few(done.neglected)
    lines += [str(note) for note in done.built.notes if note.severity == "warning"]
    if done.published:
        lines += [f"note: {note}" for note in done.published.notes]
        lines += [f"kept: {kept}" for kept in done.published.written.kept]
        lines += lost(done.published.report)
    trouble = {"failed": len(done.collected.failed), "left alone": len(done.collected.left_alone)}
    counts = ", ".join(f"{count} {what}" for what, count in trouble.items() if count)
    feeds = f"{len(done.collected.feeds)} feeds" + (f" ({counts})" if counts else "")
    if not done.published:
        return [*lines, f"{done.date}: no edition from {feeds}: {done.why}"]
    edition = done.published.edition
    how = (
        f"{edition.mode}: {edition.mode_note}"
        if edition.mode == Mode.DEGRADED and edition.mode_note
        else edition.mode
    )
    return [
        *lines,
        f"{done.date}: {sum(1 for _ in edition.articles)} stories ({how}) from {feeds}, "
        f"{done.built.written} of {done.built.pages} files written, {done.seconds:.0f} s",
    ]
