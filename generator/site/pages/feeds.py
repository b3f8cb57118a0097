"""Feeds: the newest posts in full, a tag's with excerpts, and stories by region and importance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.site.pages.kind import Ident
from generator.site.pages.metadata import summarised
from generator.site.pages.posts import dressed
from generator.site.press import FORMATS, Change, Press
from generator.site.rows import Row
from generator.site.syndication import WRITERS, Entry, Feed, absolute_links

STORY_FEEDS = ("domestic", "international", "high")
"""Feeds of single stories; `feeds/high/feed.xml` has those of high importance."""


class Feeds:
    """The newest posts, in full: `feed.xml`, `atom.xml`, `feed.json`."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for name in press.config.build.formats:
            yield (name,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        return self.everything(press)

    def path(self, press: Press, ident: Ident) -> str:
        return FORMATS[str(ident[0])][0]

    def key(self, press: Press, ident: Ident) -> bytes | None:
        if ident[0] not in press.config.build.formats:
            return None
        rows = press.index.newest(press.config.build.feed_posts)
        story = press.templates.fingerprint("story.html") if press.templates.has("story.html") else b""
        return press.key("", b"".join(row.own for row in rows), story)

    def draw(self, press: Press, ident: Ident) -> bytes:
        rows = press.index.newest(press.config.build.feed_posts)
        entries = tuple(post_entry(press, row, full=True) for row in rows)
        return _write(press, str(ident[0]), "", press.site.title, entries)


class TagFeeds:
    """The newest posts of each tag, with excerpts."""

    def everything(self, press: Press) -> Iterator[Ident]:
        if press.theme.pages.tag_feeds:
            for tag in press.index.tags():
                for name in press.config.build.formats:
                    yield (tag.slug, name)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        if not press.theme.pages.tag_feeds:
            return
        for slug in {
            slug
            for change in changes
            if change.old is None or change.new is None or change.old.own != change.new.own
            for row in change.rows
            for slug, _ in row.tags
        }:
            for name in press.config.build.formats:
                yield (slug, name)

    def path(self, press: Press, ident: Ident) -> str:
        return f"tags/{ident[0]}/{FORMATS[str(ident[1])][0]}"

    def _rows(self, press: Press, slug: str) -> Sequence[Row]:
        return press.index.before(slug, (1 << 60, ""), press.config.build.feed_posts)

    def key(self, press: Press, ident: Ident) -> bytes | None:
        slug, name = str(ident[0]), str(ident[1])
        tag = press.index.tag(slug)
        if tag is None or name not in press.config.build.formats:
            return None
        return press.key("", b"".join(row.own for row in self._rows(press, slug)), tag.name.encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        slug = str(ident[0])
        tag = press.index.tag(slug)
        assert tag is not None
        entries = tuple(post_entry(press, row, full=False) for row in self._rows(press, slug))
        title = f"{press.site.title} · {tag.name}"
        return _write(press, str(ident[1]), f"tags/{slug}/", title, entries)


class StoryFeeds:
    """Single stories of the newest editions: domestic, international, of high importance."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for what in STORY_FEEDS:
            for name in press.config.build.formats:
                yield (what, name)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        return self.everything(press)

    def path(self, press: Press, ident: Ident) -> str:
        return f"feeds/{ident[0]}/{FORMATS[str(ident[1])][0]}"

    def _rows(self, press: Press, what: str) -> list[Row]:
        newest = press.index.newest(press.config.build.feed_posts)
        return [row for row in newest if f'"{what}":' in row.blob and row.fields().get(what)]

    def key(self, press: Press, ident: Ident) -> bytes | None:
        rows = self._rows(press, str(ident[0]))
        if not rows or ident[1] not in press.config.build.formats:
            return None
        return press.key("", b"".join(row.own for row in rows))

    def draw(self, press: Press, ident: Ident) -> bytes:
        what = str(ident[0])
        entries: list[Entry] = []
        for row in self._rows(press, what):
            entries += _stories(press, row, what)
        title = f"{press.site.title} · {getattr(press.labels, what)}"
        limit = press.config.build.feed_posts * 3
        return _write(press, str(ident[1]), f"feeds/{what}/", title, tuple(entries[:limit]))


def post_entry(press: Press, row: Row, *, full: bool) -> Entry:
    """A post as an entry of a feed; made once, though it stands in the feeds of all its tags."""
    known = press.feed_entries.get((row.own, full))
    if known is None:
        known = press.feed_entries[row.own, full] = _post_entry(press, row, full=full)
    return known


def _post_entry(press: Press, row: Row, *, full: bool) -> Entry:
    fields = row.fields()
    url = press.addresses.absolute(row.url)
    published = press.views.date(fields["date"])
    summary = summarised(fields["description"], fields["summary"], 300)
    # an excerpt needs the body only where the post says nothing of itself
    body = press.body(row) if full or not summary else None
    return Entry(
        url=url,
        title=row.title,
        published=published,
        updated=press.views.date(fields["updated"]) if fields["updated"] else published,
        summary=summary or (body.text[:200].replace("\n", " ") if body else ""),
        content=absolute_links(dressed(press, row, body), url) if full and body else "",
        author=fields["author"] or press.site.author,
        tags=tuple(tag.name for tag in press.views.tags(row, fields)),
        image=press.views.full(press.views.place(row, fields["cover"], fields)),
    )


def _stories(press: Press, row: Row, what: str) -> list[Entry]:
    body = press.body(row)
    published = press.views.date(row.fields()["date"])
    return [
        Entry(
            url=f"{press.addresses.absolute(row.url)}#{story.anchor}",
            title=story.headline,
            published=published,
            updated=published,
            summary=story.text[:300].replace("\n", " "),
            tags=story.note.tags,
            external=story.url,
        )
        for story in body.stories
        if story.note and what in (story.note.region, story.note.importance)
    ]


def _write(press: Press, name: str, folder: str, title: str, entries: tuple[Entry, ...]) -> bytes:
    file, media_type = FORMATS[name]
    # the newest moment of its entries, never the clock: the same posts give the same bytes
    updated = max(
        (entry.updated for entry in entries), default=dt.datetime(1970, 1, 1, tzinfo=press.config.site.zone)
    )
    home = folder if folder.startswith("tags/") else ""
    feed = Feed(
        title=title,
        url=press.addresses.absolute(folder + file),
        home=press.addresses.absolute(home),
        description=press.site.description or title,
        language=press.site.language,
        author=press.site.author or press.site.title,
        updated=updated,
        media_type=media_type,
        entries=entries,
    )
    return WRITERS[name](feed).encode()
