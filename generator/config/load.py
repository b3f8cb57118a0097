"""Read `site.toml` into `Config`: every mistake of the file in one run, each with a suggestion."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from generator.config.convert import Reader
from generator.config.rules import check
from generator.config.schema import Config
from generator.errors import GeneratorError, Problem, SettingsError

CONFIG_NAME = "site.toml"
_MAX_BYTES = 2_000_000


def find_site(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds a site.toml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if os.path.isfile(folder / CONFIG_NAME):  # a folder we may not look into holds none
            return folder
    raise GeneratorError(
        f"no {CONFIG_NAME} in {start} or above it; go to the site's folder, name it with --site DIR,"
        " or make one with: ribao new site DIR",
        kind="usage",
    )


def load_config(root: Path) -> Config:
    """Read the settings of the site at `root`.

    Raises `SettingsError` with all problems of the file.
    """
    path = root / CONFIG_NAME
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise GeneratorError(
            f"no {CONFIG_NAME} in {root}; make one with: ribao new site DIR", kind="usage"
        ) from None
    except OSError as error:
        raise SettingsError([Problem(CONFIG_NAME, message=f"cannot be read: {error.strerror}")]) from None
    if len(raw) > _MAX_BYTES:
        raise SettingsError(
            [Problem(CONFIG_NAME, message=f"has {len(raw):,} bytes; the limit is {_MAX_BYTES:,}")]
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            [Problem(CONFIG_NAME, line, message="is not UTF-8 here; save it as UTF-8")]
        ) from None
    return parse_config(text.replace("\r\n", "\n"), root=root)


def parse_config(text: str, *, root: Path = Path(), name: str = CONFIG_NAME) -> Config:
    """Parse the text of a `site.toml`. Raises `SettingsError` with all its problems."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column, message = _toml_place(error)
        raise SettingsError([Problem(name, line, column, f"is not TOML: {message}")]) from None
    reader = Reader(text, name)
    config = reader.table(Config, data, given={"root": root})
    problems = [*reader.problems, *check(config, reader)]
    if problems:
        raise SettingsError(sorted(problems, key=lambda one: one.line))
    return config


def _toml_place(error: tomllib.TOMLDecodeError) -> tuple[int, int, str]:
    # Before Python 3.14 the place is only in the message: "… (at line 3, column 7)".
    message, _, place = str(error).partition(" (at line ")
    line, _, column = place.rstrip(")").partition(", column ")
    return (int(line), int(column), message) if column.isdigit() else (0, 0, str(error))
