"""A headline made of a story's first words says something: never a day, a number or an outlet alone."""

from __future__ import annotations

import pytest

from generator.editions.headlines import LONG, headline_from
from generator.news import Article, Source

LONG_CLAUSE = "甲公司在第三季度交付了四款采用新一代推理芯片的服务器并且计划在明年把产能扩大到目前的两倍"


def story(text: str) -> Article:
    return Article("a1", "", text, sources=(Source("a1", "https://e.com/1", "示例社"),))


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("7月16日，甲公司裁员。乙公司没有。", "甲公司裁员"),
        ("7月16日消息，甲公司裁员，乙公司没有。", "甲公司裁员，乙公司没有"),
        ("7月16日。甲公司裁员。", "甲公司裁员"),
        ("截至7月16日，甲公司有九千家门店。", "截至7月16日，甲公司有九千家门店"),
        ("据36氪获悉，甲公司裁员。", "据36氪获悉，甲公司裁员"),
        ("“甲回来了”", "“甲回来了”"),
        ("", "示例社"),
        ("7月16日", "7月16日"),
    ],
)
def test_the_headline_is_what_the_first_words_tell(text: str, headline: str) -> None:
    assert headline_from(story(text)) == headline


@pytest.mark.parametrize(
    "opening",
    ["截至7月16日，", "2026年，", "10亿美元，", "IT之家，", "据36氪独家获悉，", "示例社：", "据外媒报道，"],
)
def test_a_day_a_number_or_an_outlet_is_not_left_alone(opening: str) -> None:
    made = headline_from(story(f"{opening}{LONG_CLAUSE}。"))
    assert made.startswith(f"{opening}甲公司在第三季度") and len(made) <= LONG


def test_a_day_that_leads_on_to_what_does_not_fit_is_left_out() -> None:
    assert headline_from(story(f"甲公司披露，2026年1月20日，{LONG_CLAUSE}。")) == "甲公司披露"
