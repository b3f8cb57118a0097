"""Which characters are Han or wide, and how long mixed text takes to read."""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:['’.\-][A-Za-zÀ-ɏ0-9]+)*")

HAN_PER_MINUTE = 400
LATIN_PER_MINUTE = 220


def han_count(text: str) -> int:
    """Number of Han characters in `text`."""
    return sum(map(len, _HAN_RUN.findall(text)))


def latin_words(text: str) -> int:
    """Number of words in Latin letters or digits; `GPT-5.2` is one."""
    return len(_LATIN_WORD.findall(text))


def reading_minutes(text: str) -> int:
    """Minutes to read `text`, at least 1; the two scripts are counted apart and added."""
    return max(1, round(han_count(text) / HAN_PER_MINUTE + latin_words(text) / LATIN_PER_MINUTE))


def is_wide(char: str) -> bool:
    """Whether `char` takes a full cell of East Asian text; Hangul, which is spaced, does not count."""
    return unicodedata.east_asian_width(char) in "WFH" and not (
        "\uac00" <= char <= "\ud7af" or "\u1100" <= char <= "\u11ff"
    )
