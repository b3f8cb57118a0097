"""Local SVG images: shown when they are pictures only; refused when they carry script or reach outside."""

from __future__ import annotations

import re

_HEAD = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]", re.DOTALL
)
_FORBIDDEN = (
    (re.compile(r"<\s*(?:\w+:)?script", re.I), "a script"),
    (re.compile(r"\son\w+\s*=", re.I), "an event handler"),
    (re.compile(r"<\s*(?:\w+:)?foreignObject", re.I), "foreign content"),
    (re.compile(r"<!ENTITY", re.I), "an entity"),
    (re.compile(r"javascript\s*:", re.I), "a script"),
    (
        re.compile(r"""(?:href|src)\s*=\s*["']\s*(?!#|data:image/(?:png|jpeg|webp|gif))""", re.I),
        "a reference to outside",
    ),
    (re.compile(r"""url\(\s*["']?\s*(?!#|["'])""", re.I), "a reference to outside"),
    (re.compile(r"@import", re.I), "a reference to outside"),
)
_LENGTH = re.compile(r"""\s(width|height)\s*=\s*["']\s*([\d.]+)\s*(?:px)?\s*["']""")
_BOX = re.compile(r"""\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")


def looks_like(data: bytes) -> bool:
    """Whether a file is meant to be SVG."""
    return _HEAD.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def checked(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels, 0 when unknown. Raises `ValueError` saying what is unsafe."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is SVG that is not UTF-8; save it as UTF-8") from None
    for pattern, what in _FORBIDDEN:
        if pattern.search(text):
            raise ValueError(f"is SVG with {what}; export it as a plain picture")
    head = text[: text.find(">", text.find("<svg")) + 1]
    sides = {name: float(value) for name, value in _LENGTH.findall(head)}
    if len(sides) == 2:
        return round(sides["width"]), round(sides["height"])
    box = _BOX.search(head)
    return (round(float(box[1])), round(float(box[2]))) if box else (0, 0)
