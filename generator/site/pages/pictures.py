"""The encoded pictures of posts, under names that hold a hash of their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.site.pages.kind import Ident
from generator.site.pictures import draw, encoded_files
from generator.site.press import Change, Press
from generator.site.rows import Row, digest


class Pictures:
    """Smaller sizes and encodings of what posts show, each once however many posts show it."""

    def everything(self, press: Press) -> Iterator[Ident]:
        return _idents((*press.index.posts(), *press.index.pages()))

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        return _idents(row for change in changes for row in change.rows)

    def path(self, press: Press, ident: Ident) -> str:
        return str(ident[0])

    def key(self, press: Press, ident: Ident) -> bytes | None:
        path = str(ident[0])
        return digest(path.encode()) if press.index.showing(path) else None

    def draw(self, press: Press, ident: Ident) -> bytes:
        path = str(ident[0])
        row = press.index.showing(path)
        assert row is not None
        picture = next(picture for file, picture in encoded_files(row) if file == path)
        return draw(press.config, picture, path)


def _idents(rows: Iterable[Row]) -> Iterator[Ident]:
    return iter({(path,): None for row in rows for path, _ in encoded_files(row)})
