"""`ribao convert` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.commands.convert import NAMES, command
from generator.editions import FORMATS
from generator.errors import DiskError

DATA = Path(__file__).parents[1] / "data/editions"
FILES = {"report": "report.txt", "themed": "themed.md", "digest": "digest.md", "bulletin": "bulletin.txt"}


def convert(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, obj={}, standalone_mode=False)


@pytest.mark.parametrize("source", FILES)
@pytest.mark.parametrize("target", NAMES)
def test_each_format_becomes_each_other(source: str, target: str) -> None:
    path = DATA / FILES[source]
    done = convert(str(path), "--to", target)
    assert done.return_value == 0, done.output
    before = FORMATS[source].parse(path.read_text(encoding="utf-8")).edition
    after = FORMATS[target].parse(done.stdout).edition
    assert len(list(after.articles)) == len(list(before.articles))
    assert after.date == before.date
    if source == target:
        assert done.stdout == path.read_text(encoding="utf-8")
        assert "cannot hold" not in done.stderr


def test_what_the_target_cannot_hold_is_named_on_stderr() -> None:
    done = convert(str(DATA / "report.txt"), "--to", "digest")
    assert "digest cannot hold: link of 3 stories\n" in done.stderr
    assert "digest cannot hold: reason of 2 stories\n" in done.stderr
    assert "cannot hold" not in done.stdout


def test_a_headline_that_had_to_be_made_is_named() -> None:
    done = convert(str(DATA / "report.txt"), "--to", "themed")
    assert "made for themed: headline of 3 stories, from the first words\n" in done.stderr


def test_a_made_headline_is_what_stands_behind_the_day_of_its_line(tmp_path: Path) -> None:
    text = (DATA / "report.txt").read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.startswith(("1、📌", "1、🔥")))
    long = "甲公司在第三季度交付了四款采用新一代推理芯片的服务器并且计划在明年扩大产能"
    (tmp_path / "report.txt").write_text(
        text.replace(first, f"{first[:4]}1月3日，{long}。"), encoding="utf-8"
    )
    done = convert(str(tmp_path / "report.txt"), "--to", "themed")
    assert f"### [{long}](" in done.stdout and "[1月3日]" not in done.stdout


def test_the_twin_of_a_report_is_json() -> None:
    done = convert(str(DATA / "bulletin.txt"), "--to", "report", "--json")
    value = json.loads(done.stdout)
    titles = [item["title"] for name in ("domestic", "international") for item in value[name]]
    assert sorted(titles) == sorted(["星桥科技开放天枢 3 接口", "某市公布算力补贴办法"])
    assert value["statistics"]["final_domestic"] + value["statistics"]["final_international"] == 2


def test_a_file_of_no_format_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("only a note\n", encoding="utf-8")
    done = convert(str(path), "--to", "report")
    assert "name its format: ribao convert --from" in str(done.exception)


def test_a_post_without_a_day_takes_it_from_its_name(tmp_path: Path) -> None:
    path = tmp_path / "2026-03-05-note.md"
    path.write_text("## 主题\n\n### [标题](https://e.com/1)\n\n正文。\n", encoding="utf-8")
    assert "AI 行业动态 (2026-03-05)" in convert(str(path), "--to", "bulletin").stdout
    nameless = path.rename(tmp_path / "note.md")
    assert "tells no day" in str(convert(str(nameless), "--to", "bulletin").exception)


def test_an_edition_is_named_by_its_date_its_folder_or_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content" / "posts" / "2026-03-05-evening"
    folder.mkdir(parents=True)
    (tmp_path / "site.toml").write_text('[site]\ntitle = "测试日报"\n', encoding="utf-8")
    (folder / "index.md").write_bytes((DATA / "themed.md").read_bytes())
    monkeypatch.chdir(tmp_path)
    by_file = convert(str(folder / "index.md"), "--to", "bulletin")
    assert by_file.return_value == 0 and by_file.stdout
    for name in ("2026-03-05-evening", "2026-03-05", str(folder), "content/posts/2026-03-05-evening"):
        assert convert(name, "--to", "bulletin").stdout == by_file.stdout
    for name in ("2026-03-06", "content/posts", "absent.md"):
        error = convert(name, "--to", "bulletin").exception
        assert isinstance(error, DiskError) and str(error).startswith(f"{name}: ")
    monkeypatch.chdir(tmp_path.parent)
    assert "no edition of the site here" in str(convert("2026-03-05", "--to", "report").exception)


def test_a_gbk_file_is_named_as_one(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_bytes("## 主题\n".encode("gbk"))
    assert "looks like GBK" in str(convert(str(path), "--to", "report").exception)
