"""Repositories in the news: a bare name tells nobody anything, what its page says it is does."""

from __future__ import annotations

import re

from generator.news import Item
from generator.newsroom.boilerplate import body_of
from generator.newsroom.headline import headline, printed
from generator.text.clean import one_line
from generator.text.language import language_of
from generator.text.sentences import sentences

FEWEST, MOST = 12, 60  # characters of what a repository is that tell it and fit into a headline
_OWNED = re.compile(r"[\w.-]+ ?/ ?[\w.-]+")


def bare_name(title: str) -> bool:
    """Whether a headline is the bare name of a repository: one word, or its owner and its name."""
    return title.isascii() and (" " not in title or bool(_OWNED.fullmatch(title)))


def described(item: Item) -> str:
    """Return what the page of a bare name says it is, in a line; "" when it does not, or is no such page."""
    if not bare_name(headline(item.title)):
        return ""
    said = one_line(next(iter(sentences(body_of(item.summary))), "")).rstrip("。.")
    return said if FEWEST <= len(said) <= MOST else ""


def headline_of(item: Item) -> str:
    """Return an item's headline as it is printed; a bare name takes what its page says it is along."""
    title, said = printed(item.title), described(item)
    if not said:
        return title
    return f"{title}：{said}" if language_of(said) in ("zh", "ja") else f"{title}: {said}"
