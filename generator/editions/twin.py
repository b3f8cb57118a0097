"""The public twin of an edition: what its page says, as JSON. Texts of sources and evidence stay in the record."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

from generator.editions.plainjson import to_plain
from generator.news import Edition

VERSION = 1


def twin(edition: Edition) -> dict[str, Any]:
    """Return what may be published of `edition`: no source text, no quotation, no candidate."""
    sections = tuple(
        dataclasses.replace(
            section,
            articles=tuple(
                dataclasses.replace(
                    article,
                    claims=(),
                    sources=tuple(
                        dataclasses.replace(source, text="", digest="") for source in article.sources
                    ),
                )
                for article in section.articles
            ),
        )
        for section in edition.sections
    )
    shown = dataclasses.replace(edition, sections=sections, candidates=(), extras=MappingProxyType({}))
    return {"version": VERSION, **to_plain(shown)}
