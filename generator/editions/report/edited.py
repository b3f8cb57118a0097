"""A report as a person left it, with what its text cannot hold."""

from __future__ import annotations

from dataclasses import replace

from generator.editions.report.parse import parse
from generator.news import Article, Edition


def as_read(text: str, known: Edition) -> Edition:
    """Return what a report's text says, an editor's words included, with what only its record knows."""
    said = parse(text).edition
    by_url = {article.url: article for article in known.articles if article.url}

    def joined(article: Article) -> Article:
        twin = by_url.get(article.url)
        if twin is None:
            return article
        return replace(article, headline=twin.headline, sources=twin.sources, score=twin.score)

    sections = tuple(
        replace(section, articles=tuple(map(joined, section.articles))) for section in said.sections
    )
    return replace(said, stats=known.stats, timezone=known.timezone, sections=sections)
