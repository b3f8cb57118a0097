"""The fast path: the plain shapes of a digest, drawn without mistune, to the same bytes.

A body is cut at its blank lines. A chunk that is wholly of the known shapes becomes pieces here;
runs of other chunks go to mistune together. What makes a cut safe:

* Some things reach across a body: one with a line that begins `[label]:` (definitions of links and
  footnotes) or `: ` (definition lists) goes to mistune whole.
* A known chunk begins in the first column, and after an unknown one not with a list marker: such a
  line ends every list, quote, table and block of HTML that mistune may have open.
* A fence in the first column begins wherever it stands, except directly behind an unknown line. What
  else only a later line can end (a fence in a list, `$$`, `<!--`, `<pre>`, …) sends all from its
  chunk on to mistune.
* Two lists in a row, or a list before an indented line, may be one with blank lines in it: unknown.

The text in a chunk is read by `fast_inline`.
"""

from __future__ import annotations

import re
from typing import Protocol

from generator.site.markdown import html
from generator.site.markdown.fast_inline import (
    LABEL,
    PLAIN,
    PLAIN_HEADING,
    PLAIN_ITEM,
    inline,
    label,
    linked,
)
from generator.site.markdown.page import Page, put
from generator.site.markdown.pieces import Bullets, Item, Other, Piece, Text, Title

_REFERENCE = re.compile(r"^[ \t>*+\-\d.)]*\[(?:[^\\\[\]]|\\.)*\]:", re.MULTILINE)
_DEFINITION = re.compile(r"\n {0,3}:[ \t]")
_OPENERS = re.compile(
    r"^[ \t>*+\-\d.)]*(?:```|~~~|\$\$|<!--|<\?|<![A-Z\[]|<(?:pre|script|style|textarea)\b)",
    re.MULTILINE | re.IGNORECASE,
)
_FENCE = re.compile(r"^(`{3,}|~{3,})([^\n]*)\n", re.MULTILINE)
_INFO = re.compile(r"[\w+#.\-{}\[\]=,\"' :/]*")
_HTML_LINE = re.compile(r"^ {0,3}<", re.MULTILINE)
_CONTINUES = re.compile(r"[ \t]|[-*+](?:[ \n]|$)|\d{1,9}[.)](?:[ \n]|$)")

_HEADING = re.compile(r"(#{1,6}) +([^{]*[^{#\s]#*) *")
_BULLET = re.compile(r"([-*+]|\d{1,9}[.)]) {1,4}(?=[^ ])")
_RULES = ("---", "***", "___")
_NOT_TEXT = re.compile(r"[ #>|<=:+\-]|\*(?!\*[^\s*])|~~~|```|\$\$|_[ _]|_$|\d{1,9}[.)](?: |$)")
_HTML_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|center|details|dialog|dd|div|dl|dt|fieldset|figcaption|figure|footer|"
    r"form|h[1-6]|header|hr|iframe|li|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[ \n>])",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\n +\n")
_COMMENT = re.compile(r"<!--(?:(?!-->)[^\n])*-->")


class Slow(Protocol):
    """What the fast path leaves to others."""

    def unknown(self, text: str) -> list[Piece]:
        """Draw what only mistune can read."""

    def code(self, text: str, info: str) -> Piece:
        """Draw a block of code."""

    def html_block(self, text: str) -> Piece:
        """Draw a block of HTML."""


