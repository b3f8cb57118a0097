"""`ribao deploy`: publish the built site to a branch of a git remote, or to a folder.

The branch is written with git's plumbing: no checkout, no index of yours is touched, nothing is ever
forced. The push moves the branch in one step, so a run that is killed leaves the old site or the new.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection
from pathlib import Path

import click

from generator.commands.common import LOCAL, is_local, json_option, load_site, print_json, say, site_option
from generator.commands.pages_branch import Branch, Deployed, repository, spoken, without_secret
from generator.config import Config
from generator.errors import DiskError, GeneratorError
from generator.files import lock, write_atomic, write_if_changed
from generator.site.build import Options, cache_path, is_finished

_HOST = re.compile(r"(?:[\w.-]+@)?[\w.-]{2,}:")  # git@host:path and host:path, but no C:\path
_TRIES = 3  # somebody else may push to the same branch meanwhile
_LIST = ".ribao-files"  # in a folder: what we put there, and may take away again
_HALF = re.compile(r"\.[a-z0-9_]{8}\.tmp")  # a file that `write_atomic` had not finished


@click.command()
@click.option("--to", metavar="REMOTE|FOLDER", help="A git remote or address, or a folder.  [deploy.remote]")
@click.option("--branch", metavar="NAME", help="Branch of the remote.  [deploy.branch]")
@click.option("--message", default="Publish the site", show_default=True, help="Of the commit.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@json_option
@site_option
def command(to: str | None, branch: str | None, message: str, dry_run: bool, as_json: bool) -> int:
    """Publish the built site."""
    config = load_site()
    files = built(config)
    if is_local(config.site.base_url):
        say(f"note: pages, feeds and sitemap name {config.site.base_url}; {LOCAL}")
    target = to or config.deploy.remote
    # what is typed counts from where it is typed, what the settings say from where they are
    place = _place(target, Path.cwd() if to else config.root)
    with lock(config.state / "deploy.lock", "deploy"):
        if isinstance(place, Path):
            done = to_folder(files, place, dry_run=dry_run)
            name, shown = "", without_secret(target)
        else:
            name = branch or config.deploy.branch
            done = to_branch(config, files, place, name, message, dry_run=dry_run)
            shown = f"branch {name} of {spoken(repository(config.root, config.state), place)}"
    if as_json:
        row = {"target": without_secret(target), "branch": name, "dry_run": dry_run}
        print_json({**row, **done.as_json()})
    else:
        verb = "would publish" if dry_run else "published"
        click.echo(f"{verb} {done} to {shown}" if done.changes else f"{shown} is up to date")
    return 0


def built(config: Config) -> dict[str, bytes | Path]:
    """Return what is published by its address: the built files, and what Pages wants beside them.

    Raises when there is no finished build.
    """
    output = config.output
    if not (output / "index.html").is_file() or not (output / "404.html").is_file():
        raise GeneratorError(f"{output} holds no finished site; run: ribao build", kind="nothing")
    now = dt.datetime.now(dt.UTC)
    if Path(cache_path(config, Options(now=now))).exists() and not is_finished(config):
        raise GeneratorError(f"the last build of {output} did not finish; run: ribao build", kind="busy")
    files: dict[str, bytes | Path] = {}
    for folder, names, found in os.walk(output):
        names.sort()
        for name in sorted(found):
            path = Path(folder, name)
            if name.endswith(".tmp"):
                raise GeneratorError(
                    f"{path}: a build was cut off or is at work; run: ribao build", kind="busy"
                )
            if path.is_symlink() or "\n" in name:
                raise DiskError(f"{path}: is no plain file; remove it and build again")
            files[path.relative_to(output).as_posix()] = path
    # Pages would hide folders that begin with _
    files.setdefault(".nojekyll", b"")
    if config.deploy.cname:
        files["CNAME"] = config.deploy.cname.strip().encode() + b"\n"
    return files


def to_branch(
    config: Config,
    files: dict[str, bytes | Path],
    remote: str,
    name: str,
    message: str,
    *,
    dry_run: bool = False,
) -> Deployed:
    """Put the files on the remote's branch, on top of what is there now."""
    git = repository(config.root, config.state)
    branch = Branch(git, remote, name)
    refused = ""
    for _ in range(_TRIES):
        tip = branch.fetch()
        tree = branch.tree(files, keep=("CNAME",), tip=tip)
        done = branch.compare(tip, tree)
        if dry_run or not done.changes:
            return done
        refused = branch.push(tip, tree, message)
        if not refused:
            return done
        say(f"{without_secret(remote)} {name} has moved meanwhile; trying again on top of it")
    raise GeneratorError(f"{without_secret(remote)} {name}: {refused}; run this again", kind="busy")


def to_folder(files: dict[str, bytes | Path], folder: Path, *, dry_run: bool = False) -> Deployed:
    """Copy the files into a folder; what an earlier run put there and is gone now is removed, nothing else.

    Pages come after what they show and before anything is removed, so that a reader meets no page
    without its pictures. Raises `DiskError` when the folder holds a file that we would overwrite and
    did not put there.
    """
    _clear(folder)
    mine = _listed(folder)
    if not mine and folder.is_dir() and any(folder.iterdir()):
        raise DiskError(f"{folder} holds files that ribao did not put there; name an empty folder")
    added, changed = [], []
    for name in sorted(files):
        path = folder / name
        if not path.exists():
            added.append(name)
        elif path.read_bytes() != _data(files[name]):
            if name not in mine:
                raise DiskError(f"{path} is not from ribao; move it, or the post that has its address")
            changed.append(name)
    gone = [name for name in sorted(mine - files.keys()) if (folder / name).is_file()]
    if not dry_run:
        # the list first: what a run that is killed has written is known as ours, what it left as well
        _list(folder, mine | files.keys())
        for name in sorted([*added, *changed], key=lambda name: (name.endswith(".html"), name)):
            # not durable: the next run compares every byte, and mends what a power cut took
            write_atomic(folder / name, _data(files[name]), durable=False)
        for name in gone:
            (folder / name).unlink(missing_ok=True)
        _list(folder, files.keys())
    return Deployed(len(added), len(changed), len(gone))


def _listed(folder: Path) -> set[str]:
    """Return the files that an earlier run put there; names that lead out of the folder are none of ours."""
    try:
        names = (folder / _LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return set()
    return {name for name in names if name and ".." not in name.split("/") and not name.startswith("/")}


def _clear(folder: Path) -> None:
    """Remove what a run that was killed was just writing."""
    for parent, _, names in os.walk(folder):
        for name in names:
            if _HALF.fullmatch(name):
                Path(parent, name).unlink(missing_ok=True)


def _list(folder: Path, names: Collection[str]) -> None:
    write_if_changed(folder / _LIST, "".join(f"{name}\n" for name in sorted(names)).encode())


def _data(source: bytes | Path) -> bytes:
    return source.read_bytes() if isinstance(source, Path) else source


def _place(target: str, here: Path) -> Path | str:
    """Return the folder that `target` names, else the name or address of a git remote; paths count from `here`."""
    if "://" in target or _HOST.match(target):
        return target
    path = here / Path(target).expanduser()
    spelled_out = Path(target).is_absolute() or target.startswith((".", "~"))
    repository = (path / "HEAD").is_file() or (path / ".git").exists() or target.endswith(".git")
    if spelled_out:
        return str(path.resolve()) if repository else path.resolve()  # whole: git runs elsewhere
    return str(path.resolve()) if target.endswith(".git") and path.exists() else target
