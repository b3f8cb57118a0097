"""`ribao convert` of a published edition: what lies beside the post fills in what its format cannot say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands.paper import DAY, STORIES, articles, collect, found, post, publish, ribao

EDITED = ("交付120台人形机器人。", "交付150台人形机器人。")
ADDED = "\n### [编者自己的一条](https://mine.example.com/1)\n\n编者写的话。\n"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside")
    found(folder)
    collect(folder, STORIES)
    return folder


@pytest.fixture(scope="module")
def papers(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same edition published in each format."""
    folder = tmp_path_factory.mktemp("papers")
    for form in ("themed", "report", "digest", "bulletin"):
        shutil.copytree(collected, folder / form)
        assert publish(folder / form, "--format", form).returncode == 0
    return {path.name: path for path in folder.iterdir()}


@pytest.fixture
def themed(papers: dict[str, Path], tmp_path: Path) -> Path:
    return shutil.copytree(papers["themed"], tmp_path / "site")


@pytest.fixture
def report(papers: dict[str, Path], tmp_path: Path) -> Path:
    return shutil.copytree(papers["report"], tmp_path / "site")


def text(folder: Path) -> str:
    return post(folder).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("themed", "report"),
        ("report", "themed"),
        ("digest", "themed"),
        ("digest", "report"),
        ("themed", "bulletin"),
    ],
)
def test_a_published_edition_becomes_what_publish_would_have_written(
    papers: dict[str, Path], source: str, target: str
) -> None:
    done = ribao(papers[source], "convert", DAY, "--to", target)
    assert done.returncode == 0, done.stderr
    assert done.stdout == text(papers[target])
    assert done.stderr.startswith(f"from content/posts/{DAY}/edition.json: ")


def test_what_came_from_the_record_is_named_and_nothing_that_the_target_cannot_hold(themed: Path) -> None:
    done = ribao(themed, "convert", DAY, "--to", "report")
    first = done.stderr.splitlines()[0]
    assert first == (
        f"from content/posts/{DAY}/edition.json: time it was made, lead, counts, publisher of 6 stories, reason of 6 stories"
    )
    assert "cannot hold: publisher" not in done.stderr
    digest = ribao(themed, "convert", DAY, "--to", "digest").stderr
    assert "publisher" not in digest and "reason" not in digest


def test_an_edited_and_an_unknown_story_keep_what_the_file_says(themed: Path) -> None:
    mine = text(themed).replace(*EDITED)
    first, last = mine.index("\n## "), mine.rindex("\n## ")
    assert first != last
    post(themed).write_text(mine[:last] + ADDED + mine[last:], encoding="utf-8")
    done = ribao(themed, "convert", DAY, "--to", "report")
    assert EDITED[1] in done.stdout and EDITED[0] not in done.stdout
    assert done.stdout.count("📋 入选理由: ") == len(STORIES)
    assert done.stdout.count("📰 来源: news.example.") == len(STORIES)
    assert "消息，编者写的话。\n   📰 来源:  | 🔗 https://mine.example.com/1\n" in done.stdout
    beside = f"content/posts/{DAY}/edition.json: "
    assert f"{beside}edited since, so as the post has them: 云帆机器人获得汽车厂订单\n" in done.stderr
    assert f"{beside}not in it, so as the post has them: 编者自己的一条\n" in done.stderr


def test_an_edited_report_takes_no_headline_of_it_and_no_words_about_a_story_that_is_gone(
    report: Path,
) -> None:
    mine = text(report).replace(*EDITED)
    at = mine.rindex("天枢团队开源了天枢大模型")
    start, end = mine.rindex("\n", 0, at) + 1, mine.index("\n\n", at) + 2
    post(report).write_text(mine[:start] + mine[end:], encoding="utf-8")
    done = ribao(report, "convert", DAY, "--to", "themed")
    assert done.returncode == 0, done.stderr
    assert "天枢大模型开源" not in done.stdout
    assert EDITED[1] in done.stdout and "### [云帆机器人获得汽车厂订单](" not in done.stdout
    assert "made for themed: headline of 1 story, from the first words\n" in done.stderr
    assert len(re.findall(r"^(?:###|-) \[", done.stdout, re.MULTILINE)) == len(STORIES) - 1


def test_a_report_without_a_record_takes_its_titles_from_the_twin(report: Path) -> None:
    heads = set(articles(report))
    post(report).with_name("edition.json").unlink()
    done = ribao(report, "convert", DAY, "--to", "themed")
    assert f"from content/posts/{DAY}/report.json: headline of 6 stories\n" in done.stderr
    assert all(f"[{head}](" in done.stdout for head in heads)
    twin = json.loads(ribao(report, "convert", DAY, "--to", "report", "--json").stdout)
    assert twin == json.loads(post(report).with_name("report.json").read_text(encoding="utf-8"))


def test_a_report_under_a_name_of_its_own_has_its_twin_by_that_name(report: Path, tmp_path: Path) -> None:
    shutil.copy(post(report), tmp_path / "january_report.txt")
    shutil.copy(post(report).with_name("report.json"), tmp_path / "january.json")
    done = ribao(tmp_path, "convert", "january_report.txt", "--to", "digest")
    assert done.stderr.startswith("from january.json: headline of 6 stories\n")


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (f'"date": "{DAY}"', '"date": "2026-01-06"', f": is of 2026-01-06, the post of {DAY}; not used\n"),
        ('{\n "record"', '<<<<<<<\n "record"', "a merge left its marks; not used\n"),
    ],
)
def test_a_record_of_another_day_or_a_broken_one_is_named_and_not_used(
    themed: Path, was: str, now: str, words: str
) -> None:
    kept = post(themed).with_name("edition.json")
    good = kept.read_text(encoding="utf-8")
    assert was in good
    kept.write_text(good.replace(was, now, 1), encoding="utf-8")
    done = ribao(themed, "convert", DAY, "--to", "report")
    assert done.returncode == 0 and words in done.stderr and "入选理由" not in done.stdout
