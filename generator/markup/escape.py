"""Plain text ↔ inline Markdown, so that what came from a feed or a model stays text.

Text that a person wrote in Markdown is left alone; everything else passes through `escape`
once, where it becomes Markdown (the offline and the Claude editor do so for what they put
into `Article.text`, insights, points and impact). Headlines, names, reasons and tags are kept
plain in the model; the writers of `generator.editions` escape those.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from generator.text.addresses import safe_url
from generator.text.clean import one_line

# `_` between letters or digits is never emphasis; an `&` or `<` is markup only before a name;
# `$` and `=` pairs open maths and highlights in several renderers.
_INLINE = re.compile(
    r"[\\`*\[\]|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=\#?\w{1,32};)"
    r"|(?<=\bhttp):(?=//)|(?<=\bhttps):(?=//)|(?<=\bftp):(?=//)"
    r"|\$(?=\S)|=(?==)|\^(?=\S)",
    re.IGNORECASE,
)
# What turns the first line of a paragraph into another block: a mark, or a list's number.
_OPENING = frozenset("#>+-=:")
_NUMBERED = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(
    r"(\*\*|__|~~|==)(?=\S)(.{1,1000}?)(?<=\S)\1|(?<![\w*])[*](?=\S)([^*\n]{1,1000}?)(?<=\S)[*](?![\w*])"
)
_LINK = re.compile(
    r"!?\[((?:\\.|[^\[\]\\]){0,2000})\]\((?:<[^<>\n]*>|(?:\\.|[^()\s\\]|\([^()\s]*\))*)(?:\s+\"[^\"]*\")?\)"
)
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LOCAL = re.compile(r"(?:/(?![/\\])|\.{1,2}/|#)")  # a page or a heading of this site
_AWAY = 0xF0000  # a plane of private characters
_BACK = {_AWAY + code: chr(code) for code in range(128)}
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--.*?-->", re.DOTALL)


def escape(text: str) -> str:
    """Return plain `text` as inline Markdown on one line that reads, rendered, exactly as `text`."""
    return _INLINE.sub(r"\\\g<0>", one_line(text))


def escape_start(inline: str) -> str:
    """Return one line of inline Markdown so that it starts a paragraph and nothing else."""
    if match := _NUMBERED.match(inline):
        return f"{match[0]}\\{inline[match.end() :]}"
    return f"\\{inline}" if inline[:1] in _OPENING else inline


def unescape(inline: str) -> str:
    """Undo `escape`: backslashes before ASCII punctuation go."""
    return _ESCAPED.sub(r"\1", inline) if "\\" in inline else inline


def plain(inline: str) -> str:
    """Return what a reader sees of inline Markdown: link texts, no emphasis marks, no tags."""
    text = inline
    if "\\" in text:
        # what was escaped is no mark: put it out of the patterns' reach
        text = _ESCAPED.sub(lambda match: chr(_AWAY + ord(match[1])), text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "`" in text:
        text = _CODE.sub(lambda match: match[2].strip(), text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    for _ in range(2):  # bold inside italics and the other way round
        if "*" in text or "__" in text or "~~" in text or "==" in text:
            text = _EMPHASIS.sub(lambda match: match[2] or match[3], text)
    return text.translate(_BACK) if "\\" in inline else text


def link(text: str, url: str) -> str:
    """Return `[text](url)` for plain `text`; only the text when `url` is no safe web address."""
    address = link_address(url)
    return f"[{escape(text)}]({address})" if address else escape(text)


def link_address(url: str) -> str:
    """Return `url` in a form that cannot end a Markdown link early; "" when it is neither http(s) nor a path."""
    if _LOCAL.match(url):
        return quote(url, safe="/:@!$&'+,;=~%-._?#")
    return safe_url(url).replace("(", "%28").replace(")", "%29").replace("*", "%2A")
