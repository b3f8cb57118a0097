"""Which language a short text is in, as far as its script tells."""

from __future__ import annotations

import re

from generator.text.width import han_count, latin_words

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7af]")


def language_of(text: str) -> str:
    """Return "zh", "ja", "ko", "en" or "" for a headline or paragraph.

    A Chinese headline may be mostly Latin names (`OpenAI 发布 GPT-5.2`), so a few Han
    characters decide against many Latin words; kana and Hangul decide before Han.
    """
    han, kana, hangul = han_count(text), len(_KANA.findall(text)), len(_HANGUL.findall(text))
    latin = latin_words(text)
    if kana >= 3 and kana * 8 >= han:
        return "ja"
    if hangul >= 3 and hangul > han:
        return "ko"
    if han >= 2 and han * 4 >= latin:
        return "zh"
    if latin:
        return "en"
    return "zh" if han else ""
