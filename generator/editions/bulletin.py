"""The `bulletin` format: an industry brief of fixed sections, each story with 说明, 背景, 要点 and one source.

It has no front matter. As Markdown its lines would run together, so a site renders such an
edition from its structure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from types import MappingProxyType

from generator.editions.form import Parsed, Written
from generator.editions.headlines import with_headlines
from generator.editions.losses import dropped, foreign_extras
from generator.editions.modes import mode_line, read_mode
from generator.editions.themed.head import edition_id
from generator.editions.words import is_label
from generator.errors import ContentError, Problem
from generator.labels import Labels
from generator.markup.escape import escape, escape_start, link, link_address, unescape
from generator.news import Article, Edition, Mode, Point, Section, SectionKind, Source, item_id
from generator.text.addresses import canonical_url, host_of

NUMBERED = False
HOLDS = (
    *("date", "how it was made", "names of sections"),
    *("headline", "text", "background", "points", "link", "publisher"),
)
_STYLE = "color:#1677ff;font-size:18px;font-weight:bold;"

_TITLE = re.compile(r"\s*<span[^>]*>\s*(?P<title>.*?)\s*[(（](?P<date>\d{4}-\d{1,2}-\d{1,2})[)）]\s*</span>")
_SECTION = re.compile(r"\*\*(?P<name>[^*\n]+)\*\*\s*\Z")
_LINE = re.compile(r"(?P<label>[^：:\n]{1,20})[：:](?P<text>.*)", re.DOTALL)
_POINT = re.compile(r"[-*] +(?:\*\*(?P<label>.+?)\*\*[：:] *)?(?P<text>.*)", re.DOTALL)
_LINK = re.compile(r"\[(?P<name>(?:\\.|[^\[\]\\])*)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
# Names this format knows, where the text gives none.
_FIELDS = ("description", "background", "points", "provenance")


def matches(text: str) -> bool:
    """The title in a span, its day in brackets."""
    return bool(_TITLE.match(text.removeprefix("\ufeff")))


def parse(text: str, path: str = "") -> Parsed:
    """Read a bulletin. Raises `ContentError` when it does not start with the title line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    title = _TITLE.match(text)
    day = _day(title["date"]) if title else None
    if title is None or day is None:
        what = "a bulletin starts with its title and day: <span …>AI 行业动态 (2026-01-30)</span>"
        raise ContentError([Problem(path, 1, 1, what)])
    name = unescape(title["title"])
    places = {"title": (1, title.start("title") + 1), "date": (1, title.start("date") + 1)}
    mode, note = Mode.MANUAL, ""
    sections: list[tuple[str, list[Article]]] = []
    for group in _groups(text[title.end() :], text.count("\n", 0, title.end()) + 1):
        line, first = group[0]
        named = _SECTION.match(first) if len(group) == 1 else None
        if named:
            places[f"s{len(sections)}.name"] = (line, 3)
            sections.append((unescape(named["name"]), []))
        elif not sections and len(group) == 1 and (found := read_mode(first)):
            mode, note = found
        else:
            if not sections:
                sections.append(("", []))
            key = f"s{len(sections) - 1}.a{len(sections[-1][1])}"
            sections[-1][1].append(_article(group, key, places))
    extras: dict[str, str] = {}
    if title[0].strip() != _title_line(name, day):
        extras |= {"bulletin.title": title[0].strip(), "bulletin.title.was": _title_line(name, day)}
    if not is_label(name, "bulletin_title"):
        extras["bulletin.name"] = name
    if not text.endswith("\n"):
        extras["bulletin.end"] = "no newline"
    edition = Edition(
        id=edition_id(path, day),
        date=day,
        title=name,
        mode=mode,
        mode_note=note,
        sections=tuple(Section(name, SectionKind.FIXED, tuple(articles)) for name, articles in sections),
        extras=MappingProxyType(extras),
    )
    return Parsed(edition, places, path)


