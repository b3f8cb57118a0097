"""Three versions of a sequence of pieces → one: the person's words and order win, the machine's news comes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.editions.merge.align import alike, same
from generator.editions.merge.pieces import Piece


@dataclass(slots=True)
class Notes:
    """What was kept for the person and what came in, in words."""

    kept: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def merge_pieces(
    base: Sequence[Piece], current: Sequence[Piece], fresh: Sequence[Piece], notes: Notes, owner: str = ""
) -> list[Piece]:
    """Return the merged sequence. Equal inputs give equal outputs; merging the result again changes nothing."""
    of_current, of_fresh = _identify(base, current, fresh)
    here = {uid: current[index] for index, uid in enumerate(of_current)}
    new = {uid: fresh[index] for index, uid in enumerate(of_fresh)}
    result: dict[int, Piece] = {}
    for uid, piece in here.items():
        was, now = _at(base, uid), new.get(uid)
        if was is None:
            result[uid] = piece
            if now is None:
                _say_own(piece, notes, owner)
        elif now is None:
            if piece.whole != was.whole:
                result[uid] = piece
                notes.kept.append(f"{_name(piece, owner)}, which you edited and today's news no longer has")
        else:
            result[uid] = _merge_piece(was, piece, now, notes, owner)
    _keep_headings(of_current, here, new, result, all_stay=_reordered(len(base), of_current, of_fresh))
    deleted = [base[uid] for uid in of_fresh if uid < len(base) and uid not in here]
    notes.kept += [
        f"{_name(piece, owner)} stays deleted" for piece in deleted if piece.kind in ("story", "section")
    ]
    for uid, piece in new.items():
        if uid >= len(base) and uid not in here:
            result[uid] = piece
            if piece.kind == "story":
                notes.added.append(piece.name)
    return [
        result[uid] for uid in _order(len(base), (of_current, here), (of_fresh, new), result, notes, owner)
    ]


def _identify(
    base: Sequence[Piece], current: Sequence[Piece], fresh: Sequence[Piece]
) -> tuple[list[int], list[int]]:
    """Give every piece the number of the thing it is a version of: the base's index, or a number above."""
    to_base = same(fresh, base, range(len(fresh)), range(len(base)))
    plainly = set(to_base)
    to_base |= alike(
        fresh, base, set(range(len(fresh))) - plainly, set(range(len(base))) - set(to_base.values())
    )
    of_fresh = [to_base.get(index, len(base) + index) for index in range(len(fresh))]

    ours = same(current, base, range(len(current)), range(len(base)))
    rest = set(range(len(current))) - set(ours)
    copies = same(current, fresh, rest, set(range(len(fresh))) - plainly)
    taken = set(ours.values())
    for index, twin in copies.items():
        if of_fresh[twin] not in taken:
            ours[index] = of_fresh[twin]
            taken.add(of_fresh[twin])
    rest = set(range(len(current))) - set(ours)
    ours |= alike(current, base, rest, set(range(len(base))) - taken)
    taken = set(ours.values())
    rest = set(range(len(current))) - set(ours)
    unknown = {index for index, uid in enumerate(of_fresh) if uid >= len(base) and uid not in taken}
    ours |= {index: of_fresh[twin] for index, twin in alike(current, fresh, rest, unknown).items()}
    after = len(base) + len(fresh)
    return [ours.get(index, after + index) for index in range(len(current))], of_fresh


def _merge_piece(was: Piece, piece: Piece, now: Piece, notes: Notes, owner: str) -> Piece:
    if piece.whole == was.whole:
        return replace(now, gap=piece.gap if piece.gap != was.gap else now.gap)
    # a story that today is only a line cannot take in what the person changed below its headline
    if now.whole == was.whole or now.listed != piece.listed:
        notes.kept.append(f"your words in {_name(piece, owner)}")
        return piece
    text, gap, kind = (
        (now.text, now.gap, now.kind) if piece.text == was.text else (piece.text, piece.gap, piece.kind)
    )
    parts = merge_pieces(was.parts, piece.parts, now.parts, Notes(), piece.name)
    notes.kept.append(f"your words in {_name(piece, owner)}")
    return replace(piece, text=text, gap=gap, kind=kind, parts=tuple(parts))


