"""`ribao publish`: the day's stories become an edition, merged into content/."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import time

import click

from generator.commands import issues
from generator.commands.common import day, json_option, load_site, moment, print_json, shown, site_option
from generator.commands.covering import with_cover
from generator.commands.forms import form_named, proof_form
from generator.commands.gate import admitted, complaints_for
from generator.commands.morning import gather, nothing_to_print, read_sheet
from generator.commands.published import Published, tell
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import lock, write_atomic

EDITORS = ("claude", "offline")


@click.command()
@click.option("--date", "asked", metavar="DAY", help="The edition's day; default: today in the site's zone.")
@click.option("--at", metavar="TIME", help="The moment it covers up to, as 2026-01-07T08:30; default: now.")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="themed, report, digest, bulletin, or one of [formats] in site.toml; default: the settings'.",
)
@click.option(
    "--editor", type=click.Choice(EDITORS), help="Default: claude when there is a key, else offline."
)
@click.option(
    "--edition", metavar="ID", help="The folder's name, for a second edition of a day; default: the day."
)
@click.option("--again", is_flag=True, help="Write an edition that was deleted by hand once more.")
@click.option("--dry-run", is_flag=True, help="Show on stdout what the post would hold, and write nothing.")
@json_option
@site_option
def command(
    asked: str | None,
    at: str | None,
    form: str | None,
    editor: str | None,
    edition: str | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Write the day's edition into content/; what a person changed there stays."""
    config = load_site()
    now = moment(None, config)
    upto = moment(at, config) if at else None
    date = day(asked, config, upto or now)
    done = publish(
        config,
        date=date,
        at=upto,
        now=now,
        form=form or config.edition.format,
        editor=editor,
        edition=edition_id(edition, date),
        again=again,
        dry_run=dry_run,
    )
    if as_json:
        print_json(done.as_json())
        return 0
    tell(done)
    return 0


def publish(
    config: Config,
    *,
    date: dt.date,
    at: dt.datetime | None,
    now: dt.datetime,
    form: str,
    editor: str | None = None,
    edition: str = "",
    again: bool = False,
    dry_run: bool = False,
) -> Published:
    """Make the edition of `date` and write it.

    Raises `GeneratorError` of kind "nothing" when there is no story to print, `BusyError`
    when another publish runs here.
    """
    edition = edition or date.isoformat()
    form_named(form, config)  # before anything is paid for
    if issues.was_deleted(config, edition) and not again:
        raise GeneratorError(
            f"{shown(issues.folder_of(config, edition))}: this edition was deleted by hand and stays deleted;"
            " to write it once more: ribao publish --again",
            kind="nothing",
        )
    issues.keep_form(config, edition, form)
    with lock(config.state / "publish.lock", "publish"):
        return _publish(config, date, at, now, form, editor, edition, dry_run)


def _publish(
    config: Config,
    date: dt.date,
    at: dt.datetime | None,
    now: dt.datetime,
    form: str,
    editor: str | None,
    edition: str,
    dry_run: bool,
) -> Published:
    from generator.newsroom.desk import by_hand, unprinted
    from generator.newsroom.editors import editor_for
    from generator.newsroom.report import refusals, report

    seconds: dict[str, float] = {}
    clock = time.monotonic()
    sheet = read_sheet(config, edition)
    morning = gather(config, date=date, at=at, now=now, edition=edition, sheet=sheet)
    material = morning.material
    seconds["prepare"] = time.monotonic() - clock
    if not material.day.picks:
        raise GeneratorError(nothing_to_print(morning, config, edition), kind="nothing")
    clock = time.monotonic()
    chosen = editor_for(editor, config, dict(os.environ), complaints_for(config, date))
    issue = chosen.editor.write(material.day)
    seconds["write"] = time.monotonic() - clock
    if not any(issue.edition.articles):
        raise GeneratorError(nothing_to_print(morning, config, edition), kind="nothing")
    clock = time.monotonic()
    whole, refused = admitted(issue, material.day, proof_form(form), config, morning.printed)
    seconds["prove"] = time.monotonic() - clock
    if not any(whole.articles):
        raise GeneratorError(
            f"nothing to print for {edition}: no story held against its sources\n" + "\n".join(refused),
            kind="nothing",
        )
    lost = {article.id for article in issue.edition.articles} - {article.id for article in whole.articles}
    notes = (*chosen.notes, *issue.notes, *refused)
    whole, cover_notes = with_cover(config, whole, dry_run=dry_run)
    written = issues.write_issue(config, whole, form, dry_run=dry_run)
    notes += (*cover_notes, *written.notes)
    deleted = written.deleted
    unmet = (
        *material.marked.unmet,
        *unprinted(
            material.marked,
            {article.id for article in whole.articles} - deleted,
            (
                *material.others,
                *issue.others,
                *refusals(material, lost),
                *by_hand(story for story in material.stories if story.id in deleted),
            ),
        ),
    )
    marks = [f"{sheet.path}:{one.line}: {one.text}" for one in unmet]
    notes = (*morning.problems, *marks, *notes)
    table = report(
        morning.items,
        material,
        whole,
        issue.others,
        refused=lost,
        deleted=deleted,
        gone=written.gone,
        shortened=written.shortened,
        notes=notes,
        costs=chosen.costs(),
        seconds=seconds,
    )
    kept = None
    if not dry_run:
        kept = config.state / "runs" / f"{edition}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.json"
        text = json.dumps(table, ensure_ascii=False, indent=1) + "\n"
        write_atomic(kept, text.encode(), durable=False)
    return Published(whole, written, table, notes, kept)


def edition_id(text: str | None, date: dt.date) -> str:
    """Parse --edition: the name of an edition's folder; None is the day."""
    if text is None:
        return date.isoformat()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}[\w-]{0,40}", text):
        raise click.BadParameter(
            f"{text!r} cannot name an edition; begin with its day, as 2026-01-07-evening",
            param_hint="--edition",
        )
    return text
