"""Which piece of one text is which of another: by equality, then by name, then by likeness, then by place."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial

from generator.editions.merge.pieces import Piece, likeness

ALIKE = 0.6  # share of character pairs from which two pieces are one, edited
MAX_COMPARED = 40_000  # pairs of pieces that are compared by likeness

Pairs = dict[int, int]


def same(left: Sequence[Piece], right: Sequence[Piece], free: Iterable[int], among: Iterable[int]) -> Pairs:
    """Pair pieces of `left` (those in `free`) with equal ones of `right` (in `among`), each once, in order."""
    return _by(left, right, free, among, lambda piece: (piece.kind, piece.whole))


def alike(left: Sequence[Piece], right: Sequence[Piece], free: Iterable[int], among: Iterable[int]) -> Pairs:
    """Pair pieces that are versions of one another though not equal."""
    free, among = sorted(free), sorted(among)
    pairs: Pairs = {}
    for rank in range(3):
        pairs |= _by(
            left,
            right,
            (index for index in free if index not in pairs),
            set(among) - set(pairs.values()),
            partial(_key, rank),
        )
    pairs |= _by_likeness(
        left, right, [i for i in free if i not in pairs], sorted(set(among) - set(pairs.values()))
    )
    return pairs | _by_place(left, right, pairs, free, among)


def _key(rank: int, piece: Piece) -> str | None:
    return piece.keys[rank] if rank < len(piece.keys) else None


def _by(
    left: Sequence[Piece],
    right: Sequence[Piece],
    free: Iterable[int],
    among: Iterable[int],
    key: Callable[[Piece], Hashable],
) -> Pairs:
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for index in sorted(among):
        if (name := key(right[index])) is not None:
            waiting[name].append(index)
    pairs: Pairs = {}
    for index in sorted(free):
        queue = waiting.get(key(left[index]))
        if queue:
            pairs[index] = queue.popleft()
    return pairs


def _by_likeness(left: Sequence[Piece], right: Sequence[Piece], free: list[int], among: list[int]) -> Pairs:
    if len(free) * len(among) > MAX_COMPARED:
        return {}
    scored = []
    for i in free:
        for j in among:
            if left[i].kind == right[j].kind and (score := likeness(left[i], right[j])) >= ALIKE:
                scored.append((-score, i, j))
    pairs: Pairs = {}
    for _, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _by_place(
    left: Sequence[Piece], right: Sequence[Piece], pairs: Pairs, free: list[int], among: list[int]
) -> Pairs:
    """Pair what is left over, prose only, when it is the one paragraph of its kind on both sides."""
    taken = set(pairs.values())
    here: dict[str, list[int]] = defaultdict(list)
    there: dict[str, list[int]] = defaultdict(list)
    for i in free:
        if i not in pairs and left[i].kind == "paragraph":
            here[left[i].kind].append(i)
    for j in among:
        if j not in taken and right[j].kind == "paragraph":
            there[right[j].kind].append(j)
    return {
        indexes[0]: there[kind][0]
        for kind, indexes in here.items()
        if len(indexes) == 1 and len(there.get(kind, ())) == 1
    }
