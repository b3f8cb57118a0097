"""Editions ↔ text: the four formats, the record kept beside a post, and the merge with a person's edits.

A headline, a name, a reason or a tag in an `Edition` is plain text; `Article.text`, insights,
impact, points, background and groups are inline Markdown (`generator.markup.escape.escape`
makes it from plain text). Adding a format: one module with `parse`, `write` and `matches`,
and one row here.
"""

from __future__ import annotations

from generator.editions import bulletin, digest, report, themed
from generator.editions.form import Format, Parsed, Written
from generator.editions.twin import twin

FORMATS: dict[str, Format] = {
    "report": report,
    "bulletin": bulletin,
    "digest": digest,
    "themed": themed,  # last: it takes nearly any Markdown for its own
}

__all__ = ["FORMATS", "Format", "Parsed", "Written", "detect", "twin"]


def detect(text: str) -> str | None:
    """Name the format `text` is in; None when it is none of ours."""
    return next((name for name, form in FORMATS.items() if form.matches(text)), None)
