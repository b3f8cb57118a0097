"""A post in the pieces that merging moves, keeps and replaces: sections, stories and their blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from generator.editions.words import is_label, is_more
from generator.markup.blocks import Block, scan
from generator.markup.escape import plain
from generator.text.addresses import canonical_url

_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?")
_LABEL = re.compile(r"\*\*([^*\n]{1,60})\*\*[：:]?[ \t]*\n?\Z")
_ADDRESS = re.compile(r"🔗 (\S+)")
_COUNTED = re.compile(r"(?m)^(?=\d{1,4}、)")  # stories of a report, one below the other
_COUNT = re.compile(r"\d{1,4}(?:、|\.[ \t]+)(?:(?:🔥|📌|📄)\ufe0f? )?")
_LINKED_ITEM = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]+\[")
_ITEM = re.compile(r"(?m)^ {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]")


@dataclass(frozen=True, eq=False)
class Piece:
    """A block without the blank lines around it; a section's or story's heading owns the `parts` below it.

    `gap` is the line end and blank lines that stood before it.
    """

    kind: str  # "title", "section", "story", "impact", "rule", "top", or the block's kind; "item" of a list
    text: str
    gap: str
    parts: tuple[Piece, ...] = ()
    context: str = ""  # name of the section an impact belongs to
    after: str = ""  # kind of the piece before it in its own text

    @cached_property
    def whole(self) -> str:
        """Everything it says, to compare by."""
        return "\x00".join((self.text.rstrip(), *(part.whole for part in self.parts)))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What it is known by, the surest first; none for plain prose."""
        if self.kind == "story":
            name, url = self.name, self.url
            return (*((f"{url} {name}", url) if url else ()), *((name,) if name else ()))
        if self.kind == "title":
            return ("title",)  # the post has one, whatever it says
        if self.kind in ("section", "top", "rule"):
            return (f"{self.kind} {self.name}",)
        if self.kind == "impact":
            return (f"impact {self.context}",)
        label = _LABEL.match(self.text)
        return (f"label {label[1]}",) if label else ()

    @cached_property
    def url(self) -> str:
        if linked := _LINK.search(self.text):
            return canonical_url(linked[2]) or linked[2]
        bare = _ADDRESS.search(self.text)
        return (canonical_url(bare[1]) or bare[1]) if bare else ""

    @cached_property
    def name(self) -> str:
        """The headline or name, for people and for matching."""
        match = _LINK.search(self.text) if self.kind == "story" else None
        line = self.text.split("\n")[0]
        return plain(match[1] if match else line.strip("#*- \t"))

    @property
    def shown(self) -> str:
        """The name as people are told it: without the number, which is not yet counted, and the icon of a report."""
        return self.name[match.end() :] if (match := _COUNT.match(self.name)) else self.name

    @cached_property
    def listed(self) -> bool:
        """Whether it is an item of a list: among stories with headings of their own it would be part of one."""
        return bool(_ITEM.match(self.text))

    @cached_property
    def grams(self) -> frozenset[str]:
        """Pairs of neighbouring characters, for likeness."""
        text = self.name if self.kind in ("story", "section") else _LINK.sub(r"\1", self.text)
        text = re.sub(r"\W+", "", text)
        return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset([text])


def likeness(left: Piece, right: Piece) -> float:
    """How much two pieces share of their character pairs, 0 to 1."""
    both = len(left.grams & right.grams)
    return 2 * both / (len(left.grams) + len(right.grams))


def pieces(body: str) -> tuple[list[Piece], str]:
    """Return the pieces of a body and the white space after the last; `weave` joins them back."""
    builder = _Builder()
    for block in scan(body):
        builder.add(block)
    return builder.done(), builder.gap


def weave(found: list[Piece], end: str) -> str:
    """Return the text of `found`; lines that must not touch are kept apart."""
    out: list[str] = []
    before = ""
    for piece in _flat(found):
        gap = piece.gap
        if not out:
            gap = gap.lstrip("\n") if gap.strip("\n") else ""
        elif (
            gap.count("\n") < 2 and before != piece.after and _would_join(before, piece.kind)
        ) or "\n" not in gap:
            gap = "\n\n"
        out.append(gap + piece.text)
        before = piece.kind
    return "".join(out) + (end if out else "")


def _flat(found: list[Piece] | tuple[Piece, ...]) -> list[Piece]:
    flat: list[Piece] = []
    for piece in found:
        if piece.text:
            flat.append(piece)
        flat += _flat(piece.parts)
    return flat


def _would_join(before: str, kind: str) -> bool:
    """Whether a block of `kind` on the very next line would become part of the one before it."""
    if kind in ("paragraph", "impact", "code", "table"):
        return before in ("paragraph", "impact", "item", "story", "quote", "html", "table")
    return kind == "rule" and before in ("paragraph", "impact")


class _Builder:
    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.parts: list[Piece] = []
        self.head: Piece = Piece("top", "", "")
        self.gap = ""
        self.section = ""
        self.before = ""
        self.titled = False

    def add(self, block: Block) -> None:
        if block.kind == "blank":
            self.gap += block.raw
            return
        raw = block.raw.rstrip("\n")
        after = block.raw[len(raw) :]
        if block.kind == "heading" and block.level <= 3:
            self._heading(block, raw)
        elif block.kind == "list":
            self._list(raw)
        elif block.kind == "paragraph" and (label := _LABEL.match(block.raw)) and is_more(label[1]):
            self._open(self._piece("section", raw))
        elif (
            block.kind == "paragraph" and (label := _LABEL.match(block.raw)) and is_label(label[1], "impact")
        ):
            self._open(self._piece("impact", raw))
        elif block.kind == "rule":
            self._open(self._piece("rule", raw))
        elif block.kind == "paragraph" and _COUNTED.search(raw):
            self._counted(raw)
        else:
            self.parts.append(self._piece(block.kind, raw))
        self.gap = after

    def _heading(self, block: Block, raw: str) -> None:
        if block.level == 3 and not is_more(raw.strip("# ")):
            self._open(self._piece("story", raw))
            return
        if block.level == 1 and not self.titled:
            self.titled = True
            self._open(self._piece("title", raw))
            return
        self._open(self._piece("section", raw))
        self.section = self.head.name

    def _list(self, raw: str) -> None:
        starts = [match.start() for match in _ITEM.finditer(raw)] or [0]
        starts[0] = 0
        for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
            text = raw[start:end].rstrip("\n")
            if _LINKED_ITEM.match(text):
                self._open(self._piece("story", text))
            else:
                self.parts.append(self._piece("item", text))
            self.gap = raw[start + len(text) : end]

    def _counted(self, raw: str) -> None:
        for part in filter(None, _COUNTED.split(raw)):
            text = part.rstrip("\n")
            if _ADDRESS.search(text):
                self._open(self._piece("story", text))
            else:
                self.parts.append(self._piece("item" if _COUNTED.match(text) else "paragraph", text))
            self.gap = part[len(text) :]

    def _piece(self, kind: str, text: str) -> Piece:
        after, self.before = self.before, kind
        return Piece(kind, text, self.gap, (), self.section if kind == "impact" else "", after)

    def _open(self, piece: Piece) -> None:
        self._close()
        self.head, self.parts = piece, []

    def _close(self) -> None:
        head = self.head
        self.found.append(replace(head, parts=tuple(self.parts)))

    def done(self) -> list[Piece]:
        self._close()
        self.parts = []
        return self.found
