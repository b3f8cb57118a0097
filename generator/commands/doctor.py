"""`ribao doctor`: what this machine and this site have and lack, each with what to do."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import click

from generator.commands.common import LOCAL, is_local, json_option, print_json, say, site_option
from generator.config import Config, find_site, load_config
from generator.errors import GeneratorError, SettingsError

State = Literal["ok", "note", "missing"]
_MARKS: dict[State, str] = {"ok": "ok     ", "note": "note   ", "missing": "missing"}
_EXPAT = (2, 6, 0)  # earlier ones can be kept busy for long by small hostile files
_SPACE = 200_000_000  # bytes; a year of editions with covers is about half of it


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report. `missing` is what stops a command, `note` what one may want."""

    name: str
    state: State
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{_MARKS[self.state]}  {self.name}: {self.found}" + (
            f"; {self.remedy}" if self.remedy else ""
        )


@click.command()
@site_option
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Say what this machine and site have and lack; exit 1 when something is missing."""
    checks = [*machine(os.environ.get("ANTHROPIC_API_KEY", "")), *_site(ctx.ensure_object(dict).get("site"))]
    missing = sum(check.state == "missing" for check in checks)
    if as_json:
        print_json({"checks": [asdict(check) for check in checks], "missing": missing})
    else:
        for check in checks:
            click.echo(check)
        notes = sum(check.state == "note" for check in checks)
        say(f"{missing or 'nothing'} missing, {notes} note{'s' * (notes != 1)}")
    return 1 if missing else 0


def machine(key: str) -> Iterator[Check]:
    """Yield what holds for every site on this machine. `key` is the model's, of which nothing is shown."""
    yield _python()
    yield from _libraries()
    yield _expat()
    yield _sqlite()
    yield _fonts()
    yield _git()
    if key:
        yield Check("model key", "ok", "ANTHROPIC_API_KEY is set")
    else:
        yield Check(
            "model key",
            "note",
            "ANTHROPIC_API_KEY is not set",
            "editions are made offline; set it in the environment to let Claude write",
        )


def _python() -> Check:
    # an older Python than ribao needs does not come this far
    return Check("python", "ok", ".".join(map(str, sys.version_info[:3])))


def _libraries() -> Iterator[Check]:
    try:
        wanted = importlib.metadata.requires("ribao") or []
    except importlib.metadata.PackageNotFoundError:
        yield Check("ribao", "missing", "is run without being installed", "pip install -e . in its folder")
        return
    yield Check("ribao", "ok", importlib.metadata.version("ribao"))
    for line in wanted:
        if requirement := re.match(r"([\w.-]+)(?:\[[^]]*\])?\s*([^;]*)(;.*extra\s*==.*)?", line):
            name, bounds, extra = requirement[1], requirement[2].strip(), bool(requirement[3])
            check = _library(name, bounds, extra=extra)
            if check is not None:
                yield check


def _library(name: str, bounds: str, *, extra: bool) -> Check | None:
    try:
        found = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        # an extra that is not there is not wanted
        return None if extra else Check(name, "missing", "not installed", f'pip install "{name}{bounds}"')
    if not within(found, bounds):
        return Check(name, "missing", found, f'ribao is tested with {bounds}: pip install "{name}{bounds}"')
    return Check(name, "ok", found)


def within(version: str, bounds: str) -> bool:
    """Tell whether a version satisfies `>=3.4,<3.5`; other kinds of bounds are taken as satisfied."""
    have = _numbers(version)
    for bound in bounds.split(","):
        if match := re.match(r"\s*(>=|<|==)\s*([\d.]+)", bound):
            limit = _numbers(match[2])
            size = max(len(have), len(limit))
            left, right = (numbers + (0,) * (size - len(numbers)) for numbers in (have, limit))
            if not {">=": left >= right, "<": left < right, "==": left == right}[match[1]]:
                return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"[\d.]+", version)
    return tuple(int(part) for part in found[0].strip(".").split(".")) if found else ()


def _expat() -> Check:
    from xml.parsers import expat

    found = ".".join(map(str, expat.version_info))
    if expat.version_info < _EXPAT:
        return Check(
            "expat",
            "note",
            found,
            "2.6.0 or newer stands hostile feeds better; it comes with Python or the system",
        )
    return Check("expat", "ok", found)


def _sqlite() -> Check:
    import sqlite3

    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < (3, 35, 0):
        return Check("sqlite", "missing", found, "the store needs 3.35 or newer; it comes with Python")
    return Check("sqlite", "ok", found)


