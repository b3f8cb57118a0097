"""The page of each post and of each file in content/pages; with it the Markdown copy and the JSON twin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from generator.site.context import LinkView, PageView, SourceView, StoryView
from generator.site.model import Body, Story
from generator.site.pages import metadata
from generator.site.pages.kind import Ident
from generator.site.picture_html import hung
from generator.site.pictures import pictures_of
from generator.site.press import Change, Press
from generator.site.rows import Row
from generator.site.urls import file_of
from generator.text.addresses import host_of
from generator.text.language import language_of

WINDOW = 8
"""Posts of each tag, just older, among which related ones are looked for. Bounded and backward, so
that a new post changes no old page."""


def related(press: Press, row: Row) -> list[Row]:
    """Older posts that share the most tags, the newer first among equals."""
    wanted = press.config.build.related
    if not wanted or row.kind != "post":
        return []
    shared: Counter[str] = Counter()
    rows: dict[str, Row] = {}
    for slug, _ in row.tags:
        for other in press.index.before(slug, row.order, WINDOW):
            shared[other.source] += 1
            rows[other.source] = other
    best = sorted(rows.values(), key=lambda other: (shared[other.source], *other.order), reverse=True)
    return best[:wanted]


class PostPages:
    """One HTML page a post or page."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for row in press.index.posts():
            yield (row.source,)
        for row in press.index.pages():
            yield (row.source,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        for change in changes:
            for row in change.rows:
                yield (row.source,)
                if row.kind != "post" or not change.placed:
                    continue
                for other in press.index.neighbours(row):
                    if other is not None:
                        yield (other.source,)
                for slug, _ in row.tags:
                    for other in press.index.after(slug, row.order, WINDOW):
                        yield (other.source,)

    def path(self, press: Press, ident: Ident) -> str:
        row = press.index.post(str(ident[0]))
        return (
            file_of(row.url) if row and row.kind != "section" else ""
        )  # a section has a page of its own kind

    def key(self, press: Press, ident: Ident) -> bytes | None:
        row = press.index.post(str(ident[0]))
        if row is None:
            return None
        older, newer = press.index.neighbours(row) if row.kind == "post" else (None, None)
        links = "\n".join(
            f"{other.url}\t{other.title}" if other else "" for other in (older, newer, *related(press, row))
        )
        story = press.templates.fingerprint("story.html") if press.templates.has("story.html") else b""
        return press.key(self._template(press, row, row.own), row.own, links.encode(), story)

    def draw(self, press: Press, ident: Ident) -> bytes:
        row = press.index.post(str(ident[0]))
        assert row is not None
        body = press.body(row)
        older, newer = press.index.neighbours(row) if row.kind == "post" else (None, None)
        fields = row.fields()
        post = press.views.post(row, body, dressed(press, row, body), related(press, row), fields=fields)
        page = PageView(
            kind=row.kind,
            title=post.title,
            url=post.url,
            absolute=post.absolute,
            description=metadata.description(post),
            image=press.views.full(post.cover),
            image_alt=post.cover_alt,
            image_width=post.cover_width,
            image_height=post.cover_height,
            published=post.date if row.kind == "post" else None,
            updated=post.updated,
            keywords=tuple(fields["keywords"]),
            author=post.author,
            previous=press.views.link(older),
            next=press.views.link(newer),
            crumbs=_crumbs(press, row),
            json_ld=metadata.article(press, row, post),
            noindex=row.draft,
        )
        return press.draw(self._template(press, row, row.own), page, post=post)

    def _template(self, press: Press, row: Row, _own: bytes) -> str:
        chosen = row.fields()["template"] if '"template":""' not in row.blob else ""
        if row.kind == "page":
            return press.theme.first(f"{chosen}.html", "page.html", "post.html")
        edition = "edition.html" if row.recorded else "post.html"
        return press.theme.first(f"{chosen}.html", edition, "post.html")


def dressed(press: Press, row: Row, body: Body) -> str:
    """The body's HTML with each story's notes at its end, its rank on its element, and its pictures."""
    return hung(_with_notes(press, body), pictures_of(row), press.addresses.href)


def _with_notes(press: Press, body: Body) -> str:
    """Of a story that no record knows, the host it links to is its source."""
    if not body.stories or not press.templates.has("story.html"):
        return body.html
    parts: list[str] = []
    done = 0
    for story in body.stories:
        if story.note is None:
            if host := host_of(story.url):
                parts += [body.html[done : story.end], _source(press, host)]
                done = story.end
            continue
        view = press.views.story(story, story.note)
        notes = press.templates.draw("story.html", site=press.site, story=view)
        marks = _marks(press, story, view, body.html)
        parts += [body.html[done : story.attributes], marks, body.html[story.attributes : story.end], notes]
        done = story.end
    return "".join([*parts, body.html[done:]])


def _marks(press: Press, story: Story, view: StoryView, html: str) -> str:
    """The attributes of a story's element that its record knows."""
    marks = f' data-importance="{view.importance}"' if view.importance else ""
    marks += f' data-region="{view.region}"' if view.region else ""
    own = press.site.language[:2]
    opening = html[html.rindex("<", 0, story.attributes) : story.attributes]
    # an editor may have translated what the record has in another language
    foreign = view.language[:2] not in ("", own) and " lang=" not in opening
    if foreign and language_of(f"{story.headline} {story.text}") != own:
        marks += f' lang="{escape(view.language)}"'
    return marks


def _source(press: Press, host: str) -> str:
    """`story.html` where only the host is known; drawn once for each, as an archive has few."""
    drawn = press.hosts.get(host)
    if drawn is None:
        view = StoryView(id="", anchor="", headline="", url="", source=SourceView(host, ""))
        drawn = press.hosts[host] = press.templates.draw("story.html", site=press.site, story=view)
    return drawn


def _crumbs(press: Press, row: Row) -> tuple[LinkView, ...]:
    views, labels = press.views, press.labels
    home = LinkView(views.addresses.href(""), labels.home)
    if row.kind != "post" or not press.theme.has("month.html"):
        return (home,)
    year, month = f"{row.year:04}/", f"{row.year:04}/{row.month:02}/"
    return (
        home,
        LinkView(views.addresses.href(year), labels.year_format.format(year=row.year)),
        LinkView(views.addresses.href(month), labels.month_format.format(year=row.year, month=row.month)),
    )


class _BesidePosts:
    """A file beside the page of a post, made of that post alone."""

    def everything(self, press: Press) -> Iterable[Ident]:
        return ((row.source,) for row in press.index.posts() if self._has(press, row))

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterable[Ident]:
        return {(row.source,) for change in changes for row in change.rows}

    def _has(self, press: Press, row: Row) -> bool:
        raise NotImplementedError

    def _row(self, press: Press, ident: Ident) -> Row | None:
        row = press.index.post(str(ident[0]))
        return row if row and row.kind == "post" and row.url.endswith("/") and self._has(press, row) else None

    def key(self, press: Press, ident: Ident) -> bytes | None:
        row = self._row(press, ident)
        return press.key("", row.own) if row else None


class MarkdownCopies(_BesidePosts):
    """`index.md` beside a post's page: its title, date, address and body as written."""

    def _has(self, press: Press, row: Row) -> bool:
        return press.config.build.markdown_copies and row.url.endswith("/")

    def path(self, press: Press, ident: Ident) -> str:
        row = press.index.post(str(ident[0]))
        return f"{row.url}index.md" if row else ""

    def draw(self, press: Press, ident: Ident) -> bytes:
        from generator.markup.frontmatter import decode, split

        row = press.index.post(str(ident[0]))
        assert row is not None
        body = split(decode(press.read(row.source), row.source), row.source).body.strip("\n")
        heading = f"# {row.title}\n"
        rest = (
            body.removeprefix(heading.strip("\n")).lstrip("\n") if body.startswith(heading.strip()) else body
        )
        date = row.fields()["date"][:10]
        return f"{heading}\n{date} · <{press.addresses.absolute(row.url)}>\n\n{rest}\n".encode()


class Twins(_BesidePosts):
    """`edition.json` beside an edition's page: the record without its sources' texts."""

    def _has(self, press: Press, row: Row) -> bool:
        return row.recorded and row.source.endswith("/index.md") and row.url.endswith("/")

    def path(self, press: Press, ident: Ident) -> str:
        row = press.index.post(str(ident[0]))
        return f"{row.url}edition.json" if row else ""

    def draw(self, press: Press, ident: Ident) -> bytes:
        from generator.site.twins import public_twin

        row = press.index.post(str(ident[0]))
        assert row is not None
        record = press.read(row.source.removesuffix("index.md") + "edition.json")
        return public_twin(record, press.body(row))
