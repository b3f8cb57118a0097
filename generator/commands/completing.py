"""What a file cannot say and what lies beside it can: a post's record, a report's JSON twin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from generator.commands.archive import target_of
from generator.commands.common import shown
from generator.commands.deletions import lines_about, without_lines
from generator.editions import FORMATS, bulletin, digest
from generator.editions.corrections import notice, notices_of
from generator.editions.known import Pairs, by_theme, completed, pairs
from generator.editions.losses import gained
from generator.editions.record import loads
from generator.editions.report.twin import parse_twin
from generator.editions.report.write import HOLDS as REPORT
from generator.editions.retract import without
from generator.editions.themed.write import HOLDS as THEMED
from generator.errors import ContentError, GeneratorError
from generator.files import read_bounded
from generator.labels import Labels
from generator.markup.escape import plain
from generator.markup.frontmatter import decode
from generator.news import Edition, SectionKind, Stats
from generator.text.clean import fold, shorten

MAX_BYTES = 20_000_000
RECORD = "edition.json"
_HOLDS = {
    "themed": frozenset(THEMED),
    "report": REPORT | {"lead", "counts"},
    "digest": frozenset(digest.HOLDS),
    "bulletin": frozenset(bulletin.HOLDS),
}
_OF_TWIN = frozenset(("headline", "score"))  # what a report's twin holds beside its text
_NAMED = 3  # stories that a message names
_LONG = 24  # characters of each


@dataclass(frozen=True, slots=True)
class Completed:
    """An edition with what lay beside its file, and in words what came from where."""

    edition: Edition
    notes: tuple[str, ...] = ()


def complete(
    said: Edition, post: Path, form: str, target: str, labels: Labels, *, as_twin: bool = False
) -> Completed:
    """Return what `post`, in format `form`, says, with what `target` holds of the record and the twin beside it.

    A file beside it that is damaged, of another edition or of other stories is named and not used.
    """
    holds = _HOLDS[form]
    if form == "report":
        holds -= {"text"}  # it is printed without its markup
    if said.summary:
        holds -= {"lead"}  # a post has room for one of the two
    wanted = _HOLDS[target] | (_OF_TWIN if as_twin else frozenset())
    whole, notes = said, list[str]()
    record = None
    for path in _beside(post, form):
        try:
            known = _read(path, said)
        except GeneratorError as error:
            notes.append(f"{error}; not used")
            continue
        if known.date != said.date:
            notes.append(f"{shown(path)}: is of {known.date}, the post of {said.date}; not used")
            continue
        paired = pairs(whole, known)
        if not paired.known:
            notes.append(f"{shown(path)}: knows none of the post's stories; not used")
            continue
        offered = _standing(known, whole, paired)
        if not as_twin:  # the text counts what was read, the twin by region too
            offered = replace(offered, stats=Stats(raw_total=known.stats.raw_total))
        if path.name.endswith(RECORD):
            record = known
            if whole.lead and "summary" in wanted - holds:
                whole, offered = _led(whole, offered, path, form)
            fuller = completed(whole, offered, paired, holds=holds, wanted=wanted)
        else:
            fuller = completed(whole, offered, paired, holds=holds | {"text"}, wanted=wanted)
        if found := gained(whole, fuller):
            notes.append(f"from {shown(path)}: {', '.join(found)}")
            notes += _left_alone(whole, paired, path)
        whole = fuller
    if record:
        whole = _arranged(whole, record, wanted - holds)
        if "prose of sections" not in holds:
            whole = _noticed(whole, record, labels)
    return Completed(whole, tuple(notes))


def _beside(post: Path, form: str) -> Iterator[Path]:
    """The record of a post and the twin of a report, as far as they are there."""
    twin = "report.json" if post.name == "index.md" else f"{re.sub(r'[_-]report$', '', post.stem)}.json"
    places = [target_of(post).record, *([post.with_name(twin)] if form == "report" else [])]
    yield from (path for path in places if path.is_file() and path != post)


def _read(path: Path, said: Edition) -> Edition:
    """Return what a record or a twin says. Raises `ContentError` when it is neither."""
    text = _text(path)
    if path.name.endswith(RECORD):
        return loads(text, shown(path)).edition
    return replace(parse_twin(text, shown(path)).edition, timezone=said.timezone)  # it names no zone


def _text(path: Path) -> str:
    return decode(read_bounded(path, MAX_BYTES), shown(path))


def _standing(known: Edition, said: Edition, paired: Pairs) -> Edition:
    """`known` without the words of its title and summary for stories that are gone or were edited.

    A lead counts the stories: it is that of exactly these or none.
    """
    left = paired.left(known)
    if not left and len(paired.known) == sum(1 for _ in said.articles):
        return known
    known = replace(known, lead="")
    lines = lines_about(known, {fold(article.headline) for article in left if article.headline})
    return replace(
        without(without_lines(known, lines), [article.id for article in left]), sections=known.sections
    )


def _led(said: Edition, offered: Edition, path: Path, form: str) -> tuple[Edition, Edition]:
    """Put the recorded summary in the place of a lead that was made for the format; one that a person wrote stays."""
    try:
        made = FORMATS[form].parse(loads(_text(path), shown(path)).text_as_written).edition.lead
    except ContentError:
        made = ""
    return (replace(said, lead=""), offered) if said.lead == made else (said, replace(offered, summary=()))


def _arranged(edition: Edition, record: Edition, lacking: frozenset[str]) -> Edition:
    """`edition` in the sections of its record, where its format has none."""
    if "names of sections" in lacking and any(
        section.kind is not SectionKind.REGION for section in record.sections
    ):
        edition = by_theme(edition, record, pairs(edition, record))
    return edition


def _noticed(edition: Edition, record: Edition, labels: Labels) -> Edition:
    """`edition` with the notices of what was taken back: the page of such a format tells them by the record."""
    said = notices_of(edition)
    notices = [notice(one.why, one.date, labels) for one in record.retractions]
    intro = "\n\n".join(
        part for part in (edition.extras.get("themed.intro"), *notices) if part and part not in said
    )
    return (
        replace(edition, extras=MappingProxyType({**edition.extras, "themed.intro": intro}))
        if intro
        else edition
    )


def _left_alone(edition: Edition, paired: Pairs, path: Path) -> Iterator[str]:
    """Say which stories keep the words of the file."""
    articles = list(edition.articles)
    edited = [articles[place] for place in paired.known if place not in paired.unchanged]
    unknown = [article for place, article in enumerate(articles) if place not in paired.known]
    for what, which in (("edited since", edited), ("not in it", unknown)):
        if which:
            names = "; ".join(shorten(plain(one.headline or one.text), _LONG) for one in which[:_NAMED])
            more = f" and {len(which) - _NAMED} more" if len(which) > _NAMED else ""
            yield f"{shown(path)}: {what}, so as the post has them: {names}{more}"
