"""A story deleted by hand, and the line of the summary that told it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.commands.deletions import lines_about
from generator.editions.summary import deleted, without_lines
from generator.news import Edition
from generator.text.clean import fold
from tests.commands.paper import DAY, STORIES, collect, found, post, publish, record, ribao
from tests.commands.test_gate import EDITION

GONE = STORIES[5][0]
LATER = ("谷歌发布新一代人工智能芯片", "谷歌发布了新一代人工智能芯片。", "https://news.example.com/9")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    folder.mkdir()
    found(folder)
    collect(folder, STORIES)
    assert publish(folder).returncode == 0
    assert f"- {GONE}" in text_of(folder)
    return folder


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "site")


def text_of(site: Path) -> str:
    return post(site).read_text(encoding="utf-8")


def delete(site: Path) -> str:
    """Take the story out as a person does, from its heading to the next; return what the file then says."""
    before, _, rest = text_of(site).partition(f"### [{GONE}]")
    assert rest
    after = min((at for mark in ("\n### ", "\n## ") if (at := rest.find(mark)) >= 0), default=len(rest) - 1)
    post(site).write_text(before + rest[after + 1 :], encoding="utf-8")
    return text_of(site)


def test_until_then_a_build_names_the_line_and_what_to_do(site: Path) -> None:
    delete(site)
    done = ribao(site, "build")
    assert done.returncode == 1
    assert f"phantom: no story of this edition says this: «{GONE}»" in done.stderr
    assert (
        "fix: drop the line from `summary:` (after its story was deleted ribao publish does it)"
        in done.stderr
    )


def test_the_next_publish_takes_its_line_out_of_the_summary(site: Path) -> None:
    edited = delete(site)
    done = publish(site)
    assert done.returncode == 0, done.stderr
    assert GONE not in text_of(site)
    assert text_of(site) == edited.replace(f"- {GONE}\\n", "").replace(f"\\n- {GONE}", "")
    assert "its summary lost the lines of stories that you deleted" in done.stderr
    assert GONE not in record(site)["summary"]
    assert ribao(site, "build").returncode == 0
    after = text_of(site)
    again = publish(site)
    assert (again.returncode, text_of(site)) == (0, after)
    assert "lost" not in again.stderr


def test_new_stories_do_not_bring_the_line_back(site: Path) -> None:
    delete(site)
    collect(site, [LATER], at=f"{DAY}T10:00")
    assert publish(site).returncode == 0
    assert LATER[0] in text_of(site)
    assert GONE not in text_of(site)


def test_lines_a_person_edited_or_put_back_stay(site: Path) -> None:
    edited = delete(site).replace(f"- {STORIES[0][0]}", "- 星桥科技融资（编者）")
    post(site).write_text(edited, encoding="utf-8")
    assert publish(site).returncode == 0
    assert "- 星桥科技融资（编者）" in text_of(site)
    assert GONE not in text_of(site)
    post(site).write_text(
        text_of(site).replace("- 星桥科技融资", f"- {GONE}\\n- 星桥科技融资"), encoding="utf-8"
    )
    back = text_of(site)
    assert publish(site).returncode == 0
    assert text_of(site) == back


def test_an_edited_line_of_a_deleted_story_stays(site: Path) -> None:
    edited = delete(site).replace(f"- {GONE}", f"- {GONE}（编者）")
    post(site).write_text(edited, encoding="utf-8")
    assert publish(site).returncode == 0
    assert text_of(site) == edited


def test_a_line_of_other_words_goes_with_the_story_it_speaks_of() -> None:
    lines = ("天枢团队的大模型开源，参数规模七百亿", "星桥科技拿到A轮融资")
    edition = Edition(EDITION.id, EDITION.date, sections=EDITION.sections, summary=lines)
    assert lines_about(edition, {fold("天枢大模型开源")}) == {fold(lines[0])}
    assert lines_about(edition, {fold("另有其事")}) == set()


HEADS = {
    'summary: "- 甲\\n- 乙"\n': 'summary: "- 甲"\n',
    "# 我的\nsummary: |\n  - 甲\n  - 乙\n": "# 我的\nsummary: |\n  - 甲\n",
    'summary: "- 乙"\ntags: [丙]\n': "tags: [丙]\n",
    'summary: "- 甲"\n': 'summary: "- 甲"\n',
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_other_lines_stay_as_they_are_written(head: str, end: str) -> None:
    before, after = (
        f"---\ntitle: 题\n{part}---\n# 题\n\n- 乙\n".replace("\n", end) for part in (head, HEADS[head])
    )
    assert without_lines(before, {"乙"}) == after


def test_a_story_with_another_headline_or_place_is_not_deleted() -> None:
    base = "## 一\n\n### [甲公司发布](https://e.com/1)\n\n文。\n\n### [乙公司融资](https://e.com/2)\n\n文。\n"
    moved = "## 一\n\n### [乙公司融资](https://e.com/2)\n\n文。\n\n## 二\n\n### [甲（改）](https://e.com/1)\n\n文。\n"
    assert deleted(base, moved) == frozenset()
    assert deleted(base, base[: base.index("### [乙")]) == {"乙公司融资"}