class Reader:
    """Reads one body onto a page; `fast` and `slow` count the blocks that did and did not go without mistune."""

    def __init__(self, page: Page, slow: Slow, base: str) -> None:
        self.fast = self.slow = 0
        self._page = page
        self._slow = slow
        self._base = base
        self._body = ""
        self._unknown = -1  # where the chunks begin that mistune is to read

    def read(self, body: str) -> None:
        """Read all of `body`, which ends with a newline."""
        self._body = body
        if ("]:" in body and _REFERENCE.search(body)) or _DEFINITION.search(body):
            self._rest(0)
            return
        start = 0
        if "```" in body or "~~~" in body:
            while (fence := _FENCE.search(body, start)) is not None:
                if not self._chunks(start, fence.start(), before_fence=True):
                    return
                if (start := self._fenced(fence)) < 0:
                    return
        if self._chunks(start, len(body)):
            self._known_up_to(len(body))

    def _rest(self, start: int) -> None:
        """Give everything from `start`, or from the unknown chunks before it, to mistune."""
        if self._unknown < 0:
            self._unknown = start
        self._known_up_to(len(self._body))

    def _known_up_to(self, end: int) -> None:
        """Give the unknown chunks that end at `end` to mistune."""
        if self._unknown >= 0:
            for piece in self._slow.unknown(self._body[self._unknown : end]):
                put(self._page, piece)
                self.slow += 1
            self._unknown = -1

    def _fenced(self, fence: re.Match[str]) -> int:
        """Read a fence; return where it ends, or -1 when mistune read it and all that follows."""
        marks, info = fence[1], fence[2]
        if not _INFO.fullmatch(info):
            self._rest(fence.start())
            return -1
        self._known_up_to(fence.start())
        close = re.compile(rf"^ {{0,3}}{marks[0]}{{{len(marks)},}}[ \t]*\n", re.MULTILINE).search(
            self._body, fence.end()
        )
        end = close.start() if close else len(self._body)
        put(self._page, self._slow.code(self._body[fence.end() : end], info.strip()))
        self.fast += 1
        return close.end() if close else end

    def _chunks(self, start: int, end: int, *, before_fence: bool = False) -> bool:
        """Read what lies between two fences; False when mistune had to read all the rest."""
        chunks = self._body[start:end].split("\n\n")
        tabs = "\t" in self._body
        page = self._page
        for index, chunk in enumerate(chunks):
            here, start = start, start + len(chunk) + 2
            if self._unknown < 0:  # the shapes that most chunks have
                if chunk[:1] == "#":
                    if (heading := PLAIN_HEADING.fullmatch(chunk)) is not None:
                        marks, words, url, alone = heading.groups()
                        if alone is None:
                            page.title(len(marks), linked(words, url, self._base), words, url)
                        else:
                            page.title(len(marks), alone, alone)
                        self.fast += 1
                        continue
                elif PLAIN.fullmatch(chunk):
                    page.text(chunk, chunk)
                    self.fast += 1
                    continue
                elif "\n" not in chunk:
                    if not (_NOT_TEXT.match(chunk) or (tabs and "\t" in chunk)) and (
                        text := inline(chunk, self._base)
                    ):
                        page.text(text.html, text.plain, text.bold)
                        self.fast += 1
                        continue
                elif "\n- " in chunk and not tabs and self._labelled_list(chunk, chunks, index):
                    continue
            chunk = chunk.strip("\n")
            if not chunk:
                continue
            found = None
            adjoins = before_fence and index == len(chunks) - 1
            if not (
                (adjoins and _HTML_LINE.search(chunk))
                or (self._unknown >= 0 and _CONTINUES.match(chunk))
                or (tabs and "\t" in chunk)
            ):
                found = self._known(chunk)
                if found and type(found[-1]) is Bullets and _goes_on(chunks, index + 1):
                    found = None
            if found is not None:
                if self._unknown >= 0:
                    self._known_up_to(here)
                for piece in found:
                    put(page, piece)
                self.fast += len(found)
                continue
            if self._unknown < 0:
                self._unknown = here
            if adjoins or _OPENERS.search(chunk):
                self._rest(here)
                return False
        return True

    def _labelled_list(self, chunk: str, chunks: list[str], index: int) -> bool:
        """Draw a chunk that is a list of plain items, with or without a label's line above it."""
        first, _, rest = ("", "", chunk) if chunk[0] == "-" else chunk.partition("\n")
        heading = label(first) if first and LABEL.fullmatch(first) else None
        if (first and heading is None) or rest[:2] != "- ":
            return False
        items = self._plain_items(rest)
        if items is None or _goes_on(chunks, index + 1):
            return False
        if heading is not None:
            self._page.text(heading.html, heading.plain, heading.bold)
            self.fast += 1
        self._page.bullets(items)
        self.fast += 1
        return True

    def _plain_items(self, lines: str) -> list[Item] | None:
        """The items of a list when each is plain text behind a hyphen, or behind a link."""
        found = PLAIN_ITEM.findall(lines)
        if len(found) <= lines.count("\n"):
            return None
        base = self._base
        return [
            Item(linked(words, url, base) + after, words + after, url, words) if url else Item(alone, alone)
            for words, url, after, alone in found
        ]

    def _known(self, chunk: str) -> list[Piece] | None:
        """The pieces of a chunk; None when some of it is not known."""
        if "\n" not in chunk:
            piece = self._line(chunk)
            return None if piece is None else [piece]
        if chunk[0] == "<":
            if not _HTML_BLOCK.match(chunk) or _BLANK.search(chunk):
                return None
            return [self._slow.html_block(chunk + "\n")]
        return self._lines(chunk.split("\n"))

    def _line(self, line: str) -> Piece | None:
        """A chunk of one line."""
        if line[0] == "#":
            return self._heading(line)
        if _NOT_TEXT.match(line):
            if line.rstrip(" ") in _RULES:
                return Other(html.RULE, "", rule=True)
            if line[0] == "<":
                return (
                    self._slow.html_block(line + "\n")
                    if _HTML_BLOCK.match(line) or _COMMENT.fullmatch(line)
                    else None
                )
            return self._list([line])
        text = inline(line, self._base)
        return None if text is None else Text(text.html, text.plain, text.bold)

    def _heading(self, line: str) -> Title | None:
        simple = PLAIN_HEADING.fullmatch(line)
        if simple is not None:
            marks, words, url, alone = simple.groups()
            if alone is not None:
                return Title(len(marks), alone, alone)
            return Title(len(marks), linked(words, url, self._base), words, url)
        found = _HEADING.fullmatch(line)
        text = inline(found[2], self._base) if found else None
        if found is None or text is None:
            return None
        url = text.url if text.linked == text.plain and text.html.endswith("</a>") else ""
        return Title(len(found[1]), text.html, text.plain, url)

    def _lines(self, lines: list[str]) -> list[Piece] | None:
        """Headings, paragraphs and lists without blank lines between them."""
        found: list[Piece] = []
        at = 0
        while at < len(lines):
            line = lines[at]
            end = at + 1
            piece: Piece | None
            if line[:1] == "#":
                piece = self._heading(line)
            elif _NOT_TEXT.match(line):
                interrupted = bool(found) and type(found[-1]) is Text
                while end < len(lines) and lines[end][:1] != "#":
                    end += 1
                piece = self._list(lines[at:end], interrupted)
            else:
                while end < len(lines) and not _NOT_TEXT.match(lines[end]):
                    end += 1
                piece = self._paragraph(lines[at:end])
            if piece is None or (found and type(found[-1]) is Bullets and type(piece) is not Title):
                return None
            found.append(piece)
            at = end
        return found

    def _paragraph(self, lines: list[str]) -> Text | None:
        if len(lines) == 1:
            text = label(lines[0]) if LABEL.fullmatch(lines[0]) else inline(lines[0], self._base)
            return None if text is None else Text(text.html, text.plain, text.bold)
        drawn: list[str] = []
        plain: list[str] = []
        bold = ""
        for number, line in enumerate(lines):
            text = inline(line, self._base) if line and "|" not in line else None
            if text is None or (line.endswith("  ") and number < len(lines) - 1):
                return None
            if number == 0:
                bold = text.bold
            elif not html.joins(plain[-1][-1:], text.plain[:1]):
                drawn.append("\n")
                plain.append(" ")
            drawn.append(text.html)
            plain.append(text.plain)
        return Text("".join(drawn), "".join(plain), bold)

    def _list(self, lines: list[str], interrupts: bool = False) -> Bullets | None:
        """A list whose items are one line each; one that interrupts a paragraph has to begin with 1."""
        items: list[Item] = []
        kind = first = ""
        for line in lines:
            plain = PLAIN_ITEM.fullmatch(line)
            if plain is not None and (kind == "-" or not kind):
                kind = first = "-"
                words, url, after, alone = plain.groups()
                if alone is None:
                    items.append(Item(linked(words, url, self._base) + after, words + after, url, words))
                else:
                    items.append(Item(alone, alone))
                continue
            bullet = _BULLET.match(line)
            if bullet is None:
                return None
            marker = bullet[1]
            if not kind:
                kind, first = marker[-1], marker
            content = line[bullet.end() :]
            if marker[-1] != kind or _NOT_TEXT.match(content):
                return None
            text = inline(content, self._base)
            if text is None:
                return None
            items.append(Item(text.html, text.plain, text.url, text.linked))
        if len(first) == 1:
            return Bullets(items)
        start = int(first[:-1])
        return None if interrupts and start != 1 else Bullets(items, True, start)


def _goes_on(chunks: list[str], index: int) -> bool:
    """Whether what follows a list may belong to it."""
    while index < len(chunks):
        following = chunks[index].lstrip("\n")
        if following:
            return bool(_CONTINUES.match(following))
        index += 1
    return False
