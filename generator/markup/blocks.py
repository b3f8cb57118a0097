"""The one block scanner of our Markdown: cuts a text into its top-level blocks and loses nothing.

It follows CommonMark (with pipe tables) for where a block ends and does not look inside.
Merging, parsing editions and the site's fast path all start from these blocks, so it is
quick: the shapes a digest is made of are taken by one regular expression each.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["heading", "paragraph", "list", "fence", "html", "quote", "rule", "table", "code", "blank"]
"""`code` is indented code; link reference definitions count as paragraphs."""


class Block(NamedTuple):
    """One top-level block as written, line end included; `"".join(raw)` gives the text back."""

    kind: Kind
    raw: str
    line: int  # of its first line, counted from the scanner's `first_line`
    level: int = 0  # of a heading: 1 to 6


# What nearly every block of a digest looks like. A paragraph is taken here only when no line
# of it can start anything else and a blank line, a bullet or the end follows; the rest goes the long way.
_PLAIN_LINE = r"(?:\*\*(?=[^\s*])|[^\s#>*+\-_=`~<|:\d$]|\d(?!\d{0,8}[.)])).*"
_QUICK = re.compile(
    r"(?P<heading>\#{1,6})(?=[ \t\n]|\Z).*(?:\n|\Z)"
    rf"|(?P<paragraph>{_PLAIN_LINE}(?:\n{_PLAIN_LINE})*(?:\n(?=\n|- [^\s\-]|\Z)|\Z))"
    r"|(?P<blank>\n+)(?=\S|\Z)"
    r"|(?P<list>(?:-[ ][^\s\-].*\n)+)(?=\n+[^\s\-]|\n*\Z)"
    r"|(?P<rule>---(?:\n|\Z))"
    r"|(?P<other>)"
)

_BLANK = re.compile(r"(?:[ \t\v\f]*\n)+(?:[ \t\v\f]+\Z)?|[ \t\v\f]+\Z")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t\n]|\Z)[^\n]*\n?")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*(?:\n|\Z)")
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)(?:\n|\Z)")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n|\Z)")
_QUOTE = re.compile(r" {0,3}>")
_QUOTE_LINE = re.compile(r" {0,3}> ?([^\n]*)(?:\n|\Z)")
_MARKER = re.compile(r"( {0,3})([-+*]|\d{1,9}[.)])([ \t]+(?=\S)|[ \t]*(?=\n|\Z))")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_TABLE_RULE = re.compile(
    r" {0,3}(?=[^\n]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?:\n|\Z)"
)

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|"
    "dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|"
    "link|main|menu|menuitem|meta|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|"
    "td|tfoot|th|thead|title|tr|track|ul"
)
_HTML_TO_MARK = re.compile(
    r" {0,3}<(?:(?P<tag>script|pre|style|textarea)(?=[\s>]|\Z)|(?P<comment>!--)|(?P<query>\?)|"
    r"(?P<cdata>!\[CDATA\[)|(?P<declaration>![A-Za-z]))",
    re.IGNORECASE,
)
_HTML_ENDS = {"comment": "-->", "query": "?>", "cdata": "]]>", "declaration": ">"}
_HTML_TAG_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_HTML_BLOCK = re.compile(rf" {{0,3}}</?(?:{_BLOCK_TAGS})(?=[ \t>\n]|/>|\Z)", re.IGNORECASE)
_HTML_ALONE = re.compile(
    r" {0,3}<(?:/[A-Za-z][\w-]*[ \t]*|[A-Za-z][\w-]*"
    r"(?:[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:[^\s\"'=<>`]+|'[^'\n]*'|\"[^\"\n]*\"))?)*[ \t]*/?)>[ \t]*(?:\n|\Z)"
)
_TO_BLANK = re.compile(r"(?:[ \t\v\f]*[^\s].*(?:\n|\Z))+")
_NOT_BLANK = re.compile(r"[ \t\v\f]*\S")


def scan(text: str, first_line: int = 1) -> list[Block]:
    """Return the blocks of `text`, whose lines end in \\n; joined they are `text`. Time is linear."""
    blocks: list[Block] = []
    position, line, size = 0, first_line, len(text)
    add, new = blocks.append, tuple.__new__  # looked up once: this loop is hot
    while position < size:
        for match in _QUICK.finditer(text, position):
            kind, raw = match.lastgroup, match[0]
            if kind == "other" or (kind == "paragraph" and "|" in raw):  # a bar may make it a table
                break
            add(new(Block, (kind, raw, line, match.end(1) - position if kind == "heading" else 0)))
            line += raw.count("\n")
            position += len(raw)
        if position < size:
            kind, end, level = _long_way(text, position)
            raw = text[position:end]
            add(new(Block, (kind, raw, line, level)))
            line += raw.count("\n")
            position = end
    return blocks


def _long_way(text: str, start: int) -> tuple[Kind, int, int]:
    """Kind, end and level of the block at `start`, whatever it is."""
    if match := _BLANK.match(text, start):
        return "blank", match.end(), 0
    if _INDENTED.match(text, start):
        return "code", _code_end(text, start), 0
    if match := _HEADING.match(text, start):
        return "heading", match.end(), len(match[1])
    if match := _FENCE.match(text, start):
        return "fence", _fence_end(text, match), 0
    if match := _RULE.match(text, start):
        return "rule", match.end(), 0
    if _QUOTE.match(text, start):
        return "quote", _quote_end(text, start), 0
    if match := _MARKER.match(text, start):
        return "list", _list_end(text, match), 0
    if end := _html_end(text, start, alone=True):
        return "html", end, 0
    if end := _table_end(text, start):
        return "table", end, 0
    return _paragraph(text, start)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1


def _paragraph(text: str, start: int) -> tuple[Kind, int, int]:
    position = _line_end(text, start)
    while position < len(text) and _NOT_BLANK.match(text, position, _line_end(text, position)):
        if match := _SETEXT.match(text, position):
            return "heading", match.end(), 1 if match[1][0] == "=" else 2
        if _interrupts(text, position) or _table_end(text, position):
            break
        position = _line_end(text, position)
    return "paragraph", position, 0


def _interrupts(text: str, start: int) -> bool:
    """Whether the line at `start` ends a paragraph above it."""
    if _INDENTED.match(text, start):
        return False
    if (
        (match := _MARKER.match(text, start))
        and match[3]
        and match.end() < len(text)
        and text[match.end()] != "\n"
    ):
        return match[2] in "-+*" or match[2][:-1] == "1"
    return bool(
        _HEADING.match(text, start)
        or _FENCE.match(text, start)
        or _RULE.match(text, start)
        or _QUOTE.match(text, start)
        or _HTML_TO_MARK.match(text, start)
        or _HTML_BLOCK.match(text, start)
    )


def _code_end(text: str, start: int) -> int:
    end = position = _line_end(text, start)
    while position < len(text):
        following = _line_end(text, position)
        if _INDENTED.match(text, position):
            end = following
        elif _NOT_BLANK.match(text, position, following):
            break
        position = following
    return end


def _fence_end(text: str, opening: re.Match[str]) -> int:
    mark = opening[1] or opening[2]
    closing = re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*(?:\n|\Z)", re.MULTILINE)
    match = closing.search(text, opening.end())
    return match.end() if match else len(text)


def _quote_end(text: str, start: int) -> int:
    first = _QUOTE_LINE.match(text, start)
    content = first[1] if first else ""
    lazy = _takes_lazy_lines(content)
    position = _line_end(text, start)
    while position < len(text):
        if match := _QUOTE_LINE.match(text, position):
            lazy = _takes_lazy_lines(match[1])
            position = match.end()
            continue
        following = _line_end(text, position)
        if (
            not lazy
            or not _NOT_BLANK.match(text, position, following)
            or _interrupts(text, position)
            or _SETEXT.match(text, position)
        ):
            break
        position = following
    return position


def _takes_lazy_lines(content: str) -> bool:
    """Whether a line of a quote may go on, without its mark, on the next line."""
    return bool(content.strip()) and not (
        _INDENTED.match(content) or _FENCE.match(content) or _HEADING.match(content) or _RULE.match(content)
    )


def _list_end(text: str, marker: re.Match[str]) -> int:
    kind = marker[2][-1]
    width = _content_width(marker)
    end = position = _line_end(text, marker.start())
    blank = False
    while position < len(text):
        following = _line_end(text, position)
        if not _NOT_BLANK.match(text, position, following):
            blank = True
        elif _indent(text, position) >= width:
            blank, end = False, following
        elif _RULE.match(text, position):
            break
        elif (match := _MARKER.match(text, position)) and match[2][-1] == kind:
            width = _content_width(match)
            blank, end = False, following
        elif blank or _interrupts(text, position) or match:
            break
        else:
            end = following
        position = following
    return end


def _content_width(marker: re.Match[str]) -> int:
    """Columns a line must be indented by to belong to the item that `marker` opens."""
    column = len(marker[1]) + len(marker[2])
    spaces = len(marker[3].expandtabs(4))
    return column + (spaces if 1 <= spaces <= 4 else 1)


def _indent(text: str, start: int) -> int:
    columns = 0
    for index in range(start, len(text)):
        if text[index] == " ":
            columns += 1
        elif text[index] == "\t":
            columns += 4 - columns % 4
        else:
            break
    return columns


def _html_end(text: str, start: int, *, alone: bool) -> int:
    """End of the HTML block at `start`; 0 when there is none. `alone` allows any complete tag."""
    if match := _HTML_TO_MARK.match(text, start):
        if match.lastgroup == "tag":
            close = _HTML_TAG_END.search(text, match.end())
            found = close.start() if close else -1
        else:
            found = text.find(_HTML_ENDS[match.lastgroup or ""], match.end())
        return _line_end(text, found) if found >= 0 else len(text)
    if _HTML_BLOCK.match(text, start) or (alone and _HTML_ALONE.match(text, start)):
        match = _TO_BLANK.match(text, start)
        return match.end() if match else 0
    return 0


def _table_end(text: str, start: int) -> int:
    """End of the pipe table whose head is the line at `start`; 0 when there is none."""
    head_end = _line_end(text, start)
    if text.find("|", start, head_end) < 0 or not (rule := _TABLE_RULE.match(text, head_end)):
        return 0
    position = rule.end()
    while position < len(text):
        following = _line_end(text, position)
        if text.find("|", position, following) < 0 or _interrupts(text, position):
            break
        position = following
    return position
