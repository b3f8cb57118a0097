"""The `digest` format: a numbered daily of paragraphs with an abstract, without headlines or links."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import MappingProxyType
from zoneinfo import ZoneInfo

from generator.editions.corrections import notices_of
from generator.editions.form import Parsed, Written
from generator.editions.losses import dropped, foreign_extras
from generator.editions.modes import mode_line, read_mode
from generator.editions.themed.bullets import bullets
from generator.editions.themed.head import day, edition_id
from generator.labels import Labels
from generator.markup.blocks import Block, scan
from generator.markup.escape import escape, plain
from generator.markup.frontmatter import Document, split
from generator.news import Article, Edition, Mode, Section, SectionKind, item_id

OPENS = dt.time(9)  # the hour of an edition that tells none

NUMBERED = True
HOLDS = (
    *("title", "date", "time it was made", "category of the edition", "tags of the edition"),
    *("how it was made", "lead", "headline", "text", "retraction notices"),
)

_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[^\n]*\n(?P<text>.*?)\n?(?P=fence)[ \t]*\n?\Z", re.DOTALL)
_ABSTRACT = re.compile(
    r"^#{2,4}[ \t]+\*\*.+\*\*[ \t]*\n\s*(`{3,}|~{3,})\n(?:.*\n){1,40}?\1\s*\n#{2,4}[ \t]+\*\*.+\*\*\s*\n {0,3}1[.)]",
    re.MULTILINE,
)
_HEADLINE = re.compile(r"\*\*(?P<headline>[^\n]+?)\*\*(?:\n|\Z)")
_GAP = "\n\n\n\n"  # this format parts its sections by three empty lines


def matches(text: str) -> bool:
    """The abstract in a fence below a bold heading, and a numbered list below another."""
    return bool(_ABSTRACT.search(text.replace("\r\n", "\n")))


def parse(text: str, path: str = "") -> Parsed:
    """Read a digest. Raises `ContentError` for broken front matter."""
    document = split(text, path)
    fields = document.fields
    date = day(fields.get("date"))
    places: dict[str, tuple[int, int]] = {"title": fields.place("title"), "date": fields.place("date")}
    extras = {"digest.front": document.head} if document.head else {}
    lead, section, tail, mode, note = "", "", "", Mode.MANUAL, ""
    head: list[str] = []
    opened = False  # whether the abstract was seen
    articles: list[Article] = []
    blocks = scan(document.body, document.body_line)
    for index, block in enumerate(blocks):
        if block.kind == "fence" and not opened and (match := _FENCE.match(block.raw)):
            lead, opened = match["text"], True
            places["lead"] = (block.line + 1, 1)
        elif block.kind == "list" and opened and re.match(r" {0,3}\d", block.raw):
            articles += _articles(block, len(articles), places)
            extras.setdefault("digest.marker", _marker(block.raw))
        elif articles and block.kind != "blank":
            tail = "".join(each.raw for each in blocks[index:]).rstrip("\n")
            break
        elif block.kind == "quote" and (found := read_mode(block.raw.strip().lstrip("> "))):
            mode, note = found
        elif block.kind == "heading":
            section = plain(block.raw.strip("# \t\n"))
            head.append(block.raw.rstrip("\n"))
        elif block.kind != "blank":
            head.append(block.raw.rstrip("\n"))
    if document.body and not document.body.endswith("\n"):
        extras["digest.end"] = "no newline"
    if tail:
        extras["digest.tail"] = tail
    edition = Edition(
        id=edition_id(path, date),
        date=date,
        title=fields.get("title", ""),
        category=", ".join(fields.get("categories", ())),
        tags=fields.get("tags", ()),
        generated_at=made if isinstance(made := fields.get("date"), dt.datetime) and made.tzinfo else None,
        lead=lead,
        mode=mode,
        mode_note=note,
        sections=(Section(section, SectionKind.FIXED, tuple(articles)),) if articles else (),
    )
    if edition.extras != extras:
        edition = replace(
            edition, extras=MappingProxyType(extras | _front(document, edition) | _heads(head, edition))
        )
    return Parsed(edition, places, path, document.warnings)


def write(edition: Edition, labels: Labels) -> Written:
    """Return the digest; a story keeps its text alone, led by its headline where the text does not say it."""
    kept = edition.extras
    front = kept.get("digest.front", "")
    if not front or kept.get("digest.front.was") != _front_matter(edition):
        front = _front_matter(edition)
    held = "digest.heads" in kept and kept.get("digest.heads.was") == edition.date.isoformat()
    first, second, third = kept["digest.heads"].split("\x1f") if held else _headings(edition, labels)
    if mode := mode_line(edition, labels):
        first += f"\n\n> {mode}"
    marker = kept.get("digest.marker", ".  ")
    items = [f"{number}{marker}{_item(article)}" for number, article in enumerate(edition.articles, 1)]
    lead = edition.lead or "\n".join(edition.summary) or _headlines(edition, labels)
    fence = "```" if "```" not in lead else "~~~~"
    parts = [first, f"{second}\n\n{fence}\n{lead}\n{fence}", f"{third}\n\n" + "\n\n".join(items)]
    body = _GAP.join(parts)
    tail = kept.get("digest.tail", "")
    for block in (tail, *(one for one in notices_of(edition) if one not in tail)):
        body += f"\n\n{block}" if block else ""
    end = "" if "digest.end" in kept else "\n"
    holds = {*HOLDS, "summary"} if not edition.lead else set(HOLDS)
    if held:
        holds.add("names of sections")
    lost: tuple[str, ...] = ("words between its headings",) if "digest.other" in kept else ()
    lost += dropped(edition, holds) + foreign_extras(edition, "digest")
    return Written(f"---\n{front}\n---\n\n{body}{end}", lost)


def _articles(block: Block, start: int, places: dict[str, tuple[int, int]]) -> list[Article]:
    found = []
    for number, bullet in enumerate(bullets(block), start):
        places[f"s0.a{number}.text"] = bullet.place
        text = "\n".join(line.strip() for line in bullet.text.split("\n"))
        headline = ""
        if opening := _HEADLINE.match(text):
            headline, text = plain(opening["headline"]), text[opening.end() :]
            places[f"s0.a{number}.headline"] = (bullet.place[0], bullet.place[1] + 2)
            places[f"s0.a{number}.text"] = (bullet.place[0] + 1, 5)
        found.append(Article(item_id("", title=headline or text[:60]), headline, text))
    return found


def _item(article: Article) -> str:
    """A story's paragraph; its headline, where it has one, is a bold line of its own above."""
    text = re.sub(r"\n\s*\n", "\n", article.text.strip())
    if article.headline:
        text = f"**{escape(article.headline)}**\n{text}".rstrip()
    return text.replace("\n", "\n    ")


