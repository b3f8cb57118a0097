"""What a merge says it kept is true: whose it is, and why it stands."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.editions import FORMATS
from generator.editions.corrections import notice
from generator.editions.merge import merge
from generator.labels import labels_for
from generator.news import Article, Edition, Importance, Region, Section, Source, item_id

LABELS = labels_for("zh")
MARKS = "<!-- 重要性：中 地区：国内 标签：芯片 -->\n"
NOTICE = notice("与事实不符", dt.date(2026, 3, 6), LABELS)


def told(name: str, number: int, text: str = "第一句。\n\n第二句。") -> str:
    return f"### [{name}](https://e.com/{number})\n{MARKS}\n{text}\n\n"


def post(*parts: str) -> str:
    return "---\ntitle: 题\n---\n# 标题\n\n" + "".join(parts)


CHIPS, MODELS = "## 芯片、算力与能源\n\n", "## 大模型与基础能力\n\n"
ONE, TWO, NEWS = told("甲乙丙丁", 1), told("戊己庚辛", 2), told("壬癸子丑", 3)
BASE, FRESH = post(MODELS, ONE, TWO), post(MODELS, ONE, TWO, NEWS)


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        ("第一句。", "编者写的。", "your words in “甲乙丙丁”"),
        ("### [甲乙丙丁]", "### [甲乙丙丁改]", "your words in “甲乙丙丁改”"),
        ("第一句。\n\n第二句。", "第二句。\n\n第一句。", "your order in “甲乙丙丁”"),
        ("第一句。\n\n", "", "what you deleted in “甲乙丙丁”"),
        ("重要性：中", "重要性：高", "your marks on “甲乙丙丁” (importance)"),
        ("标签：芯片", "标签：芯片、融资", "your marks on “甲乙丙丁” (tags)"),
        (MARKS, "", "your marks on “甲乙丙丁” (importance, region, tags)"),
        ("title: 题", "title: 我的题", "your “title” in the front matter"),
        ("title: 题", "title: 题\nmine: 1", "“mine”, which you wrote or edited in the front matter"),
        ("# 标题", "# 我的标题", "your words in “我的标题”"),
        ("# 标题", "编者按：先读。\n\n# 标题", "your words in “编者按：先读。”"),
        (MODELS, MODELS + "栏首的话。\n\n", "your words in “大模型与基础能力”"),
        (ONE, "", "“甲乙丙丁” stays deleted"),
        (ONE, told("自采一条", 9) + ONE, "“自采一条”, which you wrote or edited"),
        (ONE + TWO, TWO + ONE, "your order"),
    ],
)
def test_each_kind_of_edit_is_told_as_what_it_is(was: str, now: str, line: str) -> None:
    current = BASE.replace(was, now, 1)
    fresh = FRESH.replace("title: 题", "title: 新题")
    assert merge(BASE, current, fresh).kept == (line,)


def test_words_and_marks_of_one_story_are_told_apart() -> None:
    current = BASE.replace("重要性：中", "重要性：高", 1).replace("第一句。", "编者写的。", 1)
    assert merge(BASE, current, FRESH).kept == (
        "your words in “甲乙丙丁”",
        "your marks on “甲乙丙丁” (importance)",
    )


def test_a_mark_in_a_line_of_the_list_is_a_mark() -> None:
    more = "## 更多动态\n\n- [短讯](https://e.com/5)，正文。 <!-- 重要性：低 -->\n"
    fresh = BASE + more + "- [短讯二](https://e.com/6)\n"
    assert merge(BASE + more, BASE + more.replace("重要性：低", "重要性：高"), fresh).kept == (
        "your marks on “短讯” (importance)",
    )


def test_an_edit_that_the_machine_makes_too_is_not_told() -> None:
    current = BASE.replace("第一句。", "更正了。", 1)
    assert merge(BASE, current, FRESH.replace("第一句。", "更正了。", 1)).kept == ()


def test_a_story_that_is_no_news_any_more_is_told_with_what_the_person_did() -> None:
    fresh = post(MODELS, TWO, NEWS)
    reworded = merge(BASE, BASE.replace("第一句。", "编者写的。", 1), fresh)
    assert reworded.kept == ("“甲乙丙丁”, which you edited and today's edition no longer has",)
    marked = merge(BASE, BASE.replace("重要性：中", "重要性：高", 1), fresh)
    assert marked.kept == ("“甲乙丙丁”, which you marked (importance) and today's edition no longer has",)


def test_a_section_of_the_machine_that_stays_for_a_story_is_nobodys_own() -> None:
    base, fresh = post(CHIPS, ONE, MODELS, TWO), post(MODELS, TWO, NEWS)
    edited = base.replace("第一句。", "编者写的。", 1)
    once = merge(base, edited, fresh)
    assert once.kept == (
        "“甲乙丙丁”, which you edited and today's edition no longer has",
        "the section “芯片、算力与能源”, which today's edition does not have",
    )
    later = merge(fresh, once.text, post(MODELS, NEWS))
    assert later.kept == (
        "the section “芯片、算力与能源”, which today's edition does not have",
        "“甲乙丙丁”, which you wrote or edited",
    )


def test_a_section_that_was_never_in_the_post_is_not_told_as_deleted() -> None:
    base = post(MODELS, ONE, TWO, NEWS)
    current = post(MODELS, TWO, ONE, NEWS)
    fresh = post(MODELS, ONE, CHIPS, TWO, NEWS)
    once = merge(base, current, fresh)
    assert (once.text, once.kept) == (current, ("your order",))
    later = merge(fresh, once.text, fresh + told("寅卯辰巳", 4))
    assert later.kept == ("the post without a section “芯片、算力与能源”", "your order")


def test_a_notice_of_retraction_is_told_as_ribaos_own() -> None:
    base = post(CHIPS, MODELS, ONE, TWO)
    current = base.replace(CHIPS, f"{CHIPS}{NOTICE}\n\n")
    line = "ribao's notice of a story taken back, in “芯片、算力与能源”"
    fresh = post(MODELS, ONE, TWO, NEWS)
    assert merge(base, current, base, notices=[NOTICE]).kept == (line,)
    once = merge(base, current, fresh, notices=[NOTICE])
    assert once.kept == (f"{line}, which today's edition no longer has",)
    assert NOTICE in once.text
    assert merge(fresh, once.text, BASE, notices=[NOTICE]).kept == (line,)


def test_two_notices_and_an_edit_of_their_section_are_told_apart() -> None:
    other = notice("来源已更正", dt.date(2026, 3, 7), LABELS)
    current = BASE.replace(MODELS, f"{MODELS}栏首的话。\n\n{NOTICE}\n\n{other}\n\n")
    assert merge(BASE, current, FRESH, notices=[NOTICE, other]).kept == (
        "ribao's notices of 2 stories taken back, in “大模型与基础能力”",
        "your words in “大模型与基础能力”",
    )
    # a notice that the person reworded is theirs
    current = BASE.replace(MODELS, f"{MODELS}{NOTICE.replace('不符', '有出入')}\n\n")
    assert merge(BASE, current, FRESH, notices=[NOTICE]).kept == ("your words in “大模型与基础能力”",)


def test_without_news_an_edited_post_is_told_once() -> None:
    current = BASE.replace("第一句。", "编者写的。", 1)
    assert merge(BASE, current, BASE).kept == ("the post as you left it; there is nothing new",)
    assert merge(BASE, BASE, BASE).kept == ()


def edition(form: str, *articles: Article) -> str:
    day = dt.date(2026, 3, 5)
    whole = Edition("2026-03-05", day, "日报", sections=(Section("国内", articles=articles),))
    return FORMATS[form].write(whole, LABELS).text


def article(number: int, text: str) -> Article:
    url = f"https://e.com/{number}"
    return Article(
        item_id(url),
        text[:4],
        text,
        region=Region.DOMESTIC,
        importance=Importance.MEDIUM,
        tags=("芯片",),
        sources=(Source(item_id(url), url, "示例社"),),
    )


@pytest.mark.parametrize(
    ("form", "was", "now", "start"),
    [
        ("report", "📌", "🔥", "your marks on “3月5日消息，星桥"),
        ("report", "标签: 芯片", "标签: 融资", "your marks on “3月5日消息，星桥"),
        ("report", "的算力", "的编者算力", "your words in “"),
        ("digest", "的算力", "的编者算力", "your words in “"),
        ("bulletin", "的算力", "的编者算力", "your words in “星桥公布”"),
    ],
)
def test_the_other_formats_tell_the_same(form: str, was: str, now: str, start: str) -> None:
    one, two = article(1, "星桥公布了芯片的算力，翻了一倍。"), article(2, "某市印发办法，补贴中小企业。")
    base = edition(form, one)
    current = now.join(base.rsplit(was, 1))
    assert current != base
    merged = merge(base, current, edition(form, one, two), numbered=FORMATS[form].NUMBERED)
    assert len(merged.kept) == 1 and merged.kept[0].startswith(start)
