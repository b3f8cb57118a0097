"""Style sheets and scripts with fewer bytes and the same meaning: comments and needless space go, nothing else.

Names, strings and the order of everything stay. A script is cut along Pygments' tokens, and read
again afterwards: unless it still is the same tokens, it stays as it was written.
"""

from __future__ import annotations

import re

VERSION = 1
"""Counts up when the same file is to come out otherwise: part of the names of files."""

# A string and an address come first, so that what looks like a comment inside one is left alone.
_CSS = re.compile(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)]*\)|/\*!.*?\*/)|(?P<comment>/\*.*?\*/)""",
    re.DOTALL,
)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_COMMENT = ("Token.Comment.Single", "Token.Comment.Multiline")
_JS_TIGHT = frozenset("{}()[];,:?=&|")
_JS_ENDED = frozenset("{;,([:?&|=")  # what follows on the next line goes on: no semicolon is understood there


def minified(name: str, data: bytes) -> bytes:
    """Return a theme's asset as readers get it."""
    if name.endswith(".css"):
        return minify_css(data.decode("utf-8", "replace")).encode()
    if name.endswith((".js", ".mjs")):
        return minify_js(data.decode("utf-8", "replace")).encode()
    return data


def minify_css(text: str) -> str:
    """Drop comments and needless white space; strings and addresses stay as they are."""
    out: list[str] = []
    plain: list[str] = []

    def flush() -> None:
        shorter = _AROUND.sub(r"\1", _SPACE.sub(" ", "".join(plain)))
        out.append(shorter.replace(";}", "}"))
        plain.clear()

    at = 0
    for match in _CSS.finditer(text):
        plain.append(text[at : match.start()])
        if match["comment"] is not None:
            plain.append(" ")
        else:
            flush()
            out.append(match[0])
        at = match.end()
    plain.append(text[at:])
    flush()
    return "".join(out).strip() + "\n"


def minify_js(text: str) -> str:
    """Drop comments and needless white space of a script."""
    tokens = _tokens(text)
    out: list[str] = []
    gap = ""  # white space and comments since the last token: "", " " or a line end
    for meaningful, value in tokens:
        if not meaningful:
            gap = "\n" if "\n" in value or gap == "\n" else " "
            continue
        if gap and out:
            before, after = out[-1][-1], value[0]
            if gap == "\n" and not (before in _JS_ENDED or after in "})]"):
                out.append("\n")
            elif gap == " " and not (before in _JS_TIGHT or after in _JS_TIGHT):
                out.append(" ")
        out.append(value)
        gap = ""
    shorter = "".join(out) + "\n"
    return shorter if _same(_tokens(shorter), tokens) else text


def _tokens(text: str) -> list[tuple[bool, str]]:
    """The tokens of a script: whether each means something, and its text."""
    from pygments.lexers.javascript import JavascriptLexer

    lexer = JavascriptLexer(stripnl=False, ensurenl=False)
    return [
        (not (value.isspace() or str(kind).startswith(_COMMENT)), value)
        for kind, value in lexer.get_tokens(text)
        if value
    ]


def _same(one: list[tuple[bool, str]], other: list[tuple[bool, str]]) -> bool:
    """Whether two scripts are the same but for space and comments. Neighbouring tokens may have been cut otherwise."""

    def words(tokens: list[tuple[bool, str]]) -> list[str]:
        return [value for meaningful, value in tokens if meaningful]

    return words(one) == words(other)
