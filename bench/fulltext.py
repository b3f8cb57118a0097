"""How well the full-text extra reads articles: token F1 against gold text, and strings kept or left out.

    python -m bench.fulltext [FOLDER]

FOLDER is ../shared/data/articles by default: pages with gold text (three collections), with
expected HTML, and with strings that must and must not appear.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from generator.feeds.article import article
from generator.feeds.values import FeedError

ARTICLES = Path(__file__).parents[2] / "shared" / "data" / "articles"
_TOKENS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page with what is known of its article: gold text, or strings in it and not in it."""

    file: Path
    gold: str = ""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def f1(found: str, gold: str) -> float:
    """Return the F1 of two texts' tokens as bags: a Han character or a word of other scripts each."""
    mine, theirs = (Counter(_TOKENS.findall(text.lower())) for text in (found, gold))
    common = (mine & theirs).total()
    return 2 * common / (mine.total() + theirs.total()) if common else 0.0


def pages(folder: Path) -> Iterator[tuple[str, list[Page]]]:
    """Yield each collection's name and pages."""
    gold = json.loads((folder / "benchmark-en" / "gold.json").read_text(encoding="utf-8"))
    yield (
        "benchmark-en",
        [
            Page(file, gold[file.name]["articleBody"])
            for file in _html(folder / "benchmark-en")
            if file.name in gold
        ],
    )
    silver = json.loads((folder / "chinese-news" / "silver.json").read_text(encoding="utf-8"))
    yield (
        "chinese-news",
        [
            Page(file, silver[file.name]["content"])
            for file in _html(folder / "chinese-news")
            if file.name in silver
        ],
    )
    yield (
        "with-text",
        [
            Page(file, text.read_text(encoding="utf-8"))
            for file in _html(folder / "with-text")
            if (text := file.with_suffix(".txt")).is_file()
        ],
    )
    yield (
        "readability",
        [
            Page(file, _text((file.parent / "expected.html").read_text(encoding="utf-8")))
            for file in sorted((folder / "readability").glob("*/source.html"))
            if (file.parent / "expected.html").is_file()
        ],
    )
    strings = json.loads((folder / "must-contain" / "gold.json").read_text(encoding="utf-8"))
    yield (
        "must-contain",
        [
            Page(
                file, wanted=tuple(strings[file.name]["with"]), unwanted=tuple(strings[file.name]["without"])
            )
            for file in _html(folder / "must-contain")
            if file.name in strings
        ],
    )


def read(page: Page) -> str:
    """Return what the collector would keep of a saved page; "" when it finds no article."""
    try:
        return article(page.file.read_bytes(), "text/html", "", 1_000_000)
    except FeedError:
        return ""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    print(f"{'collection':14} pages  nothing  mean F1  median F1  wanted  unwanted  ms/page")
    for name, known in pages(folder):
        started = time.process_time()
        found = [read(page) for page in known]
        spent = (time.process_time() - started) / max(len(known), 1) * 1000
        scores = [f1(text, page.gold) for text, page in zip(found, known, strict=True) if page.gold]
        wanted = [text in one for one, page in zip(found, known, strict=True) for text in page.wanted]
        unwanted = [text in one for one, page in zip(found, known, strict=True) for text in page.unwanted]
        print(
            f"{name:14} {len(known):5}  {found.count(''):7}"
            f"  {f'{statistics.mean(scores):.3f}' if scores else _NONE:>7}  {f'{statistics.median(scores):.3f}' if scores else _NONE:>9}"
            f"  {f'{sum(wanted)}/{len(wanted)}' if wanted else _NONE:>6}  {f'{sum(unwanted)}/{len(unwanted)}' if unwanted else _NONE:>8}  {spent:7.0f}"
        )


def _html(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


def _text(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return " ".join(reader.parts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


if __name__ == "__main__":
    main()
