from __future__ import annotations

import pytest
from newsroom_items import item

from generator.newsroom.roundup import is_roundup, split


@pytest.mark.parametrize(
    "title",
    [
        "8点1氪丨甲公司上市申请通过；乙公司市值蒸发；丙公司致歉",
        "某某晚报｜甲公司发布新品；乙公司完成融资",
        "派早报：甲公司推出视频标准等",
        "AI 日报 7 月 2 日",
        "The Download: a startup, and a quantum machine",
        "June research roundup: six stories",
        "Chip Ban Reversed + A Talk on Parenting With A.I. + Prediction Market Drama",
        "ICYMI: a chip maker folds, and a phone floats",
        "The week's 5 biggest science stories, from moths to magma",
        "Why a Bank Sued a Chatbot, Oslo Bans Scooters, and What to Know About Ticks",
        "甲公司注册生效的消息传来；乙公司下半年推出新品；丙公司发现四种新材料",
    ],
)
def test_a_roundup_is_known_by_its_name_or_its_headlines(title: str) -> None:
    assert is_roundup(title)


@pytest.mark.parametrize(
    "title",
    [
        "人民日报：加快发展人工智能",
        "某助手上线：一句话写周报，专治群聊消息",
        "甲公司与乙公司合作，“AI 日报”首发上线",
        "Meta is adding &#8216;rate limits&#8217; and a soft paywall for its users",
        "甲公司发布新模型；性能提升一倍",
        "Why the chips are late, what they cost, and who buys them",
        "Google Signs Deals With Oslo, Bergen, and Tromsø",
        "上传自拍 + 音频就能定制专属数字分身",
    ],
)
def test_a_story_that_only_sounds_like_one_is_none(title: str) -> None:
    assert not is_roundup(title)


def test_a_roundup_is_split_into_the_headlines_it_spells_out() -> None:
    parts = split(item("8点1氪丨甲公司上市申请通过；乙公司市值蒸发一半；丙公司公开致歉"))
    assert [part.title for part in parts] == ["甲公司上市申请通过", "乙公司市值蒸发一半", "丙公司公开致歉"]
    assert len({part.id for part in parts}) == 3


def test_a_roundup_that_spells_out_nothing_is_set_aside() -> None:
    assert split(item("AI 早报 7 月 2 日")) == []
