"""The dialect: mistune with our emphasis, bare links and maths; text in, tokens out.

mistune is imported with this module, so nothing imports this module before a block needs it.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import mistune
from mistune.core import BlockState, InlineState
from mistune.inline_parser import InlineParser
from mistune.markdown import Markdown
from mistune.plugins.def_list import def_list
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.math import BLOCK_MATH_PATTERN, parse_block_math
from mistune.plugins.table import table, table_in_list, table_in_quote
from mistune.plugins.task_lists import task_lists
from mistune.util import escape_url

from generator.errors import GeneratorError
from generator.site.markdown.emphasis import Token, resolve
from generator.site.markdown.links import BARE, trim_bare

_MATHS = (
    r"\$\$(?P<math_display>(?:[^$\\]|\\.)+?)\$\$"
    r"|\$(?![\s$])(?P<math_inline>(?:[^$\\\n]|\\.){1,1000}?)(?<!\s)\$(?!\d)"
)
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
_HEADING_ID = re.compile(r"[ \t]*\{#([\w:.\-]{1,100})\}$")


class _Inline(InlineParser):
    """mistune's inline rules with emphasis resolved by `emphasis.resolve`."""

    def finalize_tokens(self, tokens: list[Token], depth: int) -> list[Token]:
        return resolve(tokens, self.max_nested_level - depth)


@functools.cache
def parser(*, extensions: bool = True) -> Markdown:
    """Return the parser; without `extensions` it is CommonMark with the repaired emphasis."""
    markdown = Markdown(renderer=None, inline=_Inline())
    if extensions:
        for plugin in (strikethrough, footnotes, table, table_in_list, table_in_quote, task_lists, def_list):
            plugin(markdown)
        markdown.block.register("block_math", BLOCK_MATH_PATTERN, parse_block_math, before="list")
        markdown.inline.register("maths", _MATHS, _parse_maths, before="codespan", start_chars="$")
        markdown.inline.register("bare_link", BARE, _parse_bare_link, start_chars="h")
        markdown.before_render_hooks.append(_mark_blocks)
    shape = markdown.inline("**影响：**对", {"ref_links": {}})
    if [token["type"] for token in shape] != ["strong", "text"]:
        raise GeneratorError(
            f"mistune {mistune.__version__} no longer resolves emphasis where ribao repairs it; install mistune 3.4"
        )
    return markdown


def tokens_of(text: str) -> list[Token]:
    """Return the block tokens of `text`, inline tokens as their children."""
    found, _ = parser().parse(text)
    assert isinstance(found, list)
    return found


def _parse_maths(_inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    display = match["math_display"]
    text = display if display is not None else match["math_inline"]
    # "从 $5 涨到 $8" is money: Han inside and no command of TeX
    if _HAN.search(text) and "\\" not in text:
        return None
    state.append_token({"type": "block_math" if display is not None else "inline_math", "raw": text})
    return match.end()


def _parse_bare_link(inline: InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    text = match[0]
    if state.brackets and "]" in text:
        text = text[: text.index("]")]
    url = trim_bare(text)
    if not url or state.in_link or state.depth >= inline.max_nested_level:
        return None
    state.append_token(
        {
            "type": "link",
            "children": [{"type": "text", "raw": url}],
            "attrs": {"url": escape_url(url)},
            "_autolink": url,
        }
    )
    return match.start() + len(url)


def _mark_blocks(_markdown: Markdown, state: BlockState) -> None:
    """Find GitHub alerts, explicit heading ids and bars in table cells before the inline text is read."""
    queue: list[Token] = list(state.tokens)
    while queue:
        token = queue.pop()
        children: list[Token] = token.get("children", [])
        if token["type"] == "block_quote" and children:
            _mark_alert(token, children)
        elif token["type"] == "heading":
            found = _HEADING_ID.search(token["text"])
            if found:
                token["text"] = token["text"][: found.start()]
                token["attrs"]["id"] = found[1]
        elif token["type"] == "table_cell":
            # GFM takes the backslash off before it reads the cell, inside code as well
            token["text"] = token["text"].replace("\\|", "|")
        queue.extend(children)


def _mark_alert(quote: Token, children: list[Token]) -> None:
    first: dict[str, Any] = children[0]
    found = _ALERT.match(first.get("text", "")) if first["type"] == "paragraph" else None
    if not found:
        return
    quote["type"] = "alert"
    quote["attrs"] = {"kind": found[1].lower()}
    first["text"] = first["text"][found.end() :]
    if not first["text"].strip():
        del children[0]
