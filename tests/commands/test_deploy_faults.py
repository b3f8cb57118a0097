"""`ribao deploy` cut off anywhere, twice at once, onto a branch that moves: the old site or the new, whole."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.commands.deploy import to_folder
from generator.errors import DiskError

PAGES = 60  # enough that a deploy takes a while

pytestmark = pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git")


@pytest.fixture(autouse=True)
def no_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return edition(tmp_path / "site", 0)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "host" / "paper.git"
    git(tmp_path, "init", "--quiet", "--bare", str(folder))
    git(folder, "config", "daemon.receivepack", "true")
    return folder


@pytest.fixture
def remote(bare: Path) -> Iterator[str]:
    """The bare repository's address on a host of its own, which survives what happens to its clients."""
    program = Path(git(bare, "--exec-path").strip()) / "git-daemon"
    if not program.exists():
        pytest.skip("needs git-daemon")
    for port in random.Random(str(bare)).sample(range(21_000, 29_000), 5):
        daemon = subprocess.Popen(
            [program, "--listen=127.0.0.1", f"--port={port}", "--export-all", f"--base-path={bare.parent}"],
            stderr=subprocess.DEVNULL,
        )
        address = f"git://127.0.0.1:{port}/paper.git"
        for _ in range(100):
            if subprocess.run(["git", "ls-remote", address], capture_output=True).returncode == 0:
                yield address
                daemon.terminate()
                daemon.wait()
                return
            if daemon.poll() is not None:
                break
            time.sleep(0.02)
    pytest.fail("git-daemon did not start")


def edition(site: Path, number: int) -> Path:
    """Lay out the built site of one day: every page says which."""
    shutil.rmtree(site / "public", ignore_errors=True)
    (site / "public" / "posts").mkdir(parents=True)
    (site / "site.toml").write_text("", encoding="utf-8")
    names = ["index.html", "404.html", *(f"posts/{page}.html" for page in range(PAGES)), f"{number}.txt"]
    for name in names:
        (site / "public" / name).write_text(f"{name} of {number}", encoding="utf-8")
    return site


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    ).stdout


