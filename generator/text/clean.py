"""Text from outside becomes plain text: no controls, no hidden characters, bounded."""

from __future__ import annotations

import re
import unicodedata

# C0/C1 controls except tab and newline; zero-width and bidi marks; BOM; surrogates and
# non-characters, which XML 1.0 forbids. U+200D joins emoji and U+FE0F styles them: kept.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
# 77. 28 亿: a figure that some feeds break after its point
_BROKEN_FIGURE = re.compile(r"(?<=\d)\. (?=\d{1,3} ?[\u4e00-\u9fff])")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def clean(text: str) -> str:
    """Drop characters that have no place in text: controls, bidi and zero-width marks; line ends become \\n."""
    return _UNWANTED.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )


def one_line(text: str) -> str:
    """Clean `text` and fold all white space, line ends too, into single spaces."""
    return " ".join(clean(text).split())


def whole_figures(text: str) -> str:
    """Return Chinese text with the figures whole that a feed broke after their point: 77. 28 亿 is 77.28 亿."""
    return _BROKEN_FIGURE.sub(".", text)


def fold(text: str) -> str:
    """Return `text` in the form in which equal words compare equal: NFKC, caseless, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def shorten(text: str, limit: int) -> str:
    """Cut `text` to at most `limit` characters, at a sentence end if one is near, else with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    for end in range(len(head) - 1, len(head) // 2, -1):
        if head[end] in "。！？!?；;":
            return head[: end + 1]
    while head and (unicodedata.combining(text[len(head)]) or text[len(head)] in "\u200d\ufe0f"):
        head = head[:-1]
    return head.rstrip() + "…"
