"""One source file → its row and its rendered body: the costly half of a build, pure, in batches.

A batch takes and returns values, so it runs here, in a forked process or on a cluster alike.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.config.schema import Config, MarkdownConfig
from generator.errors import ContentError, Problem
from generator.labels import labels_for
from generator.markup.frontmatter import Document, decode, split
from generator.site.backstop import TooSlow, within
from generator.site.bodies import Place, pack, squeeze
from generator.site.content import content_id, read
from generator.site.fields import NAMES
from generator.site.markdown import Options, Rendered, Words, engine_version, render
from generator.site.model import Body, Made, Note, Post, Source, Story
from generator.site.posts import kind_of, read_post
from generator.site.rows import Row, digest, make_row
from generator.site.shown import Shown, shown_pictures
from generator.text.addresses import host_of
from generator.text.width import reading_minutes

if TYPE_CHECKING:
    from generator.editions.post import Shaped
    from generator.news import Article, Edition

Counts = Mapping[str, Any]

_DIGEST_HEADING = re.compile(r"^#{2,4}[ \t]+\*\*", re.MULTILINE)


class Composed(NamedTuple):
    """What became of one source: its row and packed body, or why not."""

    path: str
    row: Row | None
    body: bytes | Place | None  # packed
    problems: tuple[Problem, ...]
    digest: bytes = b""  # content id of the Markdown file
    record: bytes = b""  # of the record beside it
    shown: tuple[Shown, ...] = ()  # pictures it names
    kept: bytes = b""  # the body as the cache keeps it, when making it costs more than that


def load(root: str, path: str, records: Container[str]) -> Source:
    """Read a source and the record beside it."""
    record = f"{path[: -len('index.md')]}edition.json" if path.endswith("/index.md") else ""
    return Source(
        path=path,
        kind=kind_of(path),
        data=read(root, path),
        record=read(root, record) if record in records else b"",
    )


def compose_batch(config: Config, sources: Sequence[Source]) -> list[Composed]:
    """Compose sources one by one; what is wrong with one does not touch the others."""
    return [compose(config, source) for source in sources]


def compose(config: Config, source: Source) -> Composed:
    """Read a source's front matter and render its body."""
    mark = content_id(source.data)
    record = content_id(source.record) if source.record else b""
    try:
        if len(source.data) > config.markdown.max_bytes:
            raise ContentError([_too_long(source, config.markdown.max_bytes)])
        text = decode(source.data, source.path)
        edition = _edition(source)
        shaped = _shaped(config, source.path, text, edition)
        document = split(shaped.text if shaped else text, source.path)
        if edition is not None:
            from generator.site.edited import as_edited, without_notice

            edition = as_edited(edition, text, source.path)
            document = dataclasses.replace(document, body=without_notice(document.body))
        if shaped:
            edition = shaped.edition
        post, problems = read_post(document.fields, source.path, config)
        problems = [*document.warnings, *problems]
        if post is None:
            raise ContentError(problems)
    except ContentError as error:
        return Composed(source.path, None, None, tuple(error.problems), mark, record)
    options = _site_options(config.markdown, config.site.base_url, config.site.language)
    try:
        with within(config.markdown.max_seconds):
            rendered = render(document.body, _post_options(options, document, post))
    except TooSlow:
        problems.append(_too_slow(document, config.markdown.max_seconds))
        return Composed(source.path, None, None, tuple(problems), mark, record)
    problems += rendered.problems
    body = _body(rendered, edition, follow_up=f"{labels_for(config.site.language).follow_up}：")
    key = digest(mark, record, repr(options).encode(), engine_version().encode())
    row = make_row(
        post, body, key, record, _counts(body, recorded=bool(record)), list(map(_publisher, body.stories))
    )
    place = next((document.fields.place(key) for key in NAMES["cover"] if key in document.fields), (1, 1))
    shown = shown_pictures(text, post.cover, place, body.html)
    packed = pack(body)
    # what the fast path renders is made again sooner than it is stored and read
    costly = edition is not None or rendered.blocks_fast < rendered.blocks_total or "<pre" in rendered.html
    return Composed(
        source.path, row, packed, tuple(problems), mark, record, shown, squeeze(packed) if costly else b""
    )


def _too_long(source: Source, limit: int) -> Problem:
    message = f"is {len(source.data):,} bytes long; at most {limit:,} are allowed (markdown.max_bytes)"
    return Problem(source.path, message=message)


def _too_slow(document: Document, limit: float) -> Problem:
    message = (
        f"takes more than {limit:g} s to render (markdown.max_seconds); split it,"
        " or look for marks that were repeated by accident"
    )
    return Problem(document.path, document.body_line, 1, message)


def _shaped(config: Config, path: str, text: str, edition: Edition | None) -> Shaped | None:
    """A report, bulletin or digest as a themed post; None for nearly every post, which is Markdown as it stands."""
    if text.startswith(("---", "+++")) and not ("\n```" in text and _DIGEST_HEADING.search(text)):
        return None  # of the formats with front matter only a digest is reshaped
    from generator.editions.post import as_post

    return as_post(text, labels_for(config.site.language), path, edition)


