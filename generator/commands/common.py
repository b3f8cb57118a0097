"""What every command shares: the --site option, the settings, the clock, progress and results."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from generator.config import Config, find_site, load_config
from generator.errors import GeneratorError

F = TypeVar("F", bound=Callable[..., Any])


def site_option(function: F) -> F:
    """Accept --site after the command's name too."""

    def remember(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.ensure_object(dict)["site"] = value

    return click.option(
        "--site",
        expose_value=False,
        callback=remember,
        type=click.Path(file_okay=False),
        help="The site's folder.",
    )(function)


def json_option(function: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(function)


def load_site() -> Config:
    """Return the settings of the site this command is about."""
    asked = click.get_current_context().ensure_object(dict).get("site")
    return load_config(Path(asked).resolve()) if asked else load_config(find_site(Path.cwd()))


LOCAL = "write the public address, with its path, as [site] base_url and build again before you publish"


def is_local(base_url: str) -> bool:
    """Tell whether an address is one that only this machine understands."""
    return urlsplit(base_url).hostname in ("localhost", "127.0.0.1", "::1")


def moment(text: str | None, config: Config) -> dt.datetime:
    """Parse --at: an ISO time, in the site's zone unless it names one; None is now."""
    if text is None:
        return dt.datetime.now(dt.UTC)
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is not a moment; write it like 2026-01-07T08:30", param_hint="--at"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=config.site.zone)


def day(text: str | None, config: Config, now: dt.datetime) -> dt.date:
    """Parse --date; None is today in the site's zone."""
    if text is None:
        return now.astimezone(config.site.zone).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is not a day; write it like 2026-01-07", param_hint="--date"
        ) from None


def say(message: str) -> None:
    """Tell the person at the terminal; goes to stderr, in place of a bar that stands there."""
    click.echo(f"\r\x1b[K{message}" if Progress.shown else message, err=True)
    Progress.shown = False


def shown(path: Path) -> str:
    """Return a path as messages and results name it: from the current folder, so that it can be used there."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class Progress:
    """A bar on a terminal, a plain line now and then elsewhere; on stderr."""

    shown = False
    """Whether the cursor stands behind a bar, so that whoever writes next has to clear it."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, total, 0
        self._live = sys.stderr.isatty()
        self._last = 0.0

    def step(self, detail: str = "") -> None:
        self.done += 1
        now = time.monotonic()
        finished = self.done >= self.total
        if not finished and now - self._last < (0.1 if self._live else 5.0):
            return
        self._last = now
        line = f"[{self.done}/{self.total}] {self.what}" + (f" {detail}" if detail else "")
        if self._live:
            click.echo(f"\r\x1b[K{line}" + ("\n" if finished else ""), nl=False, err=True)
            Progress.shown = not finished
        else:
            click.echo(line, err=True)


__all__ = [
    "GeneratorError",
    "Progress",
    "day",
    "json_option",
    "load_site",
    "moment",
    "print_json",
    "say",
    "shown",
    "site_option",
]
