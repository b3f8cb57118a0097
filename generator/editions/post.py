"""Reports, bulletins and digests as posts: their structure as a themed post, which a site can render.

As Markdown, the lines of a report or a bulletin run together, its rules become headings and
its addresses no links; a digest shows its abstract as code. So a site renders what they say,
not how they stand. What only the record beside the post knows (title, headlines, a digest's links) is joined in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from generator.editions import bulletin, digest, report, themed
from generator.editions.corrections import notice
from generator.editions.form import Format
from generator.editions.headlines import headline_from
from generator.editions.themed import head
from generator.labels import Labels
from generator.markup.emit import emit
from generator.markup.frontmatter import split
from generator.news import Article, Edition, Section, SectionKind
from generator.text.addresses import canonical_url

_FORMS: tuple[Format, ...] = (report, bulletin, digest)
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_DIGEST = re.compile(r"^#{2,4}[ \t]+\*\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A themed post that says what an edition of another format says, and that edition."""

    text: str
    edition: Edition


def as_post(text: str, labels: Labels, path: str = "", known: Edition | None = None) -> Shaped | None:
    """Return the post of a report, bulletin or digest; None for what is Markdown as it stands.

    `known` is the edition of the record beside it. Raises `ContentError` like `parse`.
    """
    if text.startswith(("---", "+++")) and not (_DIGEST.search(text) and "\n```" in text):
        return None  # quick: nearly every post of a site
    form = next((form for form in _FORMS if form.matches(text)), None)
    if form is None:
        return None
    said = form.parse(text, path).edition
    tail = said.extras.get("digest.tail", "")
    if _HEADING.search(tail):
        return None  # lists below several headings: only its Markdown shows them all
    if known:
        said = _joined(said, known)
    elif not said.extras.get("digest.front"):
        date = labels.date_format.format(year=said.date.year, month=said.date.month, day=said.date.day)
        said = replace(said, title=f"{said.title} · {date}")
    notices = [notice(one.why, one.date, labels) for one in known.retractions] if known else []
    notices = [one for one in notices if one not in tail]
    shown = replace(
        said,
        sections=tuple(_readable(section) for section in said.sections),
        extras=MappingProxyType({"themed.intro": "\n\n".join(notices), "themed.tail": tail}),
    )
    shaped = themed.write(shown, labels).text
    if said.extras.get("digest.front"):
        shaped = _own_head(text, path, shown) + split(shaped).body
    return Shaped(shaped, known or shown)


def _own_head(text: str, path: str, edition: Edition) -> str:
    """The front matter as its writer left it, with the keys it lacks."""
    document = split(text, path)
    fence = "+++" if document.toml else "---"
    missing = {
        key: value
        for key, value in head.pairs(edition).items()
        if value is not None and key not in document.fields and key not in ("category", "mode")
    }
    further = "" if document.toml or not missing else emit(missing.items())[4:-4]
    return f"{fence}\n{document.head}\n{further}{fence}\n"


def _joined(said: Edition, known: Edition) -> Edition:
    """`said` with what its format cannot say and its record knows."""
    by_key = {key: article for article in known.articles for key in _keys(article)}

    def joined(article: Article) -> Article:
        twin = next((by_key[key] for key in _keys(article) if key in by_key), None)
        if twin is None:
            return article
        return replace(
            article, headline=article.headline or twin.headline, sources=article.sources or twin.sources
        )

    sections = tuple(
        replace(section, articles=tuple(map(joined, section.articles))) for section in said.sections
    )
    return replace(
        said,
        title=said.title if said.extras.get("digest.front") else known.title or said.title,
        timezone=known.timezone,
        category=said.category or known.category,
        tags=said.tags or known.tags,
        seo=known.seo,
        summary=known.summary,
        cover=known.cover,
        cover_alt=known.cover_alt,
        corrections=known.corrections,
        sections=sections,
    )


def _keys(article: Article) -> Iterator[str]:
    if article.url:
        yield canonical_url(article.url)
    if article.headline:
        yield article.headline
    if article.text:
        yield " ".join(article.text.split())


def _readable(section: Section) -> Section:
    """A section as themes have it. Stories of which none has a headline or a link stay a numbered list."""
    articles = section.articles
    if any(article.headline or article.url for article in articles):
        named = (
            replace(article, headline=article.headline or headline_from(article)) for article in articles
        )
        return replace(section, kind=SectionKind.THEME, articles=tuple(named))
    items = (f"{number}. {' '.join(article.text.split())}" for number, article in enumerate(articles, 1))
    text = "\n".join(part for part in (section.text, *items) if part)
    return replace(section, kind=SectionKind.THEME, articles=(), text=text)
