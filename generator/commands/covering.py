"""The cover of an edition: drawn at publish into its folder, unless a person put another there."""

from __future__ import annotations

import dataclasses

from generator.commands import issues
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import write_if_changed
from generator.labels import labels_for
from generator.news import Edition


def with_cover(config: Config, edition: Edition) -> tuple[Edition, tuple[str, ...]]:
    """Return `edition` with its cover, drawn anew where ours stands, and notes; without one it goes on."""
    if not config.edition.cover:
        return edition, ()
    # pillow and the cover's font: loaded by who draws
    from generator.site import covers

    labels = labels_for(config.site.language)
    path = issues.folder_of(config, edition.id) / "cover.png"
    before = issues.read_record(path.parent)
    try:
        drawn = covers.draw(edition.title, edition.date, config.site.title, labels)
        ours = drawn
        if path.is_file() and before and before.edition.title != edition.title:
            ours = covers.draw(before.edition.title, before.edition.date, config.site.title, labels)
        if not path.is_file() or path.read_bytes() == ours:
            write_if_changed(path, drawn)
    except (GeneratorError, OSError, ImportError) as error:
        return edition, (f"no cover: {error}",)
    when = labels.date_format.format(year=edition.date.year, month=edition.date.month, day=edition.date.day)
    alt = labels.cover_alt.format(paper=config.site.title, date=when, title=edition.title)
    return dataclasses.replace(edition, cover="cover.png", cover_alt=alt), ()
