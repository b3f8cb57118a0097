"""A sentence is printed where what it leans on is printed, and as it stands only where it can stand alone."""

from __future__ import annotations

import pytest
from newsroom_items import item

from generator.newsroom.extract import passages
from generator.newsroom.leaning import Leaning, leaning, upright


def quoted(title: str, summary: str) -> list[str]:
    return [passage.text for passage in passages(item(title, summary=summary), limit=3, characters=240)]


@pytest.mark.parametrize(
    "text",
    [
        "不过，海岳芯片否认了这一说法。",
        "还在三家银行的机房里跑了半年。",
        "第二，训练数据全部来自公开语料。",
        "答案在于一块小得多的缓存。",
        "假设一台机器人每天搬运两百箱货物。",
        "But the lab has yet to publish its weights.",
        "Second, the licence forbids resale.",
        "The answer was a smaller cache.",
    ],
)
def test_what_goes_on_from_a_thought_needs_the_sentence_before_it(text: str) -> None:
    assert leaning(text) is Leaning.THOUGHT


@pytest.mark.parametrize(
    "text",
    [
        "他们打算明年再试一次。",
        "将于下周在杭州推出。",
        "与去年相比，这一数字翻了一番。",
        "业内人士表示，这一举措会压低价格。",
        "海岳芯片一直想解开这道题。",
        "货架很快就空了：他再也没有回头。",
        "其中近六成来自海外。",
        "They ship it in May.",
        "In these trials, the arm dropped every fifth cup.",
    ],
)
def test_what_points_back_needs_what_it_points_at(text: str) -> None:
    assert leaning(text) is Leaning.THING


@pytest.mark.parametrize(
    "text",
    [
        "会议将在杭州举行。",
        "可灵的用户超过一亿。",
        "第二季度营收为三亿元。",
        "并购交易预计年底完成。",
        "这家公司去年才成立。",
        "这几天，展馆外排起了长队。",
        "就在刚刚，海岳芯片宣布开源软件栈。",
        "其他专家看法不同。",
        "创始人林岚说，她三年前就开始写代码。",
        "编译器、驱动、文档，这三个部分都已开源。",
        "This week the lab published its weights.",
        "This paper describes a smaller cache.",
        "Butter prices are set by a model.",
    ],
)
def test_a_word_that_only_looks_like_a_link_is_none(text: str) -> None:
    assert leaning(text) is Leaning.NONE


def test_what_only_joins_a_whole_sentence_can_be_left_out() -> None:
    assert upright("针对这一问题，海岳芯片重写了编译器。") == "海岳芯片重写了编译器。"
    assert upright("但微软没有参与投票。") == "微软没有参与投票。"
    assert upright("不过，将于下周推出。") == "" and upright("海岳芯片重写了编译器。") == ""


FIRST = "海岳芯片7月2日开源了它的软件栈，代码有90万行。"
LATER = "不过，海岳芯片没有开源驱动的源代码，也没有说明何时开源。"


def test_a_sentence_keeps_its_link_behind_the_one_it_links_to_and_loses_it_elsewhere() -> None:
    title = "海岳芯片开源软件栈"
    assert quoted(title, FIRST + LATER) == [FIRST, LATER]
    with_a_question = f"{FIRST}为什么只开源一半？{LATER}"
    assert quoted(title, with_a_question) == [FIRST, LATER.removeprefix("不过，")]


def test_a_sentence_that_cannot_lose_its_link_is_left_out_without_the_one_before_it() -> None:
    later = "还在三家银行的机房里跑了半年，没有出过一次故障。"
    assert quoted("海岳芯片开源软件栈", f"{FIRST}谁会第一个用它？{later}") == [FIRST]
    assert quoted("海岳芯片开源软件栈", FIRST + later) == [FIRST, later]


def test_the_headline_stands_before_the_first_sentence_and_behind_its_own_repetition() -> None:
    about = "They cost 9 dollars each and are made in a former bakery in Leeds."
    assert quoted("Cordless lamps from a former bakery", about) == [about]
    title, later = "海岳芯片正测试新的编译器", "而驱动没有变化，仍是去年的3.2版。"
    assert quoted(title, f"{title}。{later}") == [later]


def test_a_sentence_in_traditional_characters_leans_the_same_way() -> None:
    first, later = (
        "海嶽晶片7月2日開源了軟體，程式碼有90萬行。",
        "還在三家銀行的機房裡跑了半年，沒有出過故障。",
    )
    assert quoted("海嶽晶片開源軟體", f"{first}誰會用它？{later}") == [first]
