"""The workflows, ours and the one a new site gets: least rights, pinned actions, no key to spare, no force."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import scaffold

ROOT = Path(__file__).resolve().parents[2]
NEW = scaffold.site_files(
    scaffold.NewSite(
        "x", "https://x.example/", "Asia/Shanghai", "zh-CN", dt.date(2026, 1, 7), requirement="ribao"
    )
)[".github/workflows/daily.yml"]
TEXTS = {
    "new": NEW,
    **{
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")
    },
}
DAILY = ["new", "daily.yml"]
ZIZMOR = Path(sys.executable).with_name("zizmor")


def jobs(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(TEXTS[name])["jobs"]
    return found


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in jobs(name).values() for step in job.get("steps", [])]


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_may_be_written_unless_a_job_says_so(name: str) -> None:
    assert yaml.safe_load(TEXTS[name])["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("name", DAILY)
def test_only_the_job_that_deploys_may_deploy(name: str) -> None:
    rights = {job: set(said.get("permissions", {})) for job, said in jobs(name).items()}
    assert rights == {"edition": {"contents"}, "deploy": {"pages", "id-token"}, "report": {"issues"}}


@pytest.mark.parametrize("name", TEXTS)
def test_actions_are_named_by_commit_and_no_text_of_an_event_reaches_a_shell(name: str) -> None:
    for step in steps(name):
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
        assert "${{" not in step.get("run", "")
    triggers = yaml.safe_load(TEXTS[name])[True]  # YAML reads the key `on` as a truth
    assert "pull_request_target" not in triggers and "workflow_run" not in triggers


@pytest.mark.parametrize("name", DAILY)
def test_the_key_is_in_the_step_that_writes_and_the_token_where_it_pushes(name: str) -> None:
    def holding(secret: str) -> list[str]:
        return [step["name"] for step in steps(name) if secret in yaml.safe_dump(step)]

    assert holding("ANTHROPIC_API_KEY") == ["Collect, publish, build"]
    assert holding("github.token") == ["Commit the edition", "Open or comment an issue"]
    assert "ANTHROPIC_API_KEY" not in yaml.safe_dump({key: value for key, value in yaml.safe_load(TEXTS[name]).items() if key != "jobs"})  # fmt: skip


@pytest.mark.parametrize("name", DAILY)
def test_a_build_that_fails_deploys_nothing(name: str) -> None:
    deploy = jobs(name)["deploy"]
    assert deploy["needs"] == "edition"
    assert "if" not in deploy  # the default: only after success
    assert not any(step.get("continue-on-error") for step in steps(name))


@pytest.mark.skipif(not ZIZMOR.exists(), reason="needs zizmor")
def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"{name.removesuffix('.yml')}.yml").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [ZIZMOR, "--offline", "--no-progress", str(folder)],
        capture_output=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()


@pytest.fixture
def clones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two clones of one repository, and a `gh` that has nothing to set up."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text("#!/bin/sh\n", encoding="utf-8")
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}{os.pathsep}{os.environ['PATH']}")
    git(tmp_path, "init", "--quiet", "--bare", "-b", "main", "host.git")
    for name in ("runner", "editor"):
        git(tmp_path, "clone", "--quiet", "host.git", name)
        git(tmp_path / name, "config", "user.name", name)
        git(tmp_path / name, "config", "user.email", f"{name}@example.com")
    runner, editor = tmp_path / "runner", tmp_path / "editor"
    (editor / "content").mkdir()
    (editor / "content" / "a.md").write_text("a\n", encoding="utf-8")
    git(editor, "add", "content")
    git(editor, "commit", "--quiet", "-m", "Begin")
    git(editor, "push", "--quiet", "origin", "HEAD:main")
    git(runner, "pull", "--quiet", "origin", "main")
    git(runner, "branch", "--quiet", "-u", "origin/main")
    return runner, editor


def commit_step(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the workflow's own step as the runner's shell does."""
    [script] = [step["run"] for step in steps(name) if step.get("name") == "Commit the edition"]
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, capture_output=True, encoding="utf-8")


@pytest.mark.parametrize("name", DAILY)
def test_with_nothing_new_the_commit_step_ends_well(name: str, clones: tuple[Path, Path]) -> None:
    ran = commit_step(name, clones[0])
    assert (ran.returncode, ran.stdout.strip()) == (0, "nothing new to commit"), ran.stderr


@pytest.mark.parametrize("name", DAILY)
def test_what_an_editor_pushed_meanwhile_stays_below_the_edition(
    name: str, clones: tuple[Path, Path]
) -> None:
    runner, editor = clones
    (editor / "content" / "a.md").write_text("mended\n", encoding="utf-8")
    git(editor, "commit", "--quiet", "-am", "Mend a")
    git(editor, "push", "--quiet", "origin", "HEAD:main")
    (runner / "content" / "2026-01-07.md").write_text("edition\n", encoding="utf-8")
    ran = commit_step(name, runner)
    assert ran.returncode == 0, ran.stderr
    assert git(editor, "ls-remote", "origin", "main").split()[0] == git(runner, "rev-parse", "HEAD")
    assert git(runner, "log", "--format=%s").split("\n") == ["Publish the edition", "Mend a", "Begin"]


@pytest.mark.parametrize("name", DAILY)
def test_where_both_wrote_one_line_it_says_so_and_forces_nothing(
    name: str, clones: tuple[Path, Path]
) -> None:
    runner, editor = clones
    (editor / "content" / "a.md").write_text("theirs\n", encoding="utf-8")
    git(editor, "commit", "--quiet", "-am", "Mend a")
    git(editor, "push", "--quiet", "origin", "HEAD:main")
    (runner / "content" / "a.md").write_text("ours\n", encoding="utf-8")
    ran = commit_step(name, runner)
    assert ran.returncode != 0
    assert "CONFLICT" in ran.stdout
    assert git(editor, "ls-remote", "origin", "main").split()[0] == git(editor, "rev-parse", "HEAD")


def test_no_workflow_forces_a_push() -> None:
    for text in TEXTS.values():
        assert not re.search(r"push.*(--force|-f\b)|\+HEAD|\+refs", text)
