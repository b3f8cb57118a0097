"""Lines of many feeds that say the same: the first few as they come, the others in one line with their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

FEW = 3  # of one kind, told each on a line of its own


class Repeats:
    """Decides which lines are told at once; `rest` gives what was held back."""

    def __init__(self) -> None:
        self._told: dict[str, int] = defaultdict(int)
        self._held: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)

    def now(self, kind: str, name: str, lines: list[str]) -> list[str]:
        """Return the lines of a feed that are told now; those of kind "" are no repeats."""
        if not kind or not lines or self._told[kind] < FEW:
            self._told[kind] += 1
            return lines
        self._held[kind].append((name, lines))
        return []

    def rest(self) -> Iterator[str]:
        """Yield a line for each kind of which more came; a single one is told as it is."""
        for kind, held in self._held.items():
            if len(held) == 1:
                yield from held[0][1]
            else:
                names = ", ".join(name for name, _ in held)
                yield f"and {len(held)} more feeds: the same ({kind}): {names}"


def few(lines: Iterable[str]) -> list[str]:
    """Return lines written as `NAME: what is wrong`, with what is wrong in the same way with many drawn together."""
    repeats, told = Repeats(), []
    for line in lines:
        name, _, what = line.rpartition(": ")
        told += repeats.now(what, name, [line])
    return [*told, *repeats.rest()]
