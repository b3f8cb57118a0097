"""Quotations are found where they stand, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.text.quotes import locate

TEXT = "“我们　预计ＡＩ收入将超过 100 亿美元”，他说。 Nvidia said “no”."


def found(quotation: str) -> str | None:
    place = locate(quotation, TEXT)
    return None if place is None else TEXT[slice(*place)]


def test_letter_by_letter_comes_first() -> None:
    assert found("他说。") == "他说。"


def test_width_case_spaces_and_marks_do_not_matter() -> None:
    assert found("我们预计AI收入将超过100亿美元") == "我们　预计ＡＩ收入将超过 100 亿美元"
    assert found('nvidia SAID "no"') == "Nvidia said “no"


def test_other_words_and_numbers_are_not_found() -> None:
    assert found("预计AI收入将超过10亿美元") is None and found("no ") is not None and found("。") is None


@given(st.text(min_size=4, max_size=80), st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    part = text[start:end]
    place = locate(part, text)
    assert len(part.strip()) < 2 or (place is not None and text[slice(*place)] == part)