def _keep_headings(
    of_current: list[int],
    here: dict[int, Piece],
    new: dict[int, Piece],
    result: dict[int, Piece],
    *,
    all_stay: bool,
) -> None:
    """A section that the machine dropped stays while a story the person kept stands under it.

    With `all_stay`, where the person's order is kept, every story stays where it stands.
    """
    heading = -1
    for uid in of_current:
        if here[uid].kind == "section":
            heading = uid
        elif heading >= 0 and uid in result and (uid not in new or (all_stay and _stays(uid, here, result))):
            result.setdefault(heading, here[heading])


def _stays(uid: int, here: dict[int, Piece], result: dict[int, Piece]) -> bool:
    """Whether a piece is still printed in the form it has in the person's text."""
    return result[uid].listed == here[uid].listed


def _reordered(size: int, of_current: list[int], of_fresh: list[int]) -> bool:
    """Whether the person changed the order of what the machine wrote and would write again."""
    person = _in_both(size, of_current, of_fresh)
    return person != sorted(person)


def _in_both(size: int, order: list[int], other: list[int]) -> list[int]:
    """Return, in the order of one side, what the base had and both sides still have."""
    shared = {uid for uid in order if uid < size} & set(other)
    return [uid for uid in order if uid in shared]


Side = tuple[list[int], dict[int, Piece]]  # what a text holds, in its order, and the pieces


def _order(
    size: int, ours: Side, theirs: Side, result: dict[int, Piece], notes: Notes, owner: str
) -> list[int]:
    """The order of the result: the person's where they changed it, else the machine's.

    What only one side has follows what it followed there; so does a story that is printed in that side's form,
    as a line or under a heading of its own.
    """
    (of_current, here), (of_fresh, new) = ours, theirs
    if not _reordered(size, of_current, of_fresh):
        leading, led, following = of_fresh, new, of_current
    else:
        leading, led, following = of_current, here, of_fresh
        if _in_both(size, of_current, of_fresh) != _in_both(size, of_fresh, of_current):
            notes.kept.append(f"your order in {owner}" if owner else "your order")
    order = [uid for uid in leading if uid in result and result[uid].listed == led[uid].listed]
    place = {uid: index for index, uid in enumerate(order)}
    insertions: dict[int, list[int]] = {}
    before = -1
    for run, then in _runs(following, place, result):
        if leading is of_current and then is not None and not _opens(result, then):
            # the machine's section would take in stories that stay where the person put them
            while run and _opens(result, run[-1]):
                run.pop()
        if run and _opens(result, run[0]) and (leading is of_current or then is None or _opens(result, then)):
            # a section of its own, and no heading in the middle of one: stories that now stand after
            # its neighbour stay where they belong
            while (at := place.get(before, -1) + 1) < len(order) and not _opens(result, order[at]):
                before = order[at]
        insertions.setdefault(before, []).extend(run)
        before = before if then is None else then
    woven = list(insertions.get(-1, ()))
    for uid in order:
        woven.append(uid)
        woven += insertions.get(uid, ())
    return woven


def _runs(
    following: list[int], place: dict[int, int], result: dict[int, Piece]
) -> Iterator[tuple[list[int], int | None]]:
    """Yield what only this side has, run by run, each with what follows it on both sides; None at the end."""
    run: list[int] = []
    for uid in following:
        if uid in place:
            yield run, uid
            run = []
        elif uid in result:
            run.append(uid)
    yield run, None


def _opens(result: dict[int, Piece], uid: int) -> bool:
    return result[uid].kind in ("section", "rule")


def _at(base: Sequence[Piece], uid: int) -> Piece | None:
    return base[uid] if uid < len(base) else None


def _name(piece: Piece, owner: str) -> str:
    if piece.kind in ("story", "section"):
        return f"“{piece.name}”"
    words = piece.name[:24] + ("…" if len(piece.name) > 24 else "")
    return f"“{owner}”" if owner else f"“{words}”" if words else "the text before the first story"


def _say_own(piece: Piece, notes: Notes, owner: str) -> None:
    notes.kept.append(f"your own {_name(piece, owner)}")
