"""The pictures posts show: found beside them, measured, encoded once, and refused where they are broken.

A post's row keeps what its page needs of each (`Picture`), so a changed picture is a changed post,
and whoever draws a page opens no image. A picture that a post names by an address elsewhere stays a
link; with `images.fetch_remote_covers` a cover is taken from `COVERS`, where the command puts it.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.config.schema import Config
from generator.errors import DiskError, Problem
from generator.site.content import Scan, content_id, read
from generator.site.images import ImageError, Variants, measure
from generator.site.imageshelf import Shelf
from generator.site.model import Picture
from generator.site.rows import Row, with_pictures
from generator.site.shown import ELSEWHERE, Shown
from generator.site.urls import resource_url

if TYPE_CHECKING:
    from generator.site.cache import Cache
    from generator.site.compose import Composed

FOLDER = "assets/images/"
"""Where encoded pictures lie in the output."""

COVERS = ".ribao/covers/"
"""Remote covers that were fetched, by `cover_file`."""

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".bmp", ".svg")


def cover_file(url: str) -> str:
    """Where a remote cover lies once it was fetched."""
    return COVERS + hashlib.sha256(url.encode()).hexdigest()[:32]


def missing_covers(config: Config, cache: Cache) -> list[tuple[str, str]]:
    """Remote covers that posts name and that are not here: the file each belongs into, and its address."""
    found = []
    for name, source in cache.shown_below(COVERS).items():
        row = cache.row(source)
        if row and not (config.root / COVERS / name).exists():
            found.append((COVERS + name, row.fields()["cover"]))
    return found


def file_named(source: str, name: str) -> str:
    """The file of the site that a post means by `name`: beside it, or in static/ after a slash."""
    plain = unquote(re.split("[?#]", name)[0])
    if plain.startswith("/"):
        return posixpath.normpath(f"static/{plain.lstrip('/')}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), plain))


def hang(config: Config, composed: Iterable[Composed], found: Scan, *, jobs: int) -> list[Composed]:
    """Give each composed post the pictures it shows, and a warning for each that it cannot."""
    ready = list(composed)
    wanted: dict[tuple[str, bool], None] = {}
    for one in ready:
        if one.row:
            for shown in one.shown:
                file = _file(config, one.path, shown)
                if file in found.files or file.startswith(COVERS):
                    wanted[file, _only_measured(one.row, shown)] = None
    frame = _Framing(config)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max(1, jobs)) as pool:  # Pillow lets others work while it encodes
        made = dict(zip(wanted, pool.map(frame, wanted), strict=True))
    return [_hung(config, one, found, made) for one in ready]


def _only_measured(row: Row, shown: Shown) -> bool:
    """The cover of an edition is for share cards, which want one plain file."""
    return shown.cover and row.stories > 0 and not ELSEWHERE.match(shown.name)


def _file(config: Config, source: str, shown: Shown) -> str:
    """The file of a name, or "" for one elsewhere."""
    if not ELSEWHERE.match(shown.name):
        return file_named(source, shown.name)
    remote = shown.cover and shown.name.startswith(("http://", "https://"))
    return cover_file(shown.name) if remote and config.images.fetch_remote_covers else ""


class _Framing:
    """Reads and encodes a file; what is wrong with it comes back as text. Safe in threads."""

    def __init__(self, config: Config) -> None:
        self._root, self._settings = str(config.root), config.images
        self._shelf = Shelf(config.state / "images")

    def __call__(self, wanted: tuple[str, bool]) -> tuple[Picture, str] | str:
        """The picture without its own address and that of its bytes; or why there is none."""
        file, measured = wanted
        try:
            data = read(self._root, file)
            mark = content_id(data).hex()[:8]
            if measured:
                width, height = measure(data, self._settings, posixpath.basename(file))
                return Picture(file, "", mark, width, height), mark
            variants = self._shelf.process(data, self._settings, posixpath.basename(file))
        except ImageError as error:
            return str(error)
        except DiskError:
            return ""  # not fetched yet, or gone since the folder was listed
        return _framed(file, variants, data, mark), mark


def _framed(file: str, variants: Variants, data: bytes, mark: str) -> Picture:
    own = variants.fallback.data == data and not file.startswith(COVERS)
    return Picture(
        file,
        "" if own else FOLDER + variants.fallback.name,
        mark if own else "",
        variants.width,
        variants.height,
        variants.placeholder,
        tuple((FOLDER + better.name, better.width) for better in variants.better),
    )


def _hung(
    config: Config,
    one: Composed,
    found: Scan,
    made: Mapping[tuple[str, bool], tuple[Picture, str] | str],
) -> Composed:
    row = one.row
    if row is None or not one.shown:
        return one
    pictures: dict[str, Picture] = {}
    named: dict[str, None] = {}  # files the post depends on, whether or not they are there
    problems: list[Problem] = []
    for shown in one.shown:
        file = _file(config, one.path, shown)
        if not file:
            continue
        named[file] = None
        if found.owners.get(file, "") not in ("", one.path):
            continue  # another post's: only that one knows its address, the link stays as written
        result = made.get((file, _only_measured(row, shown)))
        if isinstance(result, tuple):
            picture = result[0] if result[0].path else result[0]._replace(path=_own_path(row, file))
            if picture.path:
                pictures[shown.name] = picture
                named |= dict.fromkeys(path for path, _ in _encoded(picture))
        elif result:
            pictures[shown.name] = Picture(file, "")
            message = f"picture {result}; the page is made without it"
            problems.append(Problem(one.path, shown.line, shown.column, message, "warning"))
        elif not file.startswith(COVERS) and (shown.cover or not shown.name.startswith("/")):
            pictures |= {shown.name: Picture(file, "")} if shown.cover else {}
            message = f"there is no picture {file}; put it there, or correct the name {shown.name!r}"
            problems.append(Problem(one.path, shown.line, shown.column, message, "warning"))
    if not named:
        return one  # nothing but covers elsewhere
    return one._replace(
        row=with_pictures(row, pictures, tuple(named)),
        problems=(*one.problems, *problems),
    )


def _own_path(row: Row, file: str) -> str:
    """Where a person's file is copied."""
    if file.startswith("static/"):
        return file.removeprefix("static/")
    folder = posixpath.dirname(row.source)
    if row.source.endswith("/index.md") and file.startswith(f"{folder}/"):
        return resource_url(row.source, row.url, file.removeprefix(f"{folder}/"))
    return file.removeprefix("content/").removeprefix("pages/")


