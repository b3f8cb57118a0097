"""A branch of a git remote that holds a built site, written with plumbing commands alone."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator.errors import GeneratorError

_SECRET = re.compile(r"(?<=//)[^/@\s]+@")  # user and password in an address
_WHO = {"NAME": "ribao", "EMAIL": "ribao@localhost"}


@dataclass(frozen=True, slots=True)
class Deployed:
    """How many files a deploy adds, changes and removes."""

    added: int
    changed: int
    removed: int

    @property
    def changes(self) -> int:
        return self.added + self.changed + self.removed

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.added} new, {self.changed} changed, {self.removed} removed files"


@dataclass(frozen=True, slots=True)
class Git:
    """Runs git in one repository."""

    folder: Path
    inside: str = ""  # where the site lies in it: empty, or a path with a slash at its end

    def __call__(
        self, *arguments: str, data: bytes | None = None, environment: Mapping[str, str] | None = None
    ) -> str:
        """Run a command and return what it prints. Raises `GeneratorError` with git's own words."""
        ran = self.run(arguments, data=data, environment=environment)
        if ran.returncode:
            raise GeneratorError(f"git {arguments[0]}: {_words(ran)}", kind="network")
        return ran.stdout.decode("utf-8", "replace").strip()

    def run(
        self,
        arguments: Sequence[str],
        *,
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self.folder,
                # never wait for a password nobody types
                env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **(environment or {})},
                input=data,
                stdin=None if data is not None else subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise GeneratorError(
                "git is not installed; install it, or deploy to a folder with --to DIR", kind="usage"
            ) from None


def repository(root: Path, state: Path) -> Git:
    """Return the repository the site is in; outside of one, a bare one of our own in its state."""
    here = Git(root)
    found = here.run(["rev-parse", "--show-toplevel", "--show-prefix"])
    if found.returncode == 0:
        # from its top: further down, git shows of a tree only what lies below the same path
        top, inside = found.stdout.decode().split("\n")[:2]
        return Git(Path(top), inside)
    own = state / "deploy.git"
    if not (own / "HEAD").is_file():
        here("init", "--quiet", "--bare", str(own))
    return Git(own)


