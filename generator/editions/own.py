"""A paper's own format: a template that says how its posts look, one row of the settings that names it.

Everything a template is given is Markdown already, safe where it stands: a headline is escaped,
an address is one of the web. Such a post is read back as a themed one; what of it is not shaped
so (`##` sections, `### [headline](address)`) the checks and a story's marks on the page do not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.editions import themed
from generator.editions.form import Parsed, Written
from generator.editions.headlines import with_headlines
from generator.editions.marks import write_marks
from generator.editions.modes import mode_line
from generator.editions.themed import head
from generator.errors import ContentError, Problem
from generator.labels import Labels
from generator.markup.escape import escape, link, link_address
from generator.news import Article, Edition, Section

MAX_CHARACTERS = 2_000_000  # of a post


@dataclass(frozen=True, slots=True)
class Story:
    """What a template sees of an article: `text`, `background` and the lists are inline Markdown."""

    id: str
    headline: str
    link: str  # [headline](address); the headline alone when there is no address
    url: str
    publisher: str
    text: str
    region: str  # in the paper's words, as importance is
    importance: str
    reason: str
    tags: tuple[str, ...]
    background: str
    points: tuple[tuple[str, str], ...]  # label, text
    insights: tuple[str, ...]
    sources: tuple[str, ...]  # [publisher](address) of every report, the linked one first
    marks: str  # the comment that keeps importance, region and tags in the Markdown; a line of its own
    title_only: bool  # known by its headline alone


@dataclass(frozen=True, slots=True)
class Part:
    """What a template sees of a section. `kind` is theme, region, fixed or more."""

    name: str
    kind: str
    text: str
    stories: tuple[Story, ...]
    impact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """The format of one template; `path` is the template's, for messages."""

    source: str
    path: str
    template: jinja2.Template = field(init=False)
    NUMBERED = False

    def __post_init__(self) -> None:
        """Compile the template. Raises `ContentError` with the place of a mistake."""
        world = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
        )
        try:
            object.__setattr__(self, "template", world.from_string(self.source))
        except jinja2.TemplateSyntaxError as error:
            raise ContentError(
                [Problem(self.path, error.lineno, 1, error.message or "not a template")]
            ) from None

    def write(self, edition: Edition, labels: Labels) -> Written:
        """Return the post. Raises `ContentError` when the template fails or its text has no end."""
        edition, made = with_headlines(edition)
        text = self._rendered(_given(edition, labels))
        found = {
            key for article in themed.parse(text).edition.articles for key in (article.url, article.headline)
        }
        unseen = [
            one for one in edition.articles if not {link_address(one.url), one.headline} & (found - {""})
        ]
        lost = f"{len(unseen)} stories in a shape that is read back; write each as ### {{{{ story.link }}}}"
        return Written(text, (lost,) if unseen else (), made)

    def parse(self, text: str, path: str = "") -> Parsed:
        """Read such a post as a themed one."""
        return themed.parse(text, path)

    def matches(self, text: str) -> bool:  # noqa: ARG002 - every format is asked
        """No text shows which template it was made from."""
        return False

    def _rendered(self, given: dict[str, Any]) -> str:
        text = ""
        try:
            for piece in self.template.generate(given):
                text += piece
                if len(text) > MAX_CHARACTERS:
                    raise self._error(f"makes more than {MAX_CHARACTERS:,} characters", 1)
        except jinja2.TemplateError as error:
            raise self._error(f"{error.message or type(error).__name__}", _line(error)) from None
        except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise self._error(f"{type(error).__name__}: {error}", _line(error)) from None
        return text

    def _error(self, what: str, line: int) -> ContentError:
        return ContentError([Problem(self.path, line, 1, what)])


def _line(error: BaseException) -> int:
    """The template's line that an error came from: the last frame whose code is the template's."""
    line, frame = 1, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == "<template>":
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _given(edition: Edition, labels: Labels) -> dict[str, Any]:
    """The names a template has."""
    return {
        "front_matter": head.write(edition, {}),
        "title": escape(edition.title),
        "date": edition.date,
        "lead": edition.lead,
        "summary": tuple(map(escape, edition.summary)),
        "mode": mode_line(edition, labels),
        "stats": edition.stats,
        "sections": tuple(_part(section, labels) for section in edition.sections),
        "labels": labels,
    }


def _part(section: Section, labels: Labels) -> Part:
    return Part(
        escape(section.name),
        section.kind.value,
        section.text,
        tuple(_story(article, labels) for article in section.articles),
        tuple(insight.text for insight in section.impact),
    )


def _story(article: Article, labels: Labels) -> Story:
    return Story(
        article.id,
        escape(article.headline),
        link(article.headline, article.url),
        link_address(article.url),
        escape(article.publisher),
        article.text,
        getattr(labels, article.region.value) if article.region else "",
        getattr(labels, article.importance.value) if article.importance else "",
        escape(article.reason),
        tuple(map(escape, article.tags)),
        article.background,
        tuple((point.label, point.text) for point in article.points),
        tuple(insight.text for insight in article.insights),
        tuple(_sources(article)),
        write_marks(article, labels),
        "title-only" in article.marks,
    )


def _sources(article: Article) -> Iterator[str]:
    for source in article.sources:
        if source.publisher or source.url:
            yield link(source.publisher or source.title, source.url)