def pictures_of(row: Row) -> dict[str, Picture]:
    """The pictures of a post by the names it gives them."""
    if '"pictures":' not in row.blob:
        return {}
    return {name: Picture(*value) for name, value in row.fields().get("pictures", {}).items()}


def encoded_files(row: Row) -> Iterator[tuple[str, Picture]]:
    """The encoded files a post's pictures need in the output."""
    for picture in pictures_of(row).values():
        for path, _ in _encoded(picture):
            yield path, picture


def _encoded(picture: Picture) -> list[tuple[str, int]]:
    own = [(picture.path, picture.width)] if picture.path.startswith(FOLDER) and not picture.mark else []
    return [*own, *((path, width) for path, width in picture.files)]


def draw(config: Config, picture: Picture, path: str) -> bytes:
    """The bytes of one of a picture's encoded files. Raises `DiskError` when its original changed just now."""
    data = read(str(config.root), picture.file)
    variants = Shelf(config.state / "images").process(data, config.images, posixpath.basename(picture.file))
    for file in variants.files:
        if FOLDER + file.name == path:
            return file.data
    raise DiskError(f"{picture.file}: changed while the site was built; build again")


def prune(config: Config, cache: Cache) -> None:
    """Forget encoded pictures that no post shows any more."""
    folder = config.state / "images"
    if folder.is_dir():
        Shelf(folder).prune(cache.shown_below(FOLDER))
