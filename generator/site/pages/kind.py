"""What each kind of page answers: which pages there are, which a change touches, their keys and bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias

from generator.site.press import Change, Press

Ident: TypeAlias = tuple[str | int, ...]
"""Names one page of a kind: a post's source, a tag with its year, a month."""


class Kind(Protocol):
    """One kind of output.

    `touched` must name every page whose key may differ after the changes; naming one too many
    costs time, one too few a stale page. Comparing incremental with clean builds holds it to that.
    """

    def everything(self, press: Press) -> Iterable[Ident]: ...

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterable[Ident]: ...

    def path(self, press: Press, ident: Ident) -> str:
        """Output file, relative to the output folder."""
        ...

    def key(self, press: Press, ident: Ident) -> bytes | None:
        """Digest of what the page shows; None when there is no such page."""
        ...

    def draw(self, press: Press, ident: Ident) -> bytes: ...
