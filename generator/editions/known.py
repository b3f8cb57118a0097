"""An edition read from its text, with what that format cannot say and its record or its twin knows.

A story is known by its address, its headline or its words; where these name two stories, or none, or one that
another printed story names too, it stays as it was read. What stands in the text is never written over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.editions.words import is_label
from generator.markup.escape import plain
from generator.news import Article, Edition, Section, SectionKind, Source, Stats
from generator.text.addresses import canonical_url
from generator.text.clean import one_line

# What formats hold (`losses`) → the field that says it. Of a story, whatever a person made of its words;
_FACTS = {
    "region": "region",
    "importance": "importance",
    "reason": "reason",
    "tags": "tags",
    "score": "score",
}
# of a story whose words are those that were recorded;
_WORDS = {
    "headline": "headline",
    "background": "background",
    "points": "points",
    "insights": "insights",
    "labelled lists": "groups",
    "link to the earlier story": "follow_up_of",
    "notes": "marks",
}
# of the edition.
_EDITION = {
    "time it was made": "generated_at",
    "category of the edition": "category",
    "tags of the edition": "tags",
    "search keywords": "seo",
    "lead": "lead",
    "summary": "summary",
    "cover": "cover",
    "words for the cover": "cover_alt",
    "corrections": "corrections",
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which recorded story a printed one is, by their places among `Edition.articles`, and which read as recorded."""

    known: Mapping[int, Article]
    unchanged: frozenset[int]

    def left(self, known: Edition) -> list[Article]:
        """The recorded stories that are not printed, or not in their recorded words."""
        standing = {self.known[place].id for place in self.unchanged}
        return [article for article in known.articles if article.id not in standing]


def pairs(said: Edition, known: Edition) -> Pairs:
    """Match the stories of a text with those that are known of it; never by likeness."""
    recorded = list(known.articles)
    by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
    for place, article in enumerate(recorded):
        for key in _keys(article):
            by_key[key].add(place)
    claims: dict[int, list[tuple[int, int]]] = defaultdict(list)  # recorded → (how many keys, printed)
    for place, article in enumerate(said.articles):
        named = [by_key[key] for key in set(_keys(article)) if key in by_key]
        both = set.intersection(*named) if named else set()
        if len(both) == 1:
            claims[both.pop()].append((len(named), place))
    found = {}
    for place, rivals in claims.items():
        most = max(rivals)[0]
        best = [printed for keys, printed in rivals if keys == most]
        if len(best) == 1:
            found[best[0]] = recorded[place]
    same = {
        place for place, one in enumerate(said.articles) if place in found and _as_recorded(one, found[place])
    }
    return Pairs(found, frozenset(same))


def completed(
    said: Edition, known: Edition, paired: Pairs, *, holds: Collection[str], wanted: Collection[str]
) -> Edition:
    """Return `said` with what its format, which `holds` these, cannot say, as far as it is `wanted`.

    `known` has the title, lead and summary that may be taken; its stories are those of `paired`.
    """
    lacking = set(wanted) - set(holds)
    places = iter(range(sum(1 for _ in said.articles)))
    sections = tuple(
        replace(
            section,
            articles=tuple(_story(article, next(places), paired, lacking) for article in section.articles),
        )
        for section in said.sections
    )
    change = _missing(said, known, _EDITION, lacking)
    if "summary" in change:
        change.pop("lead", None)  # they share a place
    if "title" in lacking and known.title and _is_formats_own(said.title):
        change["title"] = known.title
    if "counts" in wanted and said.stats in (Stats(), Stats(raw_total=known.stats.raw_total)):
        change["stats"] = known.stats
    return replace(said, timezone=known.timezone, sections=sections, **change)


def by_theme(said: Edition, known: Edition, paired: Pairs) -> Edition:
    """Return `said` with its stories in the sections they were recorded in; the others stay in their own, before 更多动态.

    Their order is the recorded one, unless a person moved one within a section of `said`.
    """
    home = {
        article.id: (number, place)
        for number, section in enumerate(known.sections)
        for place, article in enumerate(section.articles)
    }
    themes: dict[int, list[tuple[int, Article]]] = defaultdict(list)
    others = []
    moved = False
    places = iter(range(sum(1 for _ in said.articles)))
    for section in said.sections:
        rest, order = list[Article](), list[tuple[int, int]]()
        for article in section.articles:
            if recorded := paired.known.get(next(places)):
                number, place = home[recorded.id]
                themes[number].append((place, article))
                order.append((number, place))
            else:
                rest.append(article)
        moved |= order != sorted(order)
        if rest:
            others.append(replace(section, articles=tuple(rest)))
    changed = {article.id for article in paired.left(known)}
    found = []
    for number, section in enumerate(known.sections):
        if number in themes:
            stories = themes[number] if moved else sorted(themes[number], key=lambda pair: pair[0])
            whole = changed.isdisjoint(one.id for one in section.articles)
            found.append(_theme(section, [article for _, article in stories], whole=whole))
    more = [section for section in found if section.kind is SectionKind.MORE]
    return replace(said, sections=(*(one for one in found if one not in more), *others, *more))


def _theme(section: Section, articles: list[Article], *, whole: bool) -> Section:
    """What a section concludes of its stories holds while all of them stand as recorded."""
    rest = section if whole else replace(section, impact=(), text="")
    return replace(rest, articles=tuple(articles))


def _keys(article: Article) -> Iterator[tuple[str, str]]:
    for source in article.sources:
        if source.url:
            yield "url", canonical_url(source.url)
    if article.headline:
        yield "headline", article.headline
    if said := _said(article):
        yield "words", said


def _said(article: Article) -> str:
    """A story's words on one line; one known only by its title says that."""
    return one_line(plain(article.text)) or article.headline


def _as_recorded(printed: Article, recorded: Article) -> bool:
    return _said(printed) == _said(recorded) and printed.headline in ("", recorded.headline)


def _story(printed: Article, place: int, paired: Pairs, lacking: Collection[str]) -> Article:
    recorded = paired.known.get(place)
    if recorded is None:
        return printed
    change = _missing(printed, recorded, _FACTS, lacking)
    change["sources"] = _sources(printed, recorded, lacking)
    if place in paired.unchanged:
        change |= _missing(printed, recorded, _WORDS, lacking)
        if "text" in lacking:
            change["text"] = recorded.text
    return replace(printed, **change)


def _missing(said: Any, known: Any, fields: Mapping[str, str], lacking: Collection[str]) -> dict[str, Any]:
    return {
        field: getattr(known, field)
        for name, field in fields.items()
        if name in lacking and not getattr(said, field) and getattr(known, field)
    }


def _sources(printed: Article, recorded: Article, lacking: Collection[str]) -> tuple[Source, ...]:
    """The linked source with its publisher and time. A link that the record does not have says nothing more."""
    own = printed.sources[:1]
    if not own and "link" in lacking:
        own = tuple(replace(source, publisher="") for source in recorded.sources[:1])
    for one in own:
        for source in recorded.sources:
            if one.url and canonical_url(source.url) == canonical_url(one.url):
                publisher = one.publisher or (source.publisher if "publisher" in lacking else "")
                return (replace(source, url=one.url, publisher=publisher),)
    return printed.sources


def _is_formats_own(title: str) -> bool:
    return not title or is_label(title, "report_title") or is_label(title, "bulletin_title")
