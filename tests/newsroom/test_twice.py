"""No event is printed twice: stories that average linkage kept apart are compared once more."""

from __future__ import annotations

import pytest
from newsroom_items import item, story

from generator.news import Story
from generator.newsroom.grouping.twice import once_each

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


# what else the day told: without it no two headlines can be nearer to each other than to the rest
WHO = ("三星", "索尼", "Dell", "Reddit", "IBM", "SAP", "思科", "戴尔", "优步", "Adobe", "高通", "甲骨文")
WHAT = ("公布折叠屏手机售价", "appoints a finance chief", "召回一批电池", "opens an office in Lisbon", "收购仓储公司",
        "loses a patent trial", "推迟游戏发售", "sells bonds", "赞助冬季运动会")  # fmt: skip
DAY = tuple(story(item(f"{who} {what}")) for who in WHO for what in WHAT)


def together(*stories: Story, **kinds: str) -> bool:
    """Whether the first two become one, with the rest of the day around them; `a` and `b` are their kinds of event."""
    a, b = stories[:2]
    events = {a.id: kinds.get("a", ""), b.id: kinds.get("b", "")}
    return set(once_each([a, b], events, [*stories, *DAY], language="zh")) == {a.id, b.id}


def test_two_single_headlines_join_in_two_languages_when_nothing_of_the_day_is_as_near() -> None:
    boxes = (
        story(item("联想工厂开始租用搬运机器人")),
        story(item("Lenovo factories are renting robots that carry boxes")),
    )
    assert together(*boxes)
    # a third of the kind tells the same
    third = story(item("Lenovo plants rent box-carrying robots by the hour"))
    assert set(once_each([*boxes, third], {}, [*boxes, third, *DAY], language="zh")) == {
        one.id for one in (*boxes, third)
    }
    assert not together(boxes[0], story(item("US regulators ask carmakers about braking software")))


SCHOOL = story(item("美国富裕家庭让孩子离开学校，改由 AI 教课"))


@pytest.mark.parametrize(
    ("headline", "one"),
    [
        ("Wealthy families leave school and let AI teach their kids", True),
        ("Wealthy Japanese families leave school and let AI teach their kids", False),
        ("Families of sailors let a lighthouse teach them patience", False),
        ("Wealthy families leave school and let the Tutorbot app teach their kids", False),
    ],
)
def test_of_stories_that_name_nobody_the_words_are_held_against_each_other(headline: str, one: bool) -> None:
    assert together(SCHOOL, story(item(headline))) is one


def test_a_thin_day_cannot_say_what_is_near() -> None:
    boxes = (
        story(item("联想工厂开始租用搬运机器人")),
        story(item("Lenovo factories are renting robots that carry boxes")),
    )
    assert once_each(boxes, {}, [*boxes, *DAY[:20]], language="zh") == {}


def test_two_firms_that_do_alike_on_one_day_stay_two_stories() -> None:
    one, other = "豆包下线自定义助手", "千问下线自定义助手，豆包此前也宣布下线"
    assert not together(story(item(one)), story(item(other)), a="shutdown", b="shutdown")


def test_leads_that_name_another_day_are_of_two_events() -> None:
    one = story(
        item("微软 1月15日关闭 Copilot 的自定义助手", hours=3), item("微软关闭 Copilot 自定义助手", hours=2)
    )
    same, other = (
        story(item(f"微软的 Copilot 自定义助手 1月{day}日关闭"), item("Copilot 自定义助手关闭"))
        for day in (15, 20)
    )
    assert together(one, same) and not together(one, other)


def test_a_name_that_no_other_story_of_the_day_states_joins_two() -> None:
    one = story(item("腾讯发布设计智能体 Zorvex，一句话画海报"))
    other = story(item("腾讯 Zorvex 全量开放：设计师可以试用"))
    near = (
        story(item("腾讯发布设计智能体，可画海报")),
        story(item("腾讯开放设计智能体：设计师可以试用海报功能")),
    )
    assert together(one, other, *near, a="release", b="release")
    # a name that others state too proves less: these two tell of two days of it
    used = story(item("Zorvex 画的海报在地铁站展出"))
    assert together(one, used, a="release", b="release") is False


def test_an_amount_that_both_leads_state_lets_a_report_join_that_is_less_alike() -> None:
    many = story(
        item("微软投入 25 亿美元成立 Outpost 部门，6300 名工程师进驻客户", hours=5),
        item("微软成立 Outpost：6300 名工程师搬进客户办公室", hours=4),
        item("Microsoft puts $2.5 billion into a new Outpost unit", hours=3),
    )
    assert together(many, story(item("6300 名微软员工下月起驻扎在客户那里")), a="investment")
    assert not together(many, story(item("900 名微软员工下月起驻扎在客户那里")), a="investment")


