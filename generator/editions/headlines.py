"""A headline for a story of a format that has none: its own first words, never new ones."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.markup.escape import plain
from generator.news import Article, Edition, SectionKind
from generator.text.clean import one_line, shorten

LONG = 44  # characters a headline may have
_SENTENCE = re.compile(r"[^。！？!?；;]+")
_CLAUSES = re.compile(r"[^，,：:]+[，,：:]?")


def with_headlines(edition: Edition) -> tuple[Edition, tuple[str, ...]]:
    """Return `edition` with a headline for every story that has a text of its own; and in words, what was made."""
    count = 0

    def named(article: Article) -> Article:
        nonlocal count
        if article.headline or not (article.text or article.url):
            return article
        count += 1
        return replace(article, headline=headline_from(article))

    sections = tuple(
        section
        if section.kind is SectionKind.MORE  # its lines need none
        else replace(section, articles=tuple(map(named, section.articles)))
        for section in edition.sections
    )
    if not count:
        return edition, ()
    stories = "1 story" if count == 1 else f"{count} stories"
    return replace(edition, sections=sections), (f"headline of {stories}, from the first words",)


def headline_from(article: Article) -> str:
    """Return the story's first sentence, as far as whole clauses of it fit a headline; its address without a text."""
    text = one_line(plain(article.text))
    match = _SENTENCE.match(text)
    if match is None:
        return article.publisher or article.url
    found = ""
    for clause in _CLAUSES.findall(match[0]):
        if found and len(found) + len(clause) > LONG:
            break
        found += clause
    return shorten(found.rstrip("，,：: "), LONG)
