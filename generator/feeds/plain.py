"""HTML from feeds becomes plain text: nothing live is left, and no nesting makes it slow."""

from __future__ import annotations

import html
import re

import nh3

from generator.text.clean import clean, one_line, shorten, whole_figures

_BLOCKS = {
    "p", "br", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article",
    "ul", "ol", "table", "figure", "figcaption", "hr", "dd", "dt",
}  # fmt: skip
# Their content is not prose.
_SILENT = {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title", "textarea", "select", "head"}  # fmt: skip
# In a headline only these are markup; anything else in angle brackets was meant: List<T>.
_INLINE = (
    "a|abbr|audio|b|base|big|blink|br|button|center|cite|code|del|details|div|em|embed|font|form|frame|frameset|h[1-6]|head|html|body|i|iframe|"
    "img|input|ins|isindex|kbd|label|layer|li|link|mark|marquee|math|meta|mi|mo|mtext|nobr|noscript|object|ol|p|param|picture|pre|q|rp|rt|ruby|s|samp|"
    "script|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|template|textarea|th|title|tr|tt|u|ul|var|video|wbr|xml|xss"
)
_MARKUP = re.compile(rf"</?(?:{_INLINE})(?=[\s>/])|<!--|<!\[CDATA\[|</?[a-z]+[:\-][a-z]", re.IGNORECASE)
_OPEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed", "param", "track"}  # fmt: skip
_TAG = re.compile(r"<[^<>]{0,5000}>")
_BLOCK_TAG = re.compile(r"</?(?:" + "|".join(sorted(_BLOCKS)) + r")\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,1000}>[^<]{0,20000}(?:</\1\s*>)?", re.IGNORECASE)
_IMAGE = re.compile(r"""<img\b[^<>]{0,1000}?\ssrc\s*=\s*["']?([^"'\s<>]{4,1000})""", re.IGNORECASE)

_MAX_HTML = 400_000  # characters looked at of one description; a page of text has 10,000


def headline(text: str, limit: int) -> str:
    """Return a title as one plain line: markup gone, `List<T>` and `a < b` kept, bounded."""
    text = text[: limit * 20 + 2_000]
    # feeds escape titles once too often; a headline about markup loses its markup, and nothing is live
    for _ in range(3):
        before = text
        if _MARKUP.search(text):
            text = _strip(_protect(text), limit * 20)
        if _ENTITY.search(text):
            text = html.unescape(text)
        if text == before:
            break
    return shorten(whole_figures(one_line(text)), limit)


def prose(markup: str, limit: int, depth: int) -> str:
    """Return HTML as plain text, a paragraph a line, at most `limit` characters.

    What is nested deeper than `depth` is stripped without being parsed: cleaning takes
    quadratic time in the depth.
    """
    markup = markup[:_MAX_HTML]
    text = markup
    if "<" in markup or "&" in markup:
        text = _strip(markup, _MAX_HTML) if _depth(markup) > depth else _cleaned(markup)
        if _MARKUP.search(text):  # it was escaped twice
            text = _strip(text, _MAX_HTML) if _depth(text) > depth else _cleaned(text)
        if _ENTITY.search(text):
            text = html.unescape(text)
        if _MARKUP.search(text):
            text = _strip(text, _MAX_HTML)
    lines = (one_line(line) for line in clean(text).split("\n"))
    return shorten(whole_figures("\n".join(line for line in lines if line)), limit)


def first_image(markup: str) -> str:
    """Return the address of the first image in some HTML, as written, or ""."""
    found = _IMAGE.search(markup[:50_000])
    return html.unescape(found[1]) if found else ""


def _cleaned(markup: str) -> str:
    safe = nh3.clean(
        # line breaks of the source are spaces in HTML
        markup.replace("\n", " ") if _BLOCK_TAG.search(markup) else markup,
        tags=_BLOCKS,
        attributes={},
        clean_content_tags=_SILENT,
        strip_comments=True,
    )
    return html.unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", safe)))


def _strip(markup: str, limit: int) -> str:
    text = _SCRIPT.sub(" ", markup[:limit])
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", text))
    # an unclosed tag at the end, cut or meant to hide
    return html.unescape(re.sub(rf"<(?:/?(?:{_INLINE})\b|!--)[^<>]*$", "", text, flags=re.IGNORECASE))


def _protect(text: str) -> str:
    return re.sub(
        rf"<(?!/?(?:{_INLINE})(?=[\s>/])|!--|!\[CDATA\[|/?[a-z]+[:\-][a-z])",
        "&lt;",
        text,
        flags=re.IGNORECASE,
    )


def _depth(markup: str) -> int:
    """How deep elements nest, counting what is never closed; linear."""
    depth = deepest = 0
    for closing, name, empty in _OPEN.findall(markup):
        if closing:
            depth = max(0, depth - 1)
        elif not empty and name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    # tags cut by another bracket escape the pattern above and still open elements
    return max(deepest, markup.count("<") - 2 * len(_OPEN.findall(markup)) if markup.count("<") > 2000 else 0)
