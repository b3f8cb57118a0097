"""A post as the index and the cache hold it: flat, small, with the digests pages are keyed by."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.site.urls import section_of, tag_slug
from generator.text.slug import slugify

if TYPE_CHECKING:  # whoever only reads rows needs no posts
    from generator.site.model import Body, Post

CATEGORY, SECTION = "/", "//"
"""What the slugs of these terms begin with."""

NEVER = 1 << 60
"""The second at which a post without an end expires."""


class Row(NamedTuple):
    """One post or page. Seconds are since 1970, UTC."""

    source: str
    kind: str  # post, page
    at: int  # its date: with `url`, its place in the order of all posts
    url: str
    title: str
    year: int
    month: int
    day: int
    begins: int
    expires: int
    draft: bool
    shown: bytes  # digest of what lists show of it
    own: bytes  # digest of everything its own page shows
    body: bytes  # key of its body
    terms: tuple[
        tuple[str, str], ...
    ]  # slug, name of its tags, those of its stories, its category and section
    stories: int
    blob: str  # everything else as JSON

    @property
    def order(self) -> tuple[int, str]:
        return self.at, self.url

    @property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """Slug and name of its own tags, then of those of its stories."""
        end = len(self.terms)
        while end and self.terms[end - 1][0][0] == "/":
            end -= 1
        return self.terms[:end]

    @property
    def recorded(self) -> bool:
        """Whether its edition's record lies beside it. A `mode` of its front matter alone says nothing."""
        return '"mode":' in self.blob.partition('"extra":')[0]

    def visible(self, now: int, *, drafts: bool, future: bool) -> bool:
        return (drafts or not self.draft) and now < self.expires and (future or self.begins <= now)

    def fields(self) -> dict[str, Any]:
        """The post's fields and its body's counts, as `make_row` stored them."""
        fields: dict[str, Any] = json.loads(self.blob)
        return fields


@dataclass(frozen=True, slots=True)
class Change:
    """A post before and after; None where it was not or is no longer published."""

    old: Row | None
    new: Row | None

    @property
    def rows(self) -> list[Row]:
        return [row for row in (self.old, self.new) if row is not None]

    @property
    def listed(self) -> bool:
        """Whether a list that holds the post has to change."""
        return self.old is None or self.new is None or self.old.shown != self.new.shown

    @property
    def placed(self) -> bool:
        """Whether its place, address, title or tags changed: what its neighbours show."""
        old, new = self.old, self.new
        return (
            old is None
            or new is None
            or (old.order, old.title, old.terms) != (new.order, new.title, new.terms)
        )


def digest(*parts: bytes) -> bytes:
    """Return 16 bytes that stand for `parts` and their borders."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as JSON in one line; the encoder is made once."""


def make_row(
    post: Post,
    body: Body,
    body_key: bytes,
    record: bytes,
    counts: Mapping[str, Any],
    publishers: Sequence[str] = (),
) -> Row:
    """Flatten a post. `record` is a digest of what else its page is made of, `publishers` who told its stories."""
    own = _tags(post.tags)
    terms = (*_tags((*post.tags, *counts.get("tagged", ()))), *_places(post))
    listed: dict[str, Any] = {
        "title": post.title,
        "date": post.date.isoformat(),
        "summary": post.summary,
        "category": post.category,
        "cover": post.cover,
        "cover_alt": post.cover_alt,
        "draft": post.draft,
        "minutes": body.minutes,
        "own_tags": len(own),
        **counts,
    }
    rest: dict[str, Any] = {
        "updated": post.updated and post.updated.isoformat(),
        "description": post.description,
        "author": post.author,
        "keywords": post.keywords,
        "aliases": post.aliases,
        "menu": post.menu,
        "weight": post.weight,
        "template": post.template,
        "slug": post.slug,
        "search": post.search,
        "maths": body.maths,
        # for trends, which look at three months of posts without their bodies
        "publishers": "\n".join(publishers),
        "score": int(body.made.score[0]) if body.made and body.made.score else None,
        "extra": dict(post.extra),
    }
    listed_text = dumps(listed)
    shown = digest(dumps([post.url, terms]).encode(), listed_text.encode())
    blob = f"{listed_text[:-1]},{dumps(rest)[1:]}"
    return Row(
        source=post.source,
        kind=post.kind,
        at=int(post.date.timestamp()),
        url=post.url,
        title=post.title,
        year=post.date.year,
        month=post.date.month,
        day=post.date.day,
        begins=int(post.begins.timestamp()) if post.kind == "post" or post.appears else -NEVER,
        expires=int(post.expires.timestamp()) if post.expires else NEVER,
        draft=post.draft,
        shown=shown,
        own=digest(shown, blob.encode(), body_key, record),
        body=body_key,
        terms=terms,
        stories=int(counts.get("stories", 0)),
        blob=blob,
    )


def with_pictures(row: Row, pictures: Mapping[str, Any], shows: Sequence[str]) -> Row:
    """The row of a post that shows `pictures`, by their names; it changes when one of the files in `shows` does."""
    found = dumps(pictures)
    state = found.encode()
    # behind the other fields: what is looked for in the text of a blob stands before them
    blob = f'{row.blob[:-1]},"pictures":{found},"shows":{dumps(shows)}}}'
    return row._replace(blob=blob, shown=digest(row.shown, state), own=digest(row.own, state))


def _tags(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(tag_slug(name), name)
    return tuple(found.items())


def _places(post: Post) -> list[tuple[str, str]]:
    """A post's category and section as terms; no tag's slug holds a slash."""
    places = []
    if post.kind == "post" and post.category:
        places.append((CATEGORY + tag_slug(post.category), post.category))
    if post.kind == "post" and (section := section_of(post.source)):
        places.append((SECTION + slugify(section), section))
    return places


def moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
