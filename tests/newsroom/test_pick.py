"""Choosing: topic, region, importance, quotas, reason, outlets."""

from __future__ import annotations

import dataclasses
import random

import pytest
from newsroom_items import NOON, item, story

from generator.config.schema import EditionConfig
from generator.labels import labels_for
from generator.news import Importance, Item, Pick, Region, Story
from generator.newsroom import importance
from generator.newsroom.fates import detail_of
from generator.newsroom.outlets import outlet_of, own_feeds
from generator.newsroom.pick import CALM, FLOOR, Chosen, choose, rank, relevant
from generator.newsroom.reason import reason_of
from generator.newsroom.region import region_of
from generator.newsroom.standing import Standing

LABELS = labels_for("zh-CN")
SETTINGS = EditionConfig()


def picked(name: str, score: float, region: Region = Region.DOMESTIC, **more: object) -> Pick:
    feed = str(more.pop("feed", name))
    pick = Pick(story(item(name, feed=feed)), region, Importance.LOW, "", score=score)
    return dataclasses.replace(pick, **more)  # type: ignore[arg-type]


def headlines(picks: tuple[Pick, ...]) -> list[str]:
    return [pick.story.lead.title for pick in picks]


@pytest.mark.parametrize(
    ("headline", "summary", "where"),
    [
        ("英伟达发布新一代芯片", "", Region.INTERNATIONAL),
        ("Alibaba releases a new Qwen model", "", Region.DOMESTIC),
        ("华为起诉联邦通信委员会", "", Region.DOMESTIC),
        ("大模型竞技场 LMArena 融资 1.5 亿美元，估值 17 亿美元", "", Region.INTERNATIONAL),
        ("某初创公司完成 6 亿元 B 轮融资", "", Region.DOMESTIC),
        ("A start-up raises 90 million yuan", "The start-up raised RMB 90 million.", Region.DOMESTIC),
        ("某平台上线新功能", "", Region.DOMESTIC),
        ("Robot sutures tissue without help", "", Region.INTERNATIONAL),
    ],
)
def test_a_story_belongs_where_its_actor_does_and_not_where_its_feed_is(
    headline: str, summary: str, where: Region
) -> None:
    assert region_of(story(item(headline, summary=summary)), "zh-CN") is where


def test_a_story_is_on_topic_by_its_own_words() -> None:
    assert relevant(story(item("某公司开源大模型")), ("ai",))
    assert not relevant(story(item("市交响乐团任命新指挥")), ("ai",))
    aside = item("市交响乐团任命新指挥", summary="乐团将演出两部新作。" * 20 + "有人用人工智能作曲。")
    assert not relevant(story(aside), ("ai",))


def test_what_a_maker_publishes_on_its_own_site_is_on_topic_whatever_its_title_says() -> None:
    page = item("A letter to our community", url="https://www.anthropic.com/news/letter")
    assert relevant(story(page), ("ai",)) == ("Anthropic",)
    assert not relevant(story(dataclasses.replace(page, url="https://news.example/letter")), ("ai",))


def points(of: Story, event: str = "") -> float:
    return importance.score(of, now=NOON, weights={}, event=event).total


def test_more_outlets_and_known_names_weigh_more_and_a_tutorial_less() -> None:
    plain = item("某公司开源大模型", feed="a")
    assert points(story(plain, item("某公司开放大模型", feed="b"))) > points(story(plain))
    assert points(story(item("谷歌开源大模型"))) > points(story(plain))
    assert points(story(item("手把手教程：某公司开源大模型"))) < points(story(plain))


def test_the_parts_of_a_score_are_its_sum() -> None:
    score = importance.score(story(item("谷歌首次开源大模型")), now=NOON, weights={}, event="release")
    assert score.total == pytest.approx(sum(score.parts.values()), abs=0.01)


def test_the_best_come_first_within_the_quotas() -> None:
    settings = SETTINGS._replace(max_stories=3, max_full=2, max_per_source=2)
    picks = [picked(name, 9 - n, feed="one") for n, name in enumerate("甲乙丙")]
    picks += [picked("丁", 4.0), picked("戊", 3.0), picked("己", FLOOR - 0.1)]
    chosen = choose(picks, settings)
    assert headlines(chosen.full) == ["甲", "乙"]
    assert headlines(chosen.brief) == ["丁"]
    whys = [detail_of(why, labels_for("en")) for why in chosen.others]
    assert whys == [
        "one leads 2 stories already (max_per_source)",
        "3 stories are enough",
        "3 stories are enough",
    ]


