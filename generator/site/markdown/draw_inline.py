"""mistune's inline tokens → HTML and plain text."""

from __future__ import annotations

import html as stdlib_html
import re
from collections.abc import Callable
from html.entities import html5
from typing import Any

from generator.site.markdown import html
from generator.site.markdown.raw import Raw
from generator.site.markdown.values import ImageMark, Options

Token = dict[str, Any]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class InlineDraw:
    """Draws inline tokens; gathers a body's images and whether it holds maths."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.raw = Raw(options.raw_html)
        self.images: list[ImageMark] = []
        self.has_math = False
        self._noted: dict[int, int] = {}  # calls of each footnote so far
        self._dirty = False

    def inline(self, tokens: list[Token]) -> tuple[str, str]:
        """Return the HTML and the plain text of inline tokens."""
        out: list[str] = []
        plain: list[str] = []
        self._inline(tokens, out, plain)
        return "".join(out), "".join(plain)

    def _inline(self, tokens: list[Token], out: list[str], plain: list[str]) -> None:
        for index, token in enumerate(tokens):
            kind = token["type"]
            if kind == "text":
                text = _unescape(token["raw"])
                out.append(html.escape(text))
                plain.append(text)
            elif kind == "softbreak":
                after = _first_char(tokens[index + 1]) if index + 1 < len(tokens) else ""
                before = plain[-1][-1:] if plain else ""
                if not html.joins(before, after):
                    out.append("\n")
                    plain.append(" ")
            else:
                _INLINE[kind](self, token, out, plain)

    def _wrapped(self, tag: str, token: Token, out: list[str], plain: list[str]) -> None:
        out.append(f"<{tag}>")
        self._inline(token["children"], out, plain)
        out.append(f"</{tag}>")

    def _literal(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append(html.escape(token["raw"]))
        plain.append(token["raw"])

    def _codespan(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append(html.code(html.escape(token["raw"])))
        plain.append(token["raw"])

    def _linebreak(self, _token: Token, out: list[str], plain: list[str]) -> None:
        out.append("<br>\n")
        plain.append(" ")

    def _link(self, token: Token, out: list[str], plain: list[str]) -> None:
        inner, words = self.inline(token["children"])
        attrs = token["attrs"]
        out.append(html.link(inner, attrs["url"], attrs.get("title") or "", self.options.base))
        plain.append(words)

    def _image(self, token: Token, out: list[str], _plain: list[str]) -> None:
        seen = len(self.images)
        _, alt = self.inline(token["children"])
        del self.images[seen:]  # images inside the alternative text are only words
        attrs = token["attrs"]
        url, title = attrs["url"], attrs.get("title") or ""
        element = html.image(url, alt, title)
        if element.startswith("<img"):
            self.images.append(ImageMark(url, alt, title, element))
        out.append(element)

    def _inline_html(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append(self.raw.inline(token["raw"]))
        if self.raw.escapes:
            plain.append(token["raw"])
        self._dirty = self._dirty or self.raw.cleans

    def _inline_math(self, token: Token, out: list[str], plain: list[str]) -> None:
        self.has_math = True
        out.append(f'<span class="math">\\({html.escape(token["raw"])}\\)</span>')
        plain.append(token["raw"])

    def _inline_display_math(self, token: Token, out: list[str], plain: list[str]) -> None:
        self.has_math = True
        out.append(f'<span class="math display">\\[{html.escape(token["raw"])}\\]</span>')
        plain.append(token["raw"])

    def _footnote_ref(self, token: Token, out: list[str], _plain: list[str]) -> None:
        number = token["attrs"]["index"]
        again = self._noted[number] = self._noted.get(number, 0) + 1
        id_ = f"{number}-{again}" if again > 1 else number  # the note leads back to where it was first called
        out.append(f'<sup class="footnote-ref" id="fnref-{id_}"><a href="#fn-{number}">{number}</a></sup>')


def _unescape(text: str) -> str:
    """Resolve character references, which CommonMark only knows with their semicolon."""
    if "&" not in text:
        return text
    return _ENTITY.sub(_referred, text)


def _referred(reference: re.Match[str]) -> str:
    found = reference[0]
    return stdlib_html.unescape(found) if found[1] == "#" else html5.get(found[1:], found)


def _first_char(token: Token) -> str:
    while token.get("children"):
        token = token["children"][0]
    raw: str = token.get("raw", "")
    return _unescape(raw)[:1] if token["type"] != "inline_html" else ""


_Drawer = Callable[[InlineDraw, Token, list[str], list[str]], None]

_INLINE: dict[str, _Drawer] = {
    "literal": InlineDraw._literal,
    "codespan": InlineDraw._codespan,
    "linebreak": InlineDraw._linebreak,
    "link": InlineDraw._link,
    "image": InlineDraw._image,
    "inline_html": InlineDraw._inline_html,
    "inline_math": InlineDraw._inline_math,
    "block_math": InlineDraw._inline_display_math,
    "footnote_ref": InlineDraw._footnote_ref,
    "strong": lambda draw, token, out, plain: draw._wrapped("strong", token, out, plain),
    "emphasis": lambda draw, token, out, plain: draw._wrapped("em", token, out, plain),
    "strikethrough": lambda draw, token, out, plain: draw._wrapped("del", token, out, plain),
}
