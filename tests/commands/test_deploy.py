"""`ribao deploy` against real repositories: never a force, never half a site, never a stranger's file."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands.deploy import built, to_branch
from generator.commands.pages_branch import Branch
from generator.config import load_config
from generator.errors import GeneratorError
from generator.files import lock
from generator.site.build import Options, build, cache_path
from generator.site.cache import Cache

WHO = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@b",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@b",
}


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
    folder = tmp_path / "site"
    (folder / "public" / "posts").mkdir(parents=True)
    (folder / "site.toml").write_text("", encoding="utf-8")
    for name, text in {"index.html": "home", "404.html": "gone", "posts/早报.html": "first\r\n"}.items():
        (folder / "public" / name).write_bytes(text.encode())
    return folder


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    folder = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(folder))
    return folder


def git(folder: Path, *arguments: str, data: str | None = None) -> str:
    return subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments],
        cwd=folder,
        env={**os.environ, **WHO},
        input=data,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def deploy(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "deploy", "--site", str(site), *arguments],
        cwd=site.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def on_branch(remote: Path) -> list[str]:
    return git(remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()


def test_the_first_deploy_makes_the_branch_byte_for_byte(site: Path, remote: Path) -> None:
    ran = deploy(site, "--to", str(remote))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == f"published 4 new, 0 changed, 0 removed files to branch gh-pages of {remote}\n"
    assert on_branch(remote) == [".nojekyll", "404.html", "index.html", "posts/早报.html"]
    assert git(remote, "cat-file", "-s", "gh-pages:posts/早报.html").strip() == "7"  # no line end was changed


def test_a_second_deploy_adds_one_commit_and_an_idle_one_none(site: Path, remote: Path) -> None:
    deploy(site, "--to", str(remote))
    assert "is up to date" in deploy(site, "--to", str(remote)).stdout
    (site / "public" / "posts" / "早报.html").unlink()
    (site / "public" / "index.html").write_text("news", encoding="utf-8")
    assert "0 new, 1 changed, 1 removed" in deploy(site, "--to", str(remote)).stdout
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "2"


def test_a_dry_run_changes_nothing(site: Path, remote: Path) -> None:
    assert "would publish 4 new" in deploy(site, "--to", str(remote), "--dry-run").stdout
    assert git(remote, "for-each-ref") == ""


def test_the_domain_set_on_the_branch_is_kept(site: Path, remote: Path) -> None:
    blob = git(remote, "hash-object", "-w", "--stdin", data="news.example\n").strip()
    tree = git(remote, "mktree", data=f"100644 blob {blob}\tCNAME\n").strip()
    commit = git(remote, "commit-tree", tree, "-m", "Set the domain").strip()
    git(remote, "update-ref", "refs/heads/gh-pages", commit)
    assert deploy(site, "--to", str(remote)).returncode == 0
    assert git(remote, "show", "gh-pages:CNAME") == "news.example\n"
    assert git(remote, "rev-parse", "gh-pages^").strip() == commit  # on top, never over


def test_a_branch_that_moves_meanwhile_is_built_upon(
    site: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load_config(site)
    to_branch(config, built(config), str(remote), "gh-pages", "one")
    push, moved = Branch.push, []

    def push_after_somebody(branch: Branch, tip: str, tree: str, message: str) -> str:
        if not moved:
            other = git(remote, "commit-tree", f"{tip}^{{tree}}", "-p", tip, "-m", "somebody's").strip()
            git(remote, "update-ref", "refs/heads/gh-pages", other)
            moved.append(other)
        return push(branch, tip, tree, message)

    monkeypatch.setattr(Branch, "push", push_after_somebody)
    (site / "public" / "index.html").write_text("news", encoding="utf-8")
    to_branch(config, built(config), str(remote), "gh-pages", "two")
    assert git(remote, "log", "--format=%s", "gh-pages").split("\n")[:3] == ["two", "somebody's", "one"]


def test_inside_a_repository_nothing_of_it_is_touched(site: Path, remote: Path) -> None:
    git(site, "init", "--quiet")
    git(site, "remote", "add", "origin", str(remote))
    (site / "draft.txt").write_text("not committed", encoding="utf-8")
    before = git(site, "status", "--porcelain")
    assert deploy(site).returncode == 0
    assert git(site, "status", "--porcelain").replace("?? .ribao/\n", "") == before
    assert git(site, "branch", "--list") == ""
    assert "index.html" in on_branch(remote)


def test_a_site_in_a_folder_of_a_repository_is_deployed_whole_and_never_over_its_sources(
    tmp_path: Path, site: Path, remote: Path
) -> None:
    git(tmp_path, "init", "--quiet", "-b", "main")
    git(tmp_path, "remote", "add", "origin", str(remote))
    git(tmp_path, "add", "site/site.toml")
    git(tmp_path, "commit", "--quiet", "-m", "Begin")
    git(tmp_path, "push", "--quiet", "origin", "main")
    done = deploy(site).stdout
    assert done == f"published 4 new, 0 changed, 0 removed files to branch gh-pages of origin ({remote})\n"
    assert on_branch(remote) == [".nojekyll", "404.html", "index.html", "posts/早报.html"]
    ran = deploy(site, "--branch", "main")
    assert ran.returncode == 2
    assert "the branch main holds the sources of a site" in ran.stderr
    assert git(remote, "log", "--format=%s", "main") == "Begin\n"


@pytest.mark.parametrize("target", ["remote.git", "./remote.git", "site/../remote.git"])
def test_a_repository_is_named_from_where_the_command_is_typed(site: Path, remote: Path, target: str) -> None:
    ran = deploy(site, "--to", target)
    assert ran.returncode == 0, ran.stderr
    assert "index.html" in on_branch(remote)


def test_a_folder_is_named_from_where_it_is_typed_and_in_the_settings_from_the_site(
    site: Path, tmp_path: Path
) -> None:
    assert deploy(site, "--to", "./www").returncode == 0
    assert (tmp_path / "www" / "index.html").exists()
    (site / "site.toml").write_text('[deploy]\nremote = "../live"\n', encoding="utf-8")
    assert deploy(site).returncode == 0
    assert (tmp_path / "live" / "index.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "has no remote named origin: add it with `git remote add origin ADDRESS`"),
        (["--to", "www"], "has no remote named www: "),
        (["--to", "www"], "or a folder, as in --to ./www"),
        (["--to", "./gone.git"], "cannot be reached: "),
    ],
)
def test_a_remote_that_is_not_there_is_told_with_what_to_do(
    site: Path, arguments: list[str], said: str
) -> None:
    git(site, "init", "--quiet")
    ran = deploy(site, *arguments)
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "; ;" not in ran.stderr


def test_an_address_of_this_machine_is_pointed_out_before_it_goes_out(site: Path, remote: Path) -> None:
    (site / "site.toml").write_text('[site]\nbase_url = "http://localhost:8000/"\n', encoding="utf-8")
    assert "name http://localhost:8000/; write the public address" in deploy(site, "--to", str(remote)).stderr
    (site / "site.toml").write_text('[site]\nbase_url = "https://news.example/"\n', encoding="utf-8")
    assert deploy(site, "--to", str(remote)).stderr == ""


def test_no_finished_build_no_deploy(site: Path, remote: Path) -> None:
    (site / "public" / "index.html").unlink()
    ran = deploy(site, "--to", str(remote))
    assert ran.returncode == 1
    assert "holds no finished site; run: ribao build" in ran.stderr
    assert git(remote, "for-each-ref") == ""


def test_a_build_that_was_cut_off_is_not_deployed(site: Path, remote: Path) -> None:
    config = load_config(site)
    (site / "content" / "posts").mkdir(parents=True)
    (site / "content" / "posts" / "a.md").write_text(
        "---\ntitle: A\ndate: 2026-01-07\n---\nx\n", encoding="utf-8"
    )
    options = Options(now=dt.datetime(2026, 1, 8, tzinfo=dt.UTC), output=str(site / "public"))
    shutil.rmtree(site / "public")
    build(config, options)
    with Cache.open(cache_path(config, options)) as cache:
        cache.put("unfinished", "1")
    ran = deploy(site, "--to", str(remote))
    assert ran.returncode == 1
    assert "did not finish; run: ribao build" in ran.stderr
    build(config, options)
    assert deploy(site, "--to", str(remote)).returncode == 0


def test_a_second_deploy_at_the_same_time_is_told_so(site: Path, remote: Path) -> None:
    with lock(site / ".ribao" / "deploy.lock", "deploy"):
        ran = deploy(site, "--to", str(remote))
    assert ran.returncode == 1
    assert "another deploy is at work here" in ran.stderr


def test_a_remote_that_cannot_be_reached_is_named_without_its_password(site: Path) -> None:
    ran = deploy(site, "--to", "http://me:hunter2@127.0.0.1:9/x.git")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "hunter2" not in ran.stderr + ran.stdout


def test_the_address_of_a_named_remote_is_told_without_its_password(site: Path, remote: Path) -> None:
    git(site, "init", "--quiet", "-b", "main")
    git(site, "remote", "add", "live", str(remote))
    assert deploy(site, "--to", "live").returncode == 0
    git(site, "remote", "set-url", "--push", "live", "https://me:hunter2@git.example/x.git")
    ran = deploy(site, "--to", "live")
    assert ran.stdout == "branch gh-pages of live (https://git.example/x.git) is up to date\n"
    done = json.loads(deploy(site, "--to", "live", "--json").stdout)
    assert (done["target"], done["branch"]) == ("live", "gh-pages")


def test_a_folder_gets_the_site_and_loses_only_what_we_put_there(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "www"
    assert "4 new" in deploy(site, "--to", str(target)).stdout
    (target / "favicon.ico").write_bytes(b"put here by hand")
    (site / "public" / "posts" / "早报.html").unlink()
    assert "0 new, 0 changed, 1 removed" in deploy(site, "--to", str(target)).stdout
    assert (target / "favicon.ico").exists()
    assert not (target / "posts" / "早报.html").exists()


def test_a_folder_with_strangers_files_is_refused(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "photos"
    target.mkdir()
    (target / "2019.jpg").write_bytes(b"")
    ran = deploy(site, "--to", str(target))
    assert ran.returncode == 1
    assert "holds files that ribao did not put there" in ran.stderr


def test_a_branch_name_that_git_would_refuse_is_refused(site: Path, remote: Path) -> None:
    config = load_config(site)
    with pytest.raises(GeneratorError, match="cannot name a branch"):
        to_branch(config, built(config), str(remote), "a..b", "x")
