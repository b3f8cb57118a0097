"""Names inside other words, names more exact than the source, and sentences of other stories."""

from __future__ import annotations

from dataclasses import replace

from tests.evidence.cases import OTHERS, SOURCE, STORY, findings, kinds, told


def test_a_house_is_no_part_of_another_word() -> None:
    source = replace(SOURCE, text=SOURCE.text + "公司将推出面向个人的产品。")
    story = replace(STORY, text=STORY.text + "公司将推出个人智能体。", sources=(source,))
    assert "name" not in kinds(story, record=story)


def test_a_name_inside_another_word_of_the_source_is_not_there() -> None:
    source = replace(OTHERS[1], title="Nvidia tests wind farms", text="Nvidia tests chips at two wind farms.")
    story = replace(
        STORY, headline="Arm tests chips", text="Arm tests chips at two wind farms.", sources=(source,)
    )
    named = {one.words for one in findings(story, record=story, language="en") if one.kind == "name"}
    assert named == {"Arm"}


def test_a_name_may_be_less_exact_than_the_source_but_not_more() -> None:
    def about(name: str, source: str) -> list[str]:
        known = replace(SOURCE, title=f"{source}上线", text=f"{source}已经上线，并支持更多语言。")
        story = replace(
            STORY, headline=f"{name}上线", text=f"{name}已经上线，并支持更多语言。", sources=(known,)
        )
        return kinds(story, record=story)

    assert "name" not in about("Claude", "Claude Opus")
    assert "name" in about("Claude Opus", "Claude")


def test_a_foreign_person_is_one_of_those_the_source_writes_out() -> None:
    source = replace(SOURCE, text=SOURCE.text + "前设计师乔纳森·伊夫没有出席。")
    right = replace(STORY, text=STORY.text + "前设计师乔纳森·伊夫没有出席。", sources=(source,))
    wrong = replace(right, text=right.text.replace("乔纳森·伊夫", "弗雷德里克·伊夫"))
    assert "name" not in kinds(right, record=right)
    assert "name" in kinds(wrong, record=wrong)


def test_what_is_planned_across_languages_may_not_be_told_as_done() -> None:
    source = replace(
        OTHERS[1],
        title="Samsung to double Gemini devices",
        text="Samsung Electronics plans to have Gemini on 800 million devices in 2026, the co-CEO said.",
    )
    text = "三星电子已经在2026年把搭载Gemini的设备增至8亿台。"
    story = replace(STORY, headline="", text=text, sources=(source,))
    assert "modality" in kinds(story, record=story)


def test_a_sentence_whose_names_and_figures_are_all_another_storys_is_found() -> None:
    other = replace(
        OTHERS[0],
        title="OpenAI is paying employees more than any startup",
        text="OpenAI's stock-based compensation averages about $1.5 million across its workforce of about 4,000.",
    )
    text = STORY.text + "财务文件显示，OpenAI向约4000名员工发放的股票薪酬人均约150万美元。"
    assert "merged" in kinds(told(text), others=(other,))
