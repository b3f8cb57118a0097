"""A line of the front that is one story's sentence with another story's figure or name in it."""

from __future__ import annotations

import pytest

from generator.evidence.verify import verify
from generator.news import Article, Edition, Section
from tests.evidence.cases import DAY, Parsed

STORIES = (
    Article("a1", headline="星桥科技完成A轮融资", text="星桥科技宣布完成A轮融资，资金用于量产。"),
    Article("a2", headline="云帆机器人完成B轮融资", text="云帆机器人完成B轮融资，由老股东领投。"),
    Article("a3", headline="英伟达发布H200推理芯片新方案", text="英伟达发布H200推理芯片新方案，性能提高三成。"),
    Article("a4", headline="智谱开源GLM-5大模型", text="智谱开源GLM-5大模型，参数规模为700亿，上下文达到100万token。"),
)  # fmt: skip


def phantoms(*lines: str, lead: str = "") -> list[str]:
    printed = Edition(
        "2026-01-07", DAY, sections=(Section("一", articles=STORIES),), summary=lines, lead=lead
    )
    return [finding.words for finding in verify(Parsed(printed), None, only=("phantom",))]


@pytest.mark.parametrize(
    "line", ["星桥科技完成B轮融资", "智谱发布H200推理芯片新方案", "英伟达发布GLM-5推理芯片新方案"]
)
def test_what_another_story_has_is_not_held_by_this_one(line: str) -> None:
    assert phantoms(line) == [line]


def test_a_line_in_other_words_or_with_more_of_its_own_story_is_held() -> None:
    assert not phantoms(
        *(story.headline for story in STORIES),
        "星桥科技A轮融资到手",
        "智谱把GLM-5大模型开源，参数700亿",
        "英伟达推出H200推理芯片方案，性能提高三成",
    )


def test_a_sentence_of_the_lead_may_speak_of_two_stories() -> None:
    assert not phantoms(lead="星桥科技与云帆机器人先后完成A轮融资和B轮融资。")