def write(edition: Edition, labels: Labels) -> Written:
    """Return the bulletin; what it has no line for is named."""
    kept = edition.extras
    edition, made = with_headlines(edition)
    title = _title_line(kept.get("bulletin.name", labels.bulletin_title), edition.date)
    parts = [kept["bulletin.title"] if kept.get("bulletin.title.was") == title else title]
    if mode := mode_line(edition, labels):
        parts.append(mode)
    for section in edition.sections:
        if section.name:
            parts.append(f"**{escape(section.name)}**")
        parts += [_story(article, labels) for article in section.articles]
    end = "" if "bulletin.end" in kept else "\n"
    named = edition.title == kept.get("bulletin.name") or is_label(edition.title, "bulletin_title")
    lost = dropped(edition, (*HOLDS, "title") if named else HOLDS)
    return Written("\n\n".join(parts) + end, lost + foreign_extras(edition, "bulletin"), made)


def _title_line(title: str, day: dt.date) -> str:
    return f'<span style="{_STYLE}">{escape(title)} ({day.isoformat()})</span>'


def _story(article: Article, labels: Labels) -> str:
    lines = [escape_start(escape(article.headline))]
    for label, text in ((labels.description, article.text), (labels.background, article.background)):
        if text:
            lines.append(f"{label}：{_one(text)}")
    if article.points:
        lines.append(f"{labels.points}：")
        lines += [
            f"- **{point.label}**：{_one(point.text)}" if point.label else f"- {_one(point.text)}"
            for point in article.points
        ]
    if article.url:
        name = article.publisher or host_of(article.url)
        target = link(name, article.url) if link_address(article.url) else escape(name)
        lines.append(f"{labels.provenance}：{target}")
    return "\n".join(line for line in lines if line)


def _one(text: str) -> str:
    return " ".join(text.split("\n"))


def _groups(text: str, first: int) -> Iterator[list[tuple[int, str]]]:
    """Runs of numbered lines between blank ones; a run that opens with a label belongs to the story above."""
    group: list[tuple[int, str]] = []
    parted = False
    for number, row in enumerate(text.split("\n"), first):
        if not row.strip():
            parted = True
            continue
        if parted and group and not (_field_of(row) or _POINT.match(row)):
            yield group
            group = []
        parted = False
        group.append((number, row))
    if group:
        yield group


def _field_of(row: str) -> str:
    """The field a line's label names; "" when it names none."""
    match = _LINE.match(row)
    return next((name for name in _FIELDS if match and is_label(match["label"], name)), "")


def _article(group: list[tuple[int, str]], key: str, places: dict[str, tuple[int, int]]) -> Article:
    headline = unescape(group[0][1].strip())
    places[f"{key}.headline"] = (group[0][0], 1)
    found: dict[str, str] = {}
    points: list[Point] = []
    source: Source | None = None
    loose: list[str] = []
    for number, row in group[1:]:
        match, named = _LINE.match(row), _field_of(row)
        point = _POINT.match(row)
        if match and named == "provenance":
            source = _source(match["text"])
            places[f"{key}.source"] = (number, match.start("text") + 1)
        elif match and named:
            found[named] = match["text"].strip()
            places[f"{key}.{'text' if named == 'description' else named}"] = (number, match.start("text") + 1)
        elif point:
            places[f"{key}.points.{len(points)}"] = (number, point.start("text") + 1)
            points.append(Point(point["label"] or "", point["text"]))
        else:
            loose.append(row)
    text = "\n".join(part for part in (found.get("description", ""), *loose) if part)
    places.pop(f"{key}.points", None)
    return Article(
        id=source.id if source else item_id("", title=headline),
        headline=headline,
        text=text,
        background=found.get("background", ""),
        points=tuple(points),
        sources=(source,) if source else (),
    )


def _source(text: str) -> Source:
    match = _LINK.search(text)
    if match is None:
        return Source(item_id("", title=text.strip()), "", text.strip())
    return Source(item_id(canonical_url(match["url"])), match["url"], unescape(match["name"]))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date(*map(int, text.split("-")))
    except ValueError:
        return None
