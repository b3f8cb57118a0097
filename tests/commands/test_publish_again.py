"""A day published once more: what leaves its post, what becomes a line and what another edition has is told by name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.commands.paper import (
    DAY,
    STORIES,
    articles,
    collect,
    found,
    post,
    publish,
    record,
    ribao,
)

WEIGHTY = (
    "谷歌发布新一代人工智能芯片，首次突破万亿次运算",
    "谷歌发布了新一代人工智能芯片。",
    "https://news.example.com/9",
)
NEXT, NEXT_MOMENT = "2026-01-08", "2026-01-08T08:00"
EVENING = (
    "北斗机器人公司开源人形机器人训练数据",
    "北斗机器人公司开源了人形机器人训练数据。",
    "https://news.example.com/20",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A day of six stories where six are enough, two of them with a paragraph."""
    found(tmp_path, "max_stories = 6\nmax_full = 2\n")
    collect(tmp_path, STORIES)
    assert publish(tmp_path).returncode == 0
    return tmp_path


def again(site: Path, *arguments: str) -> dict[str, Any]:
    done = publish(site, "--json", *arguments)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def stories(site: Path) -> list[str]:
    """Return the addresses in the post's headlines and lines, in its order."""
    text = post(site).read_text(encoding="utf-8")
    return re.findall(r"^(?:###|-) \[.*?\]\((\S+?)\)", text, re.MULTILINE)


def test_a_story_that_leaves_and_one_that_becomes_a_line_are_told_by_name_and_with_why(site: Path) -> None:
    before = articles(site)
    full = [headline for headline in before if f"### [{headline}]" in post(site).read_text(encoding="utf-8")]
    collect(site, [WEIGHTY], at=f"{DAY}T10:00")
    done = publish(site)
    (left,) = before.keys() - articles(site).keys()
    text = post(site).read_text(encoding="utf-8")
    (cut,) = [headline for headline in full if f"\n- [{headline}]" in text]
    assert f"\ntaken out: {left}: 6 stories are enough\n" in done.stderr
    assert f"\nnow a line: {cut}: 2 stories have a paragraph (max_full)\n" in done.stderr
    assert f"new: {WEIGHTY[0]}" in done.stderr
    (run,) = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((site / ".ribao/runs").iterdir())[-1:]
    ]
    assert run["taken_out"] == [{"id": before[left]["id"], "headline": left, "why": "6 stories are enough"}]
    assert [row["headline"] for row in run["shortened"]] == [cut]


def test_a_dry_run_shows_the_post_and_tells_what_would_leave_it(site: Path) -> None:
    edited = post(site).read_text(encoding="utf-8").replace("\n## ", "\n编者按：今日看芯片。\n\n## ", 1)
    post(site).write_text(edited, encoding="utf-8")
    collect(site, [WEIGHTY], at=f"{DAY}T10:00")
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.suffix != ".lock")
    before = [path.read_bytes() for path in files]
    dry = publish(site, "--dry-run")
    assert [path.read_bytes() for path in files] == before
    assert files == sorted(path for path in site.rglob("*") if path.is_file() and path.suffix != ".lock")
    done = publish(site)
    assert dry.stdout == post(site).read_text(encoding="utf-8")
    told = [
        line
        for line in done.stderr.splitlines()
        if line.startswith(("taken out: ", "now a line: ", "new: ", "kept: "))
    ]
    assert told and all(line in dry.stderr.splitlines() for line in told)
    assert "not written (dry run)" in dry.stderr.splitlines()[-1]


def test_json_tells_the_same_and_an_unchanged_day_nothing(site: Path) -> None:
    report = again(site)
    assert (report["taken_out"], report["shortened"], report["left_to_later"]) == ([], [], [])
    collect(site, [WEIGHTY], at=f"{DAY}T10:00")
    report = again(site)
    assert [row["why"] for row in report["taken_out"]] == ["6 stories are enough"]
    assert len(report["shortened"]) == 1


def test_a_story_that_a_person_edited_stays_and_is_not_told_as_taken_out(site: Path) -> None:
    collect(site, [WEIGHTY], at=f"{DAY}T10:00")
    lowest = min(articles(site).values(), key=lambda article: float(article["score"]))["headline"]
    text = post(site).read_text(encoding="utf-8")
    post(site).write_text(text.replace(f"[{lowest}]", f"[{lowest}（编者改）]"), encoding="utf-8")
    report = again(site)
    assert f"{lowest}（编者改）" in post(site).read_text(encoding="utf-8")
    assert report["taken_out"] == []


