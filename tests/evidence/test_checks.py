"""One right story stays clean; each broken respect is found, and named for what it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generator.evidence import checks as table
from generator.evidence import modality
from generator.evidence.checks import CHECKS
from generator.evidence.dossier import Context
from generator.evidence.finding import blocked
from generator.evidence.verify import verify
from generator.news import Acceptance, Article, Edition, Insight, Printed, Section, Source
from tests.evidence.cases import DAY, OTHERS, SOURCE, STORY, Parsed, edition, findings, kinds, told


def test_a_right_story_is_clean() -> None:
    assert findings() == []


def test_a_swapped_link_is_found_by_record_and_without() -> None:
    wrong = replace(STORY, sources=(replace(SOURCE, url=OTHERS[0].url, publisher="彭博社"),))
    assert kinds(wrong) == ["pairing"]
    assert "pairing" in {f.kind for f in verify(edition(wrong), None, Context(sources=(SOURCE, *OTHERS)))}


def test_an_invented_address_is_none_of_the_sources() -> None:
    wrong = replace(STORY, sources=(replace(SOURCE, url="https://36kr.com/p/9999"),))
    (finding,) = findings(wrong)
    assert (finding.kind, finding.fix) == ("pairing", "link https://36kr.com/p/1001")


OWN = "if the story is your own, sign it off: ribao verify --accept ID --why TEXT"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("本报读者沙龙周六举行", "沙龙周六下午在本报编辑部举行，欢迎读者报名。"),
        # speaks of what another story of the edition tells
        ("星海图融资后，我们走访了它的工厂", "机器人公司星海图完成B轮融资后，本报走访了它的工厂。"),
    ],
)
def test_a_persons_own_story_is_to_be_signed_off_and_not_to_link_anothers_source(
    headline: str, text: str
) -> None:
    mine = Article("f1", headline, text, sources=(Source("", "https://own.example.org/1", ""),))
    found = verify(edition(STORY, mine), edition(STORY), Context(sources=OTHERS), only=("pairing",))
    assert [(one.article, one.fix, one.evidence) for one in found] == [(headline, OWN, "")]


def test_a_story_without_a_record_is_shown_a_source_that_is_near_and_no_other_storys() -> None:
    near = OTHERS[1]
    mine = Article("f1", near.title, near.text, sources=(Source("", "https://own.example.org/1", ""),))
    (found,) = verify(edition(STORY, mine), edition(STORY), Context(sources=OTHERS), only=("pairing",))
    assert found.fix == f"link {near.url}; {OWN}"


@pytest.mark.parametrize(
    ("old", "new"),
    [("20亿元", "200亿元"), ("20亿元", "20万元"), ("20亿元", "20亿美元"), ("20亿元", "30亿元")],
)
def test_a_changed_figure_is_found(old: str, new: str) -> None:
    wrong = told(STORY.text.replace(old, new), headline=STORY.headline.replace(old, new))
    assert "number" in kinds(wrong)


def test_an_escaped_mark_is_the_mark_it_shows() -> None:
    source = replace(SOURCE, text=SOURCE.text + "公司估值约为~$892.5M，准确率仅有50~70%。")
    story = told(STORY.text + "公司估值约为\\~\\$892.5M，准确率仅有50\\~70%。", sources=(source,))
    assert findings(story, record=story) == []
    [wrong] = findings(told(story.text.replace("70%", "80%"), sources=(source,)), record=story)
    assert (wrong.kind, wrong.words) == ("number", "50~80%")


def test_what_a_section_concludes_brings_no_figure_and_no_name_of_its_own() -> None:
    lines = (
        "近20亿元的融资表明机器人行业仍受追捧。",
        "到明年这类融资将达到800亿元。",
        "这对宇树科技是一个信号。",
    )
    section = Section("融资", articles=(STORY,), impact=tuple(map(Insight, lines)))
    printed = Parsed(Edition("2026-01-07", DAY, sections=(section,)))
    found = verify(printed, edition(STORY), Context(sources=OTHERS), only=("number", "name"))
    assert [(one.kind, one.severity, one.key, one.message) for one in found] == [
        ("name", "warning", "s0.impact.2", "name 宇树科技 is in no source of this section"),
        ("number", "warning", "s0.impact.1", "800亿元 stands in no source of this section"),
    ]


def test_the_reason_is_the_papers_own_and_holds_no_figure_to_prove() -> None:
    source = replace(SOURCE, publisher="机器人新闻", url="https://news.example.com/1")
    story = replace(STORY, reason="星海图新品发布；36氪报道；另有12家报道", sources=(source,))
    assert findings(story, record=story) == []


@pytest.mark.parametrize("outlet", ["36氪", "21世纪经济报道", "88号观察"])
def test_an_outlets_name_is_no_figure(outlet: str) -> None:
    source = replace(SOURCE, publisher=outlet if outlet.startswith("88") else "机器人新闻", url="https://news.example.com/1")  # fmt: skip
    story = told(f"据{outlet}报道，{STORY.text}", sources=(source,))
    assert "number" not in {one.kind for one in findings(story, record=story)}
    wrong = told(f"据{outlet}报道，{STORY.text}公司有36名员工。", sources=(source,))
    found = [one for one in findings(wrong, record=wrong) if one.kind == "number"]
    assert [one.words for one in found] == ["36名"]


def test_a_figure_may_be_rounded_when_it_says_so() -> None:
    source = replace(SOURCE, text=SOURCE.text.replace("约20亿元", "19.8亿元"), title="星海图完成19.8亿元融资")
    story = replace(STORY, sources=(source,))
    assert findings(story, record=story) == []


def test_a_figure_that_agrees_across_languages_is_known() -> None:
    source = replace(
        SOURCE, title="", text="Galaxea has raised about 2 billion yuan in a Series B led by Hillhouse."
    )
    story = replace(STORY, headline="星海图完成约20亿元融资", text="", sources=(source,))
    assert "number" not in kinds(story, record=story)


def test_two_orders_of_size_in_one_story_contradict() -> None:
    story = replace(STORY, headline="Falcon H1R 7B开源", text="该模型仅7亿参数。", sources=())
    (finding,) = [f for f in findings(story, record=None, others=()) if f.kind == "number"]
    assert "different orders of size" in finding.message


@pytest.mark.parametrize("new", ["超20亿元", "20亿元", "近20亿元"])
def test_a_hedge_dropped_or_turned_is_found(new: str) -> None:
    wrong = told(STORY.text.replace("约20亿元", new), headline=STORY.headline.replace("约20亿元", new))
    assert kinds(wrong) == ["hedge"]


def test_a_plan_told_as_done_is_found() -> None:
    assert "modality" in kinds(
        told(STORY.text.replace("公司拟于2027年在港交所上市", "公司已于2027年在港交所上市"))
    )


@pytest.mark.parametrize(
    ("source", "reason", "found"),
    [
        ("谷歌研发新芯片，预计2028年发布", "谷歌新品发布；甲报报道", True),
        ("消息称阿里巴巴本月发布新模型", "阿里巴巴发布新模型，值得关注", True),
        ("谷歌研发新芯片，预计2028年发布", "谷歌新品发布（计划）；甲报报道", False),
        ("谷歌发布新芯片", "谷歌新品发布；甲报报道", False),
        ("谷歌研发新芯片，预计2028年发布", "谷歌 AI 芯片动态；甲报报道", False),
    ],
)
def test_a_reason_that_tells_a_plan_or_hearsay_as_done_is_found(
    source: str, reason: str, found: bool
) -> None:
    story = Article("m1", source, "", reason=reason, sources=(replace(SOURCE, title=source, text=""),))
    told_so = verify(edition(story), edition(story), Context(sources=story.sources), only=("modality",))
    assert [one.words for one in told_so] == ([reason] if found else [])


def test_a_headline_keeps_its_speaker() -> None:
    story = replace(
        STORY,
        headline="GPT-5.2代表AI实用性拐点",
        text="一位创始人转发观点称，GPT-5.2让模型更实用。",
        sources=(),
    )
    assert "modality" in kinds(story, record=None, others=())


@pytest.mark.parametrize(
    ("old", "new"), [("高瓴创投", "经纬创投"), ("港交所", "纽交所"), ("星海图", "宇树科技")]
)
def test_a_swapped_firm_is_found(old: str, new: str) -> None:
    wrong = told(STORY.text.replace(old, new), headline=STORY.headline.replace(old, new))
    assert "name" in kinds(wrong)


def test_a_swapped_person_with_a_role_is_found() -> None:
    text = STORY.text + "创始人王建国表示，公司会加大研发投入。"
    assert "name" in kinds(told(text))


def test_another_version_is_another_product() -> None:
    source = OTHERS[1]
    story = replace(STORY, headline="智谱发布GLM-4", text="智谱今日发布新一代模型GLM-4。", sources=(source,))
    assert "name" in kinds(story, record=story, others=(SOURCE, OTHERS[0]))


def test_an_invented_quotation_is_found_and_a_true_one_is_not() -> None:
    true = told(STORY.text + "创始人高继扬表示：“我们会把大部分资金投入研发。”")
    false = told(STORY.text + "创始人高继扬表示：“三年之内没有人能追上我们。”")
    assert findings(true) == []
    assert "quotation" in kinds(false)


def test_the_end_of_a_short_term_in_straight_marks_opens_no_quotation() -> None:
    first, left_out, last = '公司的产品"北辰"已经上线。', "价格没有公布。", '它被称为"合作的起点"。'
    source = replace(SOURCE, text=SOURCE.text + first + left_out + last)
    story = told(STORY.text + first + last, sources=(source,))
    assert findings(story, record=story) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("2027年", "2029年"), ("机器人公司", "1月3日消息，机器人公司"), ("机器人公司", "上周六，机器人公司")],
)
def test_a_moved_date_is_found(old: str, new: str) -> None:
    assert "date" in kinds(told(STORY.text.replace(old, new, 1)))


def test_old_news_is_not_news_unless_it_is_a_follow_up() -> None:
    old = replace(SOURCE, published=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    story = replace(STORY, sources=(old,))
    assert "date" in kinds(story, record=story)
    assert findings(replace(story, follow_up_of="2026-01-02#a1"), record=story) == []


def test_an_address_that_tells_its_time_dates_the_story() -> None:
    post = replace(
        SOURCE,
        url="https://x.com/gdb/status/2007938049209254002",
        title="",
        text="",
        published=None,
        publisher="",
    )
    (finding,) = findings(replace(STORY, sources=(post,)), record=None, others=())
    assert (finding.kind, finding.evidence) == ("date", "the post's id says 2026-01-04")


def test_two_stories_in_one_item_are_found() -> None:
    assert "merged" in kinds(told(STORY.text + OTHERS[1].text))


def test_a_round_up_is_no_story() -> None:
    assert "merged" in kinds(replace(STORY, headline="氪星晚报｜星海图完成融资"))


def test_a_story_printed_before_is_found_by_address_and_by_words() -> None:
    by_address = Printed("2026-01-05", "a1", "星海图获20亿元融资", DAY, (SOURCE,))
    by_words = Printed(
        "2026-01-05",
        "a1",
        "星海图完成约20亿元融资",
        DAY,
        (replace(SOURCE, url="https://b.example/2"),),
        STORY.text,
    )
    other = Printed("2026-01-05", "z9", "智谱发布GLM-5", DAY, (replace(SOURCE, url="https://b.example/3"),))
    assert kinds(earlier=[by_address]) == kinds(earlier=[by_words]) == ["repeat"]
    assert findings(earlier=[other]) == []


def test_a_summary_line_without_a_story_is_a_phantom() -> None:
    (finding,) = findings(summary=("星海图完成约20亿元融资", "特斯拉宣布在上海扩建储能工厂"))
    assert (finding.kind, finding.words) == ("phantom", "特斯拉宣布在上海扩建储能工厂")


def test_a_source_off_topic_is_said_to_be() -> None:
    source = replace(SOURCE, title="今年荔枝丰收", text="广东今年荔枝产量创新高，果农收入增加。")
    story = replace(STORY, headline="今年荔枝丰收", text="广东今年荔枝产量创新高。", sources=(source,))
    assert "relevance" in kinds(story, record=story, topics=("ai", "tech"))


def test_a_wrong_publisher_is_found() -> None:
    assert kinds(replace(STORY, sources=(replace(SOURCE, publisher="路透社"),))) == ["publisher"]


@pytest.mark.parametrize(
    ("recorded", "printed", "found"),
    [
        ("夜航笔记", "夜航笔记", []),
        ("夜航笔记", "微信公众号", []),
        ("夜航笔记", "晨读摘要", ["publisher"]),
        ("微信公众号", "夜航笔记", []),  # an editor knows whose page it is
        ("微信公众号", "机器之心", []),
        ("微信公众号", "路透社", ["publisher"]),
        ("", "机器之心", []),  # without a record nothing says whose it is
    ],
)
def test_at_a_platform_the_account_publishes(recorded: str, printed: str, found: list[str]) -> None:
    source = replace(SOURCE, url="https://mp.weixin.qq.com/s/x", publisher=recorded)
    mine = replace(STORY, sources=(replace(source, publisher=printed),))
    assert kinds(mine, record=replace(STORY, sources=(source,)) if recorded else None) == found


def test_an_untranslated_item_is_found_unless_marked() -> None:
    story = replace(STORY, headline=OTHERS[0].title, text=OTHERS[0].text, sources=(OTHERS[0],))
    assert kinds(story, record=story, others=(SOURCE,)) == ["language"]
    marked = replace(story, marks=("foreign",))
    assert findings(marked, record=marked, others=(SOURCE,)) == []


@pytest.mark.parametrize(
    "text", ["星海图“完成融资。", "星海图&amp;amp;高瓴", "星海图 **完成融资", "融资 undefined 亿元"]
)
def test_broken_form_is_found(text: str) -> None:
    assert "form" in kinds(told(text))


def test_a_sentence_nobody_said_is_a_to_do() -> None:
    story = told(STORY.text + "这家企业的办公楼位于一条安静的河边，门口种着银杏树。")
    (finding,) = findings(story)
    assert (finding.kind, finding.severity) == ("support", "warning")


def test_what_a_person_accepted_is_not_said_again() -> None:
    story = replace(STORY, sources=(replace(SOURCE, publisher="路透社"),))
    (finding,) = findings(story)
    known = edition(STORY, accepted=(Acceptance(finding.id, finding.kind, finding.words, "路透社授权转载"),))
    assert verify(edition(story), known, Context(sources=OTHERS)) == []


def test_only_errors_of_the_named_kinds_block() -> None:
    wrong = replace(STORY, sources=(replace(SOURCE, url=OTHERS[0].url, publisher="彭博社"),))
    assert [f.kind for f in blocked(findings(wrong), ("pairing", "link"))] == ["pairing"]
    assert blocked(findings(wrong), ("hedge",)) == []


def test_a_check_that_cannot_run_is_itself_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(dossier: object) -> list[object]:
        raise ZeroDivisionError("no")

    monkeypatch.setitem(table.CHECKS, "hedge", broken)  # type: ignore[arg-type]
    (finding,) = findings()
    assert (finding.kind, finding.severity) == ("hedge", "error")
    assert "could not run" in finding.message


def test_every_kind_has_its_rule_for_annotations() -> None:
    from generator.evidence.sarif import RULES

    assert RULES.keys() == CHECKS.keys()


def test_of_several_sources_of_a_story_any_may_be_linked() -> None:
    other = replace(SOURCE, id="a9", url="https://example.org/galaxea", title="星海图获融资", text="")
    story = replace(STORY, sources=(other, SOURCE))
    assert "pairing" not in kinds(story, record=story)


def test_two_pages_of_one_title_are_as_good_as_one() -> None:
    twin = replace(SOURCE, id="a9", url="https://b.example/post/1", text="")
    story = replace(STORY, sources=(replace(twin),))
    assert "pairing" not in kinds(story, record=story, others=(SOURCE, *OTHERS))


def test_a_cover_text_repeats_the_title_and_claims_nothing_more() -> None:
    title = "消息人士称，星海图完成约20亿元融资"
    story = replace(STORY, headline=title)
    assert kinds(story, record=story, title=title, cover_alt=f"《日报》2026年1月7日封面：{title}") == []


def test_a_line_may_name_the_headline_that_the_format_does_not_print() -> None:
    bare = replace(STORY, headline="", text="Galaxea closed its round.")
    known = replace(bare, headline="星海图完成约20亿元融资")
    assert "phantom" not in kinds(bare, record=known, lead="重点关注：星海图完成约20亿元融资。")


def test_a_question_states_nothing() -> None:
    assert "support" not in kinds(told(STORY.text + "办公楼门口那条安静的河边为什么种着银杏树？"))


def test_words_of_code_are_no_fault_where_the_source_has_them() -> None:
    source = replace(SOURCE, text=SOURCE.text + "字段保持为 NULL 。")
    story = replace(STORY, text=STORY.text + "字段保持为 NULL 。", sources=(source,))
    assert "form" not in kinds(story, record=story)
    assert "form" in kinds(told(STORY.text + "字段保持为 NULL 。"))


def test_eight_bits_are_not_a_firm() -> None:
    assert "name" not in kinds(told(STORY.text + "每个字节都会被加密。"))


def test_a_denial_is_one_across_a_stray_space() -> None:
    assert modality.kinds("各方均拒 绝对 外置评") == modality.kinds("各方均拒绝对外置评") == {"denial"}
