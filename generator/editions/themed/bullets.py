"""The items of a list, and those of 更多动态 taken apart into headline, link and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.editions.marks import Marks, parse_marks
from generator.markup.blocks import Block
from generator.markup.escape import plain

_MARKER = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])([ \t]+|$)")
_LINK = re.compile(
    r"\[(?P<name>(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]"
    r"\((?P<url><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"]*\")?\)"
)
_BOLD = re.compile(r"\*\*(?P<name>(?:\\.|[^*\\\n]){1,120})\*\*(?=[，。：:—–]|\Z)")
_COMMENT = re.compile(r"[ \t]*<!--.*?-->\s*\Z", re.DOTALL)
_JOINT = re.compile(r"[ \t]*[，。：；、,:;—–-]*[ \t]*")


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list. `head` is the link or the bold words that it opens with; without them all is `tail`."""

    text: str
    place: tuple[int, int]
    head: re.Match[str] | None = None
    marks: Marks | None = None

    @property
    def headline(self) -> str:
        return plain(self.head["name"]) if self.head else ""

    @property
    def headline_place(self) -> tuple[int, int]:
        return (self.place[0], self.place[1] + (self.head.start("name") if self.head else 0))

    @property
    def url(self) -> str:
        return self.head.groupdict().get("url", "").strip("<>") if self.head else ""

    @property
    def tail(self) -> str:
        """The words after the head, without what joins them to it."""
        if self.head is None:
            return self.text
        after = self.text[self.head.end() :]
        joint = _JOINT.match(after)
        return after[joint.end() :] if joint else after

    @property
    def tail_place(self) -> tuple[int, int]:
        return (self.place[0], self.place[1] + len(self.text) - len(self.tail))


def bullets(block: Block) -> list[Bullet]:
    """Return the top-level items of a list block; further lines of an item stay with it."""
    found: list[Bullet] = []
    text, place, width = "", (0, 0), 0
    number = block.line
    for line in block.raw.split("\n"):
        match = _MARKER.match(line)
        indent = len(line) - len(line.lstrip(" "))
        if match and (not place[0] or indent < width):
            if place[0]:
                found.append(_bullet(text, place))
            text, place = line[match.end() :], (number, match.end() + 1)
            width = len(match[1]) + len(match[2]) + 1
        elif line.strip() or text:
            text += "\n" + (line[width:] if line[:width].strip() == "" else line)
        number += 1
    if place[0]:
        found.append(_bullet(text, place))
    return found


def _bullet(text: str, place: tuple[int, int]) -> Bullet:
    words = text.lstrip()
    place, text = (place[0], place[1] + len(text) - len(words)), words.rstrip()
    comment = _COMMENT.search(text)
    marks = parse_marks(comment[0].strip()) if comment else None
    if comment and marks:
        text = text[: comment.start()].rstrip()
    return Bullet(text, place, _LINK.match(text) or _BOLD.match(text), marks)
