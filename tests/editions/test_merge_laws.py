"""The laws of the merge, on generated posts and generated edits."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editions import FORMATS
from generator.editions.merge import merge
from generator.labels import labels_for
from generator.news import Article, Edition, Region, Section, Source, item_id

LABELS = labels_for("zh")
WORDS = [
    "英伟达",
    "发布",
    "新模型",
    "融资",
    "机器人",
    "开源",
    "评测",
    "监管",
    "芯片",
    "语音",
    "Agent",
    "GPT-5",
]


@st.composite
def sentence(draw: st.DrawFn) -> str:
    return "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))) + draw(
        st.sampled_from(["。", "，值得关注。", "", "！"])
    )


@st.composite
def story(draw: st.DrawFn, number: int) -> str:
    lines = [f"### [{draw(sentence())}](https://e.com/{number})", ""]
    for text in draw(st.lists(sentence(), max_size=2)):
        lines += [text, ""]
    if bullets := draw(st.lists(sentence(), max_size=3)):
        lines += ["**深度解读 & 洞察：**  ", *(f"- {text}" for text in bullets), ""]
    return "\n".join(lines) + "\n"


@st.composite
def bullet(draw: st.DrawFn, number: int) -> str:
    return f"- [{draw(sentence())}](https://e.com/{number})，{draw(sentence())}\n"


@st.composite
def post(draw: st.DrawFn) -> str:
    parts = [f"---\ntitle: {draw(st.sampled_from(WORDS))}\ndate: 2026-01-07\n"]
    if tags := draw(st.lists(st.sampled_from(WORDS), max_size=3)):
        parts.append(f"tags: {tags}\n")
    parts.append(f"---\n# {draw(st.sampled_from(['标题', '另一个标题', '头条：模型']))}\n\n")
    # an address stands once in a post; the same story may be told in one version and a line in another
    numbers = iter(draw(st.permutations(range(20))))
    for name in draw(st.lists(st.sampled_from(["硬件", "模型", "资本", "应用"]), unique=True, max_size=3)):
        parts.append(f"## {name}\n\n")
        parts += [draw(story(next(numbers))) for _ in range(draw(st.integers(0, 4)))]
        if draw(st.booleans()):
            parts.append(f"**影响：**\n- {draw(sentence())}\n\n")
    if items := [draw(bullet(next(numbers))) for _ in range(draw(st.integers(0, 5)))]:
        parts += ["## 更多动态\n\n", *items]
    return "".join(parts)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """What a person may leave of `text`: blocks reworded, added, deleted, moved."""
    head, title, body = re.split(r"(?m)^(# .+\n\n)", text, maxsplit=1)
    blocks = [block for block in re.split(r"(?<=\n)\n+|(?<=\n)(?=- )", body) if block.strip()]
    for _ in range(draw(st.integers(0, 4))):
        if not blocks:
            break
        at = draw(st.integers(0, len(blocks) - 1))
        deed = draw(st.sampled_from(["reword", "add", "delete", "move"]))
        if deed == "reword":
            blocks[at] = blocks[at].rstrip("\n") + "（编者改）\n"
        elif deed == "add":
            blocks.insert(
                at,
                draw(
                    st.sampled_from(
                        ["编者按：另有一事。\n", "### [自采](https://own.example/1)\n", "> 引语\n"]
                    )
                ),
            )
        elif deed == "delete":
            del blocks[at]
        else:
            blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(at))
    joined = ""
    for block in blocks:
        glued = block.startswith("- ") and joined.rstrip("\n").split("\n")[-1].startswith(("- ", "**"))
        joined = (joined.rstrip("\n") + ("\n" if glued else "\n\n") if joined else "") + block
    if draw(st.booleans()):
        head = head.replace("title: ", "title: 我的")
    return head + title + joined


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str, str]:
    base = draw(post())
    current = draw(edited(base))
    fresh = draw(st.one_of(post(), edited(base)))
    return base, current, fresh


@given(versions())
@settings(max_examples=60, deadline=None)
def test_an_untouched_file_becomes_the_fresh_text(texts: tuple[str, str, str]) -> None:
    base, _, fresh = texts
    assert merge(base, base, fresh).text == fresh


@given(versions())
@settings(max_examples=60, deadline=None)
def test_without_news_nothing_changes(texts: tuple[str, str, str]) -> None:
    base, current, _ = texts
    assert merge(base, current, base).text == current


@given(versions())
@settings(max_examples=60, deadline=None)
def test_merging_twice_changes_nothing(texts: tuple[str, str, str]) -> None:
    base, current, fresh = texts
    once = merge(base, current, fresh).text
    assert merge(base, once, fresh).text == once  # a crash between the post and its record
    assert merge(fresh, once, fresh).text == once  # the next run of the same day


@given(versions())
@settings(max_examples=60, deadline=None)
def test_what_the_person_wrote_stays(texts: tuple[str, str, str]) -> None:
    base, current, fresh = texts
    merged = merge(base, current, fresh).text
    for line in current.split("\n"):
        if ("编者" in line or "自采" in line or "我的" in line) and line not in base:
            assert line in merged, line


@given(versions())
@settings(max_examples=60, deadline=None)
def test_a_story_the_person_deleted_stays_deleted(texts: tuple[str, str, str]) -> None:
    base, current, fresh = texts
    merged = merge(base, current, fresh).text
    gone = set(re.findall(r"\]\((\S+)\)", base)) - set(re.findall(r"\]\((\S+)\)", current))
    kept = {
        url
        for url in gone
        if base.count(f"({url})") == 1 and fresh.count(f"({url})") == 1 and f"({url})" in merged
    }
    assert not kept


@given(versions())
@settings(max_examples=60, deadline=None)
def test_no_conflict_mark_is_ever_written(texts: tuple[str, str, str]) -> None:
    merged = merge(*texts).text
    assert not re.search(r"^(?:<{5,}|={5,}|>{5,}|\|{5,})", merged, re.MULTILINE)


@given(st.lists(st.integers(0, 14), min_size=2, max_size=6, unique=True), st.data())
@settings(max_examples=40, deadline=None)
def test_the_persons_order_of_stories_stays(numbers: list[int], data: st.DataObject) -> None:
    def text(*of: int) -> str:
        stories = (
            f"### [第{number}家发布产品](https://e.com/{number})\n\n其一，{number}。\n\n" for number in of
        )
        return "# 标题\n\n## 一\n\n" + "".join(stories)

    order = data.draw(st.permutations(numbers))
    merged = merge(text(*numbers), text(*order), text(20, *numbers)).text
    kept = [int(number) for number in re.findall(r"e\.com/(\d+)", merged)]
    assert [number for number in kept if number != 20] == order and kept.count(20) == 1


def test_a_post_deleted_by_hand_stays_deleted() -> None:
    merged = merge("# 题\n", None, "# 题\n\n新。\n")
    assert (merged.text, merged.deleted) == ("", True)


def test_front_matter_in_another_notation_stays_whole() -> None:
    base = "---\ntitle: 题\n---\n# 题\n\n旧。\n"
    current = '+++\ntitle = "题"\nweight = 1\n+++\n# 题\n\n旧。\n'
    merged = merge(base, current, "---\ntitle: 新题\ntags: [甲]\n---\n# 新题\n\n新。\n")
    assert merged.text == '+++\ntitle = "题"\nweight = 1\n+++\n# 新题\n\n新。\n'
    assert "the front matter, which you wrote in another notation" in merged.kept


def told(number: int, *, name: str = "", text: str = "") -> Article:
    url = f"https://e.com/{number}"
    source = Source(item_id(url), url, "示例社")
    words = text or f"第{number}家公司公布了全新的芯片{'甲乙丙丁戊己'[number]}，性能翻倍。"
    return Article(source.id, name, words, region=Region.DOMESTIC, reason="产品发布", sources=(source,))


def numbered(form: str, *articles: Article) -> str:
    edition = Edition(
        "2026-03-05", dt.date(2026, 3, 5), "日报", sections=(Section("国内", articles=articles),)
    )
    return FORMATS[form].write(edition, LABELS).text


def counts_apart(text: str) -> str:
    """A report without its closing line, which counts the stories: a person who changed it keeps it."""
    return re.sub(r"^📊 .*", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("form", ["report", "digest"])
def test_a_story_that_comes_in_renumbers_the_others_and_leaves_an_edit_alone(form: str) -> None:
    base = numbered(form, told(1), told(2), told(3))
    current = base.replace("第2家公司公布了全新的芯片丙，性能翻倍。", "第2家公司公布了芯片丙（编者：待核）。")
    fresh = numbered(form, told(4), told(1), told(2), told(3))
    edited = told(2, text="第2家公司公布了芯片丙（编者：待核）。")
    assert merge(base, current, fresh, numbered=True).text == numbered(
        form, told(4), told(1), edited, told(3)
    )


@pytest.mark.parametrize("form", ["report", "digest"])
def test_a_numbered_story_that_the_person_deleted_stays_deleted(form: str) -> None:
    base = numbered(form, told(1), told(2), told(3))
    current = numbered(form, told(1), told(3))
    fresh = numbered(form, told(1), told(2), told(3), told(4))
    merged = merge(base, current, fresh, numbered=True).text
    assert counts_apart(merged) == counts_apart(numbered(form, told(1), told(3), told(4)))
    assert merge(base, merged, fresh, numbered=True).text == merged


@pytest.mark.parametrize("form", FORMATS)
def test_an_untouched_post_of_every_format_becomes_the_fresh_one(form: str) -> None:
    base, fresh = numbered(form, told(1), told(2)), numbered(form, told(3), told(1))
    numbers = FORMATS[form].NUMBERED
    assert merge(base, base, fresh, numbered=numbers).text == fresh
    assert merge(base, base.replace("性能翻倍", "性能（编者）"), base, numbered=numbers).text == base.replace(
        "性能翻倍", "性能（编者）"
    )


def test_a_section_added_at_the_end_takes_in_no_story_that_changed_its_place() -> None:
    short = [f"- [短讯{n}](https://e.com/{n})\n" for n in range(4)]
    more, errata = "## 更多动态\n\n", "\n## 勘误\n\n- 2026-03-06：参数量应为 70 亿。\n"
    base = more + short[0] + short[1] + short[2]
    fresh = more + short[0] + short[2] + short[1] + short[3]
    assert merge(base, base + errata, fresh).text == fresh + errata
    # one that lost the story before it, too
    fewer = more + short[1] + short[0] + short[3]
    assert merge(base, base + errata, fewer).text == fewer + errata


def test_a_heading_put_between_stories_keeps_those_below_it() -> None:
    short = [f"- [短讯{n}](https://e.com/{n})\n" for n in range(4)]
    base = "## 更多动态\n\n" + short[0] + short[1]
    current = "## 更多动态\n\n" + short[0] + "\n## 编者之选\n\n" + short[1]
    merged = merge(base, current, base + short[2]).text
    assert merged.index("短讯0") < merged.index("编者之选") < merged.index("短讯1")


def test_a_post_keeps_one_title_though_both_sides_changed_it() -> None:
    base, current, fresh = (
        f"# {title}\n\n> 离线版。\n\n## 模型\n\n### [甲](https://e.com/1)\n\n一。\n"
        for title in ("甲乙丙", "丁戊己", "庚辛壬")
    )
    merged = merge(base, current.replace("> 离线版。", "> 编者按：有更正。\n\n> 离线版。"), fresh).text
    assert re.findall("(?m)^# .+", merged) == ["# 丁戊己"]
    assert merged.count("离线版") == 1


TOLD = [f"### [要闻{n}](https://e.com/{n})\n\n正文{n}。\n\n" for n in range(4)]
LINE = [f"- [要闻{n}](https://e.com/{n})\n" for n in range(4)]
MORE = "## 更多动态\n\n"


def test_a_story_that_becomes_a_line_leaves_the_stories_of_the_person_s_order() -> None:
    base = "## 甲\n\n" + TOLD[0] + "## 乙\n\n" + TOLD[1] + TOLD[2] + MORE + LINE[3]
    moved = "## 乙\n\n" + TOLD[1] + TOLD[2] + "## 甲\n\n" + TOLD[0] + MORE + LINE[3]
    fresh = "## 甲\n\n" + TOLD[0] + "## 乙\n\n" + TOLD[1] + MORE + LINE[2] + LINE[3]
    assert (
        merge(base, moved, fresh).text
        == "## 乙\n\n" + TOLD[1] + "## 甲\n\n" + TOLD[0] + MORE + LINE[2] + LINE[3]
    )


def test_a_story_the_person_reworded_is_not_squeezed_into_a_line() -> None:
    base = "## 甲\n\n" + TOLD[0] + TOLD[1] + MORE + LINE[3]
    current = base.replace("正文1。", "正文1，编者改。")
    fresh = "## 甲\n\n" + TOLD[0] + MORE + LINE[1] + LINE[3]
    assert merge(base, current, fresh).text.split() == current.split()


def test_a_new_section_takes_in_no_story_of_the_person_s_order() -> None:
    base = "## 甲\n\n" + TOLD[0] + "## 乙\n\n" + TOLD[1] + TOLD[2]
    own = "### [自采](https://own.example/1)\n\n本报独家。\n\n"
    current = "## 乙\n\n" + TOLD[1] + own + TOLD[2] + "## 甲\n\n" + TOLD[0]
    fresh = "## 甲\n\n" + TOLD[0] + "## 乙\n\n" + TOLD[1] + "## 丙\n\n" + TOLD[2]
    assert merge(base, current, fresh).text == current
    fresh = "## 甲\n\n" + TOLD[0] + "## 丁\n\n" + TOLD[1] + TOLD[3] + TOLD[2]
    merged = merge(base, current, fresh).text
    assert re.findall("(?m)^## .+", merged)[0] == "## 乙" and merged.index("自采") < merged.index("## 甲")
