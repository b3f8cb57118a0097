from __future__ import annotations

import pytest

from generator.lexicon import topics

BOTH = ("ai", "tech")


def tags_of(text: str, language: str = "zh") -> tuple[str, ...]:
    """The printed tags of a text, the strongest first."""
    return tuple(topics.tags()[key].printed(language) for key in topics.tag_keys(text))


def test_tags_come_from_one_thesaurus_in_one_language() -> None:
    assert tags_of("Startup raises Series B for its humanoid robot") == ("机器人", "投融资")
    assert tags_of("人形机器人公司完成B轮融资", "en") == ("Funding", "Robots")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("某公司发布新模型", "release"),
        ("Startup raises $30M Series A", "funding"),
        ("机器人公司科创板IPO过会", "ipo"),
        ("法院判决版权诉讼", "law"),
        ("今天天气不错", ""),
    ],
)
def test_the_kind_of_event(text: str, event: str) -> None:
    assert topics.event_of(text) == event


@pytest.mark.parametrize(
    "text", ["大模型降价", "OpenAI hires a new CFO", "An AI that paints", "芯片出口管制"]
)
def test_what_belongs_in_the_paper(text: str) -> None:
    assert topics.relevance(text, BOTH)


@pytest.mark.parametrize(
    "text", ["明星同框引发热议", "Rain expected in Paris", "AIDS research funding cut", "今晚开奖"]
)
def test_what_does_not(text: str) -> None:
    assert topics.relevance(text, BOTH) == ()


def test_a_topic_can_be_left_out_by_setting() -> None:
    assert topics.relevance("新款智能手机开售", BOTH)
    assert not topics.relevance("新款智能手机开售", ("ai",))


def test_sales_and_puzzles_give_themselves_away() -> None:
    assert topics.unwanted("到手价 99 元的充电宝")
    assert topics.unwanted("NYT Connections hints for today")
    assert not topics.unwanted("手机厂商公布财报")


def test_every_tag_has_a_theme_and_every_theme_a_name() -> None:
    assert {tag.theme for tag in topics.tags().values()} <= set(topics.themes())
    assert all(topics.theme_name(key) and topics.theme_name(key, "en") for key in topics.themes())


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("某团队的模拟器", ""),
        ("用户的虚拟形象", ""),
        ("美国解除对某公司模型的出口限制", "policy"),
        ("白宫解除对某公司模型的禁令", "policy"),
        ("某公司裁员4800人", "layoffs"),
        ("央行警告人工智能带来风险", "statement"),
        ("某平台智能体功能7月下线", "shutdown"),
        ("Leaker shares images of a foldable phone: its design just leaked", "plan"),
        ("A developer shares tips for fine-tuning", ""),
        ("某公司为初创企业提供收入分成", ""),
        ("A chipmaker offers start-ups revenue sharing", ""),
        ("科技股重燃投资热情", ""),
        ("某公司新增的股权贷款扩圈", "funding"),
        ("某公司拟掷10亿欧元，押注初创公司", "investment"),
        ("某公司正在训练下一代模型", "plan"),
        ("某公司暂停接受新用户", "shutdown"),
    ],
)
def test_a_word_inside_a_longer_one_and_a_loose_word_are_no_event(text: str, event: str) -> None:
    assert topics.event_of(text) == event


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("量子位发布报告", ()),
        ("特斯拉CEO谈机器人", ("机器人",)),
        ("监管框架尚未成形", ("政策监管",)),
        ("Privacy-first platform takes off", ("隐私",)),
        ("A fund hires an executive for her skills", ()),
    ],
)
def test_a_tag_is_what_a_text_is_about(text: str, tags: tuple[str, ...]) -> None:
    assert tags_of(text) == tags


@pytest.mark.parametrize(
    "text",
    [
        "招募参与者：一项硕士研究",
        "探展召集令！一起逛展",
        "Get lifetime access to Claude with this code",
        "新模型上线，还有专属折扣",
    ],
)
def test_invitations_and_offers_give_themselves_away(text: str) -> None:
    assert topics.unwanted(text)
