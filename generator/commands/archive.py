"""The editions of a site as files: which to prove, what each rests on, what was printed before. Each is read once a run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import shown
from generator.config import Config
from generator.errors import DiskError, GeneratorError
from generator.files import read_bounded

if TYPE_CHECKING:
    from generator.editions.form import Parsed
    from generator.editions.record import Record
    from generator.news import Edition, Printed

MAX_POST = 2_000_000
MAX_RECORD = 20_000_000
FOLLOWED = 50  # files without a day that any other may repeat
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Target:
    """One edition's file, its record's place, and the day its name tells ("" when it does not)."""

    post: Path
    record: Path
    day: str

    @property
    def name(self) -> str:
        """The edition's id: its folder's name, or the file's."""
        return self.post.parent.name if self.post.name == "index.md" else self.post.stem

    @property
    def shown(self) -> str:
        return shown(self.post)

    def text(self) -> str:
        return read_bounded(self.post, MAX_POST).decode("utf-8", errors="replace")


class Archive:
    """The editions of a site, and those that a person names beside them."""

    def __init__(self, config: Config, paths: Sequence[Path] = ()) -> None:
        self._config = config
        self._named = [target for path in paths for target in _named(path, config)]
        self._digests: dict[Target, bytes] = {}
        self._printed: dict[Target, tuple[Edition, tuple[Printed, ...]] | None] = {}

    @cached_property
    def _posts(self) -> list[Target]:
        return list(_posts(self._config.content / "posts"))

    def targets(self) -> list[Target]:
        """Return what is to be proven, by day: what was named, else every post of the site."""
        return sorted(self._named or self._posts, key=lambda one: (one.day, str(one.post)))

    def edition(self, name: str) -> Target | None:
        """Return the edition of that name; None when there is none with a record."""
        found = target_of(self._config.content / "posts" / name / "index.md")
        return found if found.post.is_file() and found.record.is_file() else None

    def recorded(self) -> list[Target]:
        """Return the editions with a record, the newest first."""
        found = [one for one in self._posts if one.record.is_file()]
        return sorted(found, key=lambda one: one.post.parent.name, reverse=True)

    def before(self, target: Target) -> list[Target]:
        """Return the editions before this one, newest first; a file whose name tells no day may follow any other."""
        known = {one.post: one for one in (*self._posts, *self._named) if one.post != target.post}
        if not target.day:
            return [one for one in known.values() if not one.day][:FOLLOWED]
        earlier = [one for one in known.values() if one.day and one.day < target.day]
        memory = self._config.edition.memory
        return sorted(earlier, key=lambda one: one.day, reverse=True)[:memory]

    def digest(self, target: Target) -> bytes:
        """Return a hash of an edition's post and record."""
        if target not in self._digests:
            digest = hashlib.sha256(str(target.post).encode())
            for path, limit in ((target.post, MAX_POST), (target.record, MAX_RECORD)):
                digest.update(b"\0" + (read_bounded(path, limit) if path.is_file() else b""))
            self._digests[target] = digest.digest()
        return self._digests[target]

    def printed(self, target: Target, before: Edition) -> tuple[Printed, ...]:
        """Return the stories of `target` if it is an edition of an earlier day: of its record, else of its text."""
        if target not in self._printed:
            self._printed[target] = _printed(target)
        found = self._printed[target]
        return found[1] if found and found[0].date < before.date else ()


def _named(path: Path, config: Config) -> Iterator[Target]:
    if not path.exists() and (config.content / "posts" / path / "index.md").is_file():
        path = config.content / "posts" / path  # an edition's id is enough
    if path.is_dir():
        if (path / "index.md").is_file():
            yield target_of(path / "index.md")
        else:
            yield from _posts(path)
    elif path.is_file():
        yield target_of(path)
    else:
        raise DiskError(f"{path}: no such file or folder")


def _posts(folder: Path) -> Iterator[Target]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "index.md").is_file():
            yield target_of(path / "index.md")
        elif path.suffix in {".md", ".txt"} and path.is_file():
            yield target_of(path)


def target_of(post: Path) -> Target:
    record = "edition.json" if post.name == "index.md" else f"{post.stem}.edition.json"
    found = Target(post, post.with_name(record), "")
    day = _DAY.search(found.name)
    return replace(found, day=day[0]) if day else found


def parse(target: Target, *, explicit: bool) -> Parsed | None:
    """Read the edition; None for a post that is none, which is an error when it was named explicitly."""
    from generator import editions

    text = target.text()
    form = editions.detect(text)
    if form is not None:
        return editions.FORMATS[form].parse(text, target.shown)
    if explicit:
        known = ", ".join(editions.FORMATS)
        raise GeneratorError(f"{target.post}: is no edition in a format ribao knows: {known}")
    return None


def read_record(target: Target) -> Record | None:
    """Return what stands beside the post. Raises `ContentError` when it is damaged."""
    from generator.editions.record import loads

    if not target.record.is_file():
        return None
    text = read_bounded(target.record, MAX_RECORD).decode("utf-8", errors="replace")
    return loads(text, shown(target.record))


def _printed(target: Target) -> tuple[Edition, tuple[Printed, ...]] | None:
    from generator.news import Printed

    try:
        record = read_record(target)
        known = record or parse(target, explicit=False)
    except GeneratorError:
        return None  # it is reported where it is proven itself
    if known is None:
        return None
    edition = known.edition
    stories = tuple(
        Printed(
            edition.id or str(edition.date),
            article.id,
            article.headline,
            edition.date,
            article.sources,
            article.text,
        )
        for article in edition.articles
    )
    return edition, stories
