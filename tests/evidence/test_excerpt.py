"""What a finding shows of a source: whole figures, whole words, one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.evidence.excerpt import around, clip
from tests.evidence.cases import SOURCE, STORY, findings


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("去年营收1,200.5亿元，今年交付120台机器人。", "120台", "1,200.5亿元，今年交付120台机器人。"),
        ("On 2026-01-07 Nvidia shipped 120 units to Foxconn.", "120", "Nvidia shipped 120 units to Foxconn"),
        ("题目：交付120台\n公司交付120台。", "公司交付120台", "公司交付120台。"),
        ("交付120台", "120台", "交付120台"),
    ],
)
def test_nothing_is_cut_in_two(text: str, words: str, shown: str) -> None:
    at = text.index(words)
    assert around(text, at, at + len(words), 11, 14) == shown


@pytest.mark.parametrize(
    ("limit", "shown"),
    [
        (9, "融资共计…"),
        (14, "融资共计1,200亿元…"),
        (16, "融资共计1,200亿元…"),
        (40, "融资共计1,200亿元，Nvidia领投"),
    ],
)
def test_what_is_too_long_ends_between_words(limit: int, shown: str) -> None:
    assert clip("融资共计1,200亿元，Nvidia领投", limit).replace("，…", "…") == shown


def test_the_evidence_of_a_figure_is_its_sentence_without_the_title_before_it() -> None:
    title = "星海图完成新一轮融资"
    source = replace(SOURCE, title=title, text=f"{title}\n星海图完成约20亿元B轮融资，参数规模为700.5亿。")
    story = replace(STORY, headline=title, text="星海图完成约30亿元B轮融资。", sources=(source,))
    [found] = [one for one in findings(story, record=story) if one.kind == "number"]
    assert found.evidence == "星海图完成约20亿元B轮融资，参数规模为700.5亿。"
