"""The command line: contract of names, exit codes and messages; nothing heavy is imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import COMMANDS


def ribao(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=60,
    )


def test_help_lists_every_command() -> None:
    done = ribao("--help")
    assert done.returncode == 0
    assert [name for name in COMMANDS if f"  {name} " not in done.stdout] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = ribao(name, "--help")
    assert done.returncode == 0 and done.stdout.startswith("Usage: ribao"), done.stderr


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from generator.cli import cli\n"
        "try: cli.main(['--help'], standalone_mode=False)\nexcept SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'anthropic', 'jinja2', 'mistune', 'PIL', 'feedparser', 'numpy', 'httpx2', 'pydantic', 'yaml'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]", done


def test_a_mistyped_command_gets_a_suggestion_and_exit_2() -> None:
    done = ribao("biuld")
    assert done.returncode == 2 and "Did you mean build?" in done.stderr


def test_outside_a_site_the_way_out_is_named(tmp_path: Path) -> None:
    done = ribao("build", cwd=tmp_path)
    assert done.returncode == 2 and "ribao new site" in done.stderr and "Traceback" not in done.stderr


def test_a_broken_site_toml_is_exit_2_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\ntitel = "x"\n', encoding="utf-8")
    for arguments in (("build",), ("collect",), ("publish",)):
        done = ribao(*arguments, cwd=tmp_path)
        assert done.returncode == 2 and "site.toml:2:1: site.titel" in done.stderr, done.stderr


def test_site_stands_before_or_after_the_command(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("[site]\ntitel = 1\n", encoding="utf-8")
    for arguments in (("--site", str(tmp_path), "build"), ("build", "--site", str(tmp_path))):
        assert "site.titel" in ribao(*arguments).stderr