@functools.lru_cache(maxsize=4)
def _site_options(markdown: MarkdownConfig, base: str, language: str) -> Options:
    """What the rendering of all bodies has in common, and what their keys are made of."""
    return Options(
        raw_html=markdown.raw_html,  # type: ignore[arg-type]  # checked by config.rules
        line_numbers=markdown.line_numbers,
        max_code_bytes=markdown.max_code_bytes,
        base=base,
        language=language,
        words=_words(language),
    )


def _post_options(options: Options, document: Document, post: Post) -> Options:
    text = document.body
    return options._replace(
        digest=post.kind == "post" and ("\n### [" in text or text.startswith("### [")),
        title=post.title,
        first_line=document.body_line,
        path=document.path,
    )


def _words(language: str) -> Words:
    labels = labels_for(language)
    known = Words()

    def with_label(spellings: tuple[str, ...], label: str) -> tuple[str, ...]:
        name = label.rstrip(":： ")
        return spellings if name in spellings else (*spellings, name)

    return known._replace(
        insight=with_label(known.insight, labels.insight),
        impact=with_label(known.impact, labels.impact),
        more=with_label(known.more, labels.more),
    )


def _body(rendered: Rendered, edition: Edition | None, *, follow_up: str) -> Body:
    notes = _Notes(edition) if edition else None
    stories = tuple(
        Story(*mark, _unless_said(notes.of(mark.url, mark.headline), mark.text, follow_up) if notes else None)
        for mark in rendered.stories
    )
    return Body(
        html=rendered.html,
        contents=tuple((heading.id, heading.text, heading.level) for heading in rendered.headings),
        stories=stories,
        # stories carry their own text; twice the same would only make the cache larger
        text=rendered.plain if not stories else rendered.plain[:400],
        minutes=reading_minutes(rendered.plain),
        maths=rendered.has_math,
        made=_made(edition) if edition else None,
    )


def _unless_said(note: Note | None, text: str, follow_up: str) -> Note | None:
    """Leave the link to the earlier story out of a note where the Markdown itself has it."""
    if note and note.follow_up_of and follow_up in text:
        return note._replace(follow_up_of="")
    return note


def _counts(body: Body, *, recorded: bool) -> Counts:
    notes = [story.note for story in body.stories if story.note]
    counts: dict[str, Any] = {"stories": len(body.stories)}
    if body.made:
        counts |= {
            "domestic": sum(note.region == "domestic" for note in notes),
            "international": sum(note.region == "international" for note in notes),
            "high": sum(note.importance == "high" for note in notes),
        }
        counts["tagged"] = _tagged(body)
    if body.made and recorded:
        counts["mode"] = body.made.mode  # there is a twin to publish
    return counts


def _publisher(story: Story) -> str:
    """Who told a story: by its record, else by the host it links to."""
    return story.note.sources[0][0] if story.note and story.note.sources else host_of(story.url)


def _tagged(body: Body) -> dict[str, list[tuple[str, str, str, str]]]:
    """Stories by their tags: anchor, headline, importance, language of each."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for story in body.stories:
        if story.note:
            row = (story.anchor, story.headline, story.note.importance, story.note.language)
            for name in dict.fromkeys(story.note.tags):
                found.setdefault(name, []).append(row)
    return found


# the edition's record


def _edition(source: Source) -> Edition | None:
    """Read the record beside a post. A damaged one is an error: it would silently change the page."""
    if not source.record:
        return None
    from generator.editions import record

    path = f"{source.bundle}/edition.json"
    try:
        return record.loads(source.record.decode("utf-8"), path).edition
    except ContentError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        message = f"is not a record of an edition: {error}; write it anew with ribao publish, or remove it"
        raise ContentError([Problem(path, message=message)]) from None


class _Notes:
    """Finds the record's article of a story: by any of its links, else by its headline."""

    def __init__(self, edition: Edition) -> None:
        self._by_url: dict[str, Article] = {}
        self._by_headline: dict[str, Article] = {}
        for article in edition.articles:
            self._by_headline.setdefault(article.headline, article)
            for source in article.sources[:1]:
                self._by_url.setdefault(source.url, article)
        for article in edition.articles:
            for source in article.sources[1:]:
                self._by_url.setdefault(source.url, article)

    def of(self, url: str, headline: str) -> Note | None:
        article = self._by_url.get(url) or self._by_headline.get(headline)
        return _note(article) if article else None


def _note(article: Article) -> Note:
    return Note(
        id=article.id,
        reason=article.reason,
        region=str(article.region or ""),
        importance=str(article.importance or ""),
        category=article.category,
        tags=article.tags,
        language=article.language,
        follow_up_of=article.follow_up_of,
        marks=article.marks,
        sources=tuple(
            (
                source.publisher,
                source.url,
                source.title,
                source.published.isoformat() if source.published else "",
                str(source.precision),
                str(source.role),
                source.language,
            )
            for source in article.sources
        ),
    )


def _made(edition: Edition) -> Made:
    return Made(
        mode=str(edition.mode),
        note=edition.mode_note,
        lead=edition.lead,
        generated=edition.generated_at.astimezone(dt.UTC).isoformat() if edition.generated_at else "",
        raw_total=edition.stats.raw_total,
        feeds=edition.stats.feeds,
        feeds_failed=edition.stats.feeds_failed,
        corrections=tuple((entry.date.isoformat(), entry.text) for entry in edition.corrections),
        score=(edition.score.points, *dataclasses.astuple(edition.score)) if edition.score else (),
    )
