from __future__ import annotations

from decimal import Decimal

import pytest

from generator.text.dates import dates, resolve
from generator.text.designations import designations
from generator.text.numbers import quantities
from generator.text.numerals import chinese, english


def only(text: str) -> tuple[Decimal, Decimal, str, str]:
    (one,) = quantities(text)
    return one.low, one.high, one.unit, one.hedge


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [
        ("完成超2000万美元A轮融资", 20_000_000, "USD", "over"),
        ("孖展金额高达2533亿港元", 253_300_000_000, "HKD", "upto"),
        ("约 4000 名员工", 4000, "人", "about"),
        ("占比近80%", 80, "%", "nearly"),
        ("占比首次突破6成", 60, "%", "over"),
        ("百分之三十", 30, "%", ""),
        ("降低3个百分点", 3, "pp", ""),
        ("获得1209倍超额认购", 1209, "倍", ""),
        ("只有7亿参数", 700_000_000, "param", ""),
        ("Falcon H1R 7B", 7_000_000_000, "param", ""),
        ("a 70 billion parameter model", 70_000_000_000, "param", ""),
        ("市值4.2万亿元", 4_200_000_000_000, "CNY", ""),
        ("产业规模迈向万亿", 1_000_000_000_000, "", ""),
        ("1亿2000万用户", 120_000_000, "人", ""),
        ("逾三万人", 30_000, "人", "over"),
        ("约合人民币3.6亿元", 360_000_000, "CNY", ""),
        ("投资300亿日元", 30_000_000_000, "JPY", ""),
        ("raised US$250 million", 250_000_000, "USD", ""),
        ("a $5bn valuation", 5_000_000_000, "USD", ""),
        ("raised $5M in seed", 5_000_000, "USD", ""),
        ("HK$4.2 billion", 4_200_000_000, "HKD", ""),
        ("€1.2bn", 1_200_000_000, "EUR", ""),
        ("1.2 trillion yuan", 1_200_000_000_000, "CNY", ""),
        ("nearly 8,000 jobs", 8000, "人", "nearly"),
        ("共有1,5000个样本", 15_000, "个", ""),
        ("最近20天", 20, "天", ""),
        ("over 300 AI researchers", 300, "人", "over"),
        ("twenty-five companies", 25, "家", ""),
        ("three million people", 3_000_000, "人", ""),
        ("12.5 percentage points", Decimal("12.5"), "pp", ""),
        ("10x faster", 10, "倍", ""),
        ("3.2 GW of power", 3_200_000_000, "W", ""),
        ("2000亿元以上", 200_000_000_000, "CNY", "over"),
        ("不到100人", 100, "人", "most"),
        ("200余名学生", 200, "人", "over"),
        ("新增５０００万用户", 50_000_000, "人", ""),
    ],
)
def test_an_amount_is_its_value_unit_and_hedge(
    text: str, value: int | Decimal, unit: str, hedge: str
) -> None:
    assert only(text) == (value, value, unit, hedge)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("20-30%", 20, 30, "%"),
        ("20% to 30%", 20, 30, "%"),
        ("2到3亿元", 200_000_000, 300_000_000, "CNY"),
        ("between 2 and 3 million users", 2_000_000, 3_000_000, "人"),
        ("400亿至1万亿参数", 40_000_000_000, 1_000_000_000_000, "param"),
        ("数千万元", 10_000_000, 99_999_999, "CNY"),
        ("hundreds of millions of dollars", 100_000_000, 999_999_999, ""),
    ],
)
def test_a_range_is_one_amount(text: str, low: int, high: int, unit: str) -> None:
    assert only(text)[:3] == (low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "GPT-5.2和Opus 4.5发布",
        "英伟达H200芯片与RTX 3090显卡",
        "CES 2026在1月7日开幕",
        "第12批名单",
        "the 12th package",
        "2027年推向全球",
        "三星与百度、千问",
        "人形机器人进汽车零部件厂",
        "零售巨头的零碳园区",
        "十分重要",
        "8点1氪：下午2点",
        "in the third quarter of 2025",
        "https://a.example/p/3628717277758725",
    ],
)
def test_names_dates_and_words_are_no_amounts(text: str) -> None:
    assert quantities(text) == []


def test_money_right_behind_a_latin_name_is_an_amount() -> None:
    assert [(one.text, one.low, one.unit) for one in quantities("Acme3.5亿美元收购对手")] == [
        ("3.5亿美元", 350_000_000, "USD")
    ]


def test_a_place_points_at_the_words_as_written() -> None:
    text = "募资额约为２５亿港元，估值翻倍"
    first = quantities(text)[0]
    assert text[first.start : first.end] == first.text == "２５亿港元"


def test_the_step_is_the_worth_of_the_last_digit() -> None:
    assert [one.step for one in quantities("2.5亿元，4000人")] == [10_000_000, 1000]


def test_numerals_in_words_have_values() -> None:
    assert [chinese(text) for text in ("三千五百", "一亿两千万", "三点五", "二〇二六", "三五")] == [
        3500,
        120_000_000,
        Decimal("3.5"),
        2026,
        None,
    ]
    assert [english(text) for text in ("twenty-five", "two hundred", "seven twenty")] == [25, 200, None]


def test_versions_models_and_ordinals_are_designations() -> None:
    found = designations("GPT-5.2、Opus 4.5、H200和第12批；Hires 300 engineers, the 13th package")
    assert [(one.base, one.number) for one in found] == [
        ("gpt", "5.2"),
        ("opus", "4.5"),
        ("h", "200"),
        ("第批", "12"),
        ("th package", "13"),
    ]


def test_dates_are_found_absolute_and_relative() -> None:
    import datetime as dt

    written = dt.date(2026, 1, 7)  # a Wednesday
    found = dates("2025年12月30日发布，周二大涨；昨日又涨，yesterday, Jan. 5 and last Friday")
    assert [resolve(one, written) for one in found] == [
        (dt.date(2025, 12, 30),),
        (dt.date(2026, 1, 6), dt.date(2026, 1, 13)),
        (dt.date(2026, 1, 6),),
        (dt.date(2026, 1, 6),),
        (dt.date(2026, 1, 5),),
        (dt.date(2026, 1, 2),),
    ]


def test_a_long_text_takes_time_in_proportion() -> None:
    assert len(quantities("超2000万美元，" * 3000)) == 3000
    for hostile in ("一", "9", "a-", "1-", "1.", "数", "九分", "$", "aA "):
        assert len(quantities(hostile * 3000)) < 3001


@pytest.mark.parametrize(
    ("text", "low", "unit"), [("罚款41亿欧元", 4_100_000_000, "EUR"), ("完成千万元融资", 10_000_000, "CNY")]
)
def test_names_that_begin_like_amounts_do_not_hide_amounts(text: str, low: int, unit: str) -> None:
    [one] = quantities(text)
    assert (one.low, one.unit) == (low, unit)