def test_a_feed_that_leads_enough_is_called_what_its_outlet_is_and_its_setting_named() -> None:
    settings = SETTINGS._replace(max_per_source=1)
    one = [picked(name, 9 - n, feed="aibase", outlets=("AIbase",)) for n, name in enumerate("甲乙")]
    many = [picked(name, 5 - n, feed="聚合", outlets=(name,)) for n, name in enumerate("丙丁")]
    assert [detail_of(why, LABELS) for why in choose([*one, *many], settings).others] == [
        "以 AIbase 为首的已有 1 条（max_per_source）",
        "以 聚合 为首的已有 1 条（max_per_source）",
    ]


def held(chosen: Chosen) -> Standing:
    full, brief = (frozenset(pick.story.lead.id for pick in picks) for picks in (chosen.full, chosen.brief))
    return Standing(full, brief)


def test_what_stands_keeps_its_place_against_a_newcomer_of_about_its_score() -> None:
    settings = SETTINGS._replace(max_stories=3, max_full=2)
    before = [picked(name, 5 - n) for n, name in enumerate("甲乙丙")]
    standing = held(choose(before, settings))
    near = choose([*before, picked("丁", 3.0 + CALM - 0.1)], settings, standing)
    assert (headlines(near.full), headlines(near.brief)) == (["甲", "乙"], ["丙"])
    far = choose([*before, picked("丁", 4.0 + CALM + 0.1)], settings, standing)
    assert (headlines(far.full), headlines(far.brief)) == (["甲", "丁"], ["乙"])


def test_the_same_stories_are_chosen_again_whatever_cap_kept_others_out() -> None:
    settings = SETTINGS._replace(max_stories=6, max_full=3, max_per_source=2, max_international=0.5)
    for seed in range(40):
        chance = random.Random(seed)
        picks = [
            picked(str(n), chance.uniform(2, 5), chance.choice(list(Region)), feed=chance.choice("abc"))
            for n in range(14)
        ]
        chosen = choose(picks, settings)
        again = choose(picks, settings, held(chosen))
        assert (again.full, again.brief) == (chosen.full, chosen.brief)


@pytest.mark.parametrize(
    "title", ["someone/agent-toolkit", "agent-toolkit v0.3.11", "Are AI labs overdoing it?"]
)
def test_a_quiet_day_prints_no_bare_name_release_number_or_musing(title: str) -> None:
    assert points(story(item(title))) < FLOOR


def test_a_products_name_alone_is_worth_less_than_one_whose_page_says_what_it_is() -> None:
    page = {"url": "https://www.kimi.com/products/example"}
    said = "月之暗面为办公文档推出的智能体 Kimi Work，可以读表格、写报告、做演示文稿，先对企业用户开放试用。"
    bare, told = (story(item("Kimi Work", summary=summary, **page)) for summary in ("Comments", said))
    assert points(bare) + 2.0 <= points(told)


def test_a_region_keeps_to_its_share() -> None:
    settings = SETTINGS._replace(max_stories=4, max_international=0.5)
    picks = [picked(name, 9 - n, Region.INTERNATIONAL) for n, name in enumerate("甲乙丙丁")]
    assert headlines(choose([*picks, picked("戊", 3.0)], settings).full) == ["甲", "乙", "戊"]


def test_a_pinned_story_is_in_whatever_its_rank() -> None:
    settings = SETTINGS._replace(max_stories=1)
    chosen = choose([picked("甲", 9.0), picked("乙", 0.1, marks=("pinned",))], settings)
    assert headlines(chosen.full) == ["乙"]


def test_a_reason_names_event_outlets_and_first_hand_sources() -> None:
    of = story(item("谷歌发布新模型", url="https://blog.google/a"), item("谷歌新模型发布", feed="科技晨报"))
    reason = reason_of(of, LABELS, ["谷歌", "科技晨报"])
    assert reason == "谷歌新品发布；2 家来源报道（谷歌、科技晨报）；有一手来源"


def test_more_outlets_than_are_named_are_said_to_be_more() -> None:
    reason = reason_of(story(item("谷歌发布新模型")), LABELS, ["甲报", "乙报", "丙报", "丁报"])
    assert reason == "谷歌新品发布；4 家来源报道（甲报、乙报、丙报等）"


def one(url: str, feed: str) -> Item:
    return item("标题", url=url, feed=feed)


