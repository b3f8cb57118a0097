"""Code blocks: pygments with classes, for languages that are named; bounded, because some lexers are not."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from generator.site.markdown.html import escape
from generator.site.markdown.values import Options

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MAX_LINE = 2_000
"""Characters of a line that is highlighted."""
MAX_SLOW_LINE = 300
"""The same for lexers measured to be quadratic in it (20 KB on one line took them 6 to 21 s)."""

_SLOW = frozenset(
    "make makefile mf bsdmake java hcl terraform tf console shell-session http yaml ini cfg dosini perl pl".split()
)
_PLAIN = frozenset(("", "text", "plain", "plaintext", "txt", "none", "nohighlight"))
_MARKED = re.compile(r"hl_lines\s*=\s*[\[\"']?([\d\s,\-\"']+)")
_BRACED = re.compile(r"\{\s*([\d\s,\-]+)\}")
_NUMBERS = re.compile(
    r"(?:linenos|linenums|line_numbers)\s*=?\s*[\"']?(true|false|table|inline|on|off|\d+)?", re.IGNORECASE
)
_START = re.compile(r"linenostart\s*=\s*[\"']?(\d{1,7})")
_TITLE = re.compile(r"(?:title|name)\s*=\s*(?:\"([^\"]{1,200})\"|'([^']{1,200})')")
_LANGUAGE = re.compile(r"[\w+#.\-]{1,40}")


class Fence(NamedTuple):
    """What the words behind the opening of a fence ask for."""

    language: str
    marked: tuple[tuple[int, int], ...] = ()  # lines, from 1, first and last
    numbered: bool = False
    start: int = 1
    title: str = ""


def fence_of(info: str, numbered: bool) -> Fence:
    """Read an info string: a language, `hl_lines=[1,3-5]` or `{1,3-5}`, `linenos=true`, `linenostart=9`, `title="a.py"`."""
    info = info.strip()
    if not info:
        return Fence("", (), numbered)
    first = re.split(r"[\s{,]", info, maxsplit=1)[0]
    language = first if _LANGUAGE.fullmatch(first) else ""
    if language == info:
        return Fence(language, (), numbered)
    marked = _MARKED.search(info) or _BRACED.search(info)
    numbers = _NUMBERS.search(info)
    start = _START.search(info)
    title = _TITLE.search(info)
    if numbers:
        numbered = (numbers[1] or "true").lower() not in ("false", "off", "0")
    return Fence(
        language,
        _ranges(marked[1]) if marked else (),
        numbered or start is not None,
        int(start[1]) if start else 1,
        (title[1] or title[2]) if title else "",
    )


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for first, last in re.findall(r"(\d{1,7})(?:\s*-\s*(\d{1,7}))?", text):
        found.append((int(first), int(last or first)))
    return tuple(found[:1_000])


def code_block(code: str, info: str, options: Options) -> str:
    """Return a code block; one too large or of an unknown language is plain."""
    return _drawn(code, fence_of(info, options.line_numbers), options.max_code_bytes)


@functools.lru_cache(maxsize=512)
def _drawn(code: str, fence: Fence, limit: int) -> str:
    language = fence.language.lower()
    inner = highlighted(code, language) if len(code) * 3 <= limit or len(code.encode()) <= limit else None
    lang = f' data-lang="{escape(language)}"' if language else ""
    if inner is None:
        inner = escape(code)
    if fence.marked or fence.numbered:
        inner = _lined(inner, fence)
    title = f'<p class="code-title">{escape(fence.title)}</p>\n' if fence.title else ""
    numbered = " numbered" if fence.numbered else ""
    return (
        f'<div class="highlight{numbered}"{lang}>{title}<pre tabindex="0"><code>{inner}</code></pre></div>\n'
    )


def highlighted(code: str, language: str) -> str | None:
    """Return `code` with pygments' classes, or None when it is to be plain."""
    longest = MAX_SLOW_LINE if language in _SLOW else MAX_LINE
    if language in _PLAIN or any(len(line) > longest for line in code.split("\n")):
        return None
    lexer = _lexer(language)
    if lexer is None:
        return None
    from pygments import highlight

    drawn: str = highlight(code, lexer, _formatter())
    return drawn.removesuffix("\n") + ("\n" if code.endswith("\n") else "")


@functools.lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@functools.cache
def _formatter():  # type: ignore[no-untyped-def]
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


def _lined(inner: str, fence: Fence) -> str:
    """Wrap each line, so that a style can mark it and show its number."""
    lines = inner.removesuffix("\n").split("\n")
    chosen = {number for first, last in fence.marked for number in range(first, min(last, len(lines)) + 1)}
    out = []
    for number, line in enumerate(lines, 1):
        classes = "line hl" if number in chosen else "line"
        shown = f' data-line="{number - 1 + fence.start}"' if fence.numbered else ""
        out.append(f'<span class="{classes}"{shown}>{line}\n</span>')
    return "".join(out)
