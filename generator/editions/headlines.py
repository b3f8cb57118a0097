"""A headline for a story of a format that has none: its own first words, never new ones."""

from __future__ import annotations

import re

from generator.markup.escape import plain
from generator.news import Article
from generator.text.clean import one_line, shorten

LONG = 44  # characters a headline may have
_SENTENCE = re.compile(r"[^。！？!?；;]+")
_CLAUSES = re.compile(r"[^，,：:]+[，,：:]?")


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
