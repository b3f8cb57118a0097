from __future__ import annotations

import pytest

from generator.labels import available, labels_for


@pytest.mark.parametrize("language", available())
def test_every_locale_has_every_word(language: str) -> None:
    labels = labels_for(language)
    assert len(labels.weekdays.split("|")) == 7 and labels.date_format.format(year=2026, month=1, day=7)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("zh-CN", "zh-CN"), ("zh-TW", "zh-Hant"), ("zh_HK", "zh-Hant"), ("en-GB", "en"), ("fr", "zh-CN")],
)
def test_the_nearest_words_are_taken(asked: str, given: str) -> None:
    assert labels_for(asked).language == given
