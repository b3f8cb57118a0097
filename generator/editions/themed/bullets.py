"""The items of a list, and those of 更多动态 taken apart into headline, link and words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.editions.marks import Marks, parse_marks
from generator.markup.blocks import Block
from generator.markup.escape import unescape

_MARKER = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])([ \t]+|$)")
_LINK = re.compile(
    r"\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]\((<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"]*\")?\)"
)
_COMMENT = re.compile(r"[ \t]*<!--.*?-->\s*\Z", re.DOTALL)
_JOINT = re.compile(r"[ \t]*[，。：；、,:;—–-]*[ \t]*")


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list. Without a link, `headline` is empty and `tail` is all of it."""

    text: str
    place: tuple[int, int]
    link: re.Match[str] | None = None
    marks: Marks | None = None

    @property
    def headline(self) -> str:
        return unescape(self.link[1]) if self.link else ""

    @property
    def headline_place(self) -> tuple[int, int]:
        return (self.place[0], self.place[1] + 1) if self.link else self.place

    @property
    def url(self) -> str:
        return self.link[2].strip("<>") if self.link else ""

    @property
    def _rest(self) -> tuple[str, str]:
        if self.link is None:
            return "", self.text
        after = self.text[self.link.end() :]
        match = _JOINT.match(after)
        joint = match[0] if match else ""
        return joint, after[len(joint) :]

    @property
    def tail(self) -> str:
        return self._rest[1]

    @property
    def tail_place(self) -> tuple[int, int]:
        offset = len(self.text) - len(self.tail)
        return (self.place[0], self.place[1] + offset)

    @property
    def joint(self) -> str | None:
        """What joins link and words when it is not the usual comma (nothing, where there are no words)."""
        if self.link is None:
            return None
        joint, tail = self._rest
        return None if joint == ("，" if tail else "") else joint


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
    text = text.rstrip()
    comment = _COMMENT.search(text)
    marks = parse_marks(comment[0].strip()) if comment else None
    if comment and marks:
        text = text[: comment.start()].rstrip()
    return Bullet(text, place, _LINK.match(text), marks)
