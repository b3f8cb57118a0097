"""Write a report."""

from __future__ import annotations

import dataclasses

from generator.editions.form import Written
from generator.editions.losses import dropped, foreign_extras
from generator.editions.modes import mode_line
from generator.editions.report import clock
from generator.editions.report.shape import BRIEF, ICONS, line_of, opened_as_read, parted, region_of
from generator.editions.words import is_label
from generator.labels import Labels
from generator.markup.escape import plain
from generator.news import Article, Edition, Importance, Region, Stats
from generator.text.clean import one_line

HOLDS = frozenset(
    (
        *("time it was made", "date", "how it was made", "text", "link", "publisher"),
        *("region", "importance", "reason", "tags"),
    )
)
_RULE = "=" * 70


def write(edition: Edition, labels: Labels) -> Written:
    """Return the report; headlines stay in its JSON twin, as this text prints none."""
    kept = edition.extras
    stories = parted(edition.articles)
    title = kept.get("report.title", labels.report_title)
    head = [_RULE, f"{title} - {edition.date.isoformat()}"]
    if edition.generated_at:
        head.append(f"{labels.report_generated}: {clock.write(edition.generated_at, edition)}")
    if edition.stats.raw_total:
        head.append(labels.report_basis.format(count=edition.stats.raw_total))
    if mode := mode_line(edition, labels):
        head.append(plain(mode))
    parts = ["\n".join([*head, _RULE]) + "\n\n"]
    if "report.short" not in kept:
        brief = brief_of(edition, labels)
        if kept.get("report.brief.was") == brief:
            brief = kept["report.brief"]
        parts += [_box(f"📋 {labels.report_brief}"), brief, "\n", _box(f"📰 {labels.report_full}")]
    for region in Region:
        heading = getattr(labels, f"report_{region.value}")
        parts.append(f"【{heading}】\n{'-' * 50}\n")
        parts += [
            _story(number, article, edition, labels) for number, article in enumerate(stories[region], 1)
        ]
        parts.append("\n")
    lead = one_line(edition.lead) or one_line(lead_of(edition, labels))
    parts.append(f"{_RULE}\n📊 {labels.report_total}: {lead}\n{_RULE}")
    end = "\n" if "report.end" in kept else ""
    return Written("".join(parts) + end, _lost(edition) + foreign_extras(edition, "report"))


def lead_of(edition: Edition, labels: Labels) -> str:
    """The day in numbers, and its first headlines."""
    stories = parted(edition.articles)
    text = labels.report_counts.format(
        raw=edition.stats.raw_total or sum(map(len, stories.values())),
        domestic=len(stories[Region.DOMESTIC]),
        international=len(stories[Region.INTERNATIONAL]),
        high=sum(article.importance is Importance.HIGH for article in edition.articles),
    )
    focus = [article.headline for articles in stories.values() for article in articles if article.headline]
    return f"{text} {labels.report_focus}{labels.day_join.join(focus[:3])}。" if focus else text


def brief_of(edition: Edition, labels: Labels) -> str:
    """The brief part as it follows from the stories: the first of each region."""
    text = ""
    for region, articles in parted(edition.articles).items():
        text += f"{getattr(labels, f'report_{region.value}')}：\n"
        for number, article in enumerate(articles[:BRIEF], 1):
            opened = opened_as_read(edition.extras, f"{region.value}.{number}")
            line = line_of(article, edition.date, labels, opened=opened)
            text += f"{number}、{line}\n"
        text += "\n"
    return text


def _story(number: int, article: Article, edition: Edition, labels: Labels) -> str:
    opened = opened_as_read(edition.extras, f"{region_of(article).value}.{number}")
    icon = ICONS[article.importance] if article.importance else "📄"
    lines = [f"{number}、{icon} {line_of(article, edition.date, labels, opened=opened)}"]
    if article.reason:
        lines.append(f"   📋 {labels.reason}: {one_line(article.reason)}")
    if article.sources:
        source = article.sources[0]
        link = f" | 🔗 {source.url}" if source.url else ""
        lines.append(f"   📰 {labels.source}: {one_line(source.publisher)}{link}")
    if article.tags:
        lines.append(f"   🏷️ {labels.tags}: {', '.join(article.tags)}")
    return "\n".join(lines) + "\n\n"


def _box(title: str) -> str:
    """A title between bars; its width counts characters, as this format always did."""
    pad = " " * 25
    return f"╔{'═' * 68}╗\n║{pad}{title}{pad} ║\n╚{'═' * 68}╝\n\n"


def _lost(edition: Edition) -> tuple[str, ...]:
    holds = {*HOLDS, "lead"}
    if dataclasses.replace(edition.stats, raw_total=0) == Stats():
        holds.add("counts")
    if edition.title == edition.extras.get("report.title") or is_label(edition.title, "report_title"):
        holds.add("title")
    regions = [f"report_{region.value}" for region in Region]
    if all(any(is_label(section.name, one) for one in regions) for section in edition.sections):
        holds.add("names of sections")
    return dropped(edition, holds)
