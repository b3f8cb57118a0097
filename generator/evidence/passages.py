"""The printed texts of an edition, one passage each, with their places in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.markup.escape import escape
from generator.markup.escape import plain as unmarked
from generator.news import Article, Edition

Places = Mapping[str, tuple[int, int]]  # a passage's key → line and column, from 1


@dataclass(frozen=True, slots=True)
class Passage:
    """One printed text and where it begins. `role` is the last part of its key: headline, text, insights, …"""

    key: str
    text: str
    line: int = 0
    column: int = 0

    @property
    def role(self) -> str:
        return next((part for part in reversed(self.key.split(".")) if not part.isdigit()), self.key)

    @property
    def factual(self) -> bool:
        """Whether it reports; insights, impact and reasons may conclude."""
        return self.role not in {"insights", "impact", "reason"}


def plain(text: str) -> str:
    """Return inline Markdown as the words a reader sees."""
    return unmarked(text).strip()


def place_of(words: str, text: str, start: int) -> int:
    """Return where the words that stand at `start` of the plain text stand in its Markdown; -1 when nowhere."""
    shown = words if words in text else escape(words)
    at = text.find(shown)
    for _ in range(plain(text).count(words, 0, start + len(words) - 1) if start else 0):
        further = text.find(shown, at + len(shown))
        at = further if further >= 0 else at
    return at


def of_article(key: str, article: Article, places: Places) -> Iterator[Passage]:
    texts: list[tuple[str, str]] = [("headline", article.headline), ("text", article.text)]
    texts += [("background", article.background), ("reason", article.reason)]
    texts += [(f"points.{n}", f"{point.label}：{point.text}") for n, point in enumerate(article.points)]
    texts += [(f"insights.{n}", insight.text) for n, insight in enumerate(article.insights)]
    for g, group in enumerate(article.groups):
        texts += [(f"groups.{g}.{n}", text) for n, text in enumerate(group.texts)]
    base = places.get(key, places.get(f"{key}.headline", places.get(f"{key}.text", (0, 0))))
    for name, text in texts:
        if text.strip():
            place = places.get(f"{key}.{name}", base)
            yield Passage(f"{key}.{name}", text, *place)


def of_edition(edition: Edition, places: Places) -> Iterator[Passage]:
    texts = [("title", edition.title), ("lead", edition.lead), ("cover_alt", edition.cover_alt)]
    texts += [(f"summary.{n}", line) for n, line in enumerate(edition.summary)]
    for s, section in enumerate(edition.sections):
        texts += [(f"s{s}.impact.{n}", insight.text) for n, insight in enumerate(section.impact)]
    for key, text in texts:
        if text.strip():
            place = places.get(key) or places.get(key.rsplit(".", 1)[0], (0, 0))
            yield Passage(key, text, *place)
