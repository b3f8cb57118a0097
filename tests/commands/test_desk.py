"""`ribao desk` and what `ribao publish` makes of the editor's marks."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands.paper import DAY, MOMENT, STORIES, articles, collect, found, post, publish, ribao

OFF_TOPIC = ("市交响乐团任命新指挥", "市交响乐团宣布任命新指挥，任期三年。", "https://news.example.com/7")


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collected day with its sheet."""
    folder = tmp_path_factory.mktemp("morning")
    found(folder)
    collect(folder, [*STORIES, OFF_TOPIC])
    lay(folder)
    return folder


@pytest.fixture
def site(morning: Path, tmp_path: Path) -> Path:
    return shutil.copytree(morning, tmp_path / "site")


def lay(site: Path) -> str:
    done = ribao(site, "desk", DAY, "--at", MOMENT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"desk/{DAY}.md"  # from where it was typed
    return sheet(site).read_text(encoding="utf-8")


def test_from_elsewhere_the_sheet_is_named_so_that_it_is_found_there(site: Path) -> None:
    done = ribao(site.parent, "--site", "site", "desk", DAY, "--at", MOMENT)
    assert done.stdout.strip() == f"site/desk/{DAY}.md"
    (site.parent / "other").mkdir()
    done = ribao(site.parent / "other", "--site", "../site", "desk", DAY, "--at", MOMENT)
    assert done.stdout.strip() == str(sheet(site))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((DAY, "--at", MOMENT), f"--date {DAY} --at {MOMENT}"),
        ((DAY, "--at", f"{DAY} 18:00"), f"--date {DAY} --at '{DAY} 18:00'"),
        (
            (DAY, "--at", MOMENT, "--edition", f"{DAY}-b"),
            f"--date {DAY} --at {MOMENT} --edition {DAY}-b",
        ),
        ((DAY,), f"--date {DAY}"),
    ],
)
def test_the_command_it_names_publishes_the_sheet_that_was_laid(
    site: Path, asked: tuple[str, ...], told: str
) -> None:
    done = ribao(site, "desk", *asked)
    assert done.stderr.rstrip().endswith(f"then: ribao publish {told}")


def sheet(site: Path) -> Path:
    return site / "desk" / f"{DAY}.md"


def identity(site: Path, headline: str) -> str:
    line = next(line for line in sheet(site).read_text(encoding="utf-8").splitlines() if headline in line)
    match = re.search(r"`(\w{12})`", line)
    assert match
    return match[1]


def mark(site: Path, headline: str, mark: str) -> None:
    story = identity(site, headline)
    text = sheet(site).read_text(encoding="utf-8")
    assert f"- keep `{story}`" in text
    sheet(site).write_text(text.replace(f"- keep `{story}`", f"- {mark} `{story}`"), encoding="utf-8")


def note(site: Path, headline: str, words: str) -> None:
    lines = sheet(site).read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if headline in line)
    lines.insert(place + 1, f"  - note: {words}")
    sheet(site).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_story_is_a_candidate_with_its_score_source_and_reason(site: Path) -> None:
    text = sheet(site).read_text(encoding="utf-8")
    for title, _, url in STORIES:
        assert f"[{title}]({url})" in text
    assert text.count("入选理由：") == len(STORIES)
    assert OFF_TOPIC[0] in text.split("## 未入候选")[1]
    assert "  - ※ 与本报主题无关\n" in text


def test_the_sheet_is_no_post_and_never_published(site: Path) -> None:
    assert publish(site).returncode == 0
    assert not list((site / "content").rglob("desk*"))


def test_unmarked_the_sheet_changes_nothing(site: Path) -> None:
    assert publish(site).returncode == 0
    with_sheet = post(site).read_bytes()
    sheet(site).unlink()
    assert publish(site).returncode == 0
    assert post(site).read_bytes() == with_sheet


