"""An edition as its editor left it: what the Markdown says of a story wins over the record."""

from __future__ import annotations

import dataclasses

from generator.news import Article, Edition

NOTICE_WITHIN = 12  # lines from the body's start in which the notice of how it was made can stand


def as_edited(edition: Edition, text: str, path: str) -> Edition:
    """Return the record's edition with region, importance, tags and reason as its Markdown states them."""
    from generator import editions

    form = editions.detect(text)
    if form is None:
        return edition
    stated = editions.FORMATS[form].parse(text, path).edition
    by_url = {article.url: article for article in stated.articles if article.url}
    by_headline = {article.headline: article for article in stated.articles}
    sections = tuple(
        dataclasses.replace(
            section,
            articles=tuple(
                _merged(article, by_url.get(article.url) or by_headline.get(article.headline))
                for article in section.articles
            ),
        )
        for section in edition.sections
    )
    corrections = tuple(dict.fromkeys((*edition.corrections, *stated.corrections)))
    return dataclasses.replace(edition, sections=sections, corrections=corrections)


def _merged(kept: Article, stated: Article | None) -> Article:
    if stated is None:
        return kept
    return dataclasses.replace(
        kept,
        region=stated.region or kept.region,
        importance=stated.importance or kept.importance,
        tags=stated.tags or kept.tags,
        reason=stated.reason or kept.reason,
    )


def without_notice(body: str) -> str:
    """Take out the quoted line that says how the edition was made: its page says so in its own place.

    The lines stay as blank ones, so that places in the file stay right.
    """
    from generator.editions.modes import read_mode

    lines = body.split("\n")
    for number, line in enumerate(lines[:NOTICE_WITHIN]):
        if line.startswith("> ") and read_mode(line[2:]):
            while number < len(lines) and lines[number].startswith(">"):
                lines[number] = ""
                number += 1
            return "\n".join(lines)
    return body
