"""Write a themed post.

Headlines are plain text and are escaped; texts, insights and points are inline Markdown and
are only kept from becoming another block by accident.
"""

from __future__ import annotations

from generator.editions.corrections import write_corrections
from generator.editions.form import Written
from generator.editions.headlines import with_headlines
from generator.editions.losses import dropped, foreign_extras
from generator.editions.marks import write_marks
from generator.editions.modes import mode_line
from generator.editions.themed import head
from generator.editions.words import is_insight, is_label
from generator.labels import Labels
from generator.markup.blocks import Block, scan
from generator.markup.escape import escape, escape_start, link
from generator.news import Article, Edition, Section, SectionKind

HOLDS = (
    *("title", "date", "category of the edition", "tags of the edition", "search keywords", "cover"),
    *(
        "words for the cover",
        "summary",
        "lead",
        "how it was made",
        "corrections",
        "impact",
        "prose of sections",
    ),
    *(
        "names of sections",
        "headline",
        "text",
        "link",
        "region",
        "importance",
        "tags",
        "background",
        "points",
    ),
    *("insights", "labelled lists", "link to the earlier story", "notes"),
)


def write(edition: Edition, labels: Labels) -> Written:
    """Return the post and what only the record can hold."""
    kept = edition.extras
    edition, made = with_headlines(edition)
    parts: list[str] = []
    heading = kept.get("themed.h1", escape_start(escape(edition.title)))
    if heading:
        parts.append(f"# {heading}")
    if mode := mode_line(edition, labels):
        parts.append(f"> {mode}")
    if intro := kept.get("themed.intro"):
        parts.append(intro)
    for number, section in enumerate(edition.sections):
        parts += _section(edition, section, number, labels)
    corrections = write_corrections(edition.corrections, edition.articles, labels)
    if corrections and not any(is_label(section.name, "correction") for section in edition.sections):
        parts.append(corrections.rstrip("\n"))
    if tail := kept.get("themed.tail"):
        parts.append(tail)
    body = kept.get("themed.start", "") + "\n\n".join(parts)
    if "themed.end" not in kept:
        body += "\n"
    lost = dropped(edition, HOLDS)
    if edition.summary and edition.lead:
        lost += ("lead",)
    return Written(head.write(edition, kept) + body, lost + foreign_extras(edition, "themed"), made)


def _section(edition: Edition, section: Section, number: int, labels: Labels) -> list[str]:
    kept = edition.extras
    parts: list[str] = []
    name = section.name or (labels.more if section.kind is SectionKind.MORE else "")
    if heading := kept.get(f"themed.heading.{number}", f"## {escape(name)}" if name else ""):
        parts.append(heading)
    if section.text:
        parts.append(section.text)
    if is_label(section.name, "correction"):
        parts.append(
            write_corrections(edition.corrections, edition.articles, labels).partition("\n\n")[2].rstrip("\n")
        )
    if section.kind is SectionKind.MORE:
        items = "\n".join(f"- {_bullet(edition, article, labels)}" for article in section.articles)
        glued = items and heading and heading.startswith("**")
        parts = (
            [*parts[:-1], f"{parts[-1]}\n{items}"] if glued and parts else [*parts, items] if items else parts
        )
    else:
        for article in section.articles:
            parts += _article(article, labels)
    if section.impact:
        parts.append(f"**{labels.impact}**\n" + _items(insight.text for insight in section.impact))
    if rule := kept.get(f"themed.rule.{number}"):
        parts.append(rule)
    return [part for part in parts if part]


def _article(article: Article, labels: Labels) -> list[str]:
    title = link(article.headline, article.url) if article.url else escape(article.headline)
    marks = write_marks(article, labels)
    parts = [f"### {title}" + (f"\n{marks}" if marks else "")]
    if status := _status(article, labels):
        parts.append(f"*{status}*")
    if article.text:
        parts.append(_safe_text(article.text))
    if article.background:
        parts.append(f"**{labels.background}：** {_one_block(article.background)}")
    if article.points:
        items = (
            f"**{point.label}**：{point.text}" if point.label else point.text for point in article.points
        )
        parts.append(f"**{labels.points}：**\n{_items(items)}")
    for group in article.groups:
        parts.append(f"**{group.label}**\n{_items(group.texts)}")
    if article.insights:
        parts.append(f"**{labels.insight}**  \n{_items(insight.text for insight in article.insights)}")
    return parts


def _status(article: Article, labels: Labels) -> str:
    words = []
    if article.follow_up_of:
        edition = article.follow_up_of.split("#")[0]
        words.append(f"{labels.follow_up}：[{edition}](../{edition}/)")
    if "title-only" in article.marks:
        words.append(labels.title_only)
    return " · ".join(words)


def _bullet(edition: Edition, article: Article, labels: Labels) -> str:
    title = link(article.headline, article.url) if article.headline else ""
    text = _one_block(article.text)
    joint = edition.extras.get(f"themed.joint.{article.headline}", "，" if text and title else "")
    marks = write_marks(article, labels)
    return f"{title}{joint}{text}" + (f" {marks}" if marks else "")


def _items(texts: object) -> str:
    return "\n".join(f"- {_one_block(text)}" for text in texts)  # type: ignore[attr-defined]


def _one_block(text: str) -> str:
    """Inline Markdown inside a list item: further lines are indented so that they stay in it."""
    return text.strip("\n").replace("\n", "\n  ")


def _safe_text(text: str) -> str:
    """A story's own text, kept from opening a section or another story."""
    safe = (_demoted(block.raw) if _opens(block) else block.raw for block in scan(text + "\n"))
    return "".join(safe).strip("\n")


def _opens(block: Block) -> bool:
    if block.kind != "heading" or block.level > 3:
        return False
    inline = block.raw.strip("# \t\n")
    return not (block.level == 3 and (is_insight(inline) or is_label(inline, "impact")))


def _demoted(raw: str) -> str:
    if raw.lstrip().startswith("#"):
        return "\\" + raw.lstrip()
    # a line of hyphens or equals signs under a paragraph makes it a heading: part the two
    lines = raw.rstrip("\n").split("\n")
    return "\n".join(lines[:-1]) + "\n\n" + ("\\" + lines[-1].lstrip()) + "\n"
