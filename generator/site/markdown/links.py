"""Addresses in Markdown: which may become links, and where a bare one ends."""

from __future__ import annotations

import re
from urllib.parse import unquote

SCHEMES = ("http", "https", "mailto", "tel", "ftp", "ftps", "irc", "ircs")
"""Schemes a link may have. Everything else (`javascript:`, `data:`, `file:`, handlers of the system) is shown as text."""

BARE = r"(?<![A-Za-z0-9])https?://[!-;=?-~]+"
"""A bare link: printable ASCII without `<`, `>` and space. Chinese text or punctuation ends it."""

_SCHEME = re.compile(r"[^/?#]*?:")
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b\u200c\u200e\u200f\u2028\u2029\ufeff]")
_TRAILING = re.compile(r"(?:[?!.,:;*_~'\"`|\\\]]|&[A-Za-z0-9]+;)+$")


def is_safe(url: str) -> bool:
    """Whether `url` may stand in href or src: relative, or of a scheme that only shows something."""
    for _ in range(3):
        plain = unquote(url)
        if plain == url:
            break
        url = plain
    url = _CONTROLS.sub("", url).lower()
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[0][:-1] in SCHEMES


def trim_bare(url: str) -> str:
    """Return a bare link without the punctuation of the sentence around it; "" when no host is left."""
    while True:
        shorter = _TRAILING.sub("", url)
        while shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            break
        url = shorter
    host = url.partition("://")[2]
    return url if host[:1].isalnum() or host[:1] == "[" else ""


def is_outside(url: str, base: str) -> bool:
    """Whether `url` leads away from the site at `base`."""
    if not url.startswith(("http:", "https:", "//", "ftp")):
        return False
    return not (base and url.startswith(base))
