"""`ribao convert EDITION --to FORMAT`: an edition in another of the formats, on stdout."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import click

from generator.commands.common import load_site, say, site_option
from generator.errors import DiskError, GeneratorError
from generator.files import read_bounded
from generator.labels import Labels, labels_for
from generator.news import Edition

MAX_BYTES = 5_000_000
NAMES = ("themed", "report", "digest", "bulletin")
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


@click.command()
@click.argument("asked", metavar="EDITION", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Choice(NAMES), help="The format to write.")
@click.option("--from", "form", type=click.Choice(NAMES), help="The file's format; default: found out.")
@click.option("--json", "as_json", is_flag=True, help="With --to report: write its JSON twin.")
@site_option
def command(asked: Path, target: str, form: str | None, as_json: bool) -> int:
    """Write EDITION in another format; what that cannot hold is named on stderr.

    It is a file, a folder with an index.md, or the date or name of one of the site's editions. What its
    format cannot say, and the record or the JSON twin beside it can, comes from there.
    """
    from generator import editions
    from generator.markup.frontmatter import decode

    if as_json and target != "report":
        raise click.UsageError("--json is for --to report: only a report has a JSON twin")
    file = _file(asked)
    text = decode(read_bounded(file, MAX_BYTES), str(file))
    form = form or editions.detect(text)
    if form is None:
        raise GeneratorError(
            f"{file}: is in none of the formats {', '.join(NAMES)}; name its format: ribao convert --from"
        )
    parsed = editions.FORMATS[form].parse(text, str(file))
    for problem in parsed.warnings:
        say(str(problem))
    edition, labels = _dated(parsed.edition, file), _labels()
    if form != target or as_json:
        from generator.commands.completing import complete

        done = complete(edition, file, form, target, labels, as_twin=as_json)
        edition = done.edition
        for note in done.notes:
            say(note)
    if as_json:
        from generator.editions.losses import unnoticed
        from generator.editions.report.twin import write_twin

        click.echo(write_twin(edition, labels), nl=False)
        for what in unnoticed(edition):
            say(f"a report's twin cannot hold: {what}")
        return 0
    written = editions.FORMATS[target].write(edition, labels)
    click.echo(written.text, nl=False)
    for what in written.dropped:
        say(f"{target} cannot hold: {what}")
    for what in written.made:
        say(f"made for {target}: {what}")
    return 0


def _file(asked: Path) -> Path:
    """Return the file of the edition that was asked for. Raises `GeneratorError` when there is none."""
    if asked.is_file():
        return asked
    if (asked / "index.md").is_file():
        return asked / "index.md"
    if asked.is_dir():
        raise DiskError(f"{asked}: holds no index.md; name an edition's file, its folder or its date")
    from generator.commands.export import find_edition

    try:
        return find_edition(load_site(), str(asked))
    except GeneratorError as error:
        if error.kind != "nothing" and click.get_current_context().ensure_object(dict).get("site"):
            raise
        raise DiskError(f"{asked}: no such file, and no edition of the site here has that name") from None


def _dated(edition: Edition, file: Path) -> Edition:
    """`edition` with the day its file or folder is named by, where its text tells none."""
    if edition.date != dt.date.min:
        return edition
    for name in (file.name, file.resolve().parent.name):
        if match := _DAY.search(name):
            day = dt.date.fromisoformat(match[0])
            return dataclasses.replace(edition, id=day.isoformat(), date=day)
    raise GeneratorError(f"{file}: tells no day; write date: 2026-01-07 into its front matter")


def _labels() -> Labels:
    """The words of the site's language; outside a site, Chinese."""
    try:
        language = load_site().site.language
    except GeneratorError:
        if click.get_current_context().ensure_object(dict).get("site"):
            raise
        language = "zh-CN"
    return labels_for(language)
