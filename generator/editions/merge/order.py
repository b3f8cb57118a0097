"""In which order a merged text stands: the person's where they changed it, else the machine's; news in its section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.editions.merge.pieces import Piece


@dataclass(frozen=True, slots=True)
class Side:
    """What a text holds, in its order; a piece has the number of the thing it is a version of."""

    order: Sequence[int]
    pieces: Mapping[int, Piece]


def reordered(base: Side, ours: Side, theirs: Side) -> bool:
    """Whether the person changed the order of what the machine wrote and would write again."""
    return in_both(base, ours, theirs) != sorted(in_both(base, ours, theirs))


def arranged(base: Side, ours: Side, theirs: Side) -> bool:
    """Whether the person changed the order, or put a story under another heading though its own is still there."""
    was, now = homes(base), homes(ours)
    return reordered(base, ours, theirs) or any(
        now.get(uid) != was[uid] and was[uid] in ours.pieces
        for uid in was
        if uid in ours.pieces and uid in theirs.pieces
    )


def in_both(base: Side, side: Side, other: Side) -> list[int]:
    """Return, in the order of `side`, what the base had and both sides still have."""
    return [uid for uid in side.order if uid in base.pieces and uid in other.pieces]


def homes(side: Side) -> dict[int, int]:
    """Return the heading each piece stands under; what stands above the first has none."""
    return _homes(side.order, side.pieces)


def opens(piece: Piece) -> bool:
    """Whether what follows stands under it."""
    return piece.kind in ("section", "rule")


def woven(ours: Side, theirs: Side, result: Mapping[int, Piece], *, arranged: bool, size: int) -> list[int]:
    """Return the order of `result`: ours when it is `arranged`, else theirs; numbers below `size` are the base's.

    What only the other side has stands in the section it has there, as long as the leading side
    has that section; beside its neighbours there, as far as they are in it. What has no such section
    follows what it followed. A story that is printed in the other side's form, as a line or under a
    heading of its own, has its place from there.
    """
    leading, following = (ours, theirs) if arranged else (theirs, ours)
    order = [
        uid for uid in leading.order if uid in result and result[uid].listed == leading.pieces[uid].listed
    ]
    place = {uid: index for index, uid in enumerate(order)}
    settled = {
        uid: home
        for uid, home in homes(following).items()
        if uid in result and uid not in place and home in place
    }
    after: dict[int, list[int]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)  # sections, behind all that follows the piece
    before = -1
    for run, then in _runs([uid for uid in following.order if uid not in settled], place, result):
        at = next((index for index, uid in enumerate(run) if opens(result[uid])), len(run))
        loose, sections = run[:at], run[at:]
        followed = then is not None and not opens(result[then])
        if arranged and followed:
            # the machine's section would take in stories that stay where the person put them
            while sections and opens(result[sections[-1]]):
                sections.pop()
        after[before] += loose
        last = before
        if sections and (arranged or not followed or sections[0] < size):
            # no heading in the middle of a section: stories that now stand after its neighbour
            # stay where they belong
            while (at := place.get(last, -1) + 1) < len(order) and not opens(result[order[at]]):
                last = order[at]
        closing[last] += sections
        before = before if then is None else then
    found = [*after[-1], *closing[-1]]
    for uid in order:
        found += [uid, *after[uid], *closing[uid]]
    return _settle(found, settled, following, result)


def _settle(
    found: list[int], settled: Mapping[int, int], following: Side, result: Mapping[int, Piece]
) -> list[int]:
    """Put each piece of `settled` into its section in `found`: behind its neighbour there, else before the next one."""
    home = _homes(found, result)
    theirs = homes(following)
    fellows: dict[int, list[int]] = defaultdict(list)
    for uid in following.order:
        if uid in theirs:
            fellows[theirs[uid]].append(uid)
    for uid, section in settled.items():
        among = fellows[section]
        at = among.index(uid)
        here = [one for one in found if home.get(one) == section]
        if result[uid].kind == "impact":
            spot = found.index(here[-1] if here else section) + 1  # it ends its section
        elif left := next((one for one in reversed(among[:at]) if one in here), None):
            spot = found.index(left) + 1
        else:
            right = next((one for one in among[at + 1 :] if one in here), None)
            spot = found.index(section) + 1 if right is None else found.index(right)
        found.insert(spot, uid)
        home[uid] = section
    return found


def _homes(order: Iterable[int], pieces: Mapping[int, Piece]) -> dict[int, int]:
    found: dict[int, int] = {}
    heading = -1
    for uid in order:
        if opens(pieces[uid]):
            heading = uid
        elif heading >= 0:
            found[uid] = heading
    return found


def _runs(
    following: Iterable[int], place: Mapping[int, int], result: Mapping[int, Piece]
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
