from __future__ import annotations

import datetime as dt
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom_items import DATA, item, titles

from generator.newsroom.grouping.cluster import cluster
from generator.newsroom.grouping.linkage import merge_average
from generator.text.addresses import canonical_url

TWO_DAYS = dt.timedelta(hours=48)


def clustered(*headlines: str) -> int:
    return len(cluster([item(title, feed=str(n)) for n, title in enumerate(headlines)], within=TWO_DAYS))


def test_four_forms_of_one_address_are_one_story() -> None:
    forms = [
        "https://example.com/news/1?utm_source=x",
        "http://www.example.com/news/1/",
        "https://m.example.com/news/1#top",
        "https://example.com/news/1",
    ]
    items = [
        item("甲公司发布新款机器人", url=canonical_url(form), feed=f"feed {number}")
        for number, form in enumerate(forms)
    ]
    (one,) = cluster(items, within=TWO_DAYS)
    assert len({member.url for member in one.items}) == 1


def test_one_headline_of_two_outlets_is_one_story_and_keeps_both_sources() -> None:
    (one,) = cluster(
        [
            item("英伟达发布新一代数据中心芯片 - 路透社", feed="a"),
            item("英伟达发布新一代数据中心芯片", feed="b"),
        ],
        within=TWO_DAYS,
    )
    assert {member.feed for member in one.items} == {"a", "b"}


def test_a_chinese_and_an_english_report_of_one_event_are_one_story() -> None:
    assert (
        clustered("苹果起诉OpenAI，指控其窃取商业机密", "Apple sues OpenAI, alleging theft of trade secrets")
        == 1
    )


def test_aliases_meet() -> None:
    assert clustered("輝達市值突破5兆美元", "英伟达市值突破5万亿美元") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OpenAI 发布 GPT-5.2 模型", "OpenAI 发布 GPT-5.3 模型"),
        ("机器人公司完成5亿美元融资", "机器人公司完成2亿美元融资"),
        ("欧盟通过第12批制裁方案", "欧盟通过第13批制裁方案"),
        ("EU adopts 12th package of sanctions", "EU adopts 13th package of sanctions"),
        ("某公司完成A轮融资", "某公司完成B轮融资"),
        ("蚂蚁开源 LingBot-VLA 模型", "蚂蚁开源 LingBot-World 模型"),
        ("Show HN: Pagely, a tiny MCP server for notes", "Show HN: Notable, a tiny MCP server for notes"),
    ],
)
def test_reports_that_name_different_things_stay_apart(one: str, other: str) -> None:
    assert clustered(one, other) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # what follows a version without a space is no part of it
        ("OpenAI 论文写到 GPT-6.1两个版本", "A paper by OpenAI names two versions of GPT-6.1"),
        # nor does a name in front of a sum belong to it
        ("Netflix3.2亿美元收购特效公司 Lumora", "Netflix buys effects studio Lumora for $320 million"),
        # the second of two sums goes without its unit
        ("OpenAI 追加投资至 900 亿美元，首期 40 亿建数据中心", "OpenAI 首期投资 40 亿美元建数据中心"),
    ],
)
def test_one_thing_written_in_two_ways_does_not_part_reports(one: str, other: str) -> None:
    assert clustered(one, other) == 1


def test_a_title_too_short_to_mean_anything_joins_nothing() -> None:
    items = [
        item("公告", url="https://a.example/1", feed="a"),
        item("公告", url="https://b.example/2", feed="b"),
    ]
    assert len(cluster(items, within=TWO_DAYS)) == 2


def test_a_changelog_with_one_address_has_a_story_a_version() -> None:
    items = [
        item("Codex CLI 0.142.5", url="https://a.example/changelog", feed="a"),
        item("Codex CLI 0.143.0", url="https://a.example/changelog", feed="b"),
    ]
    assert len(cluster(items, within=TWO_DAYS)) == 2


def test_an_anniversary_outside_the_window_is_another_event() -> None:
    items = [item("某某公司举行年度发布会", hours=80), item("某某公司举行年度发布会", hours=1, feed="b")]
    assert len(cluster(items, within=TWO_DAYS)) == 2


def test_nothing_and_one_item_are_fine() -> None:
    assert cluster([], within=TWO_DAYS) == []
    assert titles(cluster([item("只有一条")], within=TWO_DAYS)) == [{"只有一条"}]


def test_a_column_named_alike_each_time_is_a_story_each_time() -> None:
    title = "本周人工智能行业融资与并购大事一览"
    texts = [
        "星桥科技完成两亿元融资，资金将用于人形机器人量产，投资方包括多家产业基金。" * 2,
        "海岳芯片被收购，交易金额尚未公布，监管部门仍在审查其对存储市场竞争的影响。" * 2,
        "星桥科技完成两亿元融资，投资方包括多家产业基金，人形机器人量产提速。" * 2,
    ]
    column = [
        item(title, url=f"https://a.example/{n}", feed="x", summary=text) for n, text in enumerate(texts)
    ]
    assert len(cluster(column[:2], within=TWO_DAYS)) == 2
    assert len(cluster([column[0], column[2]], within=TWO_DAYS)) == 1


