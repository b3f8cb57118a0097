"""`ribao new site|post|theme NAME`: the files something new begins with. Nothing that exists is overwritten."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

from generator import scaffold
from generator.commands.common import load_site, say, shown, site_option
from generator.commands.pages_branch import Git, without_secret
from generator.config import parse_config
from generator.errors import DiskError, GeneratorError, SettingsError
from generator.files import bundled, write_atomic

_THEME_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@click.group()
def command() -> None:
    """Make a site, a post or a theme."""


@command.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="Name of the paper.  [日报]")
@click.option("--address", help="Its public address.  [http://localhost:8000/]")
@click.option("--timezone", help="Decides which day it is.  [Asia/Shanghai]")
@click.option("--language", help="Of the paper and its pages: zh-CN, zh-TW, en …  [zh-CN]")
@click.option("--feeds", help="An OPML file, 'starter' (a list of known sources) or 'none'.  [starter]")
@click.option("--no-build", is_flag=True, help="Only write the files.")
@click.pass_context
def site(
    ctx: click.Context,
    directory: Path,
    title: str | None,
    address: str | None,
    timezone: str | None,
    language: str | None,
    feeds: str | None,
    no_build: bool,
) -> None:
    """Make a site in DIRECTORY; asks only on a terminal, and only for what no option says."""
    root = directory.resolve()
    refuse_occupied(root)
    answer = _asker()
    new = scaffold.NewSite(
        title=title or answer("Name of the paper", "日报"),
        address=address or answer("Public address", "http://localhost:8000/"),
        timezone=timezone or answer("Time zone", "Asia/Shanghai"),
        language=language or answer("Language (zh-CN, zh-TW, en …)", "zh-CN"),
        today=dt.date.today(),
        feeds=_sources(feeds or answer("Feeds: an OPML file, starter or none", "starter")),
        requirement=requirement(),
    )
    for path, text in checked(new).items():
        write_atomic(root / path, text.encode())
    say(f"made {directory} with {len(new.feeds)} feeds and a first post")
    if not new.requirement:
        say(
            "note: the daily workflow does not know where to get ribao; write a line for pip into"
            " requirements.txt, as in: ribao @ git+https://HOST/YOU/ribao"
        )
    if (top := enclosing_repository(root)) is not None:
        say(
            f"note: {root} lies inside the repository {top}, and a workflow runs only from a repository's own top;"
            " make the site elsewhere, or run `git init` in it"
        )
    if not no_build:
        _build(ctx, root)
    # what to type next is the result of this command
    click.echo(
        f"cd {directory}\nribao serve     # look at it: pages reload when you save\nribao daily     # the first edition"
    )


def refuse_occupied(root: Path) -> None:
    """Raise unless the folder is new, or holds nothing but a fresh repository."""
    if root.exists() and not root.is_dir():
        raise DiskError(f"{root} is a file; name a folder")
    kept = {".git", "README.md", "LICENSE", "CNAME", ".DS_Store"}
    if found := sorted({path.name for path in _entries(root)} - kept):
        raise DiskError(f"{root} is not empty ({', '.join(found[:3])} …); name a new folder")


def checked(new: scaffold.NewSite) -> dict[str, str]:
    """Return the files of the new site. Raises when an answer does not fit, before anything is written."""
    try:
        parse_config(scaffold.settings(new))
    except SettingsError as error:
        raise GeneratorError("; ".join(problem.message for problem in error.problems), kind="usage") from None
    return scaffold.site_files(new)


def enclosing_repository(root: Path) -> Path | None:
    """Return the folder of the git repository that the site would be a part of, unless it is its own."""
    if (root / ".git").exists():
        return None
    return next((folder for folder in root.parents if (folder / ".git").exists()), None)


def requirement() -> str:
    """Return how pip gets this very ribao, when it was installed from a repository or its clone; else nothing.

    A bare name is never written: on a public index it may be somebody else's package.
    """
    try:
        told = importlib.metadata.distribution("ribao").read_text("direct_url.json")
        origin = json.loads(told or "{}")
        if vcs := origin.get("vcs_info"):
            return f"ribao @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
        return _of_clone(Path(url2pathname(urlsplit(origin["url"]).path)))
    except (importlib.metadata.PackageNotFoundError, KeyError, ValueError, GeneratorError):
        return ""


def _of_clone(folder: Path) -> str:
    """Return the same for a clone that pip installed from; nothing when others cannot fetch that commit over HTTPS."""
    if not (folder / ".git").exists() or shutil.which("git") is None:
        return ""
    git = Git(folder)
    if not git("branch", "--remotes", "--contains", "HEAD"):
        return ""
    address = without_secret(git.run(["remote", "get-url", "origin"]).stdout.decode().strip())
    if at_host := re.fullmatch(r"(?:ssh://|[\w.-]+@)([\w.-]+)[:/](.+)", address):
        address = f"https://{at_host[1]}/{at_host[2]}"
    return f"ribao @ git+{address}@{git('rev-parse', 'HEAD')}" if address.startswith("https://") else ""


def _entries(root: Path) -> list[Path]:
    try:
        return list(root.iterdir()) if root.exists() else []
    except OSError as error:
        raise DiskError(f"{root}: cannot be read: {error.strerror}") from error


def _asker() -> Callable[[str, str], str]:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return lambda _question, default: default
    return lambda question, default: str(click.prompt(question, default=default, err=True)).strip()


def _sources(asked: str) -> tuple[scaffold.Source, ...]:
    if asked == "none":
        return ()
    if asked == "starter":
        return scaffold.starter()
    path = Path(asked)
    if not path.is_file():
        raise GeneratorError(
            f"--feeds {asked}: there is no such file; name an OPML file, or write starter or none",
            kind="usage",
        )
    from generator.commands.opml import read_opml

    return read_opml(path)


def _build(ctx: click.Context, root: Path) -> None:
    from generator.commands import build

    ctx.ensure_object(dict)["site"] = str(root)
    ctx.invoke(build.command)


@command.command()
@click.argument("name")
@site_option
def post(name: str) -> None:
    """Make a draft with the title NAME in content/posts/."""
    from generator.text.slug import slugify

    config = load_site()
    today = dt.datetime.now(config.site.zone).date()
    path = config.content / "posts" / f"{slugify(name)}.md"
    if path.exists() or path.with_suffix("").exists():
        raise GeneratorError(f"{shown(path)} exists already; choose another name")
    write_atomic(path, scaffold.post_file(name, today).encode())
    click.echo(shown(path))
    say("a draft: see it with `ribao serve --drafts`; it is published when you remove `draft: true`")


@command.command()
@click.argument("name")
@click.option("--extends", "parent", default="ribao", show_default=True, help="The theme it begins from.")
@site_option
def theme(name: str, parent: str) -> None:
    """Make a theme in themes/NAME that extends one that comes with ribao."""
    if not _THEME_NAME.fullmatch(name):
        raise GeneratorError(
            f"{name!r} cannot name a theme; use a-z, 0-9 and -, as in evening-paper", kind="usage"
        )
    config = load_site()
    folder, ours = config.root / "themes" / name, bundled("themes")
    if folder.exists() or (ours / name).exists():
        raise GeneratorError(f"there is a theme {name} already; choose another name")
    if parent not in (known := sorted(path.parent.name for path in ours.glob("*/theme.toml"))):
        raise GeneratorError(
            f"there is no theme {parent!r} to extend; there are: {', '.join(known)}", kind="usage"
        )
    style = (ours / parent / "assets" / "style.css").read_text(encoding="utf-8")
    for path, text in scaffold.theme_files(name, parent, style).items():
        write_atomic(folder / path, text.encode())
    click.echo(shown(folder))
    say(f'use it: write theme = "{name}" under [site] in site.toml')
