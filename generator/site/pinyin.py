"""Slugs in pinyin, for papers that want addresses in ASCII. Needs the `pinyin` extra."""

from __future__ import annotations

from generator.errors import GeneratorError


def to_pinyin(text: str) -> str:
    """Return `text` with its Han as toneless syllables, words of several characters read as words.

    Raises `GeneratorError` when the extra is not installed.
    """
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        raise GeneratorError(
            "build.slug = \"pinyin\" needs the pinyin extra; install it with: pip install 'ribao[pinyin]'",
            kind="settings",
        ) from None
    return "-".join(part.strip() for part in lazy_pinyin(text) if part.strip())
