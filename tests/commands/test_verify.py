"""`ribao verify` as a person runs it: after hand edits, for a script, and signing a finding off."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from generator.labels import labels_for
from tests.commands.paper import DAY, STORIES, collect, found, post, publish, record, ribao

SHOWN = f"content/posts/{DAY}/index.md"
SENTENCE = "该公司股价当日大涨三成。"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    found(folder)
    collect(folder, STORIES)
    assert publish(folder).returncode == 0
    return folder


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "site")


def edit(site: Path, old: str, new: str) -> None:
    text = post(site).read_text(encoding="utf-8")
    assert old in text
    post(site).write_text(text.replace(old, new), encoding="utf-8")


def place(site: Path, words: str) -> str:
    """Return line:column of the words' first place in the body, as an editor counts."""
    lines = post(site).read_text(encoding="utf-8").splitlines()
    body = lines.index("---", 1)
    number = next(n for n, line in enumerate(lines) if n > body and words in line)
    return f"{number + 1}:{lines[number].index(words) + 1}"


def findings(site: Path) -> list[dict[str, Any]]:
    done = ribao(site, "verify", "--json")
    assert done.returncode in {0, 1}, done.stderr
    rows: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return rows


def test_an_edition_as_it_was_published_is_clean(site: Path) -> None:
    done = ribao(site, "verify")
    assert (done.returncode, done.stdout) == (0, "")
    assert re.search(rf"^{re.escape(SHOWN)}: \d stories, clean", done.stderr, re.MULTILINE)


def test_a_swapped_link_is_named_with_the_right_one(site: Path) -> None:
    edit(site, "(https://news.example.com/5)", "(https://news.example.com/4)")
    line = place(site, "海岳芯片公布推理芯片路线图](").split(":")[0]
    done = ribao(site, "verify")
    assert done.returncode == 1
    assert f"{SHOWN}:{line}:" in done.stdout
    assert "error: pairing: " in done.stdout
    assert "fix: link https://news.example.com/5" in done.stdout


