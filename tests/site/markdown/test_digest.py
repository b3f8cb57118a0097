"""An edition's Markdown becomes themes, stories, insights and impact, however people edit it."""

from __future__ import annotations

import re

from generator.site.markdown import Options, render, story_id

EDITION = """# 题

## 一、主题

### [甲](https://www.example.com/a/?utm_source=x)

段落。

**深度解读 & 洞察：**
- 点

### 乙 without link

**核心能力：**
- 能

**影响：** 深远。

尾声。

**更多动态**

- [丙](https://example.com/c)：后文
- 丁
"""
OPTIONS = Options(digest=True, title="题")


def test_the_blocks_of_an_edition_have_elements_of_their_own() -> None:
    page = render(EDITION, OPTIONS).html
    outline = re.findall(
        r"<(section|article|aside|div|/section|/article|/aside|/div)\b(?: class=\"(\w+)\")?", page
    )
    assert outline == [
        ("section", "theme"),
        *(("article", "story"), ("div", "insight"), ("/div", ""), ("/article", "")),
        *(("article", "story"), ("div", "group"), ("/div", ""), ("/article", "")),
        *(("aside", "impact"), ("/aside", ""), ("/section", "")),
        *(("section", "more"), ("/section", "")),
    ]
    assert "<h1" not in page


def test_a_story_keeps_its_anchor_when_it_moves_and_when_its_link_is_written_otherwise() -> None:
    stories = {story.headline: story for story in render(EDITION, OPTIONS).stories}
    assert [*stories] == ["甲", "乙 without link", "丙", "丁"]
    assert stories["甲"].id == story_id("https://example.com/a", "另一个标题")
    moved = EDITION.replace(
        "### [甲](https://www.example.com/a/?utm_source=x)", "### 插入\n\n### [甲](http://example.com/a)"
    )
    assert stories["甲"].id in {story.id for story in render(moved, OPTIONS).stories}
    assert stories["丙"].text == "后文"
    assert stories["甲"].section == "一、主题"


def test_a_foreign_story_says_its_language_and_a_name_above_chinese_only_its_own() -> None:
    page = render(
        "### [A model](https://e.com/a)\n\nIt is out.\n\n### [GPT-5.2](https://e.com/b)\n\n模型已经上线。\n\n"
        "**更多动态**\n\n- [A robot](https://e.com/c)\n- [机器人](https://e.com/d)\n",
        OPTIONS,
    ).html
    stories = re.findall(r'<(article|li) class="story" id="[^"]+"([^>]*)>\s*(<h3[^>]*>)?', page)
    assert stories == [
        ("article", ' lang="en"', "<h3>"),
        ("article", "", '<h3 lang="en">'),
        ("li", ' lang="en"', ""),
        ("li", "", ""),
    ]


def test_nothing_a_person_wrote_is_lost() -> None:
    text = "前言\n\n### 甲\n\n#### 小节\n\n> 引\n\n**影响：**\n\n一段\n\n- 单\n\n**解读**\n\n表\n\n1. 一\n\n2. 二\n"
    plain = render(text, OPTIONS).plain
    for word in ("前言", "甲", "小节", "引", "影响：", "一段", "单", "解读", "表", "一", "二"):
        assert word in plain


def test_raw_html_cannot_close_what_we_opened() -> None:
    page = render("## 主题\n\n### 甲\n\n</article></section><div>开\n\n文\n\n### 乙\n", OPTIONS).html
    assert page.count("<article") == page.count("</article>") == 2
    assert page.count("<div") == page.count("</div>") == 1
