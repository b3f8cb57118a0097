"""The public twin of an edition's record: what its page says, as JSON, without its sources' texts."""

from __future__ import annotations

import dataclasses
import json

from generator.editions import record, twin
from generator.site.model import Body


def public_twin(data: bytes, body: Body) -> bytes:
    """Return the twin of a record's bytes; stories the Markdown no longer holds are left out."""
    edition = record.loads(data.decode("utf-8")).edition
    kept = {story.note.id for story in body.stories if story.note}
    sections = tuple(
        dataclasses.replace(
            section, articles=tuple(article for article in section.articles if article.id in kept)
        )
        for section in edition.sections
    )
    value = twin(dataclasses.replace(edition, sections=sections, candidates=()))
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()
