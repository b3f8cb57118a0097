"""Lines of a themed post that mean something of their own: headings with a link, labels, states, notices."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.editions.modes import read_mode
from generator.editions.words import is_insight, is_label, is_more
from generator.markup.blocks import Block
from generator.markup.escape import plain
from generator.news import Mode, Point

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(.*?)(?:[ \t]+#+)?[ \t]*\n?\Z")
_URL = r"(?P<url><[^<>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"]*\")?\)"
_LINKED = re.compile(rf"\[(?P<text>(?:\\.|[^\\])*?)\]\({_URL}\Z")
_LINK_INSIDE = re.compile(rf"(?<!!)\[(?:\\.|[^\\\[\]])*\]\({_URL}")
_LABEL = re.compile(
    r"(?:\*\*|__)(?P<label>[^*\n]{1,60}?)(?:\*\*|__)(?P<colon>[：:]?)[ \t]*(?P<rest>[^\n]*)\n?(?P<more>.*)",
    re.DOTALL,
)
_STATUS = re.compile(r"\*(?P<words>[^*\n]+)\*\s*\Z")
_FOLLOW_UP = re.compile(r"(?P<word>[^：:]+)[：:]\s*\[(?P<id>[^\]]+)\]\(\.\./[^)]*\)")


def heading(raw: str) -> str:
    """Return the inline text of a `#` heading."""
    match = _HEADING.match(raw)
    return match[2] if match else raw.strip().split("\n")[0]


class Headline(NamedTuple):
    """A story's heading: plain words, its link, and how far into the heading the words begin."""

    text: str
    url: str
    offset: int


def headline(inline: str) -> Headline:
    """Read a story's heading. A link around a part of the words is the story's too."""
    if linked := _LINKED.match(inline):
        return Headline(plain(linked["text"]), linked["url"].strip("<>"), 1)
    inside = _LINK_INSIDE.search(inline)
    if inside and inside["url"]:
        return Headline(plain(inline), inside["url"].strip("<>"), 0)
    return Headline(plain(inline), "", 0)


def is_label_heading(inline: str) -> bool:
    """Whether a heading is no story but the label of one's analysis (### 深度解读)."""
    return is_insight(plain(inline)) or is_label(plain(inline), "impact")


class Label(NamedTuple):
    """A bold label that opens a paragraph, and the text beside it."""

    name: str  # with its colon
    text: str
    row: int  # of the text within the paragraph, from 0
    column: int  # of the text in its row, from 0

    @property
    def known(self) -> bool:
        """Whether what follows it has a field of its own."""
        return is_insight(self.name) or any(
            is_label(self.name, field) for field in ("impact", "background", "points")
        )


def label(raw: str) -> Label | None:
    """Read a paragraph that a bold label opens; None for bold words that are no label."""
    match = _LABEL.match(raw)
    if match is None:
        return None
    rest, more = match["rest"].rstrip(), match["more"].rstrip()
    words = more.lstrip()
    where = (0, match.start("rest")) if rest else (1, len(more) - len(words))
    found = Label(match["label"] + match["colon"], f"{rest}\n{more}".rstrip() if rest else words, *where)
    looks = found.name.rstrip().endswith(("：", ":"))
    return found if looks or found.known or is_more(found.name) else None


def mode(raw: str) -> tuple[Mode, str] | None:
    """Read the quoted line that says how the edition was made."""
    return read_mode(re.sub(r"^ {0,3}> ?", "", raw, flags=re.MULTILINE))


def status(raw: str) -> tuple[list[str], str] | None:
    """Read the line in italics below a headline: its marks, and the edition it follows up."""
    match = _STATUS.match(raw)
    if match is None:
        return None
    marks, follow_up = [], ""
    for words in match["words"].split(" · "):
        if is_label(words, "title_only"):
            marks.append("title-only")
        elif (found := _FOLLOW_UP.match(words)) and is_label(found["word"], "follow_up"):
            follow_up = found["id"]
        else:
            return None
    return marks, follow_up


def point(text: str) -> Point:
    """Read a bullet of 要点: a bold label and its words, or words alone."""
    match = re.match(r"\*\*(.+?)\*\*[：:]\s*(.*)", text, re.DOTALL)
    return Point(match[1], match[2]) if match else Point("", text)


def card_at_end(blocks: list[Block]) -> int:
    """Index where a rule and the HTML card below it, the end of the post, begin; else the number of blocks."""
    for index in range(len(blocks) - 1, -1, -1):
        kind = blocks[index].kind
        if kind == "rule":
            return index if any(block.kind == "html" for block in blocks[index:]) else len(blocks)
        if kind not in ("html", "blank", "code"):
            break
    return len(blocks)
