"""Merge what the machine would write now into a post that a person may have edited.

`base` is what the machine wrote last time, `current` is the file, `fresh` what it would write
now. Untouched files become `fresh`; without news nothing changes; every block that was
edited, added, moved or deleted stays as the person left it, and no conflict mark is ever
written. Front matter is merged key by key, the body story by story and block by block.

After the merge the record keeps `fresh` as the next base, not the merged text: what the
merge kept of the person's must look like the person's next time too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from generator.editions import numbers
from generator.editions.merge.pieces import Piece, pieces, weave
from generator.editions.merge.threeway import merge_pieces
from generator.editions.merge.told import Notes
from generator.markup.headkeys import chunks

__all__ = ["Merged", "merge"]


SETTLE = 4  # further rounds until a merge of the result changes nothing


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text; in words, what was kept for the person and which stories came in."""

    text: str
    kept: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    deleted: bool = False  # the person deleted the whole post: it stays deleted, `text` is empty


def merge(
    base: str | None,
    current: str | None,
    fresh: str,
    *,
    numbered: bool = False,
    notices: Collection[str] = (),
) -> Merged:
    """Return `current` with the machine's news. None for `base`: never written; for `current`: no such file.

    `numbered` says that stories are numbered lines: their numbers are counted anew. `notices` are the blocks
    that a retraction left in the post: they stay as a person's words do, and are not told as such.
    """
    if current is None:
        if base is None:
            return Merged(fresh, added=_headlines(fresh))
        return Merged("", ("the post was deleted by hand; it stays deleted",), deleted=True)
    if base == fresh:
        return Merged(current, _touched(base, current, Notes(frozenset(notices))))
    plain, crlf = _unix(current)
    base = _unix(base or "")[0]
    if numbered:
        base, plain, fresh = map(numbers.without, (base, plain, fresh))
    notes = Notes(frozenset(notices))
    text = _merge_once(base, plain, fresh, notes)
    for _ in range(SETTLE):
        # a block that moved into another kind of place is read anew: go on until nothing moves
        before, text = text, _merge_once(base, text, fresh, Notes())
        if text == before:
            break
    if numbered:
        text = numbers.counted(text)
    return Merged(text.replace("\n", "\r\n") if crlf else text, _once(notes.kept), _once(notes.added))


def _merge_once(base: str, current: str, fresh: str, notes: Notes) -> str:
    heads, bodies = zip(*map(_take_apart, (base, current, fresh)), strict=True)
    return _merge_heads(heads, notes) + _merge_bodies(bodies, notes)


def _merge_bodies(bodies: tuple[str, ...], notes: Notes) -> str:
    base, current, fresh = bodies
    (was, _), (here, end), (now, fresh_end) = map(pieces, bodies)
    if current == base:
        known = {key for piece in was if piece.kind == "story" for key in piece.keys[:2]}
        notes.added += [
            piece.shown for piece in now if piece.kind == "story" and not known.intersection(piece.keys[:2])
        ]
        return fresh
    if fresh == base:
        _tell_touched(was, here, notes, "the text as you left it")
        return current
    leads = [body[: len(body) - len(body.lstrip("\n"))] for body in bodies]
    lead = leads[2] if leads[1] == leads[0] else leads[1]
    return lead + weave(merge_pieces(was, here, now, notes), end if current.strip() else fresh_end)


def _merge_heads(heads: tuple[str, ...], notes: Notes) -> str:
    base, current, fresh = heads
    if current == base:
        return fresh
    if fresh == base or not current:
        return current
    if current[:3] != fresh[:3]:
        notes.kept.append("the front matter, which you wrote in another notation")
        return current
    was, here, now = (_pairs(head) for head in heads)
    merged: list[Piece] = merge_pieces(was, here, now, own := Notes())
    notes.kept += ("your order of the front matter" if line == "your order" else line for line in own.kept)
    fence = current[:3]
    return f"{fence}\n" + "".join(piece.text for piece in merged) + f"{fence}\n"


def _pairs(head: str) -> list[Piece]:
    inner = head.split("\n", 1)[1].rsplit("\n", 2)[0] if head.count("\n") >= 2 else ""
    return (
        [Key("key", text, "", context=key) for key, text in chunks(inner, toml=head.startswith("+++"))]
        if inner
        else []
    )


class Key(Piece):
    """The lines of one key of front matter."""

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.context,)

    @property
    def name(self) -> str:
        return self.context


def _take_apart(text: str) -> tuple[str, str]:
    """Front matter with its fences, and the body; without reading either."""
    match = re.match(r"\ufeff?(---|\+\+\+)[ \t]*\n(?:.*?\n)??\1[ \t]*(?:\n|\Z)", text, re.DOTALL)
    return (text[: match.end()], text[match.end() :]) if match else ("", text)


def _unix(text: str) -> tuple[str, bool]:
    return (text.replace("\r\n", "\n"), True) if "\r\n" in text else (text, False)


def _headlines(text: str) -> tuple[str, ...]:
    found, _ = pieces(_take_apart(text)[1])
    return tuple(piece.shown for piece in found if piece.kind == "story")


def _touched(base: str, current: str, notes: Notes) -> tuple[str, ...]:
    """What to say of a post for which there is no news."""
    if base == current:
        return ()
    (head, body), (head_now, body_now) = map(_take_apart, (base, _unix(current)[0]))
    was, here = pieces(body)[0], pieces(body_now)[0]
    told = "the post as you left it; there is nothing new"
    if head == head_now:
        _tell_touched(was, here, notes, told)
        return _once(notes.kept)
    return (told,)


def _tell_touched(was: list[Piece], here: list[Piece], notes: Notes, told: str) -> None:
    for piece in here:
        notes.notice(piece)
    if not notes.untouched(was, here):
        notes.kept.append(told)


def _once(lines: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))
