"""What became of an edition's stories in its post: what a person took out, what a rerun took out or cut to a line."""

from __future__ import annotations

from dataclasses import dataclass

from generator.editions.merge.align import alike, same
from generator.editions.merge.pieces import Piece, pieces
from generator.markup.escape import plain
from generator.markup.frontmatter import split
from generator.news import Article, Edition
from generator.text.addresses import canonical_url
from generator.text.clean import fold

FIRST_WORDS = 24  # characters by which a format without headlines tells a story


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing an edition anew took from its post, as it was told there."""

    gone: tuple[Article, ...] = ()
    shortened: tuple[Article, ...] = ()  # had a heading of their own, and are a line now


def missing(was: str, here: str) -> list[Piece]:
    """Return the stories of the post `was` that `here` does not have. Raises `ContentError` where one cannot be read."""
    before, after = _stories(was), _stories(here)
    kept = same(before, after, range(len(before)), range(len(after)))
    kept |= alike(
        before, after, set(range(len(before))) - set(kept), set(range(len(after))) - set(kept.values())
    )
    names = {fold(piece.name) for piece in after}
    return [
        piece for number, piece in enumerate(before) if number not in kept and fold(piece.name) not in names
    ]


def deleted(edition: Edition, written: str, current: str) -> frozenset[str]:
    """Return the ids of the articles of `edition`, which `written` tells, that a person took out of `current`.

    In a format without headlines or addresses one deleted cannot be told from one rewritten: there it is none.
    """
    articles = (_article_of(piece, edition) for piece in missing(written, current))
    return frozenset(article.id for article in articles if article)


def changes(was: Edition, now: Edition, before: str, after: str) -> Changes:
    """Return what left a post, and what is only a line in it now.

    `before` and `after` are the post's text, a person's words and all; `was` and `now` the editions that were
    written. What a person keeps in the post is not gone, and a story retold under another headline is not either.
    """
    told = {article.id for article in now.articles}
    left = [article for article in was.articles if article.id not in told]
    here = [(piece, article) for piece in _stories(before) if (article := _article_of(piece, was))]
    if not here:
        lost = (article for article in left if _stands(article, before) and not _stands(article, after))
        return Changes(tuple(lost))
    there = _stories(after)
    exact = {piece.keys[0] for piece in there if piece.keys}
    by_key = {key: piece for piece in reversed(there) for key in reversed(piece.keys)}
    gone: list[Article] = []
    shortened: list[Article] = []
    for piece, article in here:
        twin = next((by_key[key] for key in piece.keys if key in by_key), None)
        if article in left and not exact.intersection(piece.keys[:1]):
            gone.append(article)
        elif twin and twin.listed and not piece.listed:
            shortened.append(article)
    return Changes(tuple(gone), tuple(shortened))


def _article_of(piece: Piece, edition: Edition) -> Article | None:
    """Return the article that a story of a post is: by address and headline, else by either."""
    named = [one for one in edition.articles if fold(one.headline) == fold(piece.name)]
    linked = [one for one in edition.articles if piece.url and canonical_url(one.url) == piece.url]
    both = [one for one in named if one in linked]
    return next(iter((*both, *named, *linked)), None)


def _stands(article: Article, text: str) -> bool:
    """Whether a post whose stories are plain paragraphs tells an article, by its headline or its first words."""
    said = plain(text)
    words = plain(article.text)[:FIRST_WORDS]
    return article.headline in said or bool(words and words in said)


def _stories(text: str) -> list[Piece]:
    return [piece for piece in pieces(split(text).body)[0] if piece.kind == "story"]
