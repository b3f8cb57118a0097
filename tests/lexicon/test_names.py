from __future__ import annotations

import tomllib

import pytest

from generator.lexicon import names


@pytest.mark.parametrize("form", ["英伟达", "Nvidia", "NVIDIA", "輝達", "nvidia"])
def test_every_form_of_a_name_is_one_name(form: str) -> None:
    assert [mention.name for mention in names.find(f"{form} 发布新芯片")] == ["英伟达"]


def test_a_name_is_a_whole_word_in_latin_and_any_place_in_han() -> None:
    assert names.find("metadata of the Applebee menu") == []
    assert [mention.name for mention in names.find("据阿里巴巴达摩院称")] == ["阿里巴巴", "达摩院"]


def test_a_name_that_is_also_a_word_counts_only_as_written() -> None:
    assert names.find("an apple a day, a cursor on the screen") == []
    assert [mention.name for mention in names.find("Apple buys Cursor")] == ["苹果", "Cursor"]


def test_the_longest_name_at_a_place_wins() -> None:
    assert [mention.name for mention in names.find("Claude Code and Claude Opus 4.5")] == [
        "Claude Code",
        "Claude Opus",
    ]


def test_a_mention_says_where_it_stands() -> None:
    text = "消息称 Moonshot AI 融资"
    (mention,) = names.find(text)
    assert (text[mention.start : mention.end], mention.name, mention.kind) == (
        "Moonshot AI",
        "月之暗面",
        "company",
    )


def test_unify_brings_two_languages_together() -> None:
    assert names.unify("Jensen Huang of Nvidia") == "黄仁勋 of 英伟达"
    assert names.unify("英伟达的黄仁勋") == "英伟达的黄仁勋"


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("OpenAI 发布 GPT-5.2", {"GPT": {"5.2"}}),
        ("Qwen3-Max 与 DeepSeek V4 对比", {"通义千问": {"3"}, "DeepSeek": {"4"}}),
        ("GPT-5.2 beats GPT-5.1", {"GPT": {"5.2", "5.1"}}),
        ("Llama 7B 参数模型", {}),  # counts parameters
        ("Claude 3月更新", {}),  # a month
        ("豆包日活破 1 亿", {}),
    ],
)
def test_what_follows_a_model_is_its_version(text: str, versions: dict[str, set[str]]) -> None:
    assert {name: set(numbers) for name, numbers in names.versions(text).items()} == versions


def test_no_alias_belongs_to_two_names() -> None:
    owner: dict[str, str] = {}
    for entry in names.entries().values():
        for form in (entry.name, *entry.aliases):
            assert owner.setdefault(form, entry.name) == entry.name, form


def test_intelligence_officials_are_no_chip_maker() -> None:
    assert [mention.name for mention in names.find("Intel Officials predict a cost")] == ["美国情报机构"]
    assert [mention.name for mention in names.find("Intel predicts a loss")] == ["英特尔"]


def test_deepseek_is_one_name_as_a_firm_and_as_a_model() -> None:
    assert {names.find(text)[0].name for text in ("DeepSeek发布", "DeepSeek公司发布", "深度求索发布")} == {
        "DeepSeek"
    }


def test_whose_a_product_is_and_for_whom_a_person_speaks() -> None:
    assert names.firm_of("ChatGPT") == names.firm_of("山姆·奥特曼") == "OpenAI"
    assert names.firm_of("某人") == ""
    firms = tomllib.loads(names.DATA.read_text(encoding="utf-8"))["firm"]
    assert {*firms, *firms.values()} <= names.entries().keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("字节发布新模型", {"字节跳动"}),
        ("一次写入 128字节", set()),
        ("浪潮发布服务器", {"浪潮信息"}),
        ("智普的创始人谈开放", {"智谱"}),
        ("理智普遍占上风", set()),
        ("人工智能浪潮席卷各行", set()),
        ("甲骨文扩建数据中心", {"甲骨文"}),
        ("大模型助力破译甲骨文", set()),
        ("清朗专项行动", {"国家网信办"}),
        ("雨后天空清朗", set()),
    ],
)
def test_an_alias_that_is_an_ordinary_word_is_a_name_only_where_nothing_shows_the_word(
    text: str, found: set[str]
) -> None:
    assert {mention.name for mention in names.find(text)} == found
