"""`ribao desk`: the day's candidates as a Markdown sheet that the editor marks and `publish` obeys."""

from __future__ import annotations

import datetime as dt
import shlex
from dataclasses import dataclass
from pathlib import Path

import click

from generator.commands.common import day, json_option, load_site, moment, print_json, say, shown, site_option
from generator.commands.morning import gather, nothing_to_print, read_sheet, sheet_path
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import write_if_changed


@dataclass(frozen=True, slots=True)
class Laid:
    """What a desk run did."""

    path: Path
    changed: bool
    printed: int  # stories above the line, by rank
    below: int
    apart: int
    deleted: int  # taken out of the post by a person
    aside: int  # dropped or merged by a mark
    marks: int  # decisions of the editor that the sheet holds
    notes: tuple[str, ...] = ()  # marks that do not do what they say

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": str(self.path),
            "changed": self.changed,
            "printed": self.printed,
            "below": self.below,
            "apart": self.apart,
            "deleted": self.deleted,
            "aside": self.aside,
            "marks": self.marks,
            "notes": list(self.notes),
        }


@click.command()
@click.argument("asked", metavar="[DATE]", required=False)
@click.option("--at", metavar="TIME", help="The moment it covers up to, as 2026-01-07T08:30; default: now.")
@click.option("--edition", metavar="ID", help="For a second edition of a day; default: the day.")
@json_option
@site_option
def command(asked: str | None, at: str | None, edition: str | None, as_json: bool) -> int:
    """Write the candidates of DATE (today) into desk/DATE.md: mark each keep, drop, pin or merge ID.

    A report that is none of its story's gets split before its line, and a story of its own.

    Written again it keeps every mark and note and is laid by them; `ribao publish` obeys them.
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
    for note in laid.notes:
        say(f"note: {note}")
    then = f"ribao publish --date {date}"
    if at:
        then += f" --at {shlex.quote(at)}"
    if edition:
        then += f" --edition {edition}"
    say(
        f"{date}: {laid.printed} stories would be printed, {laid.below} are below the line, {laid.apart} apart"
        f"{_deleted(laid.deleted)}; {laid.marks} marked{_aside(laid.aside)}. Mark them, then: {then}"
    )
    return 0


def lay(config: Config, *, date: dt.date, at: dt.datetime | None, now: dt.datetime, edition: str) -> Laid:
    """Write the sheet of `date`. Raises `GeneratorError` of kind "nothing" when there is no candidate."""
    from generator.labels import labels_for
    from generator.newsroom import sheet as sheets
    from generator.newsroom.candidates import rows_of
    from generator.newsroom.desk import by_hand, unprinted
    from generator.newsroom.pick import choose

    before = read_sheet(config, edition)
    morning = gather(config, date=date, at=at, now=now, edition=edition, sheet=before)
    material = morning.material
    if not (material.stories or material.marked.aside):
        raise GeneratorError(nothing_to_print(morning, config, edition), kind="nothing")
    chosen = choose(material.day.picks, config.edition, material.day.standing)
    labels = labels_for(config.site.language)
    rows = rows_of(material, chosen, before.decisions, labels)
    text = sheets.write(edition, rows, before, labels)
    path = sheet_path(config, edition)
    changed = write_if_changed(path, text.encode())
    after = read_sheet(config, edition)
    unmet = (
        *material.marked.unmet,
        *unprinted(
            material.marked,
            {row.story.id for row in rows.printed},
            (*material.others, *chosen.others, *by_hand(row.story for row in rows.deleted)),
        ),
    )
    # the lines are those of the sheet as it is now
    notes = tuple(f"{after.path}:{after.decisions[one.story].line}: {one.text}" for one in unmet)
    return Laid(
        path,
        changed,
        printed=len(rows.printed),
        below=len(rows.below),
        apart=len(rows.apart),
        deleted=len(rows.deleted),
        aside=len(rows.aside),
        marks=sum(one.says_something for one in before.decisions.values()),
        notes=notes,
    )


def _deleted(count: int) -> str:
    return f", {count} deleted by hand" if count else ""


def _aside(count: int) -> str:
    return f", {count} of them dropped or merged" if count else ""
