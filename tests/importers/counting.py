"""Counting what a post shows, by a way of its own: line by line in the source, element by element on the page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

_FENCE = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^)\s]")
_LINK = re.compile(r"(?<!!)\[[^\[\]]+\]\([^)\s]")
_SPAN = re.compile(r"(`+)[^`]+\1")


def in_source(text: str) -> Counter[str]:
    """Count headings, links, images and code blocks of a Markdown file; front matter is left out."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").lstrip().split("\n")
    if lines[0].rstrip() in ("---", "+++"):
        fence = lines[0].rstrip()
        end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == fence), 0)
        lines = lines[end + 1 :]
    found: Counter[str] = Counter()
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" \t>`~"):
                fence = ""
            continue
        if mark and "`" not in line[mark.end() :]:
            fence = mark[1]
            found["code"] += 1
            continue
        words = _SPAN.sub("", line)
        found["headings"] += bool(_HEADING.match(words))
        if words.startswith("# "):
            continue  # the title, which a page shows without its links
        found["images"] += len(_IMAGE.findall(words))
        # a picture that is a link leaves a link around nothing
        found["links"] += len(_LINK.findall(re.sub(r"!\[[^\[\]]*\]\([^()]*\)", "x", words)))
    return found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.found["headings"] += 1
        elif tag == "a" and dict(attrs).get("href"):
            self.found["links"] += 1
        elif tag == "img":
            self.found["images"] += 1
        elif tag == "pre":
            self.found["code"] += 1


def on_page(html: str) -> Counter[str]:
    """Count the same on a built page."""
    page = _Page()
    page.feed(html)
    return page.found