class Branch:
    """A branch `name` of `remote`, a remote's name or an address."""

    def __init__(self, git: Git, remote: str, name: str) -> None:
        self.git, self.remote, self.name = git, remote, name
        if git.run(["check-ref-format", f"refs/heads/{name}"]).returncode:
            raise GeneratorError(f"{name!r} cannot name a branch", kind="usage")
        if remote.startswith("-"):
            raise GeneratorError(f"{remote!r} is not a git remote", kind="usage")

    def fetch(self) -> str:
        """Return the commit the branch is at, its files at hand; empty when there is no such branch yet.

        Raises when the branch holds the site's sources: a site in their place would bury them.
        """
        self._known()
        listed = self.git.run(["ls-remote", "--", self.remote, f"refs/heads/{self.name}"])
        if listed.returncode:
            raise GeneratorError(
                f"{without_secret(self.remote)} cannot be reached: {_words(listed)};"
                " name a git remote, an address or a folder with --to, or set [deploy] remote",
                kind="network",
            )
        tip = listed.stdout.decode().partition("\t")[0]
        if not tip:
            return ""
        # no ref is written: one cut off in the middle would leave its lock behind, in your repository
        self.git(
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.remote, f"refs/heads/{self.name}"
        )
        if self.git.run(["cat-file", "-e", f"{tip}:{self.git.inside}site.toml"]).returncode == 0:
            raise GeneratorError(
                f"the branch {self.name} holds the sources of a site; name another one with --branch,"
                " or set [deploy] branch",
                kind="usage",
            )
        return tip

    def _known(self) -> None:
        """Raise when the remote is a name that this repository does not know."""
        if not re.fullmatch(r"[\w.-]+", self.remote) or self.remote.endswith(".git"):
            return
        if self.git.run(["remote", "get-url", self.remote]).returncode:
            raise GeneratorError(
                f"this site's repository has no remote named {self.remote}: add it with"
                f" `git remote add {self.remote} ADDRESS`, name an address with --to, or a folder,"
                f" as in --to ./{'live' if self.remote == 'origin' else self.remote}",
                kind="network",
            )

    def tree(self, files: Mapping[str, bytes | Path], *, keep: Sequence[str], tip: str) -> str:
        """Write the files as a tree object; of `keep`, what only the branch has stays."""
        paths = [(name, source) for name, source in files.items() if isinstance(source, Path)]
        hashes = self.git(
            "hash-object",
            "-w",
            "--no-filters",
            "--stdin-paths",
            data="".join(f"{path}\n" for _, path in paths).encode(),
        ).splitlines()
        entries = {name: digest for (name, _), digest in zip(paths, hashes, strict=True)}
        for name, source in files.items():
            if isinstance(source, bytes):
                entries[name] = self.git("hash-object", "-w", "--stdin", data=source)
        for name in keep:
            if tip and name not in entries:
                kept = self.git.run(["rev-parse", "--verify", "--quiet", f"{tip}:{name}"])
                if kept.returncode == 0:
                    entries[name] = kept.stdout.decode().strip()
        listing = "".join(f"100644 {digest}\t{name}\0" for name, digest in sorted(entries.items()))
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self.git("update-index", "-z", "--index-info", data=listing.encode(), environment=index)
            return self.git("write-tree", environment=index)

    def compare(self, tip: str, tree: str) -> Deployed:
        """Count how `tree` differs from the branch."""
        if not tip:
            names = self.git("ls-tree", "-r", "--name-only", tree).splitlines()
            return Deployed(len(names), 0, 0)
        lines = self.git("diff-tree", "-r", "--name-status", "--no-renames", tip, tree).splitlines()
        kinds = [line[:1] for line in lines]
        return Deployed(kinds.count("A"), len(kinds) - kinds.count("A") - kinds.count("D"), kinds.count("D"))

    def push(self, tip: str, tree: str, message: str) -> str:
        """Commit the tree on top of `tip` and push it; return why not when the branch would not take it now.

        Then the branch has moved, or somebody else is pushing: it may be tried again on top of it.
        """
        parents = ["-p", tip] if tip else []
        commit = self.git(
            "commit-tree", tree, *parents, data=f"{message}\n".encode(), environment=self._who()
        )
        pushed = self.git.run(["push", "--quiet", self.remote, f"{commit}:refs/heads/{self.name}"])
        if pushed.returncode == 0:
            return ""
        words = _words(pushed)
        if any(
            sign in words
            for sign in ("rejected", "fetch first", "non-fast-forward", "cannot lock ref", "already exists")
        ):
            return words
        raise GeneratorError(f"git push: {words}", kind="network")

    def _who(self) -> dict[str, str]:
        """Return the names for a commit where this machine has set none."""
        if self.git.run(["var", "GIT_COMMITTER_IDENT"]).returncode == 0:
            return {}
        return {f"GIT_{kind}_{part}": word for kind in ("AUTHOR", "COMMITTER") for part, word in _WHO.items()}


def _words(ran: subprocess.CompletedProcess[bytes]) -> str:
    lines = ran.stderr.decode("utf-8", "replace").split("\n")
    said = [line.strip().removeprefix("fatal: ").rstrip(".") for line in lines if line.strip()]
    return without_secret("; ".join(said[:3])) or f"ended with {ran.returncode}"


def spoken(git: Git, remote: str) -> str:
    """Return a remote as it is told: a name with its address, without user and password."""
    known = git.run(["remote", "get-url", "--push", remote])
    address = known.stdout.decode("utf-8", "replace").strip() if known.returncode == 0 else ""
    return f"{remote} ({without_secret(address)})" if address else without_secret(remote)


def without_secret(text: str) -> str:
    """Return `text` with the user and password of addresses taken out."""
    return _SECRET.sub("", text)
