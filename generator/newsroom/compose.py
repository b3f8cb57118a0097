"""From articles to an edition: sections, title, summary, closing line, mode, all counted from what is in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType

from generator.markup.escape import escape
from generator.news import Article, Edition, Importance, Mode, Pick, Region, Section, SectionKind
from generator.newsroom.editor import Day
from generator.newsroom.themes import grouped
from generator.text.language import language_of

SUMMARY_LINES = 8
FRONT_LINES = 5  # from which nothing minor and nothing foreign is taken in to fill the summary
TITLE_LENGTH = 40  # characters


def compose(
    day: Day,
    full: Sequence[tuple[Pick, Article]],
    brief: Sequence[tuple[Pick, Article]],
    *,
    mode: Mode = Mode.OFFLINE,
    note: str = "",
) -> Edition:
    """Return the edition of these stories. With fewer than the settings' minimum it is a quiet day, and says so."""
    by_story = {pick.story.id: article for pick, article in full}
    sections = [
        Section(name, SectionKind.THEME, tuple(by_story[pick.story.id] for pick in group))
        for name, group in grouped([pick for pick, _ in full], day.language)
    ]
    if brief:
        sections.append(Section(day.labels.more, SectionKind.MORE, tuple(article for _, article in brief)))
    ranked = _ranked(sections)
    edition = Edition(
        id=day.id,
        date=day.date,
        title=title_of(ranked, day),
        timezone=day.timezone,
        generated_at=day.generated_at,
        category=day.settings.category,
        tags=day.settings.tags,
        seo=day.settings.seo,
        lead=closing_line(ranked, day),
        summary=_summary(ranked, day),
        stats=day.stats,
        mode=mode,
        mode_note=note or (day.labels.offline_note if mode is Mode.OFFLINE else ""),
        sections=tuple(sections),
        candidates=day.candidates,
        extras=MappingProxyType({}),
    )
    return _quiet(edition, day)


def without(edition: Edition, gone: Collection[str], day: Day) -> Edition:
    """Return `edition` without the stories of these ids; what its front tells by rule is told anew."""
    before = _ranked(edition.sections)
    sections = [
        replace(section, articles=tuple(one for one in section.articles if one.id not in gone))
        for section in edition.sections
    ]
    kept = tuple(section for section in sections if section.articles)
    ranked = _ranked(kept)
    headlines = {article.headline for article in before if article.id in gone}
    fewer = replace(
        edition,
        sections=kept,
        title=title_of(ranked, day) if edition.title == title_of(before, day) else edition.title,
        lead=closing_line(ranked, day) if edition.lead == closing_line(before, day) else edition.lead,
        summary=_summary(ranked, day)
        if edition.summary == _summary(before, day)
        else tuple(line for line in edition.summary if line not in headlines),
    )
    return _quiet(fewer, day)


def _quiet(edition: Edition, day: Day) -> Edition:
    """Say that little happened, where fewer stories are left than the settings ask for."""
    if edition.mode is Mode.QUIET or sum(1 for _ in edition.articles) >= day.settings.min_stories:
        return edition
    note = " ".join(filter(None, (day.labels.quiet_note, edition.mode_note)))
    return replace(edition, mode=Mode.QUIET, mode_note=note)


def _ranked(sections: Sequence[Section]) -> list[Article]:
    articles = [article for section in sections for article in section.articles]
    return sorted(articles, key=lambda article: (-article.score, article.id))


def title_of(ranked: Sequence[Article], day: Day) -> str:
    """Return the edition's title: its first headline, and the second one's where both fit."""
    heads = [article.headline for article in _told_here(ranked, day)]
    if not heads:
        return day.title
    first = heads[0]
    for other in heads[1:4]:
        if len(first) + len(other) < TITLE_LENGTH:
            return f"{first}{day.labels.day_join}{other}"
    return first


def closing_line(ranked: Sequence[Article], day: Day) -> str:
    """Return how much was read and printed, and what leads; every number counted from the edition."""
    labels = day.labels
    regions = [article.region for article in ranked]
    high = sum(article.importance is Importance.HIGH for article in ranked)
    text = labels.day_lead.format(
        items=day.stats.raw_total,
        domestic=regions.count(Region.DOMESTIC),
        international=regions.count(Region.INTERNATIONAL),
    )
    chinese = labels.language.startswith("zh")
    comma, stop, gap = ("，", "。", "") if chinese else (", ", ".", " ")
    if high:
        text += comma + labels.day_high.format(high=high)
    text += stop
    if heads := [article.headline for article in _told_here(ranked, day)[:3]]:
        text += gap + labels.day_focus.format(headlines=labels.day_join.join(heads)) + stop
    return escape(text)


def _summary(ranked: Sequence[Article], day: Day) -> tuple[str, ...]:
    """Return what the summary lists: the paper's own language, what matters; the rest only where there is little."""
    listed = _told_here(ranked, day)
    own = day.language.split("-")[0].lower()
    matter = [
        article
        for article in listed
        if article.importance is not Importance.LOW and language_of(article.headline) in (own, "")
    ]
    others = [article for article in listed if article not in matter]
    # what matters in another language comes before what matters little
    others.sort(key=lambda article: article.importance is Importance.LOW)
    front = (matter + others[: max(FRONT_LINES - len(matter), 0)])[:SUMMARY_LINES]
    return tuple(article.headline for article in front)


def _told_here(ranked: Sequence[Article], day: Day) -> list[Article]:
    """Stories in the paper's own language first: the front page should not need a dictionary."""
    own = day.language.split("-")[0].lower()
    return sorted(ranked, key=lambda article: language_of(article.headline) != own)
