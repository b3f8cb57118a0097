"""What a merge says of what it kept and of what came in: whose it is and why it stands, and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from generator.editions.marks import Marks, parse_marks
from generator.editions.merge.pieces import Piece

GONE = "today's edition no longer has"
_COMMENT = re.compile(r"[ \t]*<!--.*?-->[ \t]*", re.DOTALL)
# the marks of a report: its icon after the number, its tags in a line of their own
_ICON = re.compile(r"(?m)^(\d{1,4}、)(🔥|📌|📄)\ufe0f?[ \t]*")
_TAGS = re.compile(r"(?m)^[ \t]+🏷\ufe0f?(.*)\n?")
_LONG = 24  # characters of a text that has no name


@dataclass(slots=True)
class Notes:
    """In words, what was kept and what came in. `notices` are the blocks that ribao itself put into the post."""

    notices: frozenset[str] = frozenset()
    kept: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def own(self, piece: Piece) -> None:
        """Tell of a piece that neither the last text nor the new one has."""
        notices = self.notice(piece)
        if piece.kind == "section":
            if not piece.parts or len(notices) < len(piece.parts):
                self.section(piece)
        elif piece.kind == "key":
            self.kept.append(f"“{piece.name}”, which you wrote or edited in the front matter")
        else:
            self.kept.append(f"{_name(piece)}, which you wrote or edited")

    def section(self, piece: Piece) -> None:
        """Tell of a section that stays for what stands under it."""
        self.kept.append(f"the section {_name(piece)}, which today's edition does not have")

    def edited(self, was: Piece, piece: Piece) -> None:
        """Tell what a person changed in a piece that today's edition has too."""
        self.notice(piece)
        changed = _changed(was, piece, self.notices)
        if piece.kind == "key":
            self.kept.append(f"your “{piece.name}” in the front matter")
        elif changed:
            self.kept.append(f"{changed} {_where(was, piece)}")
        if marks := _marked(was, piece):
            self.kept.append(f"your marks on {_name(piece)} ({marks})")

    def edited_and_gone(self, was: Piece, piece: Piece) -> None:
        """Tell why a piece stands that today's edition has no more."""
        if piece.kind == "key":
            self.kept.append(f"your “{piece.name}” in the front matter, which {GONE}")
        elif _changed(was, piece, self.notices):
            self.notice(piece)
            self.kept.append(f"{_where(was, piece)}, which you edited and {GONE}")
        elif marks := _marked(was, piece):
            self.notice(piece)
            self.kept.append(f"{_name(piece)}, which you marked ({marks}) and {GONE}")
        else:
            self.notice(piece, f", which {GONE}")

    def deleted(self, piece: Piece) -> None:
        """Tell of a piece that was written last time and would be again, and that the post lacks."""
        if piece.kind == "story":
            self.kept.append(f"{_name(piece)} stays deleted")
        elif piece.kind == "section":
            # a heading that found no room among what the person moved is missing too
            self.kept.append(f"the post without a section {_name(piece)}")

    def notice(self, piece: Piece, tail: str = "") -> list[Piece]:
        """Tell of ribao's own notices of retraction in a piece, and return them."""
        found = [part for part in piece.parts if part.text in self.notices]
        if found:
            what = "notice of a story" if len(found) == 1 else f"notices of {len(found)} stories"
            self.kept.append(f"ribao's {what} taken back, in {_name(piece)}{tail}")
        return found

    def untouched(self, was: Iterable[Piece], here: Iterable[Piece]) -> bool:
        """Whether a person changed nothing: two texts differ in ribao's own notices at most."""
        return [_saying(piece, self.notices) for piece in was] == [
            _saying(piece, self.notices) for piece in here
        ]


def _changed(was: Piece, piece: Piece, notices: frozenset[str]) -> str:
    """What a person did to the words of a piece; "" for nothing."""
    before, after = (_unmarked(_saying(one, notices)) for one in (was, piece))
    if before == after:
        return ""
    if not Counter(after) - Counter(before):
        return "your order in" if len(after) == len(before) else "what you deleted in"
    return "your words in"


def _saying(piece: Piece, notices: frozenset[str]) -> list[str]:
    return [piece.text.rstrip(), *(part.whole for part in piece.parts if part.text not in notices)]


def _unmarked(texts: Iterable[str]) -> list[str]:
    found = (_TAGS.sub("", _ICON.sub(r"\1", _COMMENT.sub(_unless_marks, text))).rstrip() for text in texts)
    return [text for text in found if text]


def _unless_marks(comment: re.Match[str]) -> str:
    return "" if parse_marks(comment[0]) else comment[0]


def _marked(was: Piece, piece: Piece) -> str:
    """The names of the marks that differ."""
    before, after = _marks(was), _marks(piece)
    return ", ".join(name for name in {**before, **after} if before.get(name) != after.get(name))


def _marks(piece: Piece) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for text in (piece.text, *(part.text for part in piece.parts)):
        for comment in _COMMENT.finditer(text):
            marks = parse_marks(comment[0]) or Marks()
            said = {
                "note" if one.name == "marks" else one.name: getattr(marks, one.name) for one in fields(Marks)
            }
            found |= {name: value for name, value in said.items() if value is not None}
        if icon := _ICON.search(text):
            found["importance"] = icon[2]
        if tags := _TAGS.search(text):
            found["tags"] = tags[1].strip()
    return found


def _where(was: Piece, piece: Piece) -> str:
    """The name of a changed piece; of text that stands above all headings, the first words that differ."""
    if piece.kind != "top":
        return _name(piece)
    before, after = (Counter(part.whole for part in one.parts) for one in (was, piece))
    differing = (after - before) or (before - after)
    return next((_name(part) for part in (*piece.parts, *was.parts) if part.whole in differing), _name(piece))


def _name(piece: Piece) -> str:
    name = piece.shown
    if piece.kind in ("story", "section"):
        return f"“{name}”"
    words = name[:_LONG] + ("…" if len(name) > _LONG else "")
    return f"“{words}”" if words else "the text"
