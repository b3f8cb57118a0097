"""Write a themed post.

Headlines are plain text and are escaped; texts, insights and points are inline Markdown and
are only kept from becoming another block by accident.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.editions.corrections import notices_of, write_corrections
from generator.editions.form import Written
from generator.editions.headlines import with_headlines
from generator.editions.losses import dropped, foreign_extras
from generator.editions.marks import write_marks
from generator.editions.modes import mode_line
from generator.editions.themed import head
from generator.editions.themed.spelling import spelled
from generator.editions.words import is_insight, is_label, is_more
from generator.labels import Labels
from generator.markup.blocks import Block, scan
from generator.markup.escape import escape, escape_start, link, link_address
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
        "retraction notices",
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
    edition, made = with_headlines(edition)
    body = spelled(parts(edition, labels), edition.extras)
    lost = dropped(edition, HOLDS)
    if edition.summary and edition.lead:
        lost += ("lead",)
    return Written(head.write(edition, edition.extras) + body, lost + foreign_extras(edition, "themed"), made)


def parts(edition: Edition, labels: Labels) -> list[str]:
    """Return the body as we write it, in parts: its opening, each section, the corrections, the card at its end."""
    kept = edition.extras
    opening = (
        f"# {escape_start(escape(edition.title))}" if edition.title else "",
        f"> {mode}" if (mode := mode_line(edition, labels)) else "",
        kept.get("themed.intro", ""),
        *(one for one in notices_of(edition) if one in kept.get("digest.tail", "")),
    )
    found = [_blocks(opening)]
    above = SectionKind.THEME
    for section in edition.sections:
        found.append(_blocks(_section(edition, section, above, labels)))
        above = section.kind
    if not any(is_label(section.name, "correction") for section in edition.sections):
        corrections = write_corrections(edition.corrections, edition.articles, labels).rstrip("\n")
        found += [corrections] if corrections else []
    found += [kept["themed.tail"]] if "themed.tail" in kept else []
    last = max((place for place, text in enumerate(found) if text), default=0)
    return [text and text + ("\n" if place == last else "\n\n") for place, text in enumerate(found)]


def _blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block)


def _section(edition: Edition, section: Section, above: SectionKind, labels: Labels) -> Iterator[str]:
    name = section.name or (labels.more if section.kind is SectionKind.MORE else "")
    if name:
        # below 更多动态, a heading names a part of its list
        part = section.kind is above is SectionKind.MORE and not is_more(name)
        yield f"{'###' if part else '##'} {escape(name)}"
    yield section.text
    if is_label(section.name, "correction"):
        yield (
            write_corrections(edition.corrections, edition.articles, labels).partition("\n\n")[2].rstrip("\n")
        )
    if section.kind is SectionKind.MORE:
        yield "\n".join(f"- {_bullet(article, labels)}" for article in section.articles)
    else:
        for article in section.articles:
            yield from _article(article, labels)
    if section.impact:
        yield f"**{labels.impact}**\n" + _items(insight.text for insight in section.impact)


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


def _bullet(article: Article, labels: Labels) -> str:
    title, joint = "", ""
    if article.headline:
        linked = link_address(article.url)
        title = link(article.headline, article.url) if linked else f"**{escape(article.headline)}**"
        joint = "，" if linked else "："
    text = _one_block(article.text)
    marks = write_marks(article, labels)
    return title + (joint if text else "") + text + (f" {marks}" if marks else "")


def _items(texts: Iterable[str]) -> str:
    return "\n".join(f"- {_one_block(text)}" for text in texts)


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
