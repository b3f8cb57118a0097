"""What the reader, the writer and the twin of a report share: its marks, its lines, how stories are parted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from generator.labels import Labels
from generator.lexicon.publishers import publisher_of
from generator.markup.escape import plain
from generator.news import Article, Importance, Region
from generator.text.clean import one_line
from generator.text.dateline import opens_with_day

ICONS = {Importance.HIGH: "🔥", Importance.MEDIUM: "📌", Importance.LOW: "📄"}
BRIEF = 5  # lines a side
_DATELINE = re.compile(r"\d{1,2}(?:月\d{1,2}日消息，|/\d{1,2}: )")


def dateline(day: dt.date, labels: Labels) -> str:
    return labels.dateline.format(month=day.month, day=day.day)


def line_of(article: Article, day: dt.date, labels: Labels, *, opened: bool | None = None) -> str:
    """A story as one line of plain text; a story known only by its title is its title.

    The day opens it, unless it opens with one itself; `opened` says how it was read.
    """
    text = one_line(plain(article.text)) or article.headline
    if opened is None:
        opened = not has_day(text)
    return dateline(day, labels) + text if opened else text


def has_day(text: str) -> bool:
    """Whether a story's line says its day by itself."""
    return bool(_DATELINE.match(text)) or opens_with_day(text)


def region_of(article: Article) -> Region:
    """The story's region; where no one said, the country of the outlet it is from."""
    if article.region:
        return article.region
    return Region.DOMESTIC if publisher_of(article.url).country == "CN" else Region.INTERNATIONAL


def parted(articles: Iterable[Article]) -> dict[Region, list[Article]]:
    """The stories by region, each in its order."""
    found: dict[Region, list[Article]] = {Region.DOMESTIC: [], Region.INTERNATIONAL: []}
    for article in articles:
        found[region_of(article)].append(article)
    return found


def opened_as_read(kept: Mapping[str, str], place: str) -> bool | None:
    """Whether the story at `place` ("domestic.3") was read with the day before it, where we would write it otherwise."""
    for name, opened in (("report.bare", False), ("report.dated", True)):
        if place in kept.get(name, "").split():
            return opened
    return None
