"""Headlines as the paper would print them."""

from __future__ import annotations

import pytest

from generator.newsroom.headline import headline, only_names


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("财联社 7 月 8 日电，某公司停用第三方大模型。", "某公司停用第三方大模型"),
        ("7月8日消息，某公司停用第三方大模型", "某公司停用第三方大模型"),
        ("先停用。再换成自己的。", "先停用。再换成自己的。"),
        ("7月8日发布的模型有何不同", "7月8日发布的模型有何不同"),
    ],
)
def test_a_headline_has_no_dateline_and_no_full_stop(title: str, printed: str) -> None:
    assert headline(title) == printed


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
