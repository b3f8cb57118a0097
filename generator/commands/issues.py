"""An edition's folder: reading what was printed before, writing an issue so that the editor's words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import editions
from generator.commands.common import shown
from generator.commands.deletions import lines_about, without_lines
from generator.commands.forms import form_named
from generator.config import Config
from generator.editions import merge, record, summary
from generator.editions.changes import Changes, changes, deleted
from generator.editions.corrections import notice
from generator.editions.report.edited import as_read
from generator.editions.report.twin import write_twin
from generator.editions.retract import carried, unnoticed
from generator.errors import ContentError, GeneratorError
from generator.files import is_file, read_bounded, write_atomic, write_if_changed
from generator.labels import labels_for
from generator.news import Article, Edition, Printed, Retraction, SectionKind
from generator.newsroom.standing import NOTHING, Standing

MAX_BYTES = 20_000_000  # of one record or post
REMEMBERED = 60  # editions whose retractions hold for new ones
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Written:
    """What writing an issue did."""

    folder: Path
    text: str  # of the post
    stands: Edition  # what the post holds, edits and all
    changed: bool
    kept: tuple[str, ...] = ()  # what of the editor's text was kept
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()  # what the format cannot hold
    notes: tuple[str, ...] = ()
    gone: tuple[Article, ...] = ()  # what left the post
    shortened: tuple[Article, ...] = ()  # what is only a line in it now
    deleted: frozenset[str] = (
        frozenset()
    )  # ids of stories that are not in the post because a person took them out


def folder_of(config: Config, edition: str) -> Path:
    return config.content / "posts" / edition


def read_record(folder: Path) -> record.Record | None:
    """Return the folder's record; None when there is none. Raises `ContentError` when it is damaged."""
    path = folder / "edition.json"
    if not is_file(path):
        return None
    return record.loads(read_bounded(path, MAX_BYTES).decode("utf-8", errors="replace"), str(path))


def earlier(config: Config, edition: str, count: int) -> tuple[list[Printed], list[str]]:
    """Return the stories of the `count` editions before `edition`, newest edition first, and what could not be read."""
    return _printed(config, [name for name in reversed(_names(config)) if name < edition], count)


def later(config: Config, edition: str, count: int) -> tuple[list[Printed], list[str]]:
    """Return the stories of the `count` editions after `edition`, oldest edition first, and what could not be read."""
    return _printed(config, [name for name in _names(config) if name > edition], count)


def _names(config: Config) -> list[str]:
    """Return the folders of dated posts, oldest first."""
    posts = config.content / "posts"
    return sorted(p.name for p in posts.iterdir() if _DATED.match(p.name)) if posts.is_dir() else []


def _printed(config: Config, names: Sequence[str], count: int) -> tuple[list[Printed], list[str]]:
    """Return the stories of the first `count` editions among `names`, and what could not be read."""
    found: list[Printed] = []
    problems: list[str] = []
    read = 0
    for name in names:
        if read == count:
            break
        try:
            kept = read_record(folder_of(config, name))
        except GeneratorError as error:
            problems.append(f"{error}; its stories may be printed again")
            continue
        if kept is None:
            continue
        read += 1
        for article in kept.edition.articles:
            found.append(
                Printed(
                    edition=name,
                    article=article.id,
                    headline=article.headline,
                    date=kept.edition.date,
                    sources=article.sources,
                    text=article.text,
                )
            )
    return found, problems


def keep_form(config: Config, edition: str, form: str) -> None:
    """Raise `GeneratorError` where `form` is another format than that of a post which has something to lose by it.

    Two formats have no blocks in common, so nothing of a person's edits would stay, and no notice of a retraction.
    """
    folder = folder_of(config, edition)
    post, before = folder / "index.md", read_record(folder)
    if before is None or not before.text_as_written or not is_file(post):
        return
    was = editions.detect(before.text_as_written)
    if was is None or was == form or (form not in editions.FORMATS and was == "themed"):
        return
    current = read_bounded(post, MAX_BYTES).decode("utf-8", errors="replace").replace("\r\n", "\n")
    gone = before.edition.retractions
    instead = f"Publish it with --format {was}; a copy in another format: ribao convert {edition} --to FORMAT"
    if unnoticed(current, gone, labels_for(config.site.language)) != before.text_as_written:
        raise GeneratorError(
            f"{shown(post)}: you edited this {was} post; written as {form} nothing of that would stay. {instead}",
            kind="usage",
        )
    # the page of a plain format tells retractions by the record; Markdown tells them itself
    if gone and (current != before.text_as_written or form == "themed" or form not in editions.FORMATS):
        days = ", ".join(dict.fromkeys(one.date.isoformat() for one in gone))
        what = "a story was" if len(gone) == 1 else f"{len(gone)} stories were"
        raise GeneratorError(
            f"{shown(post)}: {what} taken back from this {was} post ({days}); written as {form} the notice of"
            f" that would be lost. {instead}",
            kind="usage",
        )