def test_two_reports_that_begin_alike_are_one_event_whatever_their_headlines() -> None:
    one = story(item("北辰发布 Aster 推理卡，功耗减半", text="北辰公司在北京发布新一代推理卡 Aster，由四颗芯片组成，功耗比上一代低 50%。公司称 Aster 已经量产，首批 3 万张 6 月出货。"))  # fmt: skip
    other = story(item("北辰总裁：Aster 首批六月交付", text="北辰总裁在北京表示，新一代推理卡 Aster 的四颗芯片均已量产，首批 3 万张将于 6 月出货，功耗比上一代低 50%。"))  # fmt: skip
    assert together(one, other, a="release", b="release")
    assert not together(one, other, a="release", b="people")


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


def test_a_report_of_another_kind_joins_an_affair_that_two_of_its_headlines_tell() -> None:
    # the ban is lifted and the model is back: one affair
    assert together(AFFAIR, ASIDE, a="policy", b="release")
    # who resigned over it is another
    assert not together(AFFAIR, ASIDE, a="policy", b="people")


def test_who_does_not_name_the_firm_of_an_affair_is_not_of_it() -> None:
    titles = (
        "腾讯不许员工用 Cursor 写代码", "Tencent forbids Cursor in its offices", "腾讯要求员工删除 Cursor", "Tencent wants Cursor off its laptops",
        "Tencent forbids Cursor, which had cut off accounts in China", "腾讯各部门停用 Cursor", "Tencent drops Cursor over leaks", "腾讯弃用 Cursor：担心代码外流",
    )  # fmt: skip
    ban = story(*(item(title, hours=9 - n) for n, title in enumerate(titles)))
    maker = story(item("Cursor 停用中国账号"))
    assert not together(ban, maker, a="security", b="security")
    assert together(ban, story(item("腾讯内部不再使用 Cursor")), a="security", b="security")


def test_an_affair_keeps_its_lead_when_it_takes_in_a_report() -> None:
    page = story(
        item("Fable 恢复访问", url="https://www.anthropic.com/news/fable-returns", text="我们恢复访问。" * 80)
    )
    found = once_each([AFFAIR, page], {AFFAIR.id: "policy"}, [AFFAIR, page, *DAY], language="zh")
    assert found[AFFAIR.id].lead == AFFAIR.lead


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


def test_a_campaign_is_one_event_in_whatever_counts_it_comes_out() -> None:
    cleared = story(item("中央网信办出手整治 AI 应用乱象：清理违规信息 500 余万条", hours=3))
    closed = story(item("清朗 AI 专项行动阶段成果：3 万余个账号被处置"))
    assert set(joined(cleared, closed)) == {cleared.id, closed.id}
    assert joined(cleared, story(item("中央网信办开展清朗专项行动，整治网络暴力"))) == {}
    assert joined(cleared, story(item("国家网信办就 AI 服务管理办法征求意见"))) == {}


RULES = story(
    item(
        "陪伴类应用须提示对方不是真人，新规征求意见",
        summary="征求意见稿要求显著提示用户对方并非自然人，连续使用超过 3 个小时的应当弹窗提醒，意见反馈截止 2 月 14 日。",
    )
)
DRAFT = story(
    item(
        "Draft asks companion apps to label themselves",
        summary="Providers would have to tell people what they talk to. After three hours of use a pop-up must suggest a break. Comments are open until February 14.",
    )
)


def test_of_stories_that_name_nobody_the_amounts_and_days_tell_that_they_are_one() -> None:
    assert set(joined(RULES, DRAFT)) == {RULES.id, DRAFT.id}
    other = DRAFT.items[0].summary.replace("three hours", "five hours")
    assert joined(RULES, story(item(DRAFT.items[0].title, summary=other))) == {}
    same = story(
        item(
            "体育馆改造征求意见",
            summary="改造期间每天闭馆 3 个小时，意见反馈截止 2 月 14 日，施工分三期进行。",
        )
    )
    assert joined(RULES, DRAFT, same) == {}  # a third says so too


def test_a_makers_page_that_says_no_more_than_a_products_name_belongs_to_its_release() -> None:
    page = story(item("Kimi K9: Frontier for All", url="https://www.kimi.com/blog/kimi-k9"))
    release = story(item("万亿参数，Kimi K9 把开源模型的上限又抬高了"))
    found = once_each([page, release], {release.id: "opensource"}, [page, release], language="zh")
    assert set(found) == {page.id, release.id}
    for other in (
        story(item("Kimi K8 把开源模型的上限又抬高了")),  # another version
        story(item("Kimi K9 在企业里怎么用")),  # not that it is out
    ):
        kinds = {other.id: "opensource" if "K8" in other.lead.title else "opinion"}
        assert once_each([page, other], kinds, [page, other], language="zh") == {}
