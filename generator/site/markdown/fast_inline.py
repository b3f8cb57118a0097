"""Lines of plain inline Markdown, drawn without mistune, to the same bytes.

A line is known when, after taking out code spans, `**bold**` and `[text](http…)` that are sure to be
read as such, nothing is left that could mean anything. What is sure is decided on fewer characters
than the dialect knows: a line given up here costs time, one read wrongly would cost the text.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from generator.site.markdown import html

# Wide characters beside which a run of marks always flanks: fewer than there are, all of them sure.
CJK = "\u3001-\u3003\u3005-\u3029\u3041-\u3096\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e"
_SPECIAL = re.compile(r"[\\`*_\[\]<>&\"$~/]")
_ENTITY = re.compile(r"&(?:#|[^\t\n\f <&#;]{1,32};)")
# Whole lines that need no second look: text without anything special, alone, behind a link, in an item.
_QUIET = r"[^\n\\`*_\[\]<>&\"$~/]"
_FIRST = r"(?![\s\d!-@\[-`{-~])"
_LINKED = rf"\[((?!\s){_QUIET}+)\]\((https?://[A-Za-z0-9\-._~:/?#@!$&*+,=%]+)\)"
PLAIN = re.compile(rf"{_FIRST}{_QUIET}+(?<!\s)")
PLAIN_HEADING = re.compile(rf"(#{{1,6}}) (?:{_LINKED}|({_FIRST}[^\n\\`*_\[\]<>&\"$~/#{{]+)(?<!\s))")
PLAIN_ITEM = re.compile(rf"^- (?:{_LINKED}({_QUIET}*)|{_FIRST}({_QUIET}+))(?<!\s)$", re.MULTILINE)
LABEL = re.compile(r"\*\*[^*\n]{1,40}\*\*[：:]? *")

_OPENS = rf"\*\*(?:(?=\w)|(?<![^\s{CJK}]\*\*)(?=[^\s*]))"
_CLOSES = rf"\*\*(?:(?<=\w\*\*)|(?<=[^\s*]\*\*)(?![^\s{CJK}]))(?!\*)"
# Each way begins with its own character, so that the search can skip all others.
_TOKEN = re.compile(
    r"`(?<!``)([^`]+)`(?!`)"
    rf"|{_OPENS}([^*`\[\]<\\$~]+){_CLOSES}"
    r"|\[(?<!!\[)([^*`\[\]<\\$~]+)\]\((https?://[A-Za-z0-9\-._~:/?#@!$&*+,;=%]+)\)"
)
# A line of quiet text, bold and code in turn: its marks can be found without looking at it again.
_BARE = r"[^\n\\`*_\[\]<>&\"$~]++"
_MARKED = re.compile(rf"(?:{_BARE}|`(?! )[^\n`*<>&\"]++(?<! )`(?!`)|{_OPENS}{_BARE}{_CLOSES})++")
_MEANS = re.compile(r"\\|`|\*|\[|\]|<|~~|_(?:(?<!\w_)|(?!\w))|https?://")


class Inline(NamedTuple):
    """A line of text, drawn; `bold`, or `url` and `linked`, when it begins with bold text or a link."""

    html: str
    plain: str
    bold: str = ""
    url: str = ""
    linked: str = ""


def linked(words: str, url: str, base: str) -> str:
    """A link to `url` as written."""
    return html.outside_link(words, url.replace("&", "&amp;") if "&" in url else url, base)


@functools.lru_cache(maxsize=1024)
def label(text: str) -> Inline | None:
    """`inline` for a line that is one bold label; every edition has the same few."""
    return inline(text, "")


def inline(text: str, base: str) -> Inline | None:
    """Draw a line of text; None when it may hold more than is known here."""
    text = text.strip(" ")
    if not text or text[0].isspace() or text[-1].isspace():
        return None
    if not _SPECIAL.search(text):
        return Inline(text, text)
    if _MARKED.fullmatch(text) and "://" not in text:
        return _marked(text)
    if "&" in text and _ENTITY.search(text):
        return None
    if "$" in text and text.count("$") > 1:
        return None
    escaped = html.escape_marks(text)
    parts = _TOKEN.split(escaped)
    if len(parts) == 1:
        return None if _MEANS.search(escaped) else Inline(escaped, text)
    return _drawn(parts, escaped != text, base)


def _marked(text: str) -> Inline:
    """Draw a line that `_MARKED` knows."""
    drawn = text
    if bold := "**" in text:
        drawn = html.every_second(text.split("**"), html.STRONG)
    if "`" in text:
        drawn = html.every_second(drawn.split("`"), html.CODE)
    plain = text.replace("**", "").replace("`", "")
    return Inline(drawn, plain, text.split("**", 2)[1] if bold and text[0] == "*" else "")


def _drawn(parts: list[str], escaped: bool, base: str) -> Inline | None:
    """Put a line together from `_TOKEN.split`: text, then code, bold, linked text, address, text, and so on."""
    words = [parts[0]]
    out = [parts[0]]
    plain = [parts[0]]
    each = iter(parts[1:])
    for code, bold, label, url, after in zip(each, each, each, each, each, strict=True):
        if code:
            if code[0] == code[-1] == " " and code.strip(" "):
                code = code[1:-1]
            out += (html.code(code.replace("<", "&lt;") if "<" in code else code), after)
            plain += (code, after)
            words.append(after)
            continue
        out += (html.strong(bold) if bold else html.outside_link(label, url, base), after)
        plain += (bold or label, after)
        words += (bold or label, after)
    if _MEANS.search("\n".join(words)):
        return None
    shown = "".join(plain)
    if escaped:
        shown, plain[1] = html.unescape_marks(shown), html.unescape_marks(plain[1])
    if parts[0]:
        return Inline("".join(out), shown)
    bold, url = parts[2] or "", parts[4] or ""
    return Inline(
        "".join(out), shown, plain[1] if bold else "", html.unescape_marks(url), plain[1] if url else ""
    )