def test_a_figure_ten_times_too_large_is_named_where_it_stands(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    done = ribao(site, "verify")
    assert done.returncode == 1
    assert f"{SHOWN}:{place(site, '700亿')}: error: number: 700亿 stands in no source" in done.stdout
    assert "fix: write 70亿" in done.stdout


def test_a_sentence_added_by_hand_is_a_thing_to_prove(site: Path) -> None:
    edit(site, "首款产品拟于明年三月交付。", f"首款产品拟于明年三月交付。{SENTENCE}")
    done = ribao(site, "verify")
    assert done.returncode == 1
    assert f"{SHOWN}:{place(site, SENTENCE)}: warning: support: " in done.stdout
    assert f"rests on no source: «{SENTENCE}»" in done.stdout
    assert f"{SHOWN}:{place(site, '三成')}: error: number: " in done.stdout


def test_a_story_of_ones_own_is_signed_off_once(site: Path) -> None:
    own = "### [本报读者沙龙周六举行](https://own.example.org/1)\n\n沙龙周六下午举行，欢迎报名。\n\n"
    text = post(site).read_text(encoding="utf-8")
    post(site).write_text(text.replace("### [", f"{own}### [", 1), encoding="utf-8")
    [finding] = [one for one in findings(site) if one["kind"] == "pairing"]
    told = ribao(site, "verify").stdout
    assert "fix: if the story is your own, sign it off: ribao verify --accept ID --why TEXT    [" in told
    assert f"[{finding['id']}]" in told
    done = ribao(site, "verify", "--accept", finding["id"], "--why", "本报活动")
    assert done.returncode == 0, done.stderr
    assert "pairing" not in {one["kind"] for one in findings(site)}


def test_json_has_what_a_script_needs_of_each_finding(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    [finding] = findings(site)
    line, column = place(site, "700亿").split(":")
    asked = ("kind", "severity", "file", "line", "column", "words")
    assert [finding[key] for key in asked] == ["number", "error", SHOWN, int(line), int(column), "700亿"]
    assert "70亿" in finding["evidence"]
    assert finding["message"]


def test_sarif_names_its_rules_and_each_finding_is_of_one(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    done = ribao(site, "verify", "--sarif")
    assert done.returncode == 1
    log = json.loads(done.stdout)
    [run] = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert log["version"] == "2.1.0"
    assert {"pairing", "number", "support"} <= rules
    [result] = run["results"]
    assert result["ruleId"] in rules
    [where] = result["locations"]
    assert where["physicalLocation"]["artifactLocation"]["uri"] == SHOWN
    line, column = place(site, "700亿").split(":")
    assert where["physicalLocation"]["region"] == {"startLine": int(line), "startColumn": int(column)}


def test_sarif_names_files_by_a_valid_reference(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    named = post(site).parent.rename(post(site).parent.with_name(f"{DAY} 晚报"))
    [result] = json.loads(ribao(site, "verify", "--sarif").stdout)["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii() and " " not in uri
    assert unquote(uri) == f"content/posts/{named.name}/index.md"


def test_what_a_person_signs_off_is_recorded_and_stays_so_after_the_next_publish(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    [finding] = findings(site)
    done = ribao(site, "verify", "--accept", finding["id"], "--why", "已向团队核实")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(f"content/posts/{DAY}/edition.json: accepted number [{finding['id']}]")
    signed = [{"finding": finding["id"], "kind": "number", "words": "700亿", "why": "已向团队核实"}]
    assert record(site)["accepted"] == signed
    assert ribao(site, "verify").returncode == 0

    collect(site, [("谷歌发布新一代人工智能芯片", "谷歌发布了新一代人工智能芯片。", "https://news.example.com/9")])  # fmt: skip
    assert publish(site).returncode == 0
    assert "700亿" in post(site).read_text(encoding="utf-8")
    assert "谷歌" in post(site).read_text(encoding="utf-8")
    assert record(site)["accepted"] == signed
    assert findings(site) == []


def test_a_story_taken_back_stays_so_after_the_next_publish(site: Path) -> None:
    assert ribao(site, "retract", "https://news.example.com/2", "--why", "来源已撤稿").returncode == 0
    taken = record(site)["retractions"]
    assert publish(site).returncode == 0
    assert record(site)["retractions"] == taken
    assert "https://news.example.com/2" not in post(site).read_text(encoding="utf-8")
    assert ribao(site, "verify").returncode == 0


def test_a_finding_that_is_not_there_cannot_be_signed_off(site: Path) -> None:
    done = ribao(site, "verify", "--accept", "00000000", "--why", "无")
    assert done.returncode == 1
    assert "no finding has the id '00000000'" in done.stderr
    assert "accepted" not in record(site)


def test_a_sign_off_needs_its_reason(site: Path) -> None:
    assert ribao(site, "verify", "--accept", "00000000").returncode == 2
    assert ribao(site, "verify", "--accept", "00000000", "--why", " ").returncode == 2


def test_a_file_without_a_record_is_held_against_the_sources_given(site: Path, tmp_path: Path) -> None:
    edit(site, "(https://news.example.com/5)", "(https://news.example.com/4)")
    lone = tmp_path / "old.md"
    shutil.copy(post(site), lone)
    rows = [json.dumps({"title": t, "text": x, "url": u}, ensure_ascii=False) for t, x, u in STORIES]
    (tmp_path / "sources.jsonl").write_text("\n".join(rows), encoding="utf-8")
    done = ribao(site, "verify", str(lone), "--sources", str(tmp_path / "sources.jsonl"))
    assert done.returncode == 1
    assert "error: pairing: " in done.stdout
    assert "without a record" in done.stderr


def test_evidence_that_was_changed_to_suit_a_sentence_is_noticed(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    kept = post(site).with_name("edition.json")
    kept.write_text(kept.read_text("utf-8").replace("70亿", "700亿"), encoding="utf-8")
    [finding] = findings(site)
    assert (finding["kind"], finding["severity"]) == ("support", "error")
    assert finding["message"].endswith("is not the one that was recorded")
    # signing off something else does not launder it
    edit(site, "参数规模为700亿", "参数规模为7000亿")
    other = next(row for row in findings(site) if row["kind"] == "number")
    assert ribao(site, "verify", "--accept", other["id"], "--why", "已核实").returncode == 0
    assert [row["id"] for row in findings(site)] == [finding["id"]]


def test_a_wrong_link_is_pointed_at_where_it_stands(site: Path) -> None:
    edit(site, "(https://news.example.com/5)", "(https://news.example.com/4)")
    wrong = next(row for row in findings(site) if row["kind"] == "pairing")
    line = post(site).read_text(encoding="utf-8").splitlines()[wrong["line"] - 1]
    assert line[wrong["column"] - 1 :].startswith("https://news.example.com/4)")
    assert "海岳芯片" in line


def test_every_finding_with_words_of_the_file_stands_at_them(site: Path) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    edit(site, "(https://news.example.com/5)", "(https://news.example.com/4)")
    edit(
        site,
        "首款产品拟于明年三月交付。",
        f"首款产品已于明年五月交付。{SENTENCE}“我们从不担心任何竞争对手”，公司表示。",
    )
    lines = post(site).read_text(encoding="utf-8").splitlines()
    found = findings(site)
    assert len({row["kind"] for row in found}) >= 5
    for row in found:
        assert lines[row["line"] - 1][row["column"] - 1 :].startswith(row["words"]), row


def test_a_report_shows_each_edition_beside_its_sources_and_the_scores_over_time(
    site: Path, tmp_path: Path
) -> None:
    edit(site, "参数规模为70亿", "参数规模为700亿")
    before = sorted((site / "content").rglob("*"))
    assert ribao(site, "verify", "--report", str(tmp_path / "report")).returncode == 1
    index, page = ((tmp_path / "report" / name).read_text("utf-8") for name in ("index.html", f"{DAY}.html"))
    assert f'<a href="{DAY}.html">' in index
    assert "<mark>" in page
    assert "与来源矛盾" in page
    assert "700亿 stands in no source" in page
    assert sorted((site / "content").rglob("*")) == before


@pytest.mark.parametrize(
    ("language", "zone", "told", "hour"),
    [
        ("zh-CN", "Asia/Shanghai", "时间均为 Asia/Shanghai 时区", "2026-01-07 02:10 (时间准确)"),
        ("zh-Hant", "Asia/Taipei", "時間均為 Asia/Taipei 時區", "2026-01-07 02:10 (時間準確)"),
        ("en", "America/New_York", "times are those of America/New_York", "2026-01-06 13:10 (exact)"),
    ],
)
def test_a_report_is_in_the_papers_words_and_tells_its_own_hours(
    site: Path, tmp_path: Path, language: str, zone: str, told: str, hour: str
) -> None:
    settings = site / "site.toml"
    text = settings.read_text(encoding="utf-8").replace('timezone = "Asia/Shanghai"', f'timezone = "{zone}"')
    settings.write_text(text.replace("[site]", f'[site]\nlanguage = "{language}"'), encoding="utf-8")
    ribao(site, "verify", "--report", str(tmp_path))
    page = (tmp_path / f"{DAY}.html").read_text("utf-8")
    assert f'<html lang="{labels_for(language).language}">' in page
    assert told in page and hour in page
    assert ("supported" in page) is (language == "en")


def test_a_report_says_who_vouches_for_a_story_of_the_papers_own(site: Path, tmp_path: Path) -> None:
    text = post(site).read_text(encoding="utf-8")
    own = "\n### [本报记者走进工厂](https://mine.example.com/1)\n\n本报记者看到二十台样机。\n"
    at = text.rindex("\n## ")
    post(site).write_text(text[:at] + own + text[at:], encoding="utf-8")
    (found,) = (one for one in findings(site) if one["words"] == "https://mine.example.com/1")
    ribao(site, "verify", "--report", str(tmp_path))
    page = tmp_path / f"{DAY}.html"
    assert '本报记者看到二十台样机。 <small class="error">查无</small>' in page.read_text("utf-8")
    score = json.loads(ribao(site, "verify", "--json").stdout)["editions"][0]["score"]["sentences"]
    assert ribao(site, "verify", "--accept", found["id"], "--why", "本报采访").returncode == 0
    ribao(site, "verify", "--report", str(tmp_path))
    shown = page.read_text("utf-8")
    assert '本报记者看到二十台样机。 <small class="quiet">由人签认</small>' in shown
    assert "<blockquote>本报采访（由人签认）</blockquote>" in shown
    # it still rests on no source
    assert json.loads(ribao(site, "verify", "--json").stdout)["editions"][0]["score"]["sentences"] == score


@pytest.mark.parametrize("folder", ["public/report", "content", "static/report"])
def test_a_report_is_not_written_where_it_would_be_published(site: Path, folder: str) -> None:
    done = ribao(site, "verify", "--report", str(site / folder))
    assert done.returncode == 1
    assert "name another folder" in done.stderr
    assert not (site / folder / "index.html").exists()


def test_a_build_refuses_an_edition_that_was_edited_to_say_what_it_cannot_prove(site: Path) -> None:
    assert ribao(site, "build").returncode == 0
    edit(site, "(https://news.example.com/5)", "(https://news.example.com/4)")
    refused = ribao(site, "build")
    assert refused.returncode == 1
    assert SHOWN in refused.stderr
    assert ": error: pairing: " in refused.stderr
    assert "ribao verify --accept" in refused.stderr
    finding = next(row for row in findings(site) if row["kind"] == "pairing")
    assert ribao(site, "verify", "--accept", finding["id"], "--why", "已核实").returncode == 0
    assert ribao(site, "build").returncode == 0


def test_a_build_that_blocks_nothing_asks_nothing(site: Path) -> None:
    edit(site, "(https://news.example.com/5)", "(https://news.example.com/4)")
    settings = site / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[evidence]\nblock = []\n", encoding="utf-8")
    assert ribao(site, "build").returncode == 0
    assert not (site / ".ribao" / "verify" / "passed.json").exists()