def test_five_thousand_reports_under_one_headline_are_one_story() -> None:
    items = [item("英伟达发布新一代数据中心芯片", feed=f"feed {n}", hours=n / 200) for n in range(5_000)]
    (one,) = cluster(items, within=TWO_DAYS)
    assert len(one.feeds) == 5_000


@pytest.mark.skipif(not (DATA / "stream").is_dir(), reason="../shared/data/stream is not here")
def test_five_thousand_real_headlines_are_parted_into_stories_and_none_is_lost() -> None:
    lines = (DATA / "stream/weeks").rglob("*.jsonl")
    heads = [json.loads(line)["title"] for path in sorted(lines) for line in path.open(encoding="utf-8")]
    items = [
        item(head, feed=str(n % 200), hours=n % 40) for n, head in enumerate(dict.fromkeys(heads)) if head
    ]
    stories = cluster(items[:5_000], within=TWO_DAYS)
    members = [member.id for story in stories for member in story.items]
    assert len(members) == len(set(members)) == len({one.id for one in items[:5_000]}) > 4_500
    assert 1_000 < len(stories) < len(members)


def test_the_order_of_the_items_changes_nothing() -> None:
    items = [
        item("苹果起诉OpenAI，指控其窃取商业机密", hours=3),
        item("Apple sues OpenAI, alleging theft of trade secrets", hours=2),
        item("英伟达发布新一代数据中心芯片", hours=2),
        item("谷歌推出新的视频模型 Veo 4", hours=1),
    ]
    expected = cluster(items, within=TWO_DAYS)
    for seed in range(4):
        shuffled = random.Random(seed).sample(items, len(items))
        assert cluster(shuffled, within=TWO_DAYS) == expected


def test_a_story_keeps_its_id_when_another_report_comes_in() -> None:
    first = item("苹果起诉OpenAI，指控其窃取商业机密", hours=3)
    later = item("Apple sues OpenAI, alleging theft of trade secrets", hours=1)
    assert cluster([first], within=TWO_DAYS)[0].id == cluster([first, later], within=TWO_DAYS)[0].id


def test_a_chain_is_not_a_cluster() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.9, (2, 3): 0.9}
    assert merge_average(4, chain, 0.5, largest=100) == [[0, 1], [2, 3]]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 14).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1]),
                st.floats(0.0, 1.0),
            ),
        )
    )
)
def test_linkage_parts_the_nodes_and_never_joins_below_the_threshold(
    case: tuple[int, dict[tuple[int, int], float]],
) -> None:
    count, scores = case
    clusters = merge_average(count, scores, 0.5, largest=5)
    assert sorted(node for group in clusters for node in group) == list(range(count))
    for group in clusters:
        if len(group) > 1:
            assert any(scores.get((a, b), 0.0) >= 0.5 for a in group for b in group if a < b)


def test_two_reports_that_lead_with_different_facts_meet_by_how_their_texts_begin() -> None:
    reports = [
        item(
            "海川公司开源首个通用大模型",
            feed="a",
            summary="海川公司今天发布并开源海川 3 大模型，共 2360 亿参数，推理时激活 180 亿，采用 Apache 2.0 许可证。",
        ),
        item(
            "Haichuan 3 arrives as open weights: 236B parameters, 18B active",
            feed="b",
            summary="海川 (Haichuan) released Haichuan 3, an open mixture-of-experts model with 236 billion parameters, of which 18 billion are active, under the Apache 2.0 licence.",
        ),
    ]
    assert len(cluster(reports, within=TWO_DAYS)) == 1


def test_announcements_of_two_listed_companies_stay_apart_however_alike() -> None:
    same = "公告称，控股股东因自身资金需求，拟于2026年2月11日至5月10日通过集中竞价方式减持不超3%股份。"
    reports = [
        item("山海硅业：控股股东拟减持不超3%股份", feed="a", summary=f"山海硅业(603260.SH){same}"),
        item("青禾股份：控股股东拟减持不超3%股份", feed="b", summary=f"青禾股份(301585.SZ){same}"),
    ]
    assert len(cluster(reports, within=TWO_DAYS)) == 2


def test_many_headlines_on_one_event_hold_together_where_single_pairs_are_weak() -> None:
    weak = {(a, b): 0.45 for a in range(6) for b in range(a + 1, 6)} | {
        (0, 1): 0.9,
        (2, 3): 0.9,
        (4, 5): 0.9,
        (1, 2): 0.6,
        (3, 4): 0.6,
    }
    assert merge_average(6, weak, 0.5, largest=100) == [[0, 1, 2, 3, 4, 5]]


def test_pairs_inside_a_component_that_were_not_compared_are_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def otherwise(a: int, b: int) -> float:
        asked.append((a, b))
        return 0.6

    assert merge_average(4, {(0, 1): 0.9, (1, 2): 0.9}, 0.5, largest=100, otherwise=otherwise) == [
        [0, 1, 2],
        [3],
    ]
    assert asked == [(0, 2)]


def test_a_page_of_many_unlike_notes_joins_none_of_them() -> None:
    notes = [
        "这篇文章讲清智能体的边界，用案例跑一遍",
        "精选一批用户的提示词案例，欢迎补充",
        "读懂人性是最保值的技能，案例拆解",
        "整理了旗舰模型的用户实测案例",
    ]
    stories = cluster([item(note, url="https://wiki.example/one") for note in notes], within=TWO_DAYS)
    assert len(stories) == len(notes)