def test_a_dropped_story_is_not_printed_and_the_run_says_who_dropped_it(site: Path) -> None:
    mark(site, "天枢大模型开源", "drop")
    note(site, "天枢大模型开源", "等官方确认")
    done = publish(site, "--json")
    assert done.returncode == 0, done.stderr
    assert "天枢" not in post(site).read_text(encoding="utf-8")
    assert json.loads(done.stdout)["counts"]["dropped by the desk"] == 1
    [run] = (site / ".ribao" / "runs").glob("*.json")
    assert "等官方确认" in run.read_text(encoding="utf-8")


def test_a_story_dropped_after_it_was_printed_goes_and_comes_back_when_kept(site: Path) -> None:
    publish(site)
    before = post(site).read_text(encoding="utf-8")
    assert "海岳芯片" in before
    mark(site, "海岳芯片公布推理芯片路线图", "弃")
    publish(site)
    assert "海岳芯片" not in post(site).read_text(encoding="utf-8")
    text = sheet(site).read_text(encoding="utf-8")
    sheet(site).write_text(text.replace("- 弃 ", "- 留 "), encoding="utf-8")
    publish(site)
    assert post(site).read_text(encoding="utf-8") == before


def test_a_pinned_story_is_printed_whatever_its_rank(site: Path) -> None:
    found(site, "max_stories = 1\n")
    lay(site)
    mark(site, OFF_TOPIC[0], "pin")
    assert publish(site).returncode == 0
    assert list(articles(site)) == [OFF_TOPIC[0]]


def test_merged_stories_are_one_story_with_both_sources(site: Path) -> None:
    into = identity(site, "海岳芯片公布推理芯片路线图")
    mark(site, "星桥科技完成约2亿元A轮融资", f"merge {into}")
    assert publish(site).returncode == 0
    printed = articles(site)
    assert "星桥科技完成约2亿元A轮融资" not in printed
    urls = [source["url"] for source in printed["海岳芯片公布推理芯片路线图"]["sources"]]
    assert urls == ["https://news.example.com/5", "https://news.example.com/1"]


def printed(site: Path) -> list[str]:
    """Return the headlines that the sheet says would be printed."""
    above = sheet(site).read_text(encoding="utf-8").split("## 将登出")[1].split("\n## ")[0]
    return re.findall(r"^- .*? `\w{12}` \[(.*?)\]\(", above, re.MULTILINE)


def test_a_sheet_laid_again_shows_what_publish_prints_with_its_marks(site: Path) -> None:
    found(site, "max_stories = 2\n")
    assert "  - ※ 本期 2 条已满\n" in lay(site)
    first = printed(site)
    mark(site, OFF_TOPIC[0], "置顶")
    mark(site, first[0], "drop")
    lay(site)
    assert len(printed(site)) == 2 and OFF_TOPIC[0] in printed(site) and first[1] in printed(site)
    assert publish(site).returncode == 0
    assert sorted(articles(site)) == sorted(printed(site))


def test_a_merge_that_ends_below_the_line_is_told_by_the_sheet_and_by_publish(site: Path) -> None:
    found(site, "max_stories = 1\nmax_domestic = 1.0\n")
    lay(site)
    best = printed(site)[0]
    low, other = [title for title, _, url in STORIES if title != best and "news.example.com" in url][:2]
    home = identity(site, low)
    mark(site, other, f"并入 {home}")
    done = ribao(site, "desk", DAY, "--at", MOMENT)
    said = (
        f"merged into {home}, which is not printed (below the line: 1 stories are enough), so neither is;"
        f" pin {home} to print them as one, or take this merge back"
    )
    lines = sheet(site).read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, 1) if line.startswith(f"- 并入 {home}"))
    assert f"note: desk/{DAY}.md:{place}: {said}" in done.stderr
    assert "1 marked, 1 of them dropped or merged." in done.stderr
    assert f"note: desk/{DAY}.md:{place}: {said}" in publish(site).stderr
    assert list(articles(site)) == [best]
    mark(site, low, "pin")
    assert "which is not printed" not in ribao(site, "desk", DAY, "--at", MOMENT).stderr
    done = publish(site)
    assert "which is not printed" not in done.stderr
    assert len(articles(site)[low]["sources"]) == 2


