"""`ribao retract ID|URL`: take a story out of every post and record that has it, leaving a notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from generator.commands import covering
from generator.commands.common import day, json_option, load_site, moment, print_json, say, shown, site_option
from generator.commands.issues import MAX_BYTES, read_record
from generator.config import Config
from generator.editions.corrections import notice
from generator.editions.retract import Cut, Target, cut, recaptioned, retitled, retract
from generator.errors import ContentError, GeneratorError
from generator.files import lock, read_bounded, write_if_changed
from generator.labels import labels_for
from generator.markup.frontmatter import split
from generator.news import Edition
from generator.text.addresses import canonical_url, safe_url
from generator.text.clean import fold, one_line

_ID = re.compile(r"(?:(?P<edition>\d{4}-\d{2}-\d{2}[\w-]*)#)?(?:s-)?(?P<article>[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Found:
    """A post that has the story: both its files as they will be."""

    post: Path
    cut: Cut
    record: str = ""  # the new record, when there is one
    title: str = ""  # what the cover shows from now on, when it showed the headline
    cover: bytes | None = None  # the new cover, when the one there shows the headline and is ours


@click.command()
@click.argument("story", metavar="ID|URL")
@click.option("--why", required=True, help="The reason; readers see it in the notice.")
@click.option("--dry-run", is_flag=True, help="Only say where the story stands.")
@json_option
@site_option
def command(story: str, why: str, dry_run: bool, as_json: bool) -> int:
    """Take a story back: out of posts, records, feeds and search; a notice with the reason stays.

    It is named by its id (as in edition.json or in the page's #s-… anchor), by the address it
    links to, or by its address on this site. No later run prints it again.
    """
    config = load_site()
    why = one_line(why)
    if not why:
        raise click.BadParameter("say why; readers will see it", param_hint="--why")
    target, edition = _target(story)
    with lock(config.state / "publish.lock", "retract"):
        found = list(_find(config, target, edition, why))
        if not found:
            raise GeneratorError(
                f"{story}: no post of {shown(config.content / 'posts')} has this story; "
                "name it by the id in edition.json or by the address its headline links to",
                kind="nothing",
            )
        if not dry_run:
            for one in found:
                # the post last: what was done by half is found again by the next try
                if one.cover:
                    write_if_changed(one.post.with_name(covering.NAME), one.cover)
                if one.record:
                    write_if_changed(one.post.with_name("edition.json"), one.record.encode())
                write_if_changed(one.post, one.cut.text.encode())
    if as_json:
        print_json(
            [{"post": str(one.post), "headlines": one.cut.headlines, "left": one.cut.left} for one in found]
        )
    else:
        _tell(found, dry_run=dry_run)
    return 0


def _target(story: str) -> tuple[Target, str]:
    """What was asked for, and in which edition ("" for all)."""
    name = story.strip().rpartition("#")[2] if "#s-" in story else story.strip()
    if match := _ID.fullmatch(name):
        return Target(ids=frozenset([match["article"]])), match["edition"] or ""
    if address := safe_url(story.strip()):
        return Target(urls=frozenset([canonical_url(address)])), ""
    raise click.BadParameter(
        f"{story!r} is neither a story's id (12 hex digits) nor an http(s) address", param_hint="ID|URL"
    )


def _find(config: Config, target: Target, edition: str, why: str) -> Iterator[Found]:
    from generator import editions
    from generator.editions import record as records
    from generator.markup.frontmatter import decode

    labels = labels_for(config.site.language)
    today = day(None, config, moment(None, config))
    problems = []
    for post in _posts(config.content / "posts"):
        if edition and edition not in (post.parent.name, post.stem):
            continue
        try:
            text = decode(read_bounded(post, MAX_BYTES), str(post))
            kept = read_record(post.parent) if post.name == "index.md" else None
            # a paper's own format is cut as the Markdown that it is
            form = editions.detect(text) or ("themed" if kept else None)
            if form is None:
                continue
            wanted = target
            before = kept.edition if kept else editions.FORMATS[form].parse(text, str(post)).edition
            for article in before.articles:
                if target.is_(article):
                    wanted = wanted.and_(article)
            done = cut(text, form, wanted, notice(why, today, labels), labels)
            if kept:
                after = retract(kept, target, why, today, labels, form)
                if after.edition != kept.edition:
                    found = _uncovered(config, Found(post, done), before, wanted)
                    rest = after.edition
                    if found.title:
                        alt = rest.cover_alt.replace(before.title, found.title)
                        rest = replace(rest, cover_alt=alt)
                    yield replace(found, record=records.dumps(rest, after.text_as_written))
                    continue
        except ContentError as error:
            problems += error.problems
            continue
        if done.headlines:
            yield _uncovered(config, Found(post, done), before, wanted)
    if problems:
        raise ContentError(problems)


def _uncovered(config: Config, found: Found, before: Edition, target: Target) -> Found:
    """`found` with the cover that its edition has from now on, if the one it has shows the headline."""
    gone = {fold(name) for name in (*target.headlines, *found.cut.headlines)}
    # without any story left the cover has the paper's name
    rest = (one.headline for one in before.articles if one.headline and not target.is_(one))
    title = retitled(before.title, gone, next(rest, config.site.title))
    if title == before.title:
        return found
    document = split(found.cut.text)
    own = str(document.fields.get("title", ""))
    if own and retitled(own, gone, "") == own and fold(own) not in gone:
        title = own  # what the post is called now
    named = str(document.fields.get("coverImage", before.cover))
    path = found.post.with_name(covering.NAME)
    cover, left = (
        covering.without_headline(config, path, title, before.date)
        if found.post.name == "index.md"
        else (None, "")
    )
    if not left and named not in ("", covering.NAME):
        left = f"its cover, {named}, is a person's picture and stays; it may still show the headline"
    text = recaptioned(found.cut.text, before.title, title)
    kept = (*found.cut.left, left) if left else found.cut.left
    return replace(found, cut=replace(found.cut, text=text, left=kept), title=title, cover=cover)


def _posts(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "index.md").is_file():
            yield path / "index.md"
        elif path.suffix == ".md" and path.is_file():
            yield path


def _tell(found: list[Found], *, dry_run: bool) -> None:
    would = "would be taken out" if dry_run else "taken out"
    for one in found:
        names = "; ".join(one.cut.headlines) or "only the record had it"
        click.echo(f"{shown(one.post)}: {would}: {names}")
        if one.cover:
            say(
                f"{shown(one.post.with_name(covering.NAME))}: {'would be ' if dry_run else ''}drawn anew: {one.title}"
            )
        for left in one.cut.left:
            say(f"{shown(one.post)}: {left}")
    if not dry_run:
        say("it leaves the site, its feeds and its search with the next build: ribao build")
