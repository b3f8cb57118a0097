"""`ribao doctor` names what is missing, says what to do, and never shows the key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands import doctor


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "doctor", *arguments],
        cwd=cwd,
        env={**os.environ, "ANTHROPIC_API_KEY": "", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def site(folder: Path, text: str = '[site]\ntitle = "晨报"\n') -> Path:
    (folder / "site.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_fresh_site_lacks_nothing(tmp_path: Path) -> None:
    ran = run(cwd=site(tmp_path))
    assert ran.returncode == 0, ran.stdout
    assert "ok       settings:" in ran.stdout
    assert "missing" not in ran.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site.toml"]  # a question changes nothing


def test_what_a_site_needs_before_it_goes_live_is_noted(tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "daily.yml").write_text("", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text("# ribao @ git+https://…\n", encoding="utf-8")
    ran = run(cwd=site(tmp_path, '[site]\nbase_url = "http://localhost:8000/"\n'))
    assert ran.returncode == 0
    assert (
        "note     address: http://localhost:8000/ is this machine's; write the public address" in ran.stdout
    )
    assert "note     workflow: requirements.txt does not say where to get ribao; write a line" in ran.stdout
    assert ran.stderr.startswith("nothing missing, ")
    (tmp_path / "requirements.txt").write_text("ribao @ git+https://h.example/ribao\n", encoding="utf-8")
    ran = run(cwd=site(tmp_path, '[site]\nbase_url = "https://news.example/"\n'))
    assert "ok       address: https://news.example/" in ran.stdout
    assert "ok       workflow:" in ran.stdout


def test_the_key_is_named_and_never_shown(tmp_path: Path) -> None:
    ran = run("--json", cwd=site(tmp_path), ANTHROPIC_API_KEY="sk-secret-words")
    assert "sk-secret" not in ran.stdout + ran.stderr
    [check] = [check for check in json.loads(ran.stdout)["checks"] if check["name"] == "model key"]
    assert check["state"] == "ok"


def test_wrong_settings_are_listed_one_by_one(tmp_path: Path) -> None:
    ran = run(cwd=site(tmp_path, '[site]\ntitel = "x"\ntimezone = "Asia/Peking"\n'))
    assert ran.returncode == 1
    assert "site.toml:2:1: site.titel: is not a setting; did you mean 'title'?" in ran.stdout


def test_a_theme_that_is_not_there_comes_with_the_command_that_makes_it(tmp_path: Path) -> None:
    ran = run(cwd=site(tmp_path, '[site]\ntheme = "evening"\n'))
    assert ran.returncode == 1
    assert (
        "missing  theme: site.toml: there is no theme 'evening'; make one with: ribao new theme NAME"
        in ran.stdout
    )


def test_a_store_that_is_no_store_is_named_and_left_alone(tmp_path: Path) -> None:
    store = site(tmp_path) / ".ribao" / "items.db"
    store.parent.mkdir()
    store.write_bytes(b"these are not the bytes of a database" * 100)
    ran = run(cwd=tmp_path)
    assert ran.returncode == 1
    assert "missing  store:" in ran.stdout
    assert store.read_bytes().startswith(b"these are not")


def test_a_record_of_another_version_is_named_however_old_its_edition(tmp_path: Path) -> None:
    from generator.editions import FORMATS, record

    text = (
        "---\ntitle: 早\ndate: 2026-01-07\n---\n\n# 早\n\n## 芯片\n\n### [甲](https://a.example/1)\n\n文。\n"
    )
    whole = record.dumps(FORMATS["themed"].parse(text, "x.md").edition, text)
    for day in range(1, 15):
        path = site(tmp_path) / "content" / "posts" / f"2026-01-{day:02}" / "edition.json"
        path.parent.mkdir(parents=True)
        path.write_text(whole if day > 1 else '{"version": 99}', encoding="utf-8")
    ran = run(cwd=tmp_path)
    assert ran.returncode == 1
    assert "missing  editions:" in ran.stdout and "2026-01-01" in ran.stdout
    assert "restore it from git, or publish that day again" in ran.stdout


def test_outside_a_site_only_the_machine_is_asked(tmp_path: Path) -> None:
    ran = run(cwd=tmp_path)
    assert ran.returncode == 0
    assert "note     site: no site.toml" in ran.stdout


@pytest.mark.parametrize(
    ("version", "bounds", "fits"),
    [
        ("3.4.0", ">=3.4,<3.5", True),
        ("3.5", ">=3.4,<3.5", False),
        ("3.3.9", ">=3.4", False),
        ("13.0.0", ">=13,<14", True),
        ("0.2.1", "==0.2.1", True),
        ("0.2.2", "==0.2.1", False),
        ("2026.9.26.post1", ">=2026.9", True),
        ("6.0.3", "", True),
    ],
)
def test_versions_are_held_against_their_bounds(version: str, bounds: str, fits: bool) -> None:
    assert doctor.within(version, bounds) is fits
