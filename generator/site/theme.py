"""A theme: its folder and its parents', its settings, its templates and assets with their fingerprints."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from generator import __version__
from generator.config.schema import Config
from generator.errors import Problem, ThemeError
from generator.files import bundled
from generator.site.minify import VERSION as MINIFIER
from generator.text.near import nearest

_REFERENCE = re.compile(r"{%-?\+?\s*(?:extends|include|import|from)\s+([^%]*?)%}")
_NAME = re.compile(r"""["']([^"']+)["']""")
_KEYS = ("name", "description", "extends", "min_version", "settings", "pages", "cover")
# named by their address by other programs, so their names stay
_FIXED = {"favicon.ico", "robots.txt"}


class Pages(NamedTuple):
    """`[pages]` of theme.toml: which optional shapes a theme's pages have."""

    paginate: int = 0  # posts on each numbered front page; 0: only the front page itself
    tags: str = "years"  # a tag's page lists its newest year and links the others; "all" lists all
    tag_feeds: bool = True  # each tag has a feed


class Look(NamedTuple):
    """`[cover]` of theme.toml: the colours of drawn covers, as `#rrggbb`."""

    paper: str = "#faf6ee"
    ink: str = "#1c1e22"
    muted: str = "#5d5a54"
    accent: str = "#c8321f"


class Template(NamedTuple):
    """A template's text and where it stands."""

    name: str
    path: str  # for messages
    source: str
    fingerprint: bytes  # of it and all templates it can reach


class Theme(NamedTuple):
    """A theme with its parents folded in."""

    name: str
    settings: Mapping[str, Any] = MappingProxyType({})
    pages: Pages = Pages()
    look: Look = Look()
    fonts: tuple[Path, ...] = ()  # folders with fonts for covers, the nearest first
    templates: Mapping[str, Template] = MappingProxyType({})
    assets: Mapping[str, bytes] = MappingProxyType({})  # output path under assets/ → bytes
    addresses: Mapping[str, str] = MappingProxyType({})  # name → site-relative address
    fingerprint: bytes = b""  # of everything

    def has(self, template: str) -> bool:
        return template in self.templates

    def first(self, *names: str) -> str:
        """The first of `names` the theme has; the last when it has none."""
        return next((name for name in names if name in self.templates), names[-1])


def theme_folders(config: Config) -> list[Path]:
    """Return the theme's folder and its parents', the nearest first. Raises `ThemeError`."""
    folders: list[Path] = []
    name, path, line = config.site.theme, "site.toml", 0
    while name:
        folder = _find(config.root, name)
        if folder is None:
            near = nearest(name, _available(config.root))
            hint = f"; did you mean {near!r}?" if near else "; make one with: ribao new theme NAME"
            raise ThemeError([Problem(path, line, 0, f"there is no theme {name!r}{hint}")])
        if folder in folders:
            raise ThemeError([Problem(path, line, 0, f"theme {name!r} extends itself")])
        overlay = config.root / "themes" / name
        if overlay != folder and overlay.is_dir():
            # files dropped into the site's folder of that name win over the theme's own
            folders.append(overlay)
        folders.append(folder)
        data = _settings_file(folder)
        path, line = str(folder / "theme.toml"), 1
        name = data.get("extends", "")
        if not isinstance(name, str):
            raise ThemeError([Problem(path, 1, 0, "extends must be the name of a theme, in quotes")])
    return folders


def load_theme(config: Config) -> Theme:
    """Read a theme from the disk. Raises `ThemeError` with what is wrong in it or in [theme]."""
    folders = theme_folders(config)
    texts: dict[str, tuple[str, str]] = {}
    assets: dict[str, bytes] = {}
    settings: dict[str, Any] = {}
    pages: dict[str, Any] = {}
    cover: dict[str, Any] = {}
    for folder in reversed(folders):
        data = _settings_file(folder) if (folder / "theme.toml").is_file() else {}
        settings |= _table(data, "settings", folder)
        pages |= _table(data, "pages", folder)
        cover |= _table(data, "cover", folder)
        for name, file in _files(folder / "templates"):
            try:
                texts[name.removesuffix(".j2")] = (_shown(file, config.root), file.read_text("utf-8"))
            except UnicodeDecodeError:
                raise ThemeError([Problem(_shown(file, config.root), 1, 0, "is not UTF-8")]) from None
        for name, file in _files(folder / "assets"):
            assets[name] = file.read_bytes()
    chosen = _checked(settings, config.theme)
    templates = {
        name: Template(name, path, text, _reach(name, texts)) for name, (path, text) in texts.items()
    }
    placed, addresses = _place(assets)
    state = blake2b(digest_size=16)
    for name, template in sorted(templates.items()):
        state.update(name.encode() + b"\0" + template.fingerprint)
    state.update(repr((sorted(addresses.items()), sorted(chosen.items()), sorted(pages.items()))).encode())
    return Theme(
        name=config.site.theme,
        settings=chosen,
        pages=_pages(pages, folders[0]),
        look=_look(cover, folders[0]),
        fonts=tuple(folder / "fonts" for folder in folders if (folder / "fonts").is_dir()),
        templates=templates,
        assets=placed,
        addresses=addresses,
        fingerprint=state.digest(),
    )


