"""mistune's block tokens → pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.site.markdown import html
from generator.site.markdown.code import code_block
from generator.site.markdown.draw_inline import InlineDraw, Token
from generator.site.markdown.links import is_safe
from generator.site.markdown.pieces import Bullets, Item, Other, Piece, Text, Title


class Draw(InlineDraw):
    """Draws the tokens of one body."""

    def pieces(self, tokens: list[Token]) -> Iterator[Piece]:
        """Yield a piece for each block token that shows."""
        for token in tokens:
            kind = token["type"]
            if kind == "blank_line":
                continue
            self._dirty = False
            if kind == "heading":
                yield self._title(token)
            elif kind == "paragraph":
                yield self._text(token)
            elif kind == "list" and (bullets := self._bullets(token)):
                yield bullets
            elif kind == "thematic_break":
                yield Other(html.RULE, "", rule=True)
            else:
                out: list[str] = []
                plain: list[str] = []
                self._block(token, out, plain)
                yield Other("".join(out), "".join(plain).strip(), self._dirty)

    def _title(self, token: Token) -> Title:
        children = token["children"]
        inner, plain = self.inline(children)
        attrs = token["attrs"]
        url = ""
        if len(children) == 1 and children[0]["type"] == "link" and is_safe(children[0]["attrs"]["url"]):
            url = children[0]["attrs"]["url"]
        return Title(attrs["level"], inner, plain, url, attrs.get("id", ""), self._dirty)

    def _text(self, token: Token) -> Text | Other:
        children = token["children"]
        if figure := self._figure(children):
            return figure
        inner, plain = self.inline(children)
        label = ""
        if children and children[0]["type"] == "strong":
            _, label = self.inline(children[0]["children"])
        return Text(inner, plain, label, self._dirty)

    def _figure(self, children: list[Token]) -> Other | None:
        if len(children) != 1 or children[0]["type"] != "image" or not children[0]["attrs"].get("title"):
            return None
        inner, _ = self.inline(children)
        if not inner.startswith("<img"):
            return None
        caption = children[0]["attrs"]["title"]
        return Other(html.figure(inner, caption), caption, self._dirty)

    def _bullets(self, token: Token) -> Bullets | None:
        """A tight list of plain items; None when an item holds blocks."""
        for item in token["children"]:
            blocks = item["children"]
            if item["type"] != "list_item" or len(blocks) != 1 or blocks[0]["type"] != "block_text":
                return None
        items = []
        for item in token["children"]:
            children = item["children"][0]["children"]
            inner, plain = self.inline(children)
            url = headline = ""
            if children and children[0]["type"] == "link" and is_safe(children[0]["attrs"]["url"]):
                url = children[0]["attrs"]["url"]
                _, headline = self.inline(children[0]["children"])
            items.append(Item(inner, plain, url, headline))
        attrs = token["attrs"]
        return Bullets(items, attrs["ordered"], attrs.get("start", 1), self._dirty)

    # what the fast path asks for

    def unknown(self, text: str) -> list[Piece]:
        """Draw what only mistune can read."""
        from generator.site.markdown.engine import tokens_of

        return list(self.pieces(tokens_of(text)))

    def code(self, text: str, info: str) -> Other:
        """Draw a block of code."""
        return Other(code_block(text, info, self.options), text.strip())

    def html_block(self, text: str) -> Other:
        """Draw a block of HTML."""
        drawn, plain, dirty = self.raw.block(text)
        return Other(drawn, plain, dirty)

    # blocks

    def _blocks(self, tokens: list[Token], out: list[str], plain: list[str]) -> None:
        for token in tokens:
            self._block(token, out, plain)

    def _block(self, token: Token, out: list[str], plain: list[str]) -> None:
        _BLOCK[token["type"]](self, token, out, plain)

    def _nothing(self, _token: Token, _out: list[str], _plain: list[str]) -> None:
        pass

    def _inner(self, token: Token, out: list[str], plain: list[str]) -> None:
        """The inline text of a block."""
        self._inline(token["children"], out, plain)
        plain.append("\n")

    def _paragraph(self, token: Token, out: list[str], plain: list[str]) -> None:
        if figure := self._figure(token["children"]):
            out.append(figure.html)
            plain.append(figure.plain + "\n")
            return
        out.append("<p>")
        self._inner(token, out, plain)
        out.append("</p>\n")

    def _heading(self, token: Token, out: list[str], plain: list[str]) -> None:
        """A heading inside a quote or list: not one of the page's, so it has no id unless given one."""
        level, given = token["attrs"]["level"], token["attrs"].get("id")
        out.append(f'<h{level} id="{html.escape(given)}">' if given else f"<h{level}>")
        self._inner(token, out, plain)
        out.append(f"</h{level}>\n")

    def _rule(self, _token: Token, out: list[str], _plain: list[str]) -> None:
        out.append(html.RULE)

    def _code(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append(code_block(token["raw"], token.get("attrs", {}).get("info", ""), self.options))
        plain.append(token["raw"])

    def _html(self, token: Token, out: list[str], plain: list[str]) -> None:
        drawn, words, dirty = self.raw.block(token["raw"])
        out.append(drawn)
        plain.append(words)
        self._dirty = self._dirty or dirty

    def _quote(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append("<blockquote>\n")
        self._blocks(token["children"], out, plain)
        out.append("</blockquote>\n")

    def _alert(self, token: Token, out: list[str], plain: list[str]) -> None:
        kind = token["attrs"]["kind"]
        name = getattr(self.options.words, kind)
        out.append(
            f'<div class="alert {kind}" role="note">\n<p class="alert-title">{html.escape(name)}</p>\n'
        )
        self._blocks(token["children"], out, plain)
        out.append("</div>\n")

    def _list(self, token: Token, out: list[str], plain: list[str]) -> None:
        attrs = token["attrs"]
        tag = "ol" if attrs["ordered"] else "ul"
        start = attrs.get("start", 1)
        out.append(f"<{tag}>\n" if start == 1 else f'<{tag} start="{start}">\n')
        self._blocks(token["children"], out, plain)
        out.append(f"</{tag}>\n")

    def _list_item(self, token: Token, out: list[str], plain: list[str]) -> None:
        blocks = token["children"]
        out.append("<li>")
        if "attrs" in token:
            out[-1] = '<li class="task"><label><input type="checkbox" disabled'
            out.append(" checked> " if token["attrs"]["checked"] else "> ")
            if blocks and blocks[0]["type"] in ("block_text", "paragraph"):  # names the box
                self._inner(blocks[0], out, plain)
                blocks = blocks[1:]
            out.append("</label>\n" if blocks else "</label>")
        self._item_blocks(blocks, out, plain)
        out.append("</li>\n")

    def _item_blocks(self, tokens: list[Token], out: list[str], plain: list[str]) -> None:
        for token in tokens:
            if token["type"] == "block_text":
                self._inner(token, out, plain)
                if token is not tokens[-1]:
                    out.append("\n")
                continue
            if out[-1] == "<li>" and token["type"] != "blank_line":
                out.append("\n")
            self._block(token, out, plain)

    def _math(self, token: Token, out: list[str], plain: list[str]) -> None:
        self.has_math = True
        out.append(f'<div class="math display">\\[{html.escape(token["raw"])}\\]</div>\n')
        plain.append(token["raw"] + "\n")

    def _around(self, opening: str, closing: str, token: Token, out: list[str], plain: list[str]) -> None:
        out.append(opening)
        self._blocks(token["children"], out, plain)
        out.append(closing)

    def _table(self, token: Token, out: list[str], plain: list[str]) -> None:
        self._around('<div class="table" tabindex="0"><table>\n', "</table></div>\n", token, out, plain)

    def _cell(self, token: Token, out: list[str], plain: list[str]) -> None:
        attrs = token["attrs"]
        tag = "th" if attrs["head"] else "td"
        out.append(f'<{tag} class="{attrs["align"]}">' if attrs["align"] else f"<{tag}>")
        self._inner(token, out, plain)
        out.append(f"</{tag}>\n")

    def _definition(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append("<dd>")
        self._item_blocks(token["children"], out, plain)
        out.append("</dd>\n")

    def _term(self, token: Token, out: list[str], plain: list[str]) -> None:
        out.append("<dt>")
        self._inner(token, out, plain)
        out.append("</dt>\n")

    def _footnotes(self, token: Token, out: list[str], plain: list[str]) -> None:
        name = html.escape(self.options.words.footnotes)
        self._around(
            f'<section class="footnotes" aria-label="{name}">\n<ol>\n',
            "</ol>\n</section>\n",
            token,
            out,
            plain,
        )

    def _footnote(self, token: Token, out: list[str], plain: list[str]) -> None:
        number = token["attrs"]["index"]
        label = html.escape(self.options.words.footnote_back)
        back = f'<a class="footnote-back" href="#fnref-{number}" aria-label="{label}">↩</a>'
        inner: list[str] = []
        self._blocks(token["children"], inner, plain)
        text = "".join(inner)
        text = f"{text[:-5]} {back}</p>\n" if text.endswith("</p>\n") else f"{text}{back}\n"
        out.append(f'<li id="fn-{number}">{text}</li>\n')


_Drawer = Callable[[Draw, Token, list[str], list[str]], None]

_BLOCK: dict[str, _Drawer] = {
    "blank_line": Draw._nothing,
    "paragraph": Draw._paragraph,
    "block_text": Draw._inner,
    "heading": Draw._heading,
    "thematic_break": Draw._rule,
    "block_code": Draw._code,
    "block_html": Draw._html,
    "block_quote": Draw._quote,
    "alert": Draw._alert,
    "list": Draw._list,
    "list_item": Draw._list_item,
    "task_list_item": Draw._list_item,
    "block_math": Draw._math,
    "table": Draw._table,
    "table_head": lambda draw, token, out, plain: draw._around(
        "<thead>\n<tr>\n", "</tr>\n</thead>\n", token, out, plain
    ),
    "table_body": lambda draw, token, out, plain: draw._around("<tbody>\n", "</tbody>\n", token, out, plain),
    "table_row": lambda draw, token, out, plain: draw._around("<tr>\n", "</tr>\n", token, out, plain),
    "table_cell": Draw._cell,
    "def_list": lambda draw, token, out, plain: draw._around("<dl>\n", "</dl>\n", token, out, plain),
    "def_list_head": Draw._term,
    "def_list_item": Draw._definition,
    "footnotes": Draw._footnotes,
    "footnote_item": Draw._footnote,
}
