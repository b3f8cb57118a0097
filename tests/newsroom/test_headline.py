"""Headlines as the paper would print them."""

from __future__ import annotations

import pytest

from generator.newsroom.headline import headline, only_names, printed


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("财联社 7 月 8 日电，某公司停用第三方大模型。", "某公司停用第三方大模型"),
        ("7月8日消息，某公司停用第三方大模型", "某公司停用第三方大模型"),
        ("先停用。再换成自己的。", "先停用。再换成自己的。"),
        ("7月8日发布的模型有何不同", "7月8日发布的模型有何不同"),
    ],
)
def test_a_headline_has_no_dateline_and_no_full_stop(title: str, wanted: str) -> None:
    assert headline(title) == wanted


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Claude Sonnet 5", True),
        ("GPT-5.6", True),
        ("OpenAI 发布 GPT-5.6", False),
        ("某公司开源大模型", False),
    ],
)
def test_a_products_name_alone_does_not_say_what_happened(title: str, bare: bool) -> None:
    assert only_names(title) is bare


def test_of_a_note_without_a_headline_its_first_sentence_is_printed() -> None:
    note = (
        "天枢团队把权重放出来了，许可允许商用。"
        + "这几周每天都在试，各家模型轮着用，真的感觉还是它最稳。" * 4
    )
    assert printed(note) == "天枢团队把权重放出来了，许可允许商用"
    assert printed("先停用。再换成自己的。") == "先停用。再换成自己的。"
