"""Covers are pictures one would post: right size, whole words, no boxes."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from generator.config import load_config
from generator.errors import ThemeError
from generator.labels import labels_for
from generator.site import fonts
from generator.site.covers import alternative, draw
from generator.site.linebreak import NOT_FIRST, NOT_LAST, balanced, printable, set_tight
from generator.site.theme import load_theme

LABELS = labels_for("zh-CN")
DAY = dt.date(2026, 1, 7)
TITLES = [
    "机器人走进工厂，GPT-5.2 与 Claude Opus 4.5 同日更新",
    "短",
    "很长" * 200,
    "🚀🔥",
    "مرحبا بالعالم",
    "Supercalifragilisticexpialidocious" * 4,
    "",
]


def wide(text: str) -> float:
    return sum(2.0 if ord(char) > 0x2E80 else 1.0 for char in text)


@pytest.mark.parametrize("title", TITLES)
def test_any_title_gives_a_small_picture_of_the_agreed_size(title: str) -> None:
    picture = draw(title, DAY, "AI 日报", LABELS)
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
    assert len(picture) < 150_000


def test_the_same_words_give_the_same_bytes() -> None:
    assert draw(TITLES[0], DAY, "AI 日报", LABELS) == draw(TITLES[0], DAY, "AI 日报", LABELS)


def test_a_title_no_font_can_show_is_left_out_rather_than_drawn_as_boxes() -> None:
    # the pattern depends on the title: two unprintable titles of one day still differ from no title
    def ink(title: str) -> int:
        picture = Image.open(io.BytesIO(draw(title, DAY, "AI 日报", LABELS))).convert("L")
        return sum(picture.crop((0, 150, 1200, 300)).point(lambda value: value < 90).histogram()[1:])

    assert ink("مرحبا بالعالم") == 0
    assert ink("机器人走进工厂") > 1000


def test_without_any_font_the_cover_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.site.covers.candidates", lambda folders, language: iter(()))
    assert Image.open(io.BytesIO(draw("机器人", DAY, "AI 日报", LABELS))).size == (1200, 630)


def test_a_damaged_font_in_the_theme_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    assert draw("机器人", DAY, "日报", LABELS, font_folders=[tmp_path]) == draw("机器人", DAY, "日报", LABELS)


def test_the_shapes_of_characters_follow_the_language() -> None:
    faces = {tag: next(font.face for font in fonts.candidates((), tag)) for tag in ("zh-CN", "zh-TW", "ja")}
    assert faces == {"zh-CN": 2, "zh-TW": 3, "ja": 0}


def test_latin_words_and_versions_stay_whole() -> None:
    lines = balanced("英伟达开源Alpamayo平台与GPT-5.2模型", wide, 16)
    assert "".join(lines) == "英伟达开源Alpamayo平台与GPT-5.2模型"
    assert any("Alpamayo" in line for line in lines)
    assert any("GPT-5.2" in line for line in lines)


def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "他说：“开源、开放、开心（真的）。”《日报》今天，明天，后天，都来。"
    for width in range(8, 40):
        for line in balanced(text, wide, width):
            assert line[0] not in NOT_FIRST
            assert line[-1] not in NOT_LAST


def test_marks_side_by_side_share_their_white_and_a_line_begins_with_ink() -> None:
    assert set_tight("印发《“智造”专项意见》：到年底", "zh-CN") == ["印发《", "“智造”专项意见》", "：到年底"]
    assert set_tight("「无监督」、「有监督」", "zh-CN") == ["", "「无监督」", "、", "「有监督」"]
    assert set_tight("「無監督」、「有監督」", "zh-Hant") == ["", "「無監督」、「有監督」"]
    assert set_tight("没有标点", "zh-CN") == ["没有标点"] and set_tight("", "zh-CN") == [""]


def test_chinese_words_are_not_torn_apart() -> None:
    assert balanced("人形机器人量产元年开启", wide, 14) == ["人形机器人", "量产元年开启"]


def test_a_word_wider_than_the_line_is_broken() -> None:
    assert all(wide(line) <= 10 for line in balanced("a" * 35, wide, 10))


def test_emoji_are_not_printed() -> None:
    assert printable("发布 🚀 了👨‍👩‍👧！✅") == "发布 了！"


def test_the_alternative_text_says_what_is_shown() -> None:
    assert alternative("机器人", DAY, "AI 日报", LABELS) == "《AI 日报》2026年1月7日封面：机器人"


def test_a_cover_wears_the_colours_and_fonts_of_its_theme(tmp_path: Path) -> None:
    theme = tmp_path / "themes" / "blue"
    (theme / "fonts").mkdir(parents=True)
    (theme / "theme.toml").write_text('extends = "ribao"\n[cover]\npaper = "#0000ff"\n', encoding="utf-8")
    (tmp_path / "site.toml").write_text('[site]\ntheme = "blue"\n', encoding="utf-8")
    loaded = load_theme(load_config(tmp_path))
    picture = draw("机器人", DAY, "日报", LABELS, look=loaded.look, font_folders=loaded.fonts)
    corner = Image.open(io.BytesIO(picture)).convert("RGB").getpixel((0, 0))
    assert (corner, loaded.look.accent, loaded.fonts) == ((0, 0, 255), "#c8321f", (theme / "fonts",))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('ink = "red"', "write a colour like #c8321f"),
        ('inc = "#000000"', "may hold paper, ink, muted, accent"),
    ],
)
def test_a_wrong_colour_is_named_with_what_to_write(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "themes/t").mkdir(parents=True)
    (tmp_path / "themes/t/theme.toml").write_text(f"[cover]\n{line}\n", encoding="utf-8")
    (tmp_path / "site.toml").write_text('[site]\ntheme = "t"\n', encoding="utf-8")
    with pytest.raises(ThemeError, match=re.escape(message)):
        load_theme(load_config(tmp_path))
