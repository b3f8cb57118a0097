"""Files that are copied: static/, a theme's assets, what lies beside posts; and redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from generator.site import svg
from generator.site.minify import VERSION, minified
from generator.site.pages.kind import Ident
from generator.site.pictures import SUFFIXES
from generator.site.press import Change, Press
from generator.site.privacy import without_metadata
from generator.site.rows import Row, digest
from generator.site.urls import file_of


class Assets:
    """The theme's assets, without comments and needless space, under names that change with their content."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for address in press.theme.assets:
            yield (address,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        return iter(())

    def path(self, press: Press, ident: Ident) -> str:
        return str(ident[0])

    def key(self, press: Press, ident: Ident) -> bytes | None:
        data = press.theme.assets.get(str(ident[0]))
        return digest(data, b"%d" % VERSION) if data is not None else None

    def draw(self, press: Press, ident: Ident) -> bytes:
        return minified(str(ident[0]), press.theme.assets[str(ident[0])])


class Copies:
    """Files of static/ byte for byte, and those of content/ that are not Markdown: pictures without metadata."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for target in press.files:
            yield (target,)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        # few sites have many; and a changed address of a post moves what lies beside it
        return self.everything(press)

    def path(self, press: Press, ident: Ident) -> str:
        return str(ident[0])

    def key(self, press: Press, ident: Ident) -> bytes | None:
        found = press.files.get(str(ident[0]))
        if found is None:
            return None
        if not _cleaned(found.source):
            return found.digest
        if found.source.lower().endswith(".svg") and not _is_picture_only(press.read(found.source)):
            return None
        return digest(found.digest, b"without metadata")

    def draw(self, press: Press, ident: Ident) -> bytes:
        source = press.files[str(ident[0])].source
        data = press.read(source)
        return without_metadata(data) if _cleaned(source) else data


def _cleaned(source: str) -> bool:
    """Whether a file is a picture of content/; what lies in static/ is copied as it is."""
    return source.startswith("content/") and source.lower().endswith(SUFFIXES)


def _is_picture_only(data: bytes) -> bool:
    """Whether an SVG holds nothing but a picture: opened by itself, a script in it would be one of the site's."""
    try:
        svg.checked(data)
    except ValueError:
        return False
    return True


class Redirects:
    """A page at each alias that sends readers on; works on any static host, without script."""

    def everything(self, press: Press) -> Iterator[Ident]:
        for rows in (press.index.posts(), press.index.pages()):
            for row in rows:
                for alias in _aliases(row):
                    yield (row.source, alias)

    def touched(self, press: Press, changes: Sequence[Change]) -> Iterator[Ident]:
        yield from {
            (row.source, alias) for change in changes for row in change.rows for alias in _aliases(row)
        }

    def path(self, press: Press, ident: Ident) -> str:
        alias = str(ident[1])
        return alias if alias.endswith((".html", ".htm")) else file_of(alias.rstrip("/") + "/")

    def key(self, press: Press, ident: Ident) -> bytes | None:
        row = press.index.post(str(ident[0]))
        if row is None or str(ident[1]) not in _aliases(row):
            return None
        return press.key("", f"{row.url}\n{row.title}".encode())

    def draw(self, press: Press, ident: Ident) -> bytes:
        row = press.index.post(str(ident[0]))
        assert row is not None
        url = escape(press.addresses.absolute(row.url))
        title = escape(row.title)
        return (
            f'<!doctype html>\n<html lang="{escape(press.site.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<title>{title}</title>\n<link rel="canonical" href="{url}">\n<meta name="robots" content="noindex">\n'
            f'<meta http-equiv="refresh" content="0; url={url}">\n</head>\n'
            f'<body><p><a href="{url}">{title}</a></p></body>\n</html>\n'
        ).encode()


def _aliases(row: Row) -> list[str]:
    if '"aliases":[]' in row.blob:
        return []
    aliases: list[str] = row.fields()["aliases"]
    return aliases
