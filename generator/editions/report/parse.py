"""Read a report, or its JSON twin."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from generator.editions.form import Parsed
from generator.editions.modes import read_mode
from generator.editions.report import clock
from generator.editions.report.shape import ICONS, dateline, has_day
from generator.editions.report.twin import parse_twin
from generator.editions.report.write import brief_of
from generator.editions.themed.head import edition_id
from generator.editions.words import is_label
from generator.errors import ContentError, Problem
from generator.labels import available, labels_for
from generator.markup.escape import escape
from generator.news import (
    Article,
    Edition,
    Importance,
    Mode,
    Region,
    Section,
    SectionKind,
    Source,
    Stats,
    item_id,
)
from generator.text.addresses import canonical_url

_TITLE = re.compile(r"\s*={20,}\n(?P<title>[^\n]+?) - (?P<date>\d{4}-\d{1,2}-\d{1,2})[ \t]*\n")
_CLOCK = re.compile(
    r"[^:：\n]+[:：] ?(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2})?)[ \t]*\Z"
)
_SECTION = re.compile(r"【(?P<name>[^】]+)】[ \t]*\Z")
_STORY = re.compile(r"(?P<number>\d+)、(?:(?P<icon>🔥|📌|📄)\ufe0f? )?(?P<text>.*)")
_FIELD = re.compile(r"[ \t]+(?P<icon>📋|📰|🏷)\ufe0f? (?P<label>[^:：]{1,20})[:：] ?(?P<value>.*)")
_FOOTER = re.compile(r"📊 [^:：\n]{1,30}[:：] ?(?P<lead>.*)")
_IMPORTANCE = {icon: importance for importance, icon in ICONS.items()}


def matches(text: str) -> bool:
    """The rule and the dated title of the text, or the keys of its twin."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if text.lstrip().startswith("{"):
        return all(key in text for key in ('"domestic"', '"international"', '"date"'))
    return bool(_TITLE.match(text))


def parse(text: str, path: str = "") -> Parsed:
    """Read a report. Raises `ContentError` when it does not start with the rule and the dated title."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if text.lstrip().startswith("{"):
        return parse_twin(text, path)
    title = _TITLE.match(text)
    day = _day(title["date"]) if title else None
    if title is None or day is None:
        what = "a report starts with a rule of = signs and a dated title: AI每日动态 - 2026-01-07"
        raise ContentError([Problem(path, 1, 1, what)])
    reader = _Reader(day, {"title": (_line_at(text, title.start("title")), 1)})
    reader.read(text[title.end() :].split("\n"), _line_at(text, title.end()))
    extras = dict(reader.kept)
    if text.endswith("\n"):
        extras["report.end"] = "newline"
    if not is_label(title["title"], "report_title"):
        extras["report.title"] = title["title"]
    edition = Edition(
        id=edition_id(path, day),
        date=day,
        title=title["title"],
        generated_at=reader.made,
        lead=reader.lead,
        stats=Stats(raw_total=reader.total),
        mode=reader.mode,
        mode_note=reader.note,
        sections=tuple(
            Section(name, SectionKind.REGION, tuple(story.built(region, day) for story in stories))
            for name, region, stories in reader.sections
        ),
    )
    for name, opened in (("report.bare", False), ("report.dated", True)):
        if places := " ".join(_against_our_way(reader, day, opened=opened)):
            extras[name] = places
    edition = replace(edition, extras=MappingProxyType(extras))
    if reader.brief_seen:
        brief = "".join(f"{line}\n" for line in reader.brief)
        follows = brief_of(edition, labels_for(reader.language))
        if brief != follows:
            extras |= {"report.brief": brief, "report.brief.was": follows}
    else:
        extras["report.short"] = "no brief"
    return Parsed(replace(edition, extras=MappingProxyType(extras)), reader.places, path)


@dataclass(slots=True)
class _Story:
    """A story while it is read; `text` is plain."""

    text: str
    importance: Importance | None = None
    reason: str = ""
    publisher: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()

    def built(self, region: Region | None, day: dt.date) -> Article:
        text = self.text
        if opening := _opening(text, day):
            text = text[len(opening) :]
        key = canonical_url(self.url) if self.url else ""
        name = item_id(key) if key else item_id("", title=text[:80])
        return Article(
            id=name,
            text=escape(text),
            region=region,
            importance=self.importance,
            reason=self.reason,
            tags=self.tags,
            sources=(Source(name, self.url, self.publisher),) if self.url or self.publisher else (),
        )


@dataclass(slots=True)
class _Reader:
    day: dt.date
    places: dict[str, tuple[int, int]]
    made: dt.datetime | None = None
    total: int = 0
    mode: Mode = Mode.MANUAL
    note: str = ""
    lead: str = ""
    language: str = "zh"
    brief: list[str] = field(default_factory=list)
    brief_seen: bool = False
    sections: list[tuple[str, Region | None, list[_Story]]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)

    def read(self, lines: list[str], first: int) -> None:
        boxes = sum(line.startswith("╔") for line in lines)
        part = "head"
        for number, line in enumerate(lines, first):
            if line.startswith("╔"):
                part = "brief" if part == "head" and boxes > 1 else "full"
                self.brief_seen |= part == "brief"
            elif line.startswith(("║", "╚", "=====")):
                continue
            elif part != "brief" and (section := _SECTION.match(line)):
                part = "full"
                self._section(section["name"], number)
            elif footer := _FOOTER.match(line):
                part = "foot"
                self.lead = footer["lead"].strip()
                self.places["lead"] = (number, footer.start("lead") + 1)
            elif part == "head":
                self._head(line)
            elif part == "brief":
                self.brief.append(line)
            elif part == "full":
                self._story(line, number)
            elif line.strip() and self.lead:
                self.lead += f"\n{line.strip()}"
        if self.brief_seen:
            self._trim_brief()

    def _trim_brief(self) -> None:
        """The empty lines that belong to the boxes around the brief go."""
        if self.brief and not self.brief[0]:
            del self.brief[0]
        if self.brief and not self.brief[-1]:
            del self.brief[-1]

    def _head(self, line: str) -> None:
        if (made := _CLOCK.match(line)) and self.made is None:
            with contextlib.suppress(ValueError):  # digits that are no moment
                self.made, told = clock.read(made[1])
                if told:
                    self.kept[clock.KEPT] = told
        elif found := read_mode(line):
            self.mode, self.note = found
        elif (count := re.search(r"\d+", line)) and not self.total:
            self.total = int(count[0][:12])

    def _section(self, name: str, number: int) -> None:
        region = next((one for one in Region if is_label(name, f"report_{one.value}")), None)
        self.places[f"s{len(self.sections)}.name"] = (number, 2)
        self.sections.append((name, region, []))
        for language in available():
            labels = labels_for(language)
            if name in (labels.report_domestic, labels.report_international):
                self.language = language

    def _story(self, line: str, number: int) -> None:
        if not line.strip() or line.startswith("-----"):
            return
        if not self.sections:
            self.sections.append(("", None, []))
        stories = self.sections[-1][2]
        story, named = _STORY.match(line), _FIELD.match(line)
        key = f"s{len(self.sections) - 1}.a{len(stories) - (0 if story else 1)}"
        if story:
            text = story["text"]
            opening = _opening(text, self.day)
            stories.append(_Story(text, _IMPORTANCE.get(story["icon"] or "")))
            self.places[f"{key}.text"] = (number, story.start("text") + len(opening) + 1)
        elif stories and named:
            self._field(stories[-1], named, key, number)
        elif stories:
            stories[-1].text += f" {line.strip()}"

    def _field(self, story: _Story, match: re.Match[str], key: str, number: int) -> None:
        icon, value = match["icon"], match["value"]
        if icon == "📋":
            story.reason = value.strip()
            self.places[f"{key}.reason"] = (number, match.start("value") + 1)
        elif icon == "📰":
            name, parted, url = value.rpartition(" | 🔗 ")
            story.publisher, story.url = (name.strip(), url.strip()) if parted else (value.strip(), "")
            self.places[f"{key}.source"] = (number, match.start("value") + 1)
        else:
            story.tags = tuple(tag for tag in (part.strip() for part in value.split(",")) if tag)


def _opening(text: str, day: dt.date) -> str:
    """The day before a story's words, when it is the edition's own."""
    openings = (dateline(day, labels_for(language)) for language in available())
    return next((opening for opening in openings if text.startswith(opening)), "")


def _against_our_way(reader: _Reader, day: dt.date, *, opened: bool) -> list[str]:
    """The places of stories that stand with the day before them, or without, where the writer does the other."""
    return [
        f"{region.value}.{number}"
        for _, region, stories in reader.sections
        if region
        for number, story in enumerate(stories, 1)
        if bool(opening := _opening(story.text, day)) is opened
        and has_day(story.text[len(opening) :]) is opened
    ]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date(*map(int, text.split("-")))
    except ValueError:
        return None


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
