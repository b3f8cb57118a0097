"""No key and no folder of the machine reaches what is published: the site, the posts, their records, a deploy."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import paper
from tests.commands.test_publish_claude import answer
from tests.fake_claude import FakeClaude

KEY = "sk-canary-5d1e"
TOKEN = "tok-canary-90ab"


@pytest.fixture
def homes(tmp_path: Path) -> dict[str, str]:
    """A home and a temporary folder whose names stand in nothing else."""
    places = {"HOME": tmp_path / "canary-home", "TMPDIR": tmp_path / "canary-scratch"}
    for place in places.values():
        place.mkdir()
    return {name: str(place) for name, place in places.items()}


def test_neither_key_nor_folder_reaches_what_is_published(tmp_path: Path, homes: dict[str, str]) -> None:
    folder = tmp_path / "canary-site"
    folder.mkdir()
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    remote_url = remote.as_uri()
    secrets = {"ANTHROPIC_API_KEY": KEY, "GITHUB_TOKEN": TOKEN, "GIT_CONFIG_GLOBAL": "/dev/null", **homes}
    with FakeClaude(answer) as server:
        paper.found(folder, f'[claude]\nbase_url = "{server.url}"\n')
        settings = (folder / "site.toml").read_text(encoding="utf-8")
        (folder / "site.toml").write_text(settings.replace("cover = false", "cover = true"), encoding="utf-8")
        paper.collect(folder, paper.STORIES)
        said = [paper.publish(folder, **secrets)]
        assert server.seen, "the model was asked, with the key"
    # a build that stops at an error leaves nothing of it behind either
    template = folder / "themes" / "ribao" / "templates" / "404.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nothing_of_the_kind }}", encoding="utf-8")
    failed = paper.ribao(folder, "build", **secrets)
    assert failed.returncode == 1 and "themes/ribao/templates/404.html:1" in failed.stderr
    template.unlink()
    for arguments in (
        ("build",),
        ("verify",),
        ("check",),
        ("deploy", "--to", remote_url),
        ("deploy", "--to", str(tmp_path / "live")),
        ("doctor",),
    ):
        said.append(paper.ribao(folder, *arguments, **secrets))
        assert said[-1].returncode == 0, (arguments, said[-1].stdout, said[-1].stderr)
    branch = tmp_path / "branch"
    subprocess.run(["git", "clone", "-q", "--branch", "gh-pages", remote_url, str(branch)], check=True)
    message = subprocess.run(
        ["git", "log", "-3", "--format=%an %ae %B"], cwd=branch, capture_output=True, check=True
    ).stdout
    private = [KEY, TOKEN, str(tmp_path), *homes.values()]
    for words in private:
        assert words.encode() not in message
        for path in published(folder / "public", folder / "content", tmp_path / "live", branch):
            assert words.encode() not in path.read_bytes(), path
            assert words not in path.name
    # the runs' reports and what a person reads: folders are theirs to see, keys are not
    for done in said:
        assert KEY not in done.stdout + done.stderr and TOKEN not in done.stdout + done.stderr
    for path in published(folder / ".ribao"):
        assert KEY.encode() not in path.read_bytes() and TOKEN.encode() not in path.read_bytes(), path


def published(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        found = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
        assert found, folder
        yield from found
