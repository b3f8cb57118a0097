"""Texts that say their day first, and texts that name one further on."""

from __future__ import annotations

import pytest

from generator.text.dateline import behind_day, opens_with_day


@pytest.mark.parametrize(
    "text",
    [
        "7月21日，据媒体报道，甲公司裁员。",
        "7 月 21 日晚间，甲公司公告。",
        "7月8日至10日，大会举行。",
        "二〇二六年七月二十一日，甲公司上市。",
        "当地时间周二（7月21日），甲公司起诉乙公司。",
        "截至7月21日，甲公司有九千家门店。",
        "新华社北京7月21日电（记者甲）乙公司开工。",
        "据IT之家 7 月 21 日消息，甲公司发布新机。",
        "21日，甲公司回应。",
        "July 21 (Reuters) - The firm said so.",
        "SAN FRANCISCO, July 21, 2026 /PRNewswire/ -- The firm said so.",
        "WASHINGTON, D.C., July 21 (AP) — The firm said so.",
        "On Tuesday, July 21, the firm said so.",
        "2026-07-21 the firm said so.",
    ],
)
def test_a_text_that_opens_with_its_day(text: str) -> None:
    assert opens_with_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲公司7月21日发布新机。",
        "2026 甲乙大会 7 月 8 日开幕。",
        "此前，甲公司于7月8日公布计划。",
        "昨日，甲公司发布新机。",
        "2026年，甲公司将建厂。",
        "The firm plans to launch on July 21 - its third.",
        "WASHINGTON (AP) — The firm said so.",
    ],
)
def test_a_text_that_names_a_day_later_or_none(text: str) -> None:
    assert not opens_with_day(text)


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("7月21日，甲公司裁员。", "甲公司裁员。"),
        ("7月21日消息，甲公司裁员。", "甲公司裁员。"),
        ("7 月 21 日晚间，甲公司公告。", "甲公司公告。"),
        ("7月8日至10日，大会举行。", "大会举行。"),
        ("当地时间周二（7月21日），甲公司起诉乙公司。", "甲公司起诉乙公司。"),
        ("新华社北京7月21日电（记者甲）乙公司开工。", "乙公司开工。"),
        ("据IT之家 7 月 21 日消息，甲公司发布新机。", "甲公司发布新机。"),
        ("7/21: The firm said so.", "The firm said so."),
        ("SAN FRANCISCO, July 21, 2026 /PRNewswire/ -- The firm said so.", "The firm said so."),
        ("WASHINGTON, D.C., July 21 (AP) — The firm said so.", "The firm said so."),
        ("2026-07-21 the firm said so.", "the firm said so."),
    ],
)
def test_what_stands_behind_a_dateline(text: str, behind: str) -> None:
    assert behind_day(text) == behind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7月21日",
        "7月21日消息，",
        "截至7月21日，甲公司有九千家门店。",
        "7月21日起，甲公司收费。",
        "7月21日甲公司发布新机。",
        "7月21日电动车销量公布。",
        "甲公司7月21日发布新机。",
    ],
)
def test_a_day_that_is_no_dateline_stays(text: str) -> None:
    assert behind_day(text) == text
