"""No event is printed twice: stories that average linkage kept apart are compared once more."""

from __future__ import annotations

from newsroom_items import item, story

from generator.news import Story
from generator.newsroom.twice import once_each

# one event in many words; the last headline is like some of them, and like the average of none
LARGE = story(
    item("独家：消息人士称，谷歌正在自主研发新款推理芯片", hours=6),
    item("Google is reportedly designing a new inference chip of its own", hours=5),
    item("谷歌招聘芯片工程师，被前员工公开吐槽", hours=4),
    item("Why a search company wants silicon, and who loses when Google gets it", hours=3),
)
LEFT_OVER = story(item("消息人士称，谷歌公司正在研发自己的推理芯片", hours=2))
OTHER = story(
    item("谷歌地图在印度上线步行导航", hours=2), item("Google Maps gets walking directions in India")
)


def joined(*stories: Story) -> dict[str, Story]:
    return once_each(stories, {}, stories, language="zh")


def test_a_report_like_some_headlines_of_a_story_joins_it() -> None:
    found = joined(LARGE, LEFT_OVER)
    assert set(found) == {LARGE.id, LEFT_OVER.id}
    assert {one.id for one in found.values()} == {LARGE.id}
    assert {one.title for one in found[LARGE.id].items} >= {one.title for one in LEFT_OVER.items}


def test_the_order_of_the_stories_does_not_matter() -> None:
    assert joined(LARGE, OTHER, LEFT_OVER) == joined(LEFT_OVER, LARGE, OTHER)


def test_what_one_firm_does_elsewhere_stays_its_own_story() -> None:
    assert joined(LARGE, OTHER) == {}


def test_another_version_of_one_product_stays_its_own_story() -> None:
    four = story(item("谷歌发布 Gemini 4 大模型"), item("Google releases Gemini 4"))
    five = story(item("谷歌发布 Gemini 5 大模型"), item("Google releases Gemini 5"))
    assert joined(four, five) == {}


def test_a_larger_amount_that_one_headline_explains_does_not_keep_a_round_apart() -> None:
    first = story(
        item("快手：投资者同意向可灵注资 20 亿美元", hours=5),
        item("可灵 AI 获 20 亿美元注资，本轮融资可追加至 30 亿美元", hours=4),
        item("Kling AI raises $2 billion, round could extend to $3 billion", hours=3),
    )
    last = story(item("可灵 AI 将完成 30 亿美元融资", hours=2))
    assert set(joined(first, last)) == {first.id, last.id}


def test_two_single_headlines_are_left_as_they_were_judged() -> None:
    assert joined(LEFT_OVER, story(item("谷歌自研推理芯片，消息人士透露细节"))) == {}


AFFAIR = story(
    *(
        item(title, hours=9 - n)
        for n, title in enumerate((
            "美国解除对 Anthropic 模型 Fable 的出口限制", "Trump to lift limits on Anthropic's Fable model",
            "The White House is lifting its export controls on Anthropic's Fable", "Anthropic 恢复 Fable 的访问",
            "Anthropic restoring access to Fable", "Fable is greenlit to return", "特朗普将解除对 Fable 模型的限制",
            "Anthropic says the export controls on Fable were lifted",
        ))
    )
)  # fmt: skip
ASIDE = story(item("Anthropic 称其先进模型的出口禁令已解除", hours=2))


def test_an_affair_told_by_many_takes_in_a_report_of_its_kind() -> None:
    both = {AFFAIR.id: "policy", ASIDE.id: "policy"}
    assert set(once_each([AFFAIR, ASIDE], both, [AFFAIR, ASIDE], language="zh")) == {AFFAIR.id, ASIDE.id}
    other = {AFFAIR.id: "policy", ASIDE.id: "release"}
    assert once_each([AFFAIR, ASIDE], other, [AFFAIR, ASIDE], language="zh") == {}


def test_what_somebody_thinks_of_an_event_stays_a_story_of_its_own() -> None:
    kinds = {LARGE.id: "plan", LEFT_OVER.id: "opinion"}
    assert once_each([LARGE, LEFT_OVER], kinds, [LARGE, LEFT_OVER], language="zh") == {}


def test_a_firm_reports_its_quarter_once_whatever_figures_come_first() -> None:
    first, last = (
        story(item("谷歌二季度营收涨24%，云业务领跑", hours=3)),
        story(item("谷歌发布最新财报：搜索收入增长17%")),
    )
    assert set(joined(first, last)) == {first.id, last.id}
    assert joined(first, story(item("微软发布最新财报：云收入增长17%"))) == {}
    assert joined(first, story(item("谷歌股价大涨17%"))) == {}