def test_an_unknown_site_goes_by_its_feeds_name_and_a_collectors_finds_by_their_hosts() -> None:
    own = one("https://keji.example.com/1", "科技晨报")
    finds = [one("https://a.example.org/1", "Finds"), one("https://b.example.net/2", "Finds")]
    feeds = own_feeds([own, *finds])
    assert outlet_of(own, feeds) == "科技晨报"
    assert outlet_of(finds[0], feeds) == "a.example.org"


def test_every_pick_says_who_published_its_reports() -> None:
    of = story(one("https://keji.example.com/1", "科技晨报"))
    of = Story(of.id, (dataclasses.replace(of.lead, title="某公司开源大模型"),))
    (pick,) = rank([of], SETTINGS, LABELS, now=NOON, weights={}, own={"科技晨报"}).picks
    assert pick.outlets == ("科技晨报",)
    assert "科技晨报报道" in pick.reason


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("没有这只股票，人工智能就无法发展", "stock tip"),
        ("3 AI stocks to buy before July", "stock tip"),
        ("某公司（META）限制工程师用量", "stock tip"),
        ("How Northwind scales support and builds faster with OpenAI", "customer story"),
        ("我让模型替我写了一个月的周报", "minor"),
        ("OpenAI官方教你8招", "minor"),
        ("New Acme commercial puts robots at a picnic", "minor"),
        ("Quote of the day by a chip maker's chief: patience pays", "minor"),
        ("某论坛用户晒出模型对话", "hearsay"),
    ],
)
def test_advice_on_shares_customer_stories_and_talk_lose_points(title: str, part: str) -> None:
    of = story(item(title, url="https://www.reddit.com/r/x/1"))
    assert importance.score(of, now=NOON, weights={}, event="").parts[part] < 0


def test_a_question_in_a_forum_is_worth_less_than_news_told_there() -> None:
    def hearsay(title: str) -> float:
        of = story(item(title, url="https://www.reddit.com/r/x/1"))
        return importance.score(of, now=NOON, weights={}, event="").parts["hearsay"]

    assert hearsay("谁用过谷歌的新模型？") < hearsay("白宫限制前沿模型的访问权限")


def test_a_repository_that_says_what_it_is_loses_less_than_its_bare_name() -> None:
    said = item("agent-kit", summary="一个给智能体用的开源工具箱，附带示例")
    assert points(story(said)) - points(story(item("agent-kit"))) > 0.9


def test_high_importance_is_for_few_and_wants_a_second_outlet_or_a_source_that_needs_none() -> None:
    def told(name: str, *hosts: str) -> Story:
        title = f"工信部正式发布{name}大模型管理办法，首次规定万亿参数模型"
        return story(*(item(title, url=f"https://{host}/{name}", summary="全文" * 200) for host in hosts))

    alone = told("甲", "unheard.example")
    agency = told("乙", "www.reuters.com")
    two = [told(name, "36kr.com", "www.ithome.com", "www.huxiu.com") for name in "丙丁戊己"]
    settings = SETTINGS._replace(max_stories=10)
    picks = rank([alone, agency, *two], settings, LABELS, now=NOON, weights={}).picks
    high = [pick.story for pick in picks if pick.importance is Importance.HIGH]
    assert len(high) == 1 and high[0] in two  # a fifth of six
    only = rank([alone], settings, LABELS, now=NOON, weights={}).picks[0]
    assert only.score >= importance.HIGH and only.importance is Importance.MEDIUM
    assert rank([agency], settings, LABELS, now=NOON, weights={}).picks[0].importance is Importance.HIGH


def test_some_room_is_kept_for_domestic_stories_that_matter() -> None:
    settings = SETTINGS._replace(max_stories=4, min_domestic=0.25)
    abroad = [picked(name, 9 - n, Region.INTERNATIONAL) for n, name in enumerate("甲乙丙丁")]
    assert headlines(choose([*abroad, picked("戊", 4.5)], settings).full) == ["甲", "乙", "丙", "戊"]
    assert headlines(choose([*abroad, picked("戊", 3.0)], settings).full) == ["甲", "乙", "丙", "丁"]


def test_what_happened_is_told_by_the_other_headlines_where_the_leads_does_not_say() -> None:
    page = item("Claude Sonnet 5", url="https://www.anthropic.com/a")
    (pick,) = rank(
        [story(page, item("Anthropic launches Claude Sonnet 5"))], SETTINGS, LABELS, now=NOON, weights={}
    ).picks
    assert pick.event == "release" and pick.reason.startswith("Claude Sonnet 新品发布")


