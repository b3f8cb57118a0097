"""`ribao convert` of an edition from which stories were taken back: a notice is kept or named, never lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.paper import DAY, STORIES, collect, found, post, publish, ribao

WHYS = ("来源已更正", "与事实不符")
KEPT = "> **本栏有一条报道已撤回**："


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same edition published in each format, two stories of it taken back."""
    folder = tmp_path_factory.mktemp("papers")
    collected = folder / "collected"
    collected.mkdir()
    found(collected)
    collect(collected, STORIES)
    for form in ("themed", "report", "bulletin"):
        shutil.copytree(collected, folder / form)
        assert publish(folder / form, "--format", form).returncode == 0
        for (_, _, url), why in zip(STORIES, WHYS, strict=False):
            assert ribao(folder / form, "retract", url, "--why", why).returncode == 0
    return {path.name: path for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("themed", "report"),
        ("themed", "digest"),
        ("themed", "bulletin"),
        ("report", "themed"),
        ("report", "digest"),
        ("bulletin", "themed"),
        ("bulletin", "report"),
    ],
)
def test_each_notice_is_in_the_text_or_named(papers: dict[str, Path], source: str, target: str) -> None:
    done = ribao(papers[source], "convert", DAY, "--to", target)
    assert done.returncode == 0, done.stderr
    if target in ("themed", "digest"):
        assert [done.stdout.count(f"{KEPT}{why}（") for why in WHYS] == [1, 1]
        assert "notices" not in done.stderr
    else:
        [line] = [line for line in done.stderr.splitlines() if "notices" in line]
        assert line.startswith(f"{target} cannot hold: retraction notices: 2 (")
        assert all(f"{why}（" in line for why in WHYS)
    assert "prose of sections" not in done.stderr


def test_the_twin_of_a_report_names_the_notices_too(papers: dict[str, Path]) -> None:
    done = ribao(papers["themed"], "convert", DAY, "--to", "report", "--json")
    assert "a report's twin cannot hold: retraction notices: 2 (" in done.stderr


def test_notices_of_a_digest_that_stands_alone_come_back(papers: dict[str, Path], tmp_path: Path) -> None:
    digest = ribao(papers["themed"], "convert", DAY, "--to", "digest").stdout
    (tmp_path / "digest.md").write_text(digest, encoding="utf-8")
    done = ribao(tmp_path, "convert", "digest.md", "--to", "themed")
    assert all(f"{KEPT}{why}（" in done.stdout for why in WHYS)
    assert "words beside the stories" not in done.stderr
    again = ribao(tmp_path, "convert", "digest.md", "--to", "digest")
    assert again.stdout == digest


def test_a_converted_digest_in_the_place_of_its_post_shows_each_notice_once(
    papers: dict[str, Path], tmp_path: Path
) -> None:
    site = shutil.copytree(papers["themed"], tmp_path / "site")
    post(site).write_text(ribao(site, "convert", DAY, "--to", "digest").stdout, encoding="utf-8")
    done = ribao(site, "build")
    assert done.returncode == 0, done.stderr
    page = (site / "public" / "posts" / DAY / "index.html").read_text(encoding="utf-8")
    assert [page.count(f"{why}（") for why in WHYS] == [1, 1]
