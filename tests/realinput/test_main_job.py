"""The main job on other people's data: skips where `../shared/data` is absent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[3] / "shared/data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")

DAYS = sorted(DATA.glob("stream/weeks/*/*.jsonl"))
# all thirteen on demand; by default one of each week, so that the suite stays quick
CHOSEN = DAYS if os.environ.get("RIBAO_ALL_DAYS") else DAYS[2:3] + DAYS[-1:]


def ribao(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=300
    )  # fmt: skip


def site(folder: Path, more: str = "") -> Path:
    (folder / "site.toml").write_text(
        f'[site]\ntitle = "测试"\n[edition]\ncover = false\n{more}', encoding="utf-8"
    )
    return folder


def collected(folder: Path, source: Path, at: str) -> tuple[int, dict[str, Any], str]:
    done = ribao(folder, "collect", "--from", str(source), "--at", at, "--json")
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.parametrize("name", ["published", "timeline"])
def test_saved_feeds_are_stored_and_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    folder = DATA / "feeds" / name
    code, report, errors = collected(site(tmp_path), folder, "2026-07-01T12:00")
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert code == 0 and "Traceback" not in errors
    feeds = report["feeds"]
    assert len(feeds) == len(files)
    failed = [row for row in feeds if row["error"]]
    assert all(row["error"] and row["name"] for row in failed) and len(failed) <= 0.1 * len(files), failed
    assert sum(row["new"] + row["updated"] + row["unchanged"] for row in feeds) > 100


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_a_real_day_becomes_an_edition_that_builds(tmp_path: Path, path: Path) -> None:
    day = path.stem
    code, _, errors = collected(site(tmp_path), path, f"{day}T23:00")
    assert code == 0, errors
    done = ribao(tmp_path, "publish", "--date", day, "--at", f"{day}T23:30", "--editor", "offline", "--json")
    assert done.returncode == 0, done.stderr
    edition = json.loads(done.stdout)
    text = (tmp_path / f"content/posts/{day}/index.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((https?://[^)]+)\)", text)
    assert edition["stories"] >= 10 and len(links) == len(set(links)) >= 0.9 * edition["stories"]
    given = {
        json.loads(line).get("url", "")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    }
    hosts = {re.sub(r"^https?://(?:www\.|m\.)?([^/]+).*", r"\1", url or "") for url in given}
    assert {re.sub(r"^https?://(?:www\.|m\.)?([^/]+).*", r"\1", link) for link in links} <= hosts
    assert not re.search(r"早报|晚报|8点1氪", "".join(re.findall(r"^### .*$", text, re.MULTILINE)))
    proven = ribao(tmp_path, "verify", "--json")
    found = json.loads(proven.stdout)
    assert (proven.returncode, [f for f in found["findings"] if f["severity"] != "note"]) == (0, [])
    assert [one["stories"] for one in found["editions"]] == [edition["stories"]]
    built = ribao(tmp_path, "build")
    assert built.returncode == 0 and (tmp_path / f"public/posts/{day}/index.html").is_file(), built.stderr


def test_all_themed_posts_build_without_an_error(tmp_path: Path) -> None:
    site(tmp_path)
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    sources = sorted((DATA / "digests/themed-posts").glob("*.md"))
    for path in sources:
        (posts / path.name).write_bytes(path.read_bytes())
    built = ribao(tmp_path, "build", "--json")
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["posts"] == len(sources) == 182
