"""What earlier editions printed: dropped, or carried on where there is something new."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from pathlib import Path

import pytest
from newsroom_items import item, story

from generator.news import Printed, Source, Story
from generator.newsroom.memory import remember, told_later

NEXT_DAY = dt.date(2026, 1, 7)
REPORTS = Path(__file__).parents[1] / "demo" / "reports"


def printed(headline: str, text: str = "", *more: str) -> Printed:
    """What stood in the edition of the day before; `more` are the headlines of its other sources."""
    sources = tuple(
        Source(f"s{n}", f"https://old.example/{n}", "某报", title, text=f"{title}\n{text}")
        for n, title in enumerate((headline, *more), start=1)
    )
    return Printed("2026-01-06", "a1", headline, dt.date(2026, 1, 6), sources, text)


def fate(new: Story, old: Printed, date: dt.date = NEXT_DAY) -> str:
    """What becomes of `new` on a day of a hundred other stories."""
    news, repeated = remember([new, *other_stories()], [old], date)
    if new.id in repeated:
        assert repeated[new.id] is old and all(story.id != new.id for story in news)
        return "repeated"
    return "follow-up" if news[0].follow_up_of is old else "news"


@functools.cache
def other_stories() -> tuple[Story, ...]:
    titles = [
        report["title"]
        for path in sorted(REPORTS.glob("*.toml"))
        for report in tomllib.loads(path.read_text(encoding="utf-8"))["reports"]
    ]
    return tuple(story(item(title, url=f"https://other.example/{n}")) for n, title in enumerate(titles))


OLD = printed(
    "波士顿动力发布量产版 Atlas 人形机器人",
    "波士顿动力发布量产版 Atlas 人形机器人，今年的产能已被订满。",
)


def test_a_report_with_a_printed_address_is_dropped() -> None:
    assert fate(story(item("完全不同的标题", url="https://old.example/1")), OLD) == "repeated"


def test_the_same_event_in_other_words_is_dropped() -> None:
    assert fate(story(item("波士顿动力推出量产版 Atlas 人形机器人")), OLD) == "repeated"


def test_an_event_nobody_printed_is_news() -> None:
    assert fate(story(item("某市计划建成三座智算中心")), OLD) == "news"


@pytest.mark.parametrize(
    ("headline", "summary"),
    [
        (
            "现代汽车建人形机器人工厂，Atlas 先上产线",
            "现代汽车将建设机器人工厂，波士顿动力 Atlas 人形机器人先从事零部件排序。",
        ),
        (
            "Atlas 人形机器人进厂首周：故障 11 次",
            "波士顿动力公布量产版 Atlas 人形机器人进厂首周的情况，共出现 11 次故障。",
        ),
    ],
)
def test_another_event_of_the_same_thing_carries_it_on(headline: str, summary: str) -> None:
    assert fate(story(item(headline, summary=summary)), OLD) == "follow-up"


@pytest.mark.parametrize(
    ("headline", "before"),
    [
        ("锦江 2 API 今日上线，锦江智能公布价格", "锦江智能发布并开源锦江 2 大模型"),
        ("英伟达与西门子扩大合作，共建工业系统", "英伟达开源自动驾驶推理模型 Alpamayo"),
    ],
)
def test_a_product_with_its_number_is_one_thing_and_a_firm_alone_is_not(headline: str, before: str) -> None:
    summary = f"{headline}。"
    expected = "follow-up" if "锦江" in headline else "news"
    assert fate(story(item(headline, summary=summary)), printed(before, f"{before}。")) == expected


def test_a_number_and_its_unit_are_no_product() -> None:
    assert fate(story(item("耗时 3 小时的芯片发布会落幕")), printed("耗时 3 天的机器人大赛开幕")) == "news"


def test_what_the_editor_pinned_is_never_dropped() -> None:
    new = story(item("完全不同的标题", url="https://old.example/1"))
    news, repeated = remember([new], [OLD], NEXT_DAY, keep={new.id})
    assert not repeated
    assert news[0].follow_up_of is OLD


SUM = printed("Lumengrid与Anthropic签下价值230亿美元的数据中心租约")


@pytest.mark.parametrize(
    ("headline", "becomes"),
    [
        ("砸下 230 亿美金！Anthropic 豪租数据中心", "repeated"),
        ("砸下 230 亿美金！Anthropic 豪租数据中心，英伟达与软银作保", "repeated"),
        ("Anthropic 在冰岛另建一座数据中心，造价 41 亿美元", "news"),
    ],
)
def test_one_name_and_one_large_sum_in_headlines_that_lie_near_are_one_matter(
    headline: str, becomes: str
) -> None:
    assert fate(story(item(headline)), SUM) == becomes


def test_without_earlier_editions_everything_is_news() -> None:
    new = story(item("完全不同的标题"))
    assert remember([new], [], NEXT_DAY) == ([new], {})


def test_a_copy_that_only_names_the_firm_of_a_person_is_no_follow_up() -> None:
    old = printed("扎克伯格表示，人工智能代理技术的发展速度低于预期")
    assert fate(story(item("Meta的扎克伯格表示，AI代理技术的发展速度低于预期")), old) == "repeated"


def test_naming_the_maker_of_a_printed_product_adds_nothing() -> None:
    old = printed("加州一名男子起诉称 ChatGPT 助长了他的妄想")
    assert fate(story(item("加州男子起诉 OpenAI，称 ChatGPT 助长其妄想")), old) == "repeated"


@pytest.mark.parametrize(
    ("before", "headline"),
    [
        (
            "机器人公司创始人称具身智能的 ChatGPT 时刻 2028 年到来",
            "扫地机厂商开源整机，离 ChatGPT 时刻还有多远",
        ),
        ("会议速记 Agent 一口吞下十万字", "某高校开源个人桌面 Agent，能整理速记"),
    ],
)
def test_a_word_that_everybody_uses_carries_nothing_on(before: str, headline: str) -> None:
    assert fate(story(item(headline)), printed(before)) == "news"


def test_a_later_edition_has_the_same_event_and_not_another_of_the_same_thing() -> None:
    event = story(item("波士顿动力量产版 Atlas 人形机器人售价12万美元"))
    other = story(item("Atlas 人形机器人进厂首周：故障 11 次"))
    assert told_later([event, other], [OLD], dt.date(2026, 1, 5)) == {event.id: OLD}
    assert told_later([event], [], NEXT_DAY) == told_later([], [OLD], NEXT_DAY) == {}


@pytest.mark.parametrize(
    ("before", "headline"),
    [
        ("阿里巴巴确认苹果手机将用上通义千问", "某医院用通义千问写病历，误差率降一半"),
        ("Claude Fable and GPT-5.6 Sol each shoot a music video", "GPT-5.6 Sol 通过执业药师模拟考试"),
        ("葡萄牙发布开源模型，欧洲又多一个选择", "Solar panels between the rails come to Europe"),
    ],
)
def test_a_name_in_both_headlines_is_not_one_matter_when_all_else_differs(before: str, headline: str) -> None:
    assert fate(story(item(headline)), printed(before)) == "news"


def test_two_languages_tell_one_matter_of_what_little_is_told_about() -> None:
    old = printed("AI 芯片厂商壁仞科技计划配售新股筹资")
    new = story(item("Chipmaker Biren raises $0.9B in a new share sale to build AI chips"))
    assert fate(new, old) == "repeated"


def test_a_product_of_which_little_is_told_is_one_matter_in_two_languages() -> None:
    old = printed("腾讯发布并开源混元 Hy9 模型，参数 2950 亿")
    assert fate(story(item("Tencent releases Hunyuan, an open model")), old) == "repeated"
    assert fate(story(item("Tencent and Claude users compare Hunyuan with Kimi")), old) == "news"


@pytest.mark.parametrize(
    ("before", "headline"),
    [
        ("谷歌发布三款模型，旗舰 Gemini3.6Flash 降价", "某实验室开源推理模型 Linga-3.0-Flash"),
        (
            "Sources: Anthropic closes a loophole of its models",
            "Sources: models of a Beijing lab stay at home",
        ),
    ],
)
def test_the_end_of_a_models_name_and_who_said_it_are_no_subjects(before: str, headline: str) -> None:
    assert fate(story(item(headline)), printed(before)) == "news"


def test_a_firm_in_two_headlines_that_each_name_another_carries_nothing_on() -> None:
    old = printed(
        "面壁智能与三星联手，端侧大模型将登陆旗舰手机",
        "三星即将推出的手机使用面壁智能的模型，双方合作研发，旨在让智能手机不联网也能使用这项技术。",
    )
    new = item(
        "三星 Galaxy Glasses 眼镜亮相，装进了 Gemini",
        summary="三星即将推出的眼镜没有屏幕，使用谷歌的模型，双方合作研发，旨在让智能手机以外也能使用这项技术。",
    )
    assert fate(story(new), old) == "news"


def test_another_headline_of_what_was_printed_tells_that_it_is_the_same() -> None:
    new = story(item("Boston robot maker begins selling its humanoid, fleet sold out for the year"))
    assert fate(new, printed("波士顿动力官宣：Atlas 不再只是演示")) == "news"
    old = printed(
        "波士顿动力官宣：Atlas 不再只是演示",
        "",
        "Boston robot maker sells its humanoid; fleet for this year sold out",
    )
    assert fate(new, old) == "repeated"


LAUNCH = "波士顿动力发布量产版 Atlas 人形机器人"


@pytest.mark.parametrize(
    ("reports", "days", "becomes"),
    [(1, 1, "repeated"), (3, 1, "repeated"), (1, 3, "repeated"), (3, 3, "follow-up")],
)
def test_what_several_tell_again_days_later_has_moved(reports: int, days: int, becomes: str) -> None:
    new = story(*(item(f"{LAUNCH}{end}") for end in ("", "，工厂排队", "，产能售罄")[:reports]))
    assert fate(new, printed(LAUNCH), dt.date(2026, 1, 6) + dt.timedelta(days=days)) == becomes


def test_a_page_that_was_printed_has_not_moved_whoever_links_to_it() -> None:
    new = story(*(item(f"{LAUNCH}{end}", url="https://old.example/1") for end in ("", "了", "！")))
    assert fate(new, printed(LAUNCH), dt.date(2026, 1, 9)) == "repeated"


@pytest.mark.parametrize(
    ("before", "becomes"),
    [("消息称波士顿动力将发布量产版 Atlas 人形机器人", "follow-up"), (LAUNCH, "repeated")],
)
def test_what_was_only_heard_and_is_done_is_news(before: str, becomes: str) -> None:
    assert fate(story(item(LAUNCH)), printed(before)) == becomes


def test_on_a_day_of_one_story_what_all_headlines_have_in_common_proves_nothing() -> None:
    old = printed("国产芯片厂商完成新一轮融资，用于扩建产线")
    same, other = (
        story(item(title))
        for title in ("国产芯片厂商完成融资，将扩建产线", "国产数据库厂商发布新版本，性能提升")
    )
    assert remember([same], [old], NEXT_DAY) == ([], {same.id: old})
    assert remember([other], [old], NEXT_DAY) == ([other], {})


OFFERING = "智芯公布港股招股结果，公司将在港交所主板挂牌，募资约七成用于研发通用芯片，每股定价 116.2 港元，认购情况将在次日公布。"


@pytest.mark.parametrize(
    ("headline", "text", "becomes"),
    [
        ("智芯港股公开发售获逾 1100 倍认购，明日挂牌", OFFERING, "follow-up"),
        ("智芯港股公开发售，每股 116.2 港元，明日挂牌", OFFERING, "repeated"),
        (
            "智芯港股公开发售获逾 1100 倍认购，明日挂牌",
            "",
            "repeated",
        ),  # of a headline alone nobody knows what it left out
    ],
)
def test_an_amount_that_no_printed_text_states_is_news(headline: str, text: str, becomes: str) -> None:
    assert fate(story(item(headline)), printed("智芯港股公开发售结束，即将挂牌", text)) == becomes
