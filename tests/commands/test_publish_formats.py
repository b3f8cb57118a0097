"""`ribao publish` in the formats beside the default: a report's twin, a format of the paper's own, the table it prints."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands.paper import DAY, STORIES, articles, collect, found, post, publish, record, ribao

LATER = ("谷歌发布新一代人工智能芯片", "谷歌发布了新一代人工智能芯片。", "https://news.example.com/9")
TEMPLATE = """\
{{ front_matter }}
{% for section in sections %}
## {{ section.name }}

{% for story in section.stories %}
### {{ story.link }}

{{ story.text }}

来源：{{ story.sources | join("、") }}

{% endfor %}
{% endfor %}
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    found(folder, '[formats]\nmine = "formats/mine.md.j2"\n')
    (folder / "formats").mkdir()
    (folder / "formats/mine.md.j2").write_text(TEMPLATE, encoding="utf-8")
    collect(folder, STORIES)
    return folder


@pytest.fixture
def site(collected: Path, tmp_path: Path) -> Path:
    return shutil.copytree(collected, tmp_path / "site")


def test_a_format_of_the_papers_own_is_written_merged_and_verified(site: Path) -> None:
    done = publish(site, "--format", "mine")
    assert done.returncode == 0, done.stderr
    text = post(site).read_text(encoding="utf-8")
    assert "来源：[" in text and "### [天枢大模型开源](https://news.example.com/2)" in text
    assert ribao(site, "verify", DAY).returncode == 0
    mine = text.replace("交付120台人形机器人。", "交付120台人形机器人（编者）。")
    assert mine != text
    post(site).write_text(mine, encoding="utf-8")
    collect(site, [LATER], at=f"{DAY}T10:00")
    again = publish(site, "--format", "mine")
    after = post(site).read_text(encoding="utf-8")
    assert "交付120台人形机器人（编者）。" in after and LATER[0] in after
    assert "new: " + LATER[0] in again.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [("theirs", "there is no format 'theirs'; there are: report,"), ("gone", "no template")],
)
def test_a_format_that_is_not_there_is_named_before_anything_is_done(
    site: Path, name: str, words: str
) -> None:
    settings = site / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'gone = "../etc/passwd"\n', encoding="utf-8")
    done = publish(site, "--format", name)
    assert done.returncode in (1, 2) and words in done.stderr and not post(site).exists()


def test_a_report_has_its_twin_which_follows_the_editors_words(site: Path) -> None:
    assert publish(site, "--format", "report").returncode == 0
    twin = post(site).with_name("report.json")
    before = json.loads(twin.read_text(encoding="utf-8"))
    items = before["domestic"] + before["international"]
    assert {item["title"] for item in items} == set(articles(site))
    assert before["statistics"]["raw_total"] == 6 and all(item["original_pub_date"] for item in items)
    text = post(site).read_text(encoding="utf-8")
    assert (
        before["generated_at"] == f"{DAY} 09:00:00+08:00" and f"生成时间: {before['generated_at']}\n" in text
    )
    post(site).write_text(
        text.replace("交付120台人形机器人。", "交付120台人形机器人（编者）。"), encoding="utf-8"
    )
    assert publish(site, "--format", "report").returncode == 0
    assert "交付120台人形机器人（编者）。" in post(site).read_text(encoding="utf-8")
    assert "交付120台人形机器人（编者）。" in twin.read_text(encoding="utf-8")


def test_publish_prints_where_the_items_went_and_keeps_every_row(site: Path) -> None:
    collect(site, [("超市鸡蛋打折", "超市鸡蛋打折。", "https://news.example.com/egg")], at=f"{DAY}T10:00")
    done = publish(site)
    assert "section" in done.stdout and "6  printed" in done.stdout and "1  off topic" in done.stdout
    (kept,) = (site / ".ribao/runs").glob("*.json")
    assert f"every item: .ribao/runs/{kept.name}" in done.stderr
    rows = {row["title"]: row["fate"] for row in json.loads(kept.read_text(encoding="utf-8"))["items"]}
    assert len(rows) == 7 and rows["超市鸡蛋打折"] == "off topic"
    assert record(site)["mode"] == "offline" and ".ribao" not in post(site).read_text(encoding="utf-8")


def test_an_edited_post_is_not_written_over_in_another_format(site: Path) -> None:
    assert publish(site).returncode == 0
    mine = (
        post(site)
        .read_text(encoding="utf-8")
        .replace("交付120台人形机器人。", "交付120台人形机器人（编者）。")
    )
    post(site).write_text(mine, encoding="utf-8")
    done = publish(site, "--format", "report")
    assert done.returncode != 0 and post(site).read_text(encoding="utf-8") == mine
    assert "you edited this themed post; written as report nothing of that would stay." in done.stderr
    assert f"ribao convert {DAY} --to FORMAT" in done.stderr


def test_a_retraction_is_no_edit_and_its_notice_keeps_the_format(site: Path) -> None:
    assert publish(site).returncode == 0
    for url in ("https://news.example.com/2", "https://news.example.com/6"):
        assert ribao(site, "retract", url, "--why", "与事实不符").returncode == 0
    taken = post(site).read_bytes()
    done = publish(site, "--format", "report")
    assert done.returncode != 0 and post(site).read_bytes() == taken
    assert "2 stories were taken back from this themed post (" in done.stderr
    assert (
        "written as report the notice of that would be lost. Publish it with --format themed;" in done.stderr
    )
    assert "edited" not in done.stderr
    assert publish(site).returncode == 0
    mine = post(site).read_text(encoding="utf-8").replace("海岳芯片公布了", "海岳芯片昨天公布了")
    post(site).write_text(mine, encoding="utf-8")
    assert "you edited this themed post" in publish(site, "--format", "report").stderr


def test_a_report_with_a_retraction_becomes_a_digest_and_no_markdown(site: Path) -> None:
    assert publish(site, "--format", "report").returncode == 0
    assert ribao(site, "retract", "https://news.example.com/2", "--why", "与事实不符").returncode == 0
    done = publish(site, "--format", "themed")
    assert done.returncode != 0 and "a story was taken back from this report post (" in done.stderr
    done = publish(site, "--format", "digest")
    assert done.returncode == 0, done.stderr


def test_an_untouched_post_changes_its_format_and_leaves_nothing_of_the_old(site: Path) -> None:
    assert publish(site).returncode == 0
    themed = post(site).read_bytes()
    assert publish(site, "--format", "report").returncode == 0
    assert (post(site).parent / "report.json").is_file() and post(site).read_bytes() != themed
    assert publish(site).returncode == 0
    assert not (post(site).parent / "report.json").exists() and post(site).read_bytes() == themed


def test_what_is_counted_is_what_the_post_holds(site: Path) -> None:
    assert json.loads(publish(site, "--json").stdout)["stories"] == len(STORIES)
    text = post(site).read_text(encoding="utf-8")
    gone = re.search(r"### \[天枢大模型开源\].*?(?=\n#)", text, re.DOTALL)
    assert gone
    post(site).write_text(text.replace(gone[0] + "\n", ""), encoding="utf-8")
    again = json.loads(publish(site, "--json").stdout)
    assert again["stories"] == sum(one["stories"] for one in again["sections"]) == len(STORIES) - 1
