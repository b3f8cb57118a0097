"""Cut Chinese, English and mixed prose into sentences that join back to the text."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sr",
        "jr",
        "st",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "no",
        "fig",
        "vol",
        "dept",
        "gov",
        "sen",
        "rep",
        "gen",
        "e.g",
        "i.e",
        "u.s",
        "u.k",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "approx",
        "est",
    ]
)
_END = re.compile(
    r"[。！？!?]+[”’」』）)\]\"']*|…+[”’」』）)]*|(?<=[\u4e00-\u9fff])[~～]+(?=\s|$)|[；;](?=\s*\S)|\.+[”’\"')\]]*(?=\s|$)|\n+"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each stripped, none empty.

    Full-width ends always end one; a full stop does unless it follows an initial, a known
    abbreviation or a digit before a digit. Line breaks end a sentence.
    """
    found, start = [], 0
    for start_of, end_of in _ends(text):
        if piece := text[start:end_of].strip():
            found.append(piece)
        start = end_of
        del start_of
    if piece := text[start:].strip():
        found.append(piece)
    return found


def _ends(text: str) -> list[tuple[int, int]]:
    ends = []
    for match in _END.finditer(text):
        if match[0].startswith(".") and _abbreviates(text, match.start()):
            continue
        if (
            match[0].startswith(("!", "?"))
            and match.end() < len(text)
            and text[match.end()].isascii()
            and text[match.end()].isalnum()
        ):
            continue  # a query string or a name such as Yahoo!7
        ends.append(match.span())
    return ends


def _abbreviates(text: str, dot: int) -> bool:
    word = re.search(r"[A-Za-z.]*$", text[max(0, dot - 12) : dot])
    last = word[0].lower().strip(".") if word else ""
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha())