def started(site: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "deploy", "--site", str(site), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def deploy(site: Path, *arguments: str) -> tuple[int, str, str]:
    process = started(site, *arguments)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def killed(site: Path, after: float, *arguments: str) -> None:
    """Start a deploy and kill it with all it started, `after` so many seconds."""
    process = started(site, *arguments)
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def published(bare: Path, number: int) -> bool:
    """Tell whether the branch holds exactly the site of that day."""
    tip = git(bare, "rev-parse", "gh-pages").strip()  # asked once: a push may still be arriving
    names = git(bare, "ls-tree", "-r", "--name-only", tip).splitlines()
    wanted = {
        ".nojekyll",
        "index.html",
        "404.html",
        f"{number}.txt",
        *(f"posts/{n}.html" for n in range(PAGES)),
    }
    return set(names) == wanted and git(bare, "show", f"{tip}:posts/7.html") == f"posts/7.html of {number}"


def test_killed_anywhere_it_leaves_the_old_site_or_the_new_and_nothing_in_the_way(
    site: Path, bare: Path, remote: str
) -> None:
    git(site, "init", "--quiet")  # the site's own repository is what git writes into
    assert deploy(site, "--to", remote)[0] == 0
    alone = time.monotonic()
    deploy(edition(site, 1), "--to", remote)
    alone = time.monotonic() - alone
    dice, old = random.Random(20260107), 1
    for number in range(2, 10):
        edition(site, number)
        killed(site, dice.uniform(0.3, 1.1) * alone, "--to", remote)
        # the host finishes what it was sent, maybe only after the next one has begun
        whole = [day for day in range(old, number + 1) if published(bare, day)]
        assert whole, number
        old = whole[-1]
    edition(site, 99)
    code, out, err = deploy(site, "--to", remote)
    assert (code, published(bare, 99)) == (0, True), out + err
    git(bare, "fsck", "--strict")
    assert git(site, "for-each-ref") == ""


def test_killed_on_its_way_to_a_folder_it_goes_on_where_it_was(site: Path, tmp_path: Path) -> None:
    target, dice = tmp_path / "www", random.Random(7)
    alone = time.monotonic()
    deploy(site, "--to", str(tmp_path / "elsewhere"))
    alone = time.monotonic() - alone
    for number in range(8):
        edition(site, number)
        killed(site, dice.uniform(0.6, 1.0) * alone, "--to", str(target))
        for path in target.rglob("*.html"):
            assert path.read_text(encoding="utf-8").startswith(f"{path.relative_to(target).as_posix()} of ")
    assert deploy(site, "--to", str(target))[0] == 0
    (target / "by-hand.txt").write_text("mine", encoding="utf-8")
    code, _, err = deploy(edition(site, 10), "--to", str(target))
    assert code == 0, err
    left = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    made = {
        path.relative_to(site / "public").as_posix()
        for path in (site / "public").rglob("*")
        if path.is_file()
    }
    assert left == made | {".nojekyll", ".ribao-files", "by-hand.txt"}
    assert all((target / name).read_bytes() == (site / "public" / name).read_bytes() for name in made)


def test_two_at_once_from_one_site_the_second_is_told_or_finds_it_done(site: Path, bare: Path) -> None:
    both = [started(site, "--to", str(bare)) for _ in range(2)]
    ends = [(process.communicate(timeout=60), process.returncode) for process in both]
    assert published(bare, 0)
    assert git(bare, "rev-list", "--count", "gh-pages") == "1\n"
    for (_, err), code in ends:
        assert code == 0 or "another deploy is at work here" in err


def test_two_at_once_from_two_clones_come_one_on_top_of_the_other(
    tmp_path: Path, bare: Path, remote: str
) -> None:
    sites = [edition(tmp_path / f"clone{number}", number) for number in (1, 2)]
    deploy(edition(tmp_path / "site", 0), "--to", remote)
    both = [started(site, "--to", remote, "--message", f"of {site.name}") for site in sites]
    ends = [(process.communicate(timeout=60), process.returncode) for process in both]
    assert [code for _, code in ends] == [0, 0], ends
    log = git(bare, "log", "--format=%s", "gh-pages").split("\n")
    assert set(log[:2]) == {"of clone1", "of clone2"} and log[2] == "Publish the site"
    assert published(bare, 1) or published(bare, 2)


MEANWHILE = """#!/bin/sh
# somebody else's push arrives while ours is being looked at
test -e moved && exit 0
touch moved
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
export GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@c GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@c
git update-ref refs/heads/gh-pages $(git commit-tree -p gh-pages -m theirs gh-pages^{tree})
"""


def test_a_push_that_comes_in_between_stays_below_ours(site: Path, bare: Path) -> None:
    deploy(site, "--to", str(bare))
    hook = bare / "hooks" / "pre-receive"
    hook.write_text(MEANWHILE, encoding="utf-8")
    hook.chmod(0o755)
    code, _, err = deploy(edition(site, 1), "--to", str(bare))
    assert code == 0, err
    assert "has moved meanwhile; trying again on top of it" in err
    assert git(bare, "log", "--format=%s", "gh-pages").splitlines() == [
        "Publish the site",
        "theirs",
        "Publish the site",
    ]


def test_a_host_that_will_not_take_it_is_quoted(site: Path, bare: Path) -> None:
    hook = bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho the branch is protected >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    code, _, err = deploy(site, "--to", str(bare))
    assert code == 1
    assert "the branch is protected" in err
    assert "Traceback" not in err


def test_the_branch_with_the_sources_is_never_covered_by_the_site(site: Path, bare: Path) -> None:
    git(site, "init", "--quiet", "-b", "main")
    git(site, "add", "site.toml")
    git(site, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "Begin")
    git(site, "push", "--quiet", str(bare), "main")
    code, _, err = deploy(site, "--to", str(bare), "--branch", "main")
    assert code == 2
    assert "the branch main holds the sources of a site; name another one with --branch" in err
    assert git(bare, "log", "--format=%s", "main") == "Begin\n"


def test_a_password_in_the_remotes_address_stays_unsaid(site: Path) -> None:
    git(site, "init", "--quiet")
    git(site, "remote", "add", "origin", "http://x-access-token:hunter2@127.0.0.1:9/paper.git")
    code, out, err = deploy(site)
    assert code == 1
    assert "origin cannot be reached" in err
    assert "or set [deploy] remote" in err
    assert "hunter2" not in out + err


def test_output_with_a_link_is_refused_and_names_with_an_underscore_are_shown(site: Path, bare: Path) -> None:
    (site / "public" / "_private.html").write_text("x", encoding="utf-8")
    assert deploy(site, "--to", str(bare))[0] == 0
    assert {"_private.html", ".nojekyll"} <= set(git(bare, "ls-tree", "--name-only", "gh-pages").splitlines())
    (site / "public" / "passwd").symlink_to("/etc/passwd")
    code, _, err = deploy(site, "--to", str(bare))
    assert code == 1
    assert "passwd: is no plain file; remove it and build again" in err


def test_a_file_that_somebody_put_at_our_address_is_not_overwritten(tmp_path: Path) -> None:
    to_folder({"a.html": b"a"}, tmp_path / "www")
    (tmp_path / "www" / "b.html").write_bytes(b"by hand")
    with pytest.raises(DiskError, match=r"b\.html is not from ribao; move it"):
        to_folder({"a.html": b"new", "b.html": b"b"}, tmp_path / "www")
    assert (tmp_path / "www" / "a.html").read_bytes() == b"a"  # nothing was done by halves


def test_a_list_that_names_files_outside_of_the_folder_removes_none(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_bytes(b"two years of work")
    to_folder({"a.html": b"a"}, tmp_path / "www")
    (tmp_path / "www" / ".ribao-files").write_text(
        f"a.html\n../thesis.tex\n{tmp_path}/thesis.tex\n", encoding="utf-8"
    )
    to_folder({"b.html": b"b"}, tmp_path / "www")
    assert (tmp_path / "thesis.tex").exists()
    assert not (tmp_path / "www" / "a.html").exists()
