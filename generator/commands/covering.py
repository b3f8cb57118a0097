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
    from generator.site.theme import load_theme

    labels = labels_for(config.site.language)
    title, paper = edition.title, config.site.title
    path = issues.folder_of(config, edition.id) / "cover.png"
    try:
        if not path.is_file() or covers.is_ours(path.read_bytes()):
            theme = load_theme(config)
            drawn = covers.draw(title, edition.date, paper, labels, look=theme.look, font_folders=theme.fonts)
            write_if_changed(path, drawn)
    except (GeneratorError, OSError, ImportError) as error:
        return edition, (f"no cover: {error}",)
    alt = covers.alternative(title, edition.date, paper, labels)
    return dataclasses.replace(edition, cover="cover.png", cover_alt=alt), ()