def test_the_sheet_speaks_the_papers_language(site: Path) -> None:
    settings = (site / "site.toml").read_text(encoding="utf-8")
    (site / "site.toml").write_text(settings.replace("[site]", '[site]\nlanguage = "en"'), encoding="utf-8")
    assert "  - ※ off topic\n" in lay(site)


def test_the_sheet_calls_an_outlet_what_the_page_does(tmp_path: Path) -> None:
    found(tmp_path, "max_per_source = 1\n")
    rows = [
        {"title": title, "url": url, "source": source, "published": f"{DAY}T08:00:00+08:00", "summary": text}
        for title, text, url, source in [
            (*STORIES[0][:2], "https://www.aibase.com/zh/news/1", "aibase"),
            (*STORIES[1][:2], "https://www.aibase.com/zh/news/2", "aibase"),
            (*STORIES[0], "晚报"),
        ]
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "items.jsonl").write_text(lines, encoding="utf-8")
    assert ribao(tmp_path, "collect", "--from", "items.jsonl", "--at", f"{DAY}T09:00").returncode == 0
    text = lay(tmp_path)
    assert "  - ※ 以 AIbase 为首的已有 1 条（max_per_source）\n" in text
    assert "[AIbase：" in text or "[晚报：" in text
    assert "aibase：" not in text
    assert "以 aibase" not in text


def test_a_new_sheet_keeps_marks_notes_and_what_else_was_written(site: Path) -> None:
    mark(site, "天枢大模型开源", "drop")
    note(site, "海岳芯片公布推理芯片路线图", "问问读者 *怎么看*")
    text = sheet(site).read_text(encoding="utf-8")
    sheet(site).write_text(text.replace("## 将登出", "今天请先看芯片。\n\n## 将登出", 1), encoding="utf-8")
    collect(
        site, [("新来的公司发布人工智能芯片", "新来的公司发布了人工智能芯片。", "https://news.example.com/9")]
    )
    again = lay(site)
    assert f"- drop `{identity(site, '天枢大模型开源')}`" in again
    assert "  - note: 问问读者 *怎么看*" in again
    assert "今天请先看芯片。" in again
    assert "新来的公司发布人工智能芯片" in again
    assert lay(site) == again


def test_a_mark_of_a_story_that_is_gone_waits_in_the_sheet(site: Path) -> None:
    text = sheet(site).read_text(encoding="utf-8")
    sheet(site).write_text(text + "- drop `000000000000` 昨天的新闻\n  - note: 旧闻\n", encoding="utf-8")
    done = publish(site)
    assert done.returncode == 0
    assert "no story 000000000000 today; its mark drop waits" in done.stderr
    tail = lay(site).split("## 已不在候选中")[1]
    assert "- drop `000000000000` 昨天的新闻\n  - note: 旧闻" in tail


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("dorp", "'dorp' is no mark; write keep, drop, pin or merge ID"),
        ("merge", "merge into which story? Write its id, as: merge 5eaf12ab34cd"),
    ],
)
def test_a_mark_that_is_none_stops_with_its_place_and_prints_nothing(
    site: Path, written: str, said: str
) -> None:
    mark(site, "天枢大模型开源", written)
    done = publish(site)
    assert done.returncode == 1
    lines = sheet(site).read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, 1) if "天枢大模型开源" in line)
    assert f"desk/{DAY}.md:{place}:3: {said}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not post(site).exists()


def test_merges_in_a_circle_are_named_and_left_alone(site: Path) -> None:
    one, other = identity(site, "天枢大模型开源"), identity(site, "海岳芯片公布推理芯片路线图")
    mark(site, "天枢大模型开源", f"merge {other}")
    mark(site, "海岳芯片公布推理芯片路线图", f"merge {one}")
    done = publish(site)
    assert done.returncode == 0
    assert "merges go in a circle" in done.stderr
    assert {"天枢大模型开源", "海岳芯片公布推理芯片路线图"} <= articles(site).keys()


def test_a_day_without_items_has_no_sheet(site: Path) -> None:
    done = ribao(site, "desk", "2026-02-01")
    assert done.returncode == 1
    assert "collect first: ribao collect" in done.stderr
    assert not (site / "desk" / "2026-02-01.md").exists()
