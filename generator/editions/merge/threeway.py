"""Three versions of a sequence of pieces → one: the person's words and order win, the machine's news comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.editions.merge.align import alike, same
from generator.editions.merge.order import Side, arranged, in_both, reordered, woven
from generator.editions.merge.pieces import Piece
from generator.editions.merge.told import Notes


def merge_pieces(
    base: Sequence[Piece], current: Sequence[Piece], fresh: Sequence[Piece], notes: Notes
) -> list[Piece]:
    """Return the merged sequence. Equal inputs give equal outputs; merging the result again changes nothing."""
    of_current, of_fresh = _identify(base, current, fresh)
    here = {uid: current[index] for index, uid in enumerate(of_current)}
    new = {uid: fresh[index] for index, uid in enumerate(of_fresh)}
    written = Side(range(len(base)), dict(enumerate(base)))
    ours, theirs = Side(of_current, here), Side(of_fresh, new)
    by_hand = arranged(written, ours, theirs)
    result: dict[int, Piece] = {}
    for uid, piece in here.items():
        was, now = _at(base, uid), new.get(uid)
        if was is None:
            result[uid] = piece
            if now is None:
                notes.own(piece)
        elif now is None:
            if piece.whole != was.whole:
                result[uid] = piece
                notes.edited_and_gone(was, piece)
        else:
            result[uid] = _merge_piece(was, piece, now, notes)
    _keep_headings(ours, new, result, notes, all_stay=by_hand)
    for uid in of_fresh:
        if uid < len(base) and uid not in here:
            notes.deleted(base[uid])
    for uid, piece in new.items():
        if uid >= len(base) and uid not in here:
            result[uid] = piece
            if piece.kind == "story":
                notes.added.append(piece.shown)
    if reordered(written, ours, theirs) and in_both(written, ours, theirs) != in_both(written, theirs, ours):
        notes.kept.append("your order")
    return [result[uid] for uid in woven(ours, theirs, result, arranged=by_hand, size=len(base))]


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


def _merge_piece(was: Piece, piece: Piece, now: Piece, notes: Notes) -> Piece:
    if piece.whole == was.whole:
        return replace(now, gap=piece.gap if piece.gap != was.gap else now.gap)
    if piece.whole != now.whole:
        notes.edited(was, piece)
    # a story that today is only a line cannot take in what the person changed below its headline
    if now.whole == was.whole or now.listed != piece.listed:
        return piece
    text, gap, kind = (
        (now.text, now.gap, now.kind) if piece.text == was.text else (piece.text, piece.gap, piece.kind)
    )
    parts = merge_pieces(was.parts, piece.parts, now.parts, Notes())
    return replace(piece, text=text, gap=gap, kind=kind, parts=tuple(parts))


def _keep_headings(
    ours: Side, new: Mapping[int, Piece], result: dict[int, Piece], notes: Notes, *, all_stay: bool
) -> None:
    """A section that the machine dropped stays while a story the person kept stands under it.

    With `all_stay`, where the person's order is kept, every story stays where it stands.
    """
    heading = -1
    for uid in ours.order:
        if ours.pieces[uid].kind == "section":
            heading = uid
        elif (
            heading >= 0
            and heading not in result
            and uid in result
            and (uid not in new or (all_stay and _stays(uid, ours.pieces, result)))
        ):
            result[heading] = ours.pieces[heading]
            notes.section(ours.pieces[heading])


def _stays(uid: int, here: Mapping[int, Piece], result: Mapping[int, Piece]) -> bool:
    """Whether a piece is still printed in the form it has in the person's text."""
    return result[uid].listed == here[uid].listed


def _at(base: Sequence[Piece], uid: int) -> Piece | None:
    return base[uid] if uid < len(base) else None
