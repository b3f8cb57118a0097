"""What a printed sentence says again, it says of the same figure, day, hedge and name; and findings point at their place."""

from __future__ import annotations

from dataclasses import replace

from generator.evidence.dossier import Context
from generator.evidence.verify import verify
from tests.evidence.cases import OTHERS, SOURCE, STORY, edition, findings, kinds, told


def test_a_name_that_another_sentence_of_the_source_has_is_found_too() -> None:
    source = replace(SOURCE, text="英伟达将向该项目提供十万枚加速芯片。微软将为该项目建设三座数据中心。")
    story = replace(STORY, headline="", text="微软将向该项目提供十万枚加速芯片。", sources=(source,))
    (finding,) = [one for one in findings(story, record=story) if one.kind == "name"]
    assert (finding.words, finding.evidence) == ("微软", "英伟达将向该项目提供十万枚加速芯片。")


def test_a_date_that_another_sentence_of_the_source_has_is_found_too() -> None:
    source = replace(SOURCE, text="该芯片预计于2028年推出，能效提升六倍。公司在2026年成立了芯片部门。")
    story = replace(STORY, headline="", text="该芯片预计于2026年推出，能效提升六倍。", sources=(source,))
    (finding,) = [one for one in findings(story, record=story) if one.kind == "date"]
    assert (finding.words, finding.fix) == ("2026年", "write 2028年")


def test_a_hedge_is_that_of_the_sentence_and_not_of_the_title() -> None:
    source = replace(
        SOURCE, title="当局裁减5000个职位", text="当局裁减5000个职位\n当局预计编制较前一年减少近5000个职位。"
    )
    text = "当局预计编制较前一年减少近5000个职位。"
    right = replace(STORY, headline="当局裁减5000个职位", text=text, sources=(source,))
    wrong = replace(right, text=text.replace("近", ""))
    assert "hedge" not in kinds(right, record=right)
    (finding,) = [one for one in findings(wrong, record=wrong) if one.kind == "hedge"]
    assert (finding.key, finding.fix) == ("s0.a0.text", "write 近5000个职位")


def test_of_two_places_of_the_same_words_the_wrong_one_is_pointed_at() -> None:
    text = "公司估值约20亿元。该轮融资的金额为20亿元。"
    story = told(text)
    printed = edition(story)
    printed.places.update({"s0.a0.text": (7, 1), "s0.a0.headline": (5, 1)})
    (finding,) = [f for f in verify(printed, edition(STORY), Context(sources=OTHERS)) if f.kind == "hedge"]
    assert (finding.line, finding.column) == (7, text.rindex("20亿元") + 1)


def test_a_turned_hedge_is_said_once_for_each_place() -> None:
    wrong = told(STORY.text.replace("约20亿元", "超20亿元"))
    assert [one.message for one in findings(wrong)] == ["超20亿元 turns the source's hedge"]
