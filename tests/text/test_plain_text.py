"""Cleaning, sentences, language, length and slugs of text from outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.clean import clean, fold, one_line, shorten, whole_figures
from generator.text.language import language_of
from generator.text.sentences import sentences
from generator.text.slug import slugify
from generator.text.width import han_count, latin_words, reading_minutes


def test_controls_bidi_and_zero_width_go_but_emoji_stay_whole() -> None:
    assert clean("a\x00\x1b[31m\u202eb\u200b👩‍💻\ufeff") == "a[31mb👩‍💻"
    assert one_line(" 甲\r\n乙\t丙\u2028丁 ") == "甲 乙 丙 丁"


def test_folding_makes_widths_and_cases_equal() -> None:
    assert fold("ＧＰＴ－5.2　发布") == fold("gpt-5.2 发布")


@given(st.text(max_size=400), st.integers(min_value=2, max_value=100))
def test_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("英伟达发布新芯片。股价上涨3.5%！你怎么看？", ["英伟达发布新芯片。", "股价上涨3.5%！", "你怎么看？"]),
        ("He said “it works.” Then he left.", ["He said “it works.”", "Then he left."]),
        ("Dr. Smith of U.S. Robotics Inc. shipped v2.5 today. It sold out.",
         ["Dr. Smith of U.S. Robotics Inc. shipped v2.5 today.", "It sold out."]),
        ("他说：“快走！”然后跑了。", ["他说：“快走！”", "然后跑了。"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="甲乙。！a .\n?”", max_size=80))
def test_sentences_lose_nothing_but_space(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("OpenAI 发布 GPT-5.2", "zh"),
        ("Nvidia unveils Rubin at CES", "en"),
        ("エヌビディアが新型チップを発表", "ja"),
        ("엔비디아 새 칩 공개", "ko"),
        ("12345", "en"),
        ("！？", ""),
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_two_scripts_are_counted_apart_and_added() -> None:
    # a real digest: 2,835 Han characters and 244 Latin words take about 8 minutes
    text = "汉" * 2835 + " word" * 244
    assert (han_count(text), latin_words(text), reading_minutes(text)) == (2835, 244, 8)
    assert latin_words("GPT-5.2 don't e.g.") == 3


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("物理AI爆发，人形机器人量产元年", "物理ai爆发-人形机器人量产元年"),
        ("C#", "c-sharp"),
        ("C++", "c++"),
        ("AI 日报", "ai-日报"),
        ("a/b", "a-b"),
        ("../../etc", "etc"),
    ],
)
def test_slugs_keep_han_and_what_tells_names_apart(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text(max_size=300))
def test_every_slug_is_one_safe_path_segment(text: str) -> None:
    slug = slugify(text)
    assert slug and "/" not in slug and "\\" not in slug and slug not in (".", "..") and len(slug) <= 80
    assert not set(slug) & set("?#%<>\"'\x00")


def test_names_of_punctuation_stay_apart() -> None:
    assert len({slugify("?"), slugify("#"), slugify("%"), slugify(".."), slugify("😀")}) == 5


def test_a_figure_that_a_feed_broke_after_its_point_is_whole_and_a_sentences_end_stays() -> None:
    assert (
        whole_figures("约合77. 28 亿元，比 Grok 4. 5 翻了一番。") == "约合77.28 亿元，比 Grok 4.5 翻了一番。"
    )
    assert whole_figures("It grew in 2025. 40 people left.") == "It grew in 2025. 40 people left."


def test_a_chinese_clause_that_ends_in_a_swung_dash_is_a_sentence() -> None:
    assert sentences("上手实测了一番~ 它跟别的差不多。") == ["上手实测了一番~", "它跟别的差不多。"]
    assert sentences("温度为20~30度。") == ["温度为20~30度。"]
