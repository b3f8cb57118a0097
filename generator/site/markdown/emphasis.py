"""Emphasis that works beside Chinese punctuation.

CommonMark does not close `**影响：**对行业`: a mark between punctuation and a letter is not
right-flanking. Here full-width punctuation does not count against flanking, and a Han neighbour
counts like punctuation (the amendment of tats-u/markdown-cjk-friendly). The delimiter algorithm is
CommonMark's with its bottoms, so it is linear in the number of marks, whatever they are.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal

Token = dict[str, Any]
_Class = Literal["space", "letter", "cjk", "cjk-mark", "mark"]

_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BREAKS = ("softbreak", "linebreak")


@functools.lru_cache(maxsize=4096)
def class_of(char: str) -> _Class:
    """Return what `char` is to a neighbouring run of emphasis marks."""
    if char.isspace():
        return "space"
    wide = unicodedata.east_asian_width(char) in "WFH" or "\u1100" <= char <= "\u11ff" or char == "\u303f"
    if unicodedata.category(char)[0] in "PS":
        return "cjk-mark" if wide else "mark"
    return "cjk" if wide else "letter"


def flanks(before: str, after: str, marker: str) -> tuple[bool, bool]:
    """Whether a run of `marker` between two characters can open and can close emphasis."""
    left, right = class_of(before), class_of(after)
    opens = right != "space" and (right != "mark" or left not in ("letter",))
    closes = left != "space" and (left != "mark" or right not in ("letter",))
    if marker == "_":
        return (
            opens and (not closes or left in ("mark", "cjk-mark")),
            closes and (not opens or right in ("mark", "cjk-mark")),
        )
    return opens, closes


@dataclass(slots=True, eq=False)
class _Run:
    """A run of marks in the text, and what came of it."""

    marker: str
    length: int  # marks not yet used
    opens: bool
    closes: bool
    size: int  # marks in all, for the rule of three
    before: _Run | None = None
    after: _Run | None = None
    height: int = 0  # of the tallest element between this run and the next
    started: list[str] = field(default_factory=list)  # elements it opens, innermost first
    ended: int = 0  # elements it closes


def resolve(tokens: list[Token], limit: int) -> list[Token]:
    """Return inline tokens with their `*` and `_` runs turned into nested emphasis, at most `limit` deep."""
    if limit <= 0 or not any(_has_marks(token) for token in tokens):
        return _merged(tokens)
    parts = _parts(tokens)
    _match([part for part in parts if isinstance(part, _Run)], limit)
    return _merged(_tree(parts))


def _has_marks(token: Token) -> bool:
    if token["type"] != "text" or token.get("_emphasis") is False:
        return False
    return "*" in token["raw"] or "_" in token["raw"]


def _parts(tokens: list[Token]) -> list[Token | _Run]:
    """Cut the texts at their runs of marks; a run that can do nothing stays text."""
    source = "".join(_shown(token) for token in tokens)
    parts: list[Token | _Run] = []
    at = 0
    for token in tokens:
        if not _has_marks(token):
            parts.append(token)
            at += len(_shown(token))
            continue
        raw: str = token["raw"]
        start = 0
        while start < len(raw):
            end = start + 1
            if raw[start] in "*_":
                while end < len(raw) and raw[end] == raw[start]:
                    end += 1
                parts.append(_run(source, at + start, at + end))
            else:
                while end < len(raw) and raw[end] not in "*_":
                    end += 1
                parts.append({"type": "text", "raw": raw[start:end]})
            start = end
        at += len(raw)
    return parts


def _shown(token: Token) -> str:
    if token["type"] == "text":
        raw: str = token["raw"]
        return raw
    return "\n" if token["type"] in _BREAKS else "\ufffc"


def _run(source: str, start: int, end: int) -> Token | _Run:
    before = source[start - 1] if start else "\n"
    if start > 1 and _SELECTOR.match(before) and class_of(source[start - 2]) in ("cjk", "cjk-mark"):
        before = source[start - 2]  # a selector only chooses the glyph of the ideograph before it
    after = source[end] if end < len(source) else "\n"
    marker = source[start]
    opens, closes = flanks(before, after, marker)
    if not opens and not closes:
        return {"type": "text", "raw": source[start:end]}
    return _Run(marker, end - start, opens, closes, end - start)


def _match(runs: list[_Run], limit: int) -> None:
    head = _Run("", 0, False, False, 0)
    last = head
    for run in runs:
        last.after, run.before = run, last
        last = run
    bottoms: dict[tuple[str, bool, int], _Run] = {}
    closer = head.after
    while closer is not None:
        if not closer.closes:
            closer = closer.after
            continue
        key = (closer.marker, closer.opens, closer.size % 3)
        bottom = bottoms.get(key, head)
        opener = _opener(closer, bottom)
        height = 1 + _height(opener, closer) if opener else 0
        if opener is None or height > limit:
            before = closer.before
            assert before is not None
            bottoms[key] = before
            following = closer.after
            if not closer.opens:
                _drop(closer)
            closer = following
            continue
        used = 2 if opener.length >= 2 and closer.length >= 2 else 1
        opener.started.append("strong" if used == 2 else "emphasis")
        closer.ended += 1
        opener.length -= used
        closer.length -= used
        opener.after, closer.before = closer, opener
        opener.height = height
        if not opener.length:
            _drop(opener)
        if not closer.length:
            following = closer.after
            _drop(closer)
            closer = following


def _opener(closer: _Run, bottom: _Run) -> _Run | None:
    run = closer.before
    while run is not None and run is not bottom:
        if run.marker == closer.marker and run.opens and not _odd(run, closer):
            return run
        run = run.before
    return None


def _odd(opener: _Run, closer: _Run) -> bool:
    """CommonMark's rule of three, for runs that could do both."""
    return (opener.closes or closer.opens) and closer.size % 3 != 0 and (opener.size + closer.size) % 3 == 0


def _height(opener: _Run, closer: _Run) -> int:
    height, run = 0, opener
    while run is not closer:
        height = max(height, run.height)
        assert run.after is not None
        run = run.after
    return height


def _drop(run: _Run) -> None:
    assert run.before is not None
    run.before.height = max(run.before.height, run.height)
    run.before.after = run.after
    if run.after is not None:
        run.after.before = run.before


def _tree(parts: list[Token | _Run]) -> list[Token]:
    """Nest the parts by what their runs open and close."""
    out: list[Token] = []
    open_: list[list[Token]] = []
    for part in parts:
        if not isinstance(part, _Run):
            out.append(part)
            continue
        for _ in range(part.ended):
            children = out
            out = open_.pop()
            out[-1]["children"] = _merged(children)
        if part.length:
            out.append({"type": "text", "raw": part.marker * part.length})
        for kind in reversed(part.started):
            out.append({"type": kind, "children": []})
            open_.append(out)
            out = []
    return out


def _merged(tokens: list[Token]) -> list[Token]:
    """Join neighbouring texts, so that an entity cut in two is one again; escaped text stays apart."""
    merged: list[Token] = []
    pending: list[str] = []
    for token in tokens:
        if token["type"] == "text" and "_emphasis" not in token:
            pending.append(token["raw"])
            continue
        if pending:
            merged.append({"type": "text", "raw": "".join(pending)})
            pending = []
        if "_emphasis" in token:
            token = {"type": "literal", "raw": token["raw"]}
        merged.append(token)
    if pending:
        merged.append({"type": "text", "raw": "".join(pending)})
    return merged
