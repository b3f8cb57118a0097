"""Sections: few, named, none with a lone story that could stand elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from newsroom_items import item, story

from generator.news import Importance, Pick, Region
from generator.newsroom.themes import MOST, grouped

HEADLINES = [
    "某公司完成 5 亿元融资",
    "另一公司递交上市申请",
    "人形机器人进入汽车工厂",
    "机器人公司交付首批产品",
    "某公司开源大模型",
    "新的大模型登顶榜单",
]


def picked(headline: str, score: float, theme: str = "") -> Pick:
    return Pick(story(item(headline)), Region.DOMESTIC, Importance.LOW, "", theme=theme, score=score)


def test_every_story_stands_in_one_section_the_best_first() -> None:
    picks = [picked(headline, 9 - n) for n, headline in enumerate(HEADLINES)]
    sections = grouped(picks, "zh-CN")
    stood = [pick.story.lead.title for _, group in sections for pick in group]
    assert sorted(stood) == sorted(HEADLINES)
    assert len(sections) <= MOST
    assert len({name for name, _ in sections}) == len(sections)
    for _, group in sections:
        assert len(group) >= 2
        assert [pick.score for pick in group] == sorted((pick.score for pick in group), reverse=True)


def test_the_order_of_the_stories_changes_nothing() -> None:
    picks = [picked(headline, 9 - n) for n, headline in enumerate(HEADLINES)]
    assert grouped(picks, "zh-CN") == grouped(picks[::-1], "zh-CN")


def test_a_theme_that_the_editor_named_is_kept() -> None:
    picks = [picked(HEADLINES[0], 3.0, "今日焦点"), picked(HEADLINES[1], 2.0)]
    assert "今日焦点" in [name for name, _ in grouped(picks, "zh-CN")]


def test_no_story_makes_no_section() -> None:
    assert grouped([], "zh-CN") == []


def test_what_happened_decides_where_no_word_says_what_it_is_about() -> None:
    picks = [
        replace(picked("某国放宽甲公司的出口", 9.0), event="policy"),
        replace(picked("乙公司被要求停用一项功能", 8.0), event="policy"),
        picked("某公司开源大模型", 7.0),
        picked("新的大模型登顶榜单", 6.0),
    ]
    sections = dict(grouped(picks, "zh-CN"))
    assert [pick.score for pick in sections["政策、法律与安全"]] == [9.0, 8.0]


def test_a_section_carries_a_firms_name_only_when_all_its_stories_are_about_it() -> None:
    def names(*headlines: str) -> list[str]:
        picks = [replace(picked(headline, 9.0), event="ipo") for headline in headlines]
        return [name for name, _ in grouped(picks, "zh-CN")]

    assert names("OpenAI 递交上市申请", "OpenAI 上市估值确定", "OpenAI 选定上市地点") == ["OpenAI：上市"]
    assert names("OpenAI 递交上市申请", "OpenAI 上市估值确定", "某公司选定上市地点") == ["资本与公司"]


def test_the_theme_of_the_others_stands_behind_one_of_equal_weight() -> None:
    picks = [
        picked(headline, 5.0)
        for headline in ("甲公司有了新的消息传来", "某乙公司换了标志和颜色", *HEADLINES[4:])
    ]
    assert [name for name, _ in grouped(picks, "zh-CN", encode=_apart)][-1] == "科技产业动态"


def _apart(texts: Sequence[str]) -> Any:
    return np.eye(2)[[int("大模型" in text) for text in texts]]


def test_a_story_of_high_importance_keeps_its_theme_alone() -> None:
    rule = replace(picked("某国解除对大模型的出口管制", 9.0), event="policy")
    others = [picked("某公司开源大模型", 7.0), picked("新的大模型登顶榜单", 6.0)]
    assert "政策、法律与安全" not in dict(grouped([rule, *others], "zh-CN"))
    assert dict(grouped([replace(rule, importance=Importance.HIGH), *others], "zh-CN"))["政策、法律与安全"]


def test_nearness_to_a_single_story_gives_a_stray_no_theme() -> None:
    alone = replace(picked("某公司裁员4800人", 9.0), event="layoffs", importance=Importance.HIGH)
    others = [picked(headline, 5.0 - n) for n, headline in enumerate(HEADLINES[4:])]
    stray = picked("某国总理访问一家工厂", 2.0)

    def near(texts: Sequence[str]) -> Any:
        """What lies near the stray is the story that is alone in its theme."""
        return np.array([[0.0, 1.0] if "大模型" in text else [1.0, 0.0] for text in texts])

    sections = grouped([alone, *others, stray], "zh-CN", encode=near)
    assert all(alone not in group for _, group in sections if stray in group)


def test_a_story_stands_in_no_theme_that_its_text_only_touches() -> None:
    touching = "该公司此前也曾开源智能体，供人使用。"
    deal = Pick(
        story(item("某集团收购一家初创公司", summary=touching)),
        Region.DOMESTIC,
        Importance.LOW,
        "",
        event="deal",
        score=9.0,
    )
    agents = [picked("某公司开源智能体框架", 8.0), picked("智能体开发工具上线", 7.0)]

    def apart(texts: Sequence[str]) -> Any:
        return np.array([[0.0, 1.0] if "智能体" in text else [1.0, 0.0] for text in texts])

    sections = dict(grouped([deal, *agents], "zh-CN", encode=apart))
    assert all(deal not in group for name, group in sections.items() if agents[0] in group)
