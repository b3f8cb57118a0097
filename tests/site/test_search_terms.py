"""Folding and terms: quick ways that give what the plain ones give."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.site.search import fold, query_terms, terms

TEXT = st.text(
    st.sampled_from("，。！（）ＡｂＣ１２３　ﬁ①½㍿ｱﾞカﾞe\u0301한글가각𠀀々〇ñßİΣς \t\n-英伟达发布GPT5.2模型")
    | st.characters(codec="utf-8"),
    max_size=60,
)


@given(TEXT)
def test_folding_is_compatibility_normalising_in_lower_case_with_single_blanks(text: str) -> None:
    assert fold(text) == re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip()


@given(TEXT)
def test_a_text_has_every_term_a_query_for_a_part_of_it_asks_for(text: str) -> None:
    folded = fold(text)
    for word in folded.split():
        assert query_terms(word) <= terms(folded)


def test_terms_are_characters_pairs_and_words() -> None:
    assert terms("英伟达 gpt5 发") == {"英", "伟", "达", "英伟", "伟达", "gpt5", "发"}
