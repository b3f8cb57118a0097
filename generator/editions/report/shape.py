"""What the reader, the writer and the twin of a report share: its marks, its lines, how stories are parted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from generator.labels import Labels
from generator.lexicon.publishers import publisher_of
from generator.markup.escape import plain
from generator.news import Article, Importance, Region
from generator.text.clean import one_line

ICONS = {Importance.HIGH: "🔥", Importance.MEDIUM: "📌", Importance.LOW: "📄"}
BRIEF = 5  # lines a side
_DATELINE = re.compile(r"\d{1,2}(?:月\d{1,2}日消息，|/\d{1,2}: )")


def dateline(day: dt.date, labels: Labels) -> str:
    return labels.dateline.format(month=day.month, day=day.day)


def line_of(article: Article, day: dt.date, labels: Labels, *, bare: bool = False) -> str:
    """A story as one line of plain text, opened by the day; a story known only by its title is its title."""
    text = one_line(plain(article.text)) or article.headline
    return text if bare or _DATELINE.match(text) else dateline(day, labels) + text


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


def bare_lines(kept: str) -> frozenset[str]:
    """The places ("domestic.3") of stories that were written without the day before them."""
    return frozenset(kept.split())
