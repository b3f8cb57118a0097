"""The cover of an edition: drawn at publish into its folder, unless a person put another there."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from generator.commands import issues
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import write_if_changed
from generator.labels import labels_for
from generator.news import Edition

NAME = "cover.png"


def with_cover(config: Config, edition: Edition, *, dry_run: bool = False) -> tuple[Edition, tuple[str, ...]]:
    """Return `edition` with its cover, drawn anew where ours stands unless it is a dry run, and notes; without one it goes on."""
    if not config.edition.cover:
        return edition, ()
    path = issues.folder_of(config, edition.id) / NAME
    try:
        drawn = None if dry_run or is_a_persons(path) else _drawn(config, edition.title, edition.date)
        if drawn is not None:
            write_if_changed(path, drawn)
        from generator.site import covers

        alt = covers.alternative(
            edition.title, edition.date, config.site.title, labels_for(config.site.language)
        )
    except (GeneratorError, OSError, ImportError) as error:
        return edition, (f"no cover: {error}",)
    return dataclasses.replace(edition, cover=NAME, cover_alt=alt), ()


def without_headline(config: Config, path: Path, title: str, date: dt.date) -> tuple[bytes | None, str]:
    """Return the cover at `path` with `title`, for one that shows a headline taken back; or what to say of the one there."""
    try:
        if not path.is_file():
            return None, ""
        if is_a_persons(path):
            return (
                None,
                f"its cover, {path.name}, is a person's picture and stays; it may still show the headline",
            )
        return _drawn(config, title, date), ""
    except (GeneratorError, OSError, ImportError) as error:
        return None, f"its cover, {path.name}, still shows the headline; it could not be drawn anew: {error}"


def is_a_persons(path: Path) -> bool:
    """Whether a person put the picture at `path` there, or touched ours."""
    from generator.site import covers

    return path.is_file() and not covers.is_ours(path.read_bytes())


def _drawn(config: Config, title: str, date: dt.date) -> bytes:
    # pillow and the cover's font: loaded by who draws
    from generator.site import covers
    from generator.site.theme import load_theme

    theme, labels = load_theme(config), labels_for(config.site.language)
    return covers.draw(title, date, config.site.title, labels, look=theme.look, font_folders=theme.fonts)