def _fonts() -> Check:
    from generator.site.fonts import candidates

    for font in candidates():
        return Check("fonts", "ok", f"covers are set in {font.path.name}")
    return Check(
        "fonts",
        "note",
        "none with Chinese characters",
        "covers are drawn without words; install Noto Sans CJK (Debian: fonts-noto-cjk)",
    )


def _git() -> Check:
    if found := shutil.which("git"):
        return Check("git", "ok", found)
    return Check("git", "note", "not found", "only `ribao deploy` to a branch needs it")


def _site(asked: str | None) -> Iterator[Check]:
    try:
        root = Path(asked).resolve() if asked else find_site(Path.cwd())
        config = load_config(root)
    except SettingsError as error:
        for problem in error.problems:
            yield Check("settings", "missing", str(problem))
        return
    except GeneratorError as error:
        yield Check("site", "missing" if asked else "note", str(error))
        return
    yield Check("settings", "ok", f"{config.root / 'site.toml'}: {config.site.title}, {config.site.timezone}")
    yield _address(config)
    if (config.root / ".github" / "workflows" / "daily.yml").exists():
        yield _workflow(config)
    yield _feeds(config)
    yield _theme(config)
    yield _disk(config)
    yield _store(config)
    yield _editions(config)


def _address(config: Config) -> Check:
    if is_local(config.site.base_url):
        return Check("address", "note", f"{config.site.base_url} is this machine's", LOCAL)
    return Check("address", "ok", config.site.base_url)


def _workflow(config: Config) -> Check:
    """The workflow of a new site installs ribao from requirements.txt; one that was rewritten need not."""
    path = config.root / "requirements.txt"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines):
        return Check("workflow", "ok", "requirements.txt says where ribao comes from")
    remedy = "write a line for pip into it, as in: ribao @ git+https://HOST/YOU/ribao"
    return Check("workflow", "note", "requirements.txt does not say where to get ribao", remedy)


def _feeds(config: Config) -> Check:
    enabled = sum(feed.enabled for feed in config.feeds)
    if not enabled:
        return Check("feeds", "note", "none", "add one with: ribao feeds add URL")
    return Check("feeds", "ok", f"{enabled} of {len(config.feeds)} are asked")


def _theme(config: Config) -> Check:
    from generator.site.theme import load_theme, theme_folders

    try:
        load_theme(config)
    except GeneratorError as error:
        return Check("theme", "missing", str(error))
    return Check("theme", "ok", " extends ".join(folder.name for folder in theme_folders(config)))


def _disk(config: Config) -> Check:
    for folder in (config.content, config.state, config.output):
        try:
            # a temporary file in the nearest folder that exists: nothing is made for a question
            nearest = next(path for path in (folder, *folder.parents) if path.is_dir())
            with tempfile.TemporaryFile(dir=nearest):
                pass
        except OSError as error:
            return Check(
                "disk", "missing", f"{folder} cannot be written: {error.strerror}", "give this user the right"
            )
    free = shutil.disk_usage(config.root).free
    if free < _SPACE:
        return Check("disk", "note", f"{free / 1e6:.0f} MB are free", "make room")
    return Check("disk", "ok", f"can be written; {free / 1e9:.1f} GB are free")


def _store(config: Config) -> Check:
    if isinstance(config.store, Path) and not config.store.exists():
        return Check("store", "note", "none yet", "the first `ribao collect` makes it")
    from generator.store import Store

    try:
        with Store.open(config.store) as store:
            states = store.feed_states().values()
    except GeneratorError as error:
        return Check("store", "missing", str(error))
    failing = sum(state.failures > 0 for state in states)
    found = f"remembers {len(states)} feeds"
    if failing:
        return Check("store", "note", f"{found}, {failing} of them failing", "see: ribao feeds list")
    return Check("store", "ok", found)


def _editions(config: Config) -> Check:
    """Read every record: one of another version of ribao is named, never misread."""
    paths = sorted((config.content / "posts").glob("*/edition.json"), reverse=True)
    if not paths:
        return Check("editions", "note", "none yet", "the first `ribao daily` makes one")
    from generator.editions import record

    for path in paths:
        try:
            record.loads(path.read_text(encoding="utf-8"), str(path))
        except GeneratorError as error:
            return Check("editions", "missing", str(error), "restore it from git, or publish that day again")
        except (OSError, UnicodeDecodeError) as error:
            return Check(
                "editions", "missing", f"{path}: {error}", "restore it from git, or publish that day again"
            )
    return Check("editions", "ok", f"{len(paths)} with a record")
