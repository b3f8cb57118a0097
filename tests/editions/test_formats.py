"""Every format both ways: samples come back byte for byte, editions lose only what the writer names."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editions import FORMATS, detect
from generator.editions.post import as_post
from generator.editions.report.twin import write_twin
from generator.errors import ContentError
from generator.labels import available, labels_for
from generator.news import (
    Article,
    Correction,
    Edition,
    Importance,
    Insight,
    Mode,
    Point,
    Region,
    Retraction,
    Section,
    SectionKind,
    Source,
    Stats,
    item_id,
)

DATA = Path(__file__).parents[1] / "data/editions"
SEEDS = Path(__file__).resolve().parents[3] / "shared/seeds"
LABELS = labels_for("zh")
OWN = {"report": "report.txt", "themed": "themed.md", "digest": "digest.md", "bulletin": "bulletin.txt"}
STORIES = {"report": (3, 1, 2), "themed": (4, 2, 2), "digest": (2, 2), "bulletin": (2, 1, 1)}


def own(name: str) -> str:
    return (DATA / OWN[name]).read_bytes().decode()


@pytest.mark.parametrize("name", OWN)
def test_a_sample_comes_back_byte_for_byte(name: str) -> None:
    edition = FORMATS[name].parse(own(name)).edition
    assert FORMATS[name].write(edition, LABELS).text == own(name)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize(
    ("start", "name", "stories"),
    [
        ("000", "report", 27),
        ("001", "report", 19),
        ("002", "themed", 40),
        ("003", "digest", 8),
        ("004", "bulletin", 13),
    ],
)
def test_a_shared_sample_comes_back_byte_for_byte(start: str, name: str, stories: int) -> None:
    text = next(SEEDS.glob(f"{start}*")).read_bytes().decode()
    assert detect(text) == name
    edition = FORMATS[name].parse(text).edition
    assert len(list(edition.articles)) == stories
    assert FORMATS[name].write(edition, LABELS) == dataclasses.replace(
        FORMATS[name].write(edition, LABELS), text=text, dropped=(), made=()
    )


@pytest.mark.parametrize("name", OWN)
def test_a_format_is_known_by_its_look(name: str) -> None:
    assert detect(own(name)) == name
    assert detect(own(name).replace("\n", "\r\n")) == name


def test_a_report_is_read_field_by_field() -> None:
    parsed = FORMATS["report"].parse(own("report"))
    edition = parsed.edition
    assert edition.date == dt.date(2026, 3, 5)
    assert edition.generated_at == dt.datetime(2026, 3, 5, 8, 12, 9, tzinfo=dt.UTC)
    assert edition.stats.raw_total == 61
    assert edition.lead.endswith("重点关注：天枢 3 开放接口；一降再降。")
    first, second, third = edition.articles
    assert first.text == "星桥科技开放天枢 3 的接口，输入每百万 tokens 0.8 元。"
    assert (first.region, first.importance) == (Region.DOMESTIC, Importance.HIGH)
    assert first.reason == "新品发布；有一手来源"
    assert (first.publisher, first.url) == ("星桥 | 新闻中心", "https://xingqiao.example.com/news/1?f=rss")
    assert first.tags == ("大模型", "开发工具")
    assert (second.region, second.importance) == (Region.INTERNATIONAL, Importance.MEDIUM)
    assert (third.importance, third.reason, third.tags) == (Importance.LOW, "", ())
    lines = own("report").split("\n")
    line, column = parsed.places["s1.a0.text"]
    assert lines[line - 1][column - 1 :].startswith("Orbit Labs")


def test_a_bulletin_is_read_field_by_field() -> None:
    parsed = FORMATS["bulletin"].parse(own("bulletin"))
    first, second = parsed.edition.articles
    assert first.headline == "某市公布算力补贴办法"
    assert first.text == "办法自四月起施行，按实际使用量补贴。"
    assert first.background == "去年该市算力中心的平均使用率不足一半。"
    assert first.points == (
        Point("对象", "在当地注册的中小企业。"),
        Point("额度", "每家每年不超过 50 万元。"),
    )
    assert second.url == "https://xingqiao.example.com/news/tianshu-3.html"
    assert second.publisher == "星桥科技"
    line, column = parsed.places["s1.a0.background"]
    assert own("bulletin").split("\n")[line - 1][column - 1 :].startswith("上一代")


def test_a_bulletin_story_parted_by_a_blank_line_stays_one() -> None:
    text = (
        own("bulletin")
        .replace("办法\n说明", "办法\n\n说明")
        .replace("要点：\n- **价格", "要点：\n\n- **价格")
    )
    first, second = FORMATS["bulletin"].parse(text).edition.articles
    assert (first.headline, len(first.points), len(second.points)) == ("某市公布算力补贴办法", 2, 2)


def test_a_digest_is_read_field_by_field() -> None:
    edition = FORMATS["digest"].parse(own("digest")).edition
    assert edition.title == "示例简报 - 2026-03-05"
    assert edition.lead == "星桥科技开放接口，云帆交付首批机器人。"
    assert [article.headline for article in edition.articles] == ["", ""]
    assert next(edition.articles).text.startswith("**星桥科技**今天")


def test_a_themed_post_is_read_field_by_field() -> None:
    edition = FORMATS["themed"].parse(own("themed")).edition
    first, second, third, fourth = edition.articles
    assert first.url == "https://xingqiao.example.com/news/1?a=1&b==2"
    assert (first.importance, first.region) == (Importance.HIGH, Region.DOMESTIC)
    assert (first.tags, first.marks) == (("大模型", "开发工具"), ("foreign", "pinned"))
    assert [insight.text for insight in first.insights] == [
        "价格战从对话转向接口。",
        "缓存折扣让长上下文的用法便宜下来。",
    ]
    assert second.groups[0].texts == ("单台每小时搬运 40 箱",)
    assert edition.sections[0].impact == (Insight("对供应链是利好。"),)
    assert edition.sections[1].kind is SectionKind.MORE
    assert (third.text, fourth.importance) == ("参数约 70 亿。", Importance.LOW)
    assert edition.corrections[0].article == second.id
    assert [entry.date.day for entry in edition.corrections] == [6, 7]


@pytest.mark.parametrize(
    ("heading", "headline"),
    [
        ("[甲发布模型](https://e.com/a)：三句话看懂", "甲发布模型：三句话看懂"),
        ("甲发布[模型](https://e.com/a)与工具", "甲发布模型与工具"),
        ("[**甲**发布模型](https://e.com/a)", "甲发布模型"),
    ],
)
def test_a_link_around_a_part_of_a_heading_is_the_storys(heading: str, headline: str) -> None:
    (article,) = FORMATS["themed"].parse(f"## 模型\n\n### {heading}\n\n正文。\n").edition.articles
    assert (article.headline, article.url) == (headline, "https://e.com/a")


def test_short_stories_without_a_link_and_names_of_their_lists_are_told_apart() -> None:
    text = (
        "## 更多动态\n\n### 芯片\n\n- **甲涨价**：存储芯片涨了。\n- [乙扩产](https://e.com/b)，明年投产。\n"
    )
    more, chips = FORMATS["themed"].parse(text).edition.sections
    assert (more.articles, chips.name, chips.kind) == ((), "芯片", SectionKind.MORE)
    assert [(one.headline, one.text, one.url) for one in chips.articles] == [
        ("甲涨价", "存储芯片涨了。", ""),
        ("乙扩产", "明年投产。", "https://e.com/b"),
    ]


def test_a_part_that_says_something_else_is_written_anew_and_the_others_keep_their_spelling() -> None:
    text = "# 题\n\n## 一\n### [甲](https://e.com/a)\n正文。\n\n\n## 二\n### [乙](https://e.com/b)\n正文。\n"
    edition = FORMATS["themed"].parse(text).edition
    first, second = edition.sections
    changed = dataclasses.replace(edition, sections=(first, dataclasses.replace(second, name="三")))
    assert FORMATS["themed"].write(changed, LABELS).text == (
        "# 题\n\n## 一\n### [甲](https://e.com/a)\n正文。\n\n\n## 三\n\n### [乙](https://e.com/b)\n\n正文。\n"
    )


def test_front_matter_in_toml_stays_toml_with_the_keys_that_are_not_ours() -> None:
    text = (
        '+++\ntitle = "旧题"\n# 给站点\nweight = 3\ndate = 2026-01-07\n\n'
        '[params]\ntitle = "别的"\n+++\n# 旧题\n\n## 一\n\n### [甲](https://e.com/a)\n'
    )
    edition = FORMATS["themed"].parse(text).edition
    assert FORMATS["themed"].write(edition, LABELS).text == text
    changed = dataclasses.replace(edition, title='新"题"', tags=("芯片", "融资"))
    written = FORMATS["themed"].write(changed, LABELS).text
    assert written.startswith(
        '+++\ntitle = "新\\"题\\""\n# 给站点\nweight = 3\ndate = 2026-01-07\ntags = ["芯片", "融资"]\n\n'
        '[params]\ntitle = "别的"\n+++\n'
    )
    after = FORMATS["themed"].parse(written).edition
    assert (after.title, after.tags) == ('新"题"', ("芯片", "融资"))


@pytest.mark.parametrize("language", available())
def test_notes_are_written_in_the_papers_words_and_read_back(language: str) -> None:
    labels = labels_for(language)
    marks = ("foreign", "fallback", "pinned", "suspicious", "of my own")
    edition = _edition(marks=marks)
    text = FORMATS["themed"].write(edition, labels).text
    assert labels.foreign in text and "foreign" not in text
    assert next(FORMATS["themed"].parse(text).edition.articles).marks == marks


def test_notes_written_as_codes_are_still_read() -> None:
    text = own("themed").replace("外文来源、置顶", "foreign、suspicious")
    assert next(FORMATS["themed"].parse(text).edition.articles).marks == ("foreign", "suspicious")


# ---- any edition in any format


def _edition(**change: object) -> Edition:
    source = Source(item_id("https://e.com/1"), "https://e.com/1", "示例社")
    article = Article(
        source.id,
        "标题 [一]：a*b",
        "正文*重点*。",
        region=Region.DOMESTIC,
        importance=Importance.HIGH,
        reason="要闻",
        tags=("芯片",),
        background="背景一句。",
        points=(Point("价格", "0.8 元"), Point("", "无标签")),
        insights=(Insight("分析一句。"),),
        sources=(source,),
    )
    return Edition(
        "2026-03-05",
        dt.date(2026, 3, 5),
        "日报题目",
        generated_at=dt.datetime(2026, 3, 5, 1, 2, 3, tzinfo=dt.UTC),
        category="AI 日报",
        tags=("AI",),
        lead="导语。",
        stats=Stats(raw_total=10),
        mode=Mode.OFFLINE,
        mode_note="本期未用模型。",
        sections=(
            Section(
                "模型", SectionKind.THEME, (dataclasses.replace(article, **change),), (Insight("影响一句。"),)
            ),
        ),
    )


HELD = {
    "themed": "headline text url region importance tags background points insights",
    "report": "url publisher region importance reason tags",
    "digest": "headline text",
    "bulletin": "headline text url publisher background points",
}


@pytest.mark.parametrize("language", available())
@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_holds_comes_back_and_what_not_is_named(name: str, language: str) -> None:
    labels = labels_for(language)
    before = _edition()
    written = FORMATS[name].write(before, labels)
    after = FORMATS[name].parse(written.text).edition
    assert (after.date, after.mode, after.mode_note) == (before.date, before.mode, before.mode_note)
    (one,), (two,) = before.articles, after.articles
    for field in HELD[name].split():
        assert getattr(two, field) == getattr(one, field), field
    names = {"url": "link"}
    for field in (
        "headline",
        "text",
        "url",
        "publisher",
        "region",
        "importance",
        "reason",
        "tags",
        "background",
        "points",
        "insights",
    ):
        told = any(words.startswith(f"{names.get(field, field)} of 1 story") for words in written.dropped)
        assert told is (not getattr(two, field)), (field, written.dropped)
    if name in ("report", "digest"):
        assert after.generated_at == before.generated_at
    assert FORMATS[name].write(after, labels).text == written.text


@pytest.mark.parametrize("name", FORMATS)
@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_a_parser(name: str, text: str) -> None:
    for candidate in (text, own(name)[: len(text) * 3] + text + own(name)[len(text) * 3 :]):
        FORMATS[name].matches(candidate)
        try:
            FORMATS[name].parse(candidate)
        except ContentError as error:
            assert error.problems


HOSTILE = [
    "](https://x.example)",
    "**",
    "`",
    "<script>",
    "# 题",
    "- 项",
    "1. 项",
    "说明：",
    "---",
    "](",
    "\\",
    "|",
    "&lt;",
    "🔥 ",
    "【国内动态】",
]


@pytest.mark.parametrize("name", FORMATS)
@given(words=st.lists(st.sampled_from([*HOSTILE, "甲", "乙 ", "c"]), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_headline_cannot_add_or_lose_a_story(name: str, words: list[str]) -> None:
    headline = "题" + "".join(words)
    edition = _edition(headline=headline, text="正文。")
    after = FORMATS[name].parse(FORMATS[name].write(edition, LABELS).text).edition
    (article,) = after.articles
    if "headline" in HELD[name]:
        assert article.headline == headline.strip()


# ---- a report's days and hours


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("zh", "甲公司上市。", "3月5日消息，甲公司上市。"),
        ("zh", "3月4日，甲公司上市。", "3月4日，甲公司上市。"),
        ("zh-Hant", "新華社北京3月5日電 甲公司上市。", "新華社北京3月5日電 甲公司上市。"),
        ("en", "The firm went public.", "3/5: The firm went public."),
        (
            "en",
            "PARIS, March 5 (AFP) - The firm went public.",
            "PARIS, March 5 (AFP) - The firm went public.",
        ),
    ],
)
def test_the_day_opens_a_story_unless_the_story_opens_with_one(language: str, text: str, line: str) -> None:
    labels = labels_for(language)
    written = FORMATS["report"].write(_edition(text=text), labels).text
    assert f"1、{line}\n" in written and f"1、🔥 {line}\n" in written
    after = FORMATS["report"].parse(written).edition
    assert next(after.articles).text == text and not after.extras.keys() & {"report.bare", "report.dated"}
    assert FORMATS["report"].write(after, labels).text == written
    assert json.loads(write_twin(after, labels))["domestic"][0]["summary"] == line


def test_a_report_that_says_the_day_twice_or_not_at_all_stays_so() -> None:
    text = (
        own("report")
        .replace("3月5日消息，星桥", "3月5日消息，3月4日，星桥")
        .replace("3月5日消息，Orbit", "Orbit")
    )
    edition = FORMATS["report"].parse(text).edition
    assert next(edition.articles).text.startswith("3月4日，星桥")
    assert FORMATS["report"].write(edition, LABELS).text == text


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Shanghai", "2026-03-05 09:02:03+08:00"), ("America/New_York", "2026-03-04 20:02:03-05:00")],
)
def test_a_report_and_its_twin_tell_the_same_hour_and_its_zone(zone: str, hour: str) -> None:
    before = dataclasses.replace(_edition(), timezone=zone)
    text = FORMATS["report"].write(before, LABELS).text
    assert f"生成时间: {hour}\n" in text
    assert json.loads(write_twin(before, LABELS))["generated_at"] == hour
    after = FORMATS["report"].parse(text).edition
    assert after.generated_at == before.generated_at
    assert FORMATS["report"].write(after, LABELS).text == text
    assert json.loads(write_twin(after, LABELS))["generated_at"] == hour


def test_a_report_whose_clock_names_no_zone_keeps_its_hour_in_the_twin() -> None:
    twin = write_twin(FORMATS["report"].parse(own("report")).edition, LABELS)
    assert json.loads(twin)["generated_at"] == "2026-03-05 08:12:09"
    assert FORMATS["report"].parse(twin).edition.generated_at == dt.datetime(
        2026, 3, 5, 8, 12, 9, tzinfo=dt.UTC
    )


# ---- the twin, and posts of other formats


def test_a_reports_twin_holds_titles_scores_and_times() -> None:
    source = Source(
        item_id("https://e.com/1"),
        "https://e.com/1",
        "示例社",
        published=dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC),
    )
    before = _edition(sources=(source,), score=7.5, text="正文。")
    after = FORMATS["report"].parse(write_twin(before, LABELS)).edition
    (article,) = after.articles
    assert (article.headline, article.text, article.score) == ("标题 [一]：a*b", "正文。", 7.5)
    assert article.sources[0].published == source.published
    assert after.stats.raw_total == 10


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"date": 3}', '{"date":"2026-01-07","domestic":[1],"international":[]}']
)
def test_a_broken_twin_is_a_located_error(text: str) -> None:
    with pytest.raises(ContentError):
        FORMATS["report"].parse(text, "twin.json")


def test_a_report_is_shown_by_its_structure() -> None:
    shaped = as_post(own("report"), LABELS, "content/posts/2026-03-05/index.md")
    assert shaped is not None
    assert (
        "### [星桥科技开放天枢 3 的接口，输入每百万 tokens 0.8 元](https://xingqiao.example.com/news/1?f=rss)"
        in shaped.text
    )
    assert "=====" not in shaped.text
    assert [article.reason for article in shaped.edition.articles] == ["新品发布；有一手来源", "模型发布", ""]


def test_a_digest_keeps_its_front_matter_and_shows_no_code() -> None:
    text = own("digest").replace("draft: false", "draft: true\nslug: kept")
    assert as_post(text.replace("\n", "\r\n"), LABELS) == as_post(text, LABELS)
    shaped = as_post(text, LABELS)
    assert shaped is not None
    assert "draft: true\nslug: kept\n" in shaped.text
    assert "```" not in shaped.text
    assert "1. **星桥科技**今天" in shaped.text


def test_the_record_gives_a_report_its_title_and_headlines() -> None:
    known = _edition()
    text = FORMATS["report"].write(known, LABELS).text
    shaped = as_post(text, LABELS, known=known)
    assert shaped is not None and shaped.edition is known
    assert "title: 日报题目" in shaped.text
    assert r"### [标题 \[一\]：a\*b](https://e.com/1)" in shaped.text


def test_what_was_corrected_or_taken_back_shows_on_a_reports_page() -> None:
    known = dataclasses.replace(
        _edition(),
        corrections=(Correction(dt.date(2026, 3, 6), "价格应为 0.8 元。"),),
        retractions=(Retraction("a9", (), "来源已更正", dt.date(2026, 3, 6)),),
    )
    shaped = as_post(FORMATS["report"].write(known, LABELS).text, LABELS, known=known)
    assert shaped is not None
    assert "> **本栏有一条报道已撤回**：来源已更正（2026-03-06）" in shaped.text
    assert "## 勘误\n\n- 2026-03-06：价格应为 0.8 元。" in shaped.text


def test_markdown_posts_stay_as_they_are() -> None:
    assert as_post(own("themed"), LABELS) is None
    assert (
        as_post(
            "---\ntitle: 随笔\n---\n### **小节**\n\n```\ncode that is long enough to be seen\n```\n", LABELS
        )
        is None
    )