def _headlines(edition: Edition, labels: Labels) -> str:
    """The first headlines, for an edition that has no abstract."""
    named = [article.headline for article in edition.articles if article.headline]
    return labels.day_join.join(named[:3])


def _marker(raw: str) -> str:
    match = re.match(r" {0,3}\d+([.)][ \t]+)", raw)
    return match[1] if match else ".  "


def _headings(edition: Edition, labels: Labels) -> tuple[str, str, str]:
    """The three headings of this format, the first with its badge."""
    date = edition.date
    return (
        f"## {labels.digest_title} {date.year}/{date.month}/{date.day}\n\n>  `{labels.digest_badge}` ",
        f"### **{labels.digest_lead}**",
        f"### **{labels.digest_items}**",
    )


def _front(document: Document, edition: Edition) -> dict[str, str]:
    return {"digest.front.was": _front_matter(edition)} if document.head else {}


def _heads(head: list[str], edition: Edition) -> dict[str, str]:
    """The headings as written, in the three groups this format has; nothing when there are others."""
    titles = [index for index, raw in enumerate(head) if raw.startswith("#")]
    if len(titles) != 3 or titles[0] != 0 or titles[2] - titles[1] != 1 or titles[2] != len(head) - 1:
        return {"digest.other": "\n\n".join(head)} if head else {}
    first = "\n\n".join(head[: titles[1]])
    return {
        "digest.heads": "\x1f".join((first, head[titles[1]], head[titles[2]])),
        "digest.heads.was": edition.date.isoformat(),
    }


def _front_matter(edition: Edition) -> str:
    date = edition.date
    zone = ZoneInfo(edition.timezone)
    made = edition.generated_at.astimezone(zone) if edition.generated_at else None
    moment = (made or dt.datetime.combine(date, OPENS, zone)).isoformat(timespec="seconds")
    description = f"{edition.title.replace(date.isoformat(), '').rstrip(' -')} - {date.year}年{date.month}月{date.day}日"
    lines = [f"title: {_quoted(edition.title)}", f"date: {moment}", f"description: {_quoted(description)}"]
    for key, values in (
        ("categories", (edition.category,) if edition.category else ()),
        ("tags", edition.tags),
    ):
        if values:
            lines += [f"{key}:", *(f"  - {_scalar(value)}" for value in values)]
    return "\n".join([*lines, "draft: false"])


def _quoted(text: str) -> str:
    from generator.markup.frontmatter import Quoted, emit

    return emit([("x", Quoted(text))])[7:-5]


def _scalar(text: str) -> str:
    from generator.markup.frontmatter import emit

    return emit([("x", text)])[7:-5]
