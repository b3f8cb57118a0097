"""`ribao desk`: the day's candidates as a Markdown sheet that the editor marks and `publish` obeys."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from generator.commands.common import day, json_option, load_site, moment, print_json, say, shown, site_option
from generator.commands.morning import gather, nothing_to_print, read_sheet, sheet_path
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import write_if_changed

MAX_APART = 200  # stories that are off topic or were printed before


@dataclass(frozen=True, slots=True)
class Laid:
    """What a desk run did."""

    path: Path
    changed: bool
    printed: int  # stories above the line, by rank
    below: int
    apart: int
    marks: int  # decisions of the editor that the sheet holds

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": str(self.path),
            "changed": self.changed,
            "printed": self.printed,
            "below": self.below,
            "apart": self.apart,
            "marks": self.marks,
        }


@click.command()
@click.argument("asked", metavar="[DATE]", required=False)
@click.option("--at", metavar="TIME", help="The moment it covers up to, as 2026-01-07T08:30; default: now.")
@click.option("--edition", metavar="ID", help="For a second edition of a day; default: the day.")
@json_option
@site_option
def command(asked: str | None, at: str | None, edition: str | None, as_json: bool) -> int:
    """Write the candidates of DATE (today) into desk/DATE.md: mark each keep, drop, pin or merge ID.

    Written again it keeps every mark and note; `ribao publish` obeys them.
    """
    from generator.commands.publish import edition_id

    config = load_site()
    now = moment(None, config)
    upto = moment(at, config) if at else None
    date = day(asked, config, upto or now)
    laid = lay(config, date=date, at=upto, now=now, edition=edition_id(edition, date))
    if as_json:
        print_json(laid.as_json())
        return 0
    click.echo(shown(laid.path))
    then = f"ribao publish --date {date}"
    if at:
        then += f" --at {shlex.quote(at)}"
    if edition:
        then += f" --edition {edition}"
    say(
        f"{date}: {laid.printed} stories would be printed, {laid.below} are below the line, {laid.apart} apart;"
        f" {laid.marks} marked. Mark them, then: {then}"
    )
    return 0


def lay(config: Config, *, date: dt.date, at: dt.datetime | None, now: dt.datetime, edition: str) -> Laid:
    """Write the sheet of `date`. Raises `GeneratorError` of kind "nothing" when there is no candidate."""
    from generator.labels import labels_for
    from generator.newsroom import sheet as sheets
    from generator.newsroom.pick import choose

    before = read_sheet(config, edition)
    morning = gather(config, date=date, at=at, now=now, edition=edition)
    material = morning.material
    if not material.stories:
        raise GeneratorError(nothing_to_print(morning, config, edition), kind="nothing")
    chosen = choose(material.day.picks, config.edition)
    fates = {why.item: why for why in (*material.others, *chosen.others)}
    above = [sheets.Row(pick.story, pick) for pick in (*chosen.full, *chosen.brief)]
    there = {row.story.id for row in above}
    below = [
        sheets.Row(pick.story, pick, fates[pick.story.lead.id].detail)
        for pick in material.day.picks
        if pick.story.id not in there
    ]
    known = there | {row.story.id for row in below}

    def apart() -> Iterator[sheets.Row]:
        for story in material.stories:
            if story.id not in known:
                why = fates.get(story.lead.id)
                yield sheets.Row(story, None, f"{why.fate} {why.detail}".strip() if why else "")

    others = list(apart())
    shown = [row for place, row in enumerate(others) if place < MAX_APART or row.story.id in before.decisions]
    text = sheets.write(edition, above, below, shown, before, labels_for(config.site.language))
    path = sheet_path(config, edition)
    changed = write_if_changed(path, text.encode())
    marks = sum(one.says_something for one in before.decisions.values())
    return Laid(path, changed, len(above), len(below), len(shown), marks)
