"""Sections: few, named, none with a lone story that could stand elsewhere."""

from __future__ import annotations

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
