"""A page that is no longer at an address: named so that it is removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.site.pages.kind import Ident
from generator.site.press import Change, Press


class Gone:
    """Answers for any path that there is no such page."""

    def everything(self, press: Press) -> Iterable[Ident]:
        return ()

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterable[Ident]:
        return ()

    def path(self, press: Press, ident: Ident) -> str:
        return str(ident[0])

    def key(self, press: Press, ident: Ident) -> bytes | None:
        return None

    def draw(self, press: Press, ident: Ident) -> bytes:
        raise AssertionError("a page that is gone is not drawn")