def _find(root: Path, name: str) -> Path | None:
    if not re.fullmatch(r"[\w][\w.-]*", name):
        return None
    for parent in (root / "themes", bundled("themes")):
        if (parent / name / "theme.toml").is_file():
            return parent / name
    return None


def _available(root: Path) -> list[str]:
    return sorted(
        file.parent.name
        for parent in (root / "themes", bundled("themes"))
        for file in parent.glob("*/theme.toml")
    )


def _settings_file(folder: Path) -> dict[str, Any]:
    path = folder / "theme.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ThemeError([Problem(str(path), message=f"is not TOML: {error}")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ThemeError([Problem(str(path), message=f"cannot be read: {error}")]) from None
    # first: a theme for a newer ribao may have keys this one does not know
    needed = data.get("min_version", "0")
    if not (isinstance(needed, str) and re.fullmatch(r"\d{1,9}(\.\d{1,9}){0,3}", needed)):
        raise ThemeError(
            [Problem(str(path), 1, 0, f"min_version: is {needed!r}; write it like {__version__!r}")]
        )
    if _numbers(needed) > _numbers(__version__):
        raise ThemeError(
            [Problem(str(path), 1, 0, f"needs ribao {needed} or newer, this is {__version__}; upgrade ribao")]
        )
    for key in data:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            known = f"did you mean {near!r}?" if near else f"there are: {', '.join(_KEYS)}"
            raise ThemeError([Problem(str(path), 1, 0, f"{key}: is no part of a theme; {known}")])
    return data


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _table(data: dict[str, Any], name: str, folder: Path) -> dict[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise ThemeError([Problem(str(folder / "theme.toml"), 1, 0, f"{name} must be a table: [{name}]")])
    return table


def _checked(defaults: dict[str, Any], asked: Mapping[str, object]) -> dict[str, Any]:
    problems = []
    chosen = dict(defaults)
    for key, value in asked.items():
        if key not in defaults:
            near = nearest(key, defaults)
            known = (
                f"did you mean {near!r}?" if near else f"there are: {', '.join(sorted(defaults)) or 'none'}"
            )
            problems.append(
                Problem("site.toml", message=f"theme.{key}: is not a setting of this theme; {known}")
            )
        elif type(value) is not type(defaults[key]) and not (
            isinstance(defaults[key], float) and isinstance(value, int)
        ):
            problems.append(
                Problem("site.toml", message=f"theme.{key}: is {value!r}; write it like {defaults[key]!r}")
            )
        else:
            chosen[key] = value
    if problems:
        raise ThemeError(problems)
    return chosen


def _pages(table: dict[str, Any], folder: Path) -> Pages:
    known = {name: type(getattr(Pages(), name)) for name in Pages._fields}
    for key, value in table.items():
        if key not in known or type(value) is not known[key]:
            names = ", ".join(known)
            raise ThemeError(
                [Problem(str(folder / "theme.toml"), 1, 0, f"pages.{key}: wrong; [pages] may hold {names}")]
            )
    return Pages(**table)


def _look(table: dict[str, Any], folder: Path) -> Look:
    for key, value in table.items():
        known = key in Look._fields
        if not known or not (isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", value)):
            hint = "write a colour like #c8321f" if known else f"[cover] may hold {', '.join(Look._fields)}"
            raise ThemeError(
                [Problem(str(folder / "theme.toml"), 1, 0, f"cover.{key}: is {value!r}; {hint}")]
            )
    return Look(**table)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for parent, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            if name.startswith(".") or name.endswith(("~", ".swp", ".tmp")):
                continue
            file = Path(parent, name)
            yield file.relative_to(folder).as_posix(), file


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _reach(name: str, texts: Mapping[str, tuple[str, str]]) -> bytes:
    """Fingerprint of a template and of all it names; a name that is computed reaches all of them."""
    reached: set[str] = set()
    todo = [name]
    while todo:
        current = todo.pop().removesuffix(".j2")
        if current in reached or current not in texts:
            continue
        reached.add(current)
        for expression in _REFERENCE.findall(texts[current][1]):
            names = _NAME.findall(expression)
            todo += names or list(texts)
    state = blake2b(digest_size=16)
    for current in sorted(reached):
        state.update(f"{current}\0{texts[current][1]}\0".encode())
    return state.digest()


def _place(assets: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Give each asset an address that changes with it. They are made smaller when they are drawn: most builds draw none."""
    placed, addresses = {}, {}
    for name, data in assets.items():
        if name in _FIXED:
            address = name
        else:
            stem, dot, suffix = name.rpartition(".")
            mark = blake2b(data, digest_size=5, key=b"%d" % MINIFIER).hexdigest()
            address = f"assets/{stem}.{mark}.{suffix}" if dot else f"assets/{name}.{mark}"
        placed[address], addresses[name] = data, address
    return placed, addresses