def test_a_person_is_tagged_as_his_firm() -> None:
    (pick,) = rank([story(item("库克谈人工智能"))], SETTINGS, LABELS, now=NOON, weights={}).picks
    assert pick.tags == ("苹果",)


@pytest.mark.parametrize(
    ("headline", "tags", "what"),
    [
        ("谷歌解释状态栏里的智能体", ("智能体", "谷歌"), "谷歌智能体动态"),
        ("谷歌解释它的处理器", ("AI 芯片",), "谷歌 AI 芯片动态"),
        ("谷歌拟封禁地下通道", (), "谷歌新计划"),
        ("消息称美团内部限用某大模型", (), "美团传闻"),
        ("Meta也来卖铲子了", ("AI 芯片",), "Meta AI 芯片动态"),
        ("谷歌做了一件事", ("谷歌",), "谷歌要闻"),
        ("证监会同意某机器人厂商的上市注册", (), "证监会政策监管"),
        ("谷歌拟推出新芯片", (), "谷歌新品发布（计划）"),
        ("三星利润预计增长", (), "三星业绩（预计）"),
        ("消息称快手将完成三十亿元融资", (), "快手融资（传闻）"),
        ("曾供职于苹果和亚马逊的工程师创办一家位于硅谷的芯片公司", ("AI 芯片",), "AI 芯片动态"),
        ("具身的「ChatGPT时刻」临近：宇树科技描绘机器人新图景", ("机器人",), "机器人动态"),
        ("甲骨文破译用上了大模型", ("大模型",), "大模型动态"),
    ],
)
def test_a_reason_tells_the_topic_where_no_event_and_who_acts_alone(
    headline: str, tags: tuple[str, ...], what: str
) -> None:
    assert reason_of(story(item(headline)), LABELS, ["甲报"], tags) == f"{what}；甲报报道"


def test_a_paper_is_research_whatever_it_is_called() -> None:
    of = story(item("DiFA：面向扩散模型的前向对齐", url="https://arxiv.org/abs/1"))
    assert reason_of(of, LABELS, ["arXiv"]).startswith("研究进展；")


def test_a_site_of_the_web_is_named_without_its_www() -> None:
    assert outlet_of(one("https://www.a.example.org/1", "Finds"), ()) == "a.example.org"


def test_bodies_of_no_country_are_international() -> None:
    assert region_of(story(item("联合国召开人工智能对话会")), "zh-CN") is Region.INTERNATIONAL


@pytest.mark.parametrize(
    ("title", "summary", "part"),
    [
        ("Why a firm sued another", "On today’s Programme, we unpack the drama.", "talk"),
        ("Can a lawsuit derail a plan", "On the latest episode of Programme, we debate it.", "talk"),
        ("某某·某某：本国的战略不应包含秘密法案", "", "talk"),
        ("浪费20亿Token之后，我开源了一个工具", "", "minor"),
        ("某公司如何通过几个步骤失去商誉", "", "minor"),
        ("当美国自我设限，窗口期来了", "", "minor"),
        ("庆功宴画面流出：某公司喊出口号", "", "minor"),
        ("分析师谈芯片投资转向", "", "minor"),
        ("科技股带动华尔街走高", "", "routine"),
    ],
)
def test_talk_and_what_markets_do_every_day_lose_points(title: str, summary: str, part: str) -> None:
    of = story(item(title, summary=summary))
    assert importance.score(of, now=NOON, weights={}, event="").parts[part] < 0


@pytest.mark.parametrize(
    "title",
    [
        "某公司新系统引入 AI 体验",
        "首届全球治理对话举行",
        "某公司推出新入门级电脑",
        "特朗普：企业不应减薪",
        "专家呼吁应该立法",
        "芯片供不应求",
        "山东某某科技股份有限公司递表",
        "他们正就收购谈判",
    ],
)
def test_words_that_only_look_like_talk_cost_nothing(title: str) -> None:
    parts = importance.score(story(item(title)), now=NOON, weights={}, event="").parts
    assert not parts.keys() & {"talk", "minor", "routine"}


def test_a_post_that_names_nobody_and_tells_no_event_is_talk() -> None:
    def hearsay(title: str) -> float:
        of = story(item(title, url="https://x.com/a/status/1"))
        return importance.score(of, now=NOON, weights={}, event="").parts["hearsay"]

    assert hearsay("天才又一次陨落了，还是不够用") < hearsay("某公司开启新办公产品的内测")