def was_deleted(config: Config, edition: str) -> bool:
    """Whether this edition was written on this machine and a person has since removed it."""
    return _marker(config, edition).is_file() and not (folder_of(config, edition) / "index.md").exists()


def write_issue(config: Config, edition: Edition, form: str, *, dry_run: bool = False) -> Written:
    """Write the edition into its folder: the post merged with what stands there, and the record.

    A dry run only tells what would come of it.
    """
    folder = folder_of(config, edition.id)
    post, kept_record = folder / "index.md", folder / "edition.json"
    before = read_record(folder)
    edition = carried(before.edition if before else None, edition, taken_back(config))
    shape, labels = form_named(form, config), labels_for(config.site.language)
    current = read_bounded(post, MAX_BYTES).decode("utf-8", errors="replace") if is_file(post) else None
    base = before.text_as_written if before else ""
    notes: list[str] = []
    if before and base and current is not None and (gone := summary.deleted(base, current)):
        # only lines that were written last time leave the file: one that a person put back since stays
        lines = lines_about(before.edition, gone)
        edition = without_lines(edition, lines | lines_about(edition, gone))
        base, text = summary.without_lines(base, lines), summary.without_lines(current, lines)
        if text != current:
            notes.append(f"{shown(post)}: its summary lost the lines of stories that you deleted")
        current = text
    written = shape.write(edition, labels)
    text = written.text
    kept: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    lost, by_hand = Changes(), frozenset[str]()
    if current is not None:
        if not base:
            notes.append(f"{shown(post)}: no record of what was written there; the text is left as it is")
            base = written.text
        taken = before.edition.retractions if before else ()
        merged = merge.merge(
            base,
            current,
            written.text,
            numbered=shape.NUMBERED,
            notices=[notice(one.why, one.date, labels) for one in taken],
        )
        text, kept, added = merged.text, merged.kept, merged.added
        by_hand = _taken_out(edition, written.text, text)
        if before:
            lost = _lost(before.edition, edition, current, text)
    changed = False
    if not dry_run:
        # the post first: a record without its post would look like a post that a person deleted
        changed = write_if_changed(post, text.encode())
        changed |= write_if_changed(kept_record, record.dumps(edition, written.text).encode())
        if form == "report":
            write_if_changed(folder / "report.json", write_twin(as_read(text, edition), labels).encode())
        elif base and editions.detect(base) == "report":
            (folder / "report.json").unlink(missing_ok=True)  # of a report that this post is no longer
        write_atomic(_marker(config, edition.id), b"")
    stands = edition
    if text != written.text and form in editions.FORMATS:
        stands = editions.FORMATS[form].parse(text).edition
    return Written(
        folder,
        text,
        stands,
        changed,
        kept,
        added,
        written.dropped,
        tuple(notes),
        lost.gone,
        lost.shortened,
        by_hand,
    )


def standing(config: Config, edition: str) -> Standing:
    """Return what an edition held when it was last written; nothing when it never was. Raises `ContentError`."""
    folder = folder_of(config, edition)
    post, kept = folder / "index.md", read_record(folder)
    if kept is None or not is_file(post):
        return NOTHING
    current = read_bounded(post, MAX_BYTES).decode("utf-8", errors="replace")
    gone = _taken_out(kept.edition, kept.text_as_written, current)
    full: set[str] = set()
    brief: set[str] = set()
    out: set[str] = set()
    for section in kept.edition.sections:
        for article in section.articles:
            leads = {source.id for source in article.sources[:1]}
            (brief if section.kind is SectionKind.MORE else full).update(leads)
            out |= leads if article.id in gone else set()
    return Standing(frozenset(full), frozenset(brief), frozenset(out))


def _taken_out(edition: Edition, written: str, current: str) -> frozenset[str]:
    """Return the ids of the stories that a person took out of a post; none when it cannot be read: the build says why."""
    try:
        return deleted(edition, written, current)
    except ContentError:
        return frozenset()


def _lost(was: Edition, now: Edition, before: str, after: str) -> Changes:
    """Return what this run took from a post; nothing when it cannot be read: the build says why."""
    try:
        return changes(was, now, before, after)
    except ContentError:
        return Changes()


def taken_back(config: Config) -> Iterator[Retraction]:
    """Yield the retractions of the last editions: what was taken back in one is printed in none."""
    for name in _names(config)[: -REMEMBERED - 1 : -1]:
        folder = folder_of(config, name)
        path = folder / "edition.json"
        if path.is_file() and b'"retractions"' in read_bounded(path, MAX_BYTES):
            kept = read_record(folder)
            yield from kept.edition.retractions if kept else ()


def _marker(config: Config, edition: str) -> Path:
    return config.state / "written" / edition