def test_a_moment_that_moves_on_names_the_stories_it_leaves_behind(site: Path) -> None:
    done = ribao(site, "publish", "--date", DAY, "--at", "2026-01-08T02:00")
    lines = [line for line in done.stderr.splitlines() if line.startswith("taken out: ")]
    assert len(lines) == 2  # published at 00:10 and 01:10
    assert all(
        "its report is not of the hours that this edition covers: 2026-01-07T0" in line for line in lines
    )


@pytest.mark.parametrize("form", ["report", "digest", "bulletin"])
def test_formats_without_headings_tell_what_left_them_too(tmp_path: Path, form: str) -> None:
    found(tmp_path, "max_stories = 6\n")
    collect(tmp_path, STORIES)
    assert publish(tmp_path, "--format", form).returncode == 0
    before = articles(tmp_path)
    collect(tmp_path, [WEIGHTY], at=f"{DAY}T10:00")
    report = again(tmp_path, "--format", form)
    (left,) = before.keys() - articles(tmp_path).keys()
    assert [row["headline"] for row in report["taken_out"]] == [left]


def test_an_older_day_published_again_leaves_what_a_later_edition_has(site: Path) -> None:
    collect(site, [EVENING], hour=20, at=f"{DAY}T23:00")
    done = ribao(site, "publish", "--date", NEXT, "--at", NEXT_MOMENT)
    assert done.returncode == 0, done.stderr
    later = [article["headline"] for article in articles(site, NEXT).values()]
    assert EVENING[0] in later
    done = ribao(site, "publish", "--date", DAY)
    assert done.returncode == 0, done.stderr
    assert f"left to {NEXT}, which has it: {EVENING[0]}" in done.stderr.splitlines()
    assert not set(articles(site)) & set(later)
    assert ribao(site, "verify").returncode == 0


def test_what_an_edition_printed_first_stays_its_own_though_a_later_one_has_it_too(site: Path) -> None:
    later = site / "content" / "posts" / NEXT
    later.mkdir()
    for name in ("index.md", "edition.json"):
        text = (post(site).parent / name).read_text(encoding="utf-8")
        (later / name).write_text(text.replace(DAY, NEXT), encoding="utf-8")
    before = record(site)
    assert again(site)["changed"] is False
    assert record(site) == before


def test_a_story_deleted_by_hand_is_neither_printed_nor_counted(site: Path) -> None:
    gone = next(iter(articles(site)))
    delete(site, gone)
    report = again(site)
    rows = {
        row["title"]: row["fate"]
        for row in json.loads(Path(report["report"]).read_text(encoding="utf-8"))["items"]
    }
    assert rows[gone] == "deleted by hand"
    assert report["counts"]["deleted by hand"] == 1
    assert report["counts"]["printed"] == report["stories"] == len(STORIES) - 1
    assert [row["headline"] for row in report["deleted"]] == [gone]
    assert report["taken_out"] == []


def test_the_sheet_lists_a_deleted_story_apart_and_says_so(site: Path) -> None:
    gone = next(iter(articles(site)))
    delete(site, gone)
    done = ribao(site, "desk", DAY, "--at", f"{DAY}T18:00")
    assert "5 stories would be printed" in done.stderr
    assert ", 1 deleted by hand;" in done.stderr
    text = (site / "desk" / f"{DAY}.md").read_text(encoding="utf-8")
    part = text.split("## 人工从文中删去\n")[1]
    assert f"[{gone}]" in part
    assert "  - ※ 人工删去\n" in part
    assert gone not in text.split("## 人工从文中删去\n")[0]


def test_a_pin_of_a_deleted_story_says_that_it_was_deleted(site: Path) -> None:
    gone = next(iter(articles(site)))
    delete(site, gone)
    ribao(site, "desk", DAY, "--at", f"{DAY}T18:00")
    sheet = site / "desk" / f"{DAY}.md"
    story = articles(site)[gone]["id"]
    sheet.write_text(
        sheet.read_text(encoding="utf-8").replace(f"- keep `{story}`", f"- pin `{story}`"), encoding="utf-8"
    )
    for done in (publish(site), ribao(site, "desk", DAY, "--at", f"{DAY}T18:00")):
        assert "pinned, and not printed (deleted by hand)" in done.stderr


def delete(site: Path, headline: str) -> None:
    """Take a story out of the post as a person does: its heading and what is below it."""
    text = post(site).read_text(encoding="utf-8")
    part = rf"^### \[{re.escape(headline)}\].*?(?=^#|\Z)"
    fewer = re.sub(part, "", text, flags=re.MULTILINE | re.DOTALL)
    assert fewer != text
    post(site).write_text(fewer, encoding="utf-8")
