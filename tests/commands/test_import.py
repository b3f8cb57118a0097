"""`ribao import`: a report per file, nothing overwritten, nothing twice; real archives come along whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from generator.commands.import_ import run_import
from generator.config import load_config
from generator.editions import record

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def ribao(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.toml").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    (posts / "2020-01-02-first.md").write_text(
        "---\nlayout: post\ntitle: 第一篇\n---\n\n![猫](/img/cat.png)\n", encoding="utf-8"
    )
    (posts / "2020-01-03-broken.md").write_text("---\ntitle: [oops\n---\n", encoding="utf-8")
    (tmp_path / "blog" / "img").mkdir()
    (tmp_path / "blog" / "img" / "cat.png").write_bytes(b"\x89PNG")
    return tmp_path / "blog"


def test_each_file_is_reported_and_a_refused_one_stops_no_other(site: Path, blog: Path) -> None:
    ran = ribao(site, "import", str(blog))
    assert ran.returncode == 1
    assert "imported  _posts/2020-01-02-first.md → content/posts/2020-01-02-first.md" in ran.stdout
    assert "refused   _posts/2020-01-03-broken.md (_posts/2020-01-03-broken.md:" in ran.stdout
    assert ran.stderr == "jekyll: 1 imported, 0 already there, 1 refused\n"
    assert (site / "static" / "img" / "cat.png").read_bytes() == b"\x89PNG"


def test_a_second_import_changes_nothing_that_a_person_changed(site: Path, blog: Path) -> None:
    ribao(site, "import", str(blog))
    post = site / "content" / "posts" / "2020-01-02-first.md"
    post.write_text("mine", encoding="utf-8")
    ran = ribao(site, "import", str(blog), "--json")
    states = {file["source"]: file["state"] for file in json.loads(ran.stdout)["files"]}
    assert states == {"_posts/2020-01-02-first.md": "there", "_posts/2020-01-03-broken.md": "refused"}
    assert post.read_text(encoding="utf-8") == "mine"


def test_a_dry_run_writes_nothing(site: Path, blog: Path) -> None:
    assert "1 would be imported" in ribao(site, "import", str(blog), "--dry-run").stderr
    assert [path.name for path in site.iterdir()] == ["site.toml"]


def test_a_link_out_of_the_source_is_not_followed(site: Path, blog: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# secret\n", encoding="utf-8")
    (blog / "_posts" / "2020-01-04-secret.md").symlink_to(tmp_path / "secret.md")
    assert "secret" not in ribao(site, "import", str(blog)).stdout


def shape(text: str) -> Counter[str]:
    """Count what a body shows, by a way of counting of its own."""
    body = re.sub(
        r"\A\s*(---|\+\+\+)\n.*?\n\1[ \t]*\n", "", text.replace("\r\n", "\n"), count=1, flags=re.DOTALL
    )
    return Counter(
        headings=len(re.findall(r"^#{1,6} ", body, re.MULTILINE)),
        links=len(re.findall(r"\]\(", body)),
        fences=len(re.findall(r"^\s*```", body, re.MULTILINE)),
        rows=len(re.findall(r"^\|", body, re.MULTILINE)),
    )


@pytest.mark.skipif(not DATA.is_dir(), reason="needs other people's posts in ../shared/data")
@pytest.mark.parametrize(
    "archive",
    [
        "blogs/jekyll-zh",
        "blogs/weekly-zh",
        "digests/bubble-daily",
        "digests/horizon",
        "digests/radar-reports",
    ],
)
def test_real_archives_arrive_with_all_their_headings_links_code_and_tables(site: Path, archive: str) -> None:
    _, outcomes = run_import(load_config(site), DATA / archive, None)
    assert [outcome.source for outcome in outcomes if outcome.state != "imported"] == []
    for outcome in outcomes:
        before = (DATA / archive / outcome.source).read_text(encoding="utf-8-sig")
        after = (site / outcome.target).read_text(encoding="utf-8")
        assert shape(after) == shape(before), outcome.source


def test_an_archive_of_editions_becomes_folders_with_records(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    post = "---\ntitle: {title}\ndate: 2026-03-08\n---\n\n# {title}\n\n## 芯片\n\n### [甲](https://a.example/1)\n\n文。\n"
    for name, title in (("2026-03-07-b4cc.md", "早"), ("2026-03-07-c5dd.md", "晚")):
        (archive / name).write_text(post.format(title=title), encoding="utf-8")
    ran = ribao(site, "import", str(archive), "--from", "themed")
    assert ran.returncode == 0, ran.stderr
    posts = site / "content" / "posts"
    assert sorted(path.name for path in posts.iterdir()) == ["2026-03-07", "2026-03-07-2"]
    assert (posts / "2026-03-07" / "index.md").read_text(encoding="utf-8") == post.format(title="早")
    kept = record.loads((posts / "2026-03-07" / "edition.json").read_text(encoding="utf-8")).edition
    assert [article.headline for article in kept.articles] == ["甲"]
    assert ribao(site, "build").returncode == 0


@pytest.mark.skipif(not DATA.is_dir(), reason="needs other people's posts in ../shared/data")
def test_a_real_archive_of_editions_arrives_whole(site: Path) -> None:
    _, outcomes = run_import(load_config(site), DATA / "digests" / "themed-posts", "themed")
    assert len(outcomes) >= 180
    assert {outcome.state for outcome in outcomes} == {"imported"}
