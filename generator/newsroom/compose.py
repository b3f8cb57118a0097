"""From articles to an edition: sections, title, summary, closing line, mode, all counted from what is in it."""

from __future__ import annotations

from collections.abc import Sequence
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
    articles = [article for section in sections for article in section.articles]
    quiet = len(articles) < day.settings.min_stories
    notes = [day.labels.quiet_note] if quiet else []
    notes.append(note or (day.labels.offline_note if mode is Mode.OFFLINE else ""))
    ranked = sorted(articles, key=lambda article: (-article.score, article.id))
    return Edition(
        id=day.id,
        date=day.date,
        title=title_of(ranked, day),
        timezone=day.timezone,
        generated_at=day.generated_at,
        category=day.settings.category,
        tags=day.settings.tags,
        seo=day.settings.seo,
        lead=closing_line(ranked, day),
        summary=tuple(article.headline for article in _front(ranked, day)),
        stats=day.stats,
        mode=Mode.QUIET if quiet else mode,
        mode_note=" ".join(filter(None, notes)),
        sections=tuple(sections),
        candidates=day.candidates,
        extras=MappingProxyType({}),
    )


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


def _front(ranked: Sequence[Article], day: Day) -> list[Article]:
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
    return (matter + others[: max(FRONT_LINES - len(matter), 0)])[:SUMMARY_LINES]


def _told_here(ranked: Sequence[Article], day: Day) -> list[Article]:
    """Stories in the paper's own language first: the front page should not need a dictionary."""
    own = day.language.split("-")[0].lower()
    return sorted(ranked, key=lambda article: language_of(article.headline) != own)
