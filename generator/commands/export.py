"""`ribao export wechat|mail DATE`: an edition as HTML that WeChat's editor or a mail accepts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

import click

from generator.commands.common import load_site, say, site_option
from generator.config import Config
from generator.errors import ContentError, GeneratorError
from generator.files import read_bounded, write_atomic
from generator.labels import labels_for
from generator.site.paste import Kind, document, paste


@click.command()
@click.argument("kind", type=click.Choice(["wechat", "mail"]))
@click.argument("date")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@site_option
def command(kind: str, date: str, output: Path | None) -> None:
    """Print the edition of DATE (or with that folder's name) as paste-ready HTML."""
    config = load_site()
    html = exported(config, find_edition(config, date), cast(Kind, kind))
    if output is None:
        click.echo(html, nl=False)
    else:
        write_atomic(output, html.encode())
        say(f"wrote {output}; open it in a browser, select all and copy")


def find_edition(config: Config, date: str) -> Path:
    """Return the Markdown of an edition: of that name, else the one whose name begins with the date."""
    posts = config.content / "posts"
    wanted = [posts / date / "index.md", posts / f"{date}.md"]
    if day := _day(date):
        wanted += sorted(posts.glob(f"{day}*/index.md")) + sorted(posts.glob(f"{day}*.md"))
    for path in wanted:
        if path.is_file() and path.resolve().is_relative_to(posts.resolve()):
            return path
    raise GeneratorError(
        f"content/posts has no edition {date}; write it like 2026-01-07, or make one with ribao publish",
        kind="nothing",
    )


def _day(date: str) -> str:
    try:
        return dt.date.fromisoformat(date).isoformat()
    except ValueError:
        return ""  # only a folder of exactly this name will do


def exported(config: Config, path: Path, kind: Kind) -> str:
    """Return a post as an HTML document for `kind`."""
    from generator.site.bodies import unpack
    from generator.site.compose import compose
    from generator.site.model import Source
    from generator.site.templates import inline
    from generator.site.urls import Addresses

    labels = labels_for(config.site.language)
    name = path.relative_to(config.root).as_posix()
    made = compose(config, Source(name, "post", read_bounded(path, config.markdown.max_bytes + 1)))
    if made.row is None or not isinstance(made.body, bytes):
        raise ContentError(made.problems)
    fields = made.row.fields()
    day = dt.datetime.fromisoformat(fields["date"]).astimezone(config.site.zone).date()
    address = Addresses(config.site.base_url).absolute(made.row.url)
    language = config.site.language
    pasted = paste(unpack(made.body).html, kind, base=address, language=language)
    lines = [line for line in fields["summary"] if line != made.row.title] or fields["summary"]
    summary = [paste(str(inline(line)), kind, base=address, language=language).html for line in lines]
    for image in pasted.images:
        if kind == "wechat":
            say(f"upload this picture in the editor: {image}")
    return document(
        pasted,
        title=made.row.title,
        dateline=f"{labels.date_format.format(year=day.year, month=day.month, day=day.day)} {labels.weekday(day.weekday())}",
        paper=config.site.title,
        summary=summary,
        words={"highlights": labels.highlights, "references": labels.references, "web": labels.export_mail},
        address=address if kind == "mail" else "",
        language=language,
    )
