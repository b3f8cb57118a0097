"""Paste-ready HTML of an edition: for WeChat's editor and for mail, where only inline styles survive.

WeChat drops links to other hosts: there they become numbered references at the end. Mail keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin, urlsplit

Kind = Literal["wechat", "mail"]

_INK, _MUTED, _ACCENT, _RULE, _WASH = "#1f2328", "#5b6068", "#b32d1b", "#e5e1d8", "#fbf0ec"
_STYLES = {
    "p": "margin:0 0 14px",
    "h2": f"margin:36px 0 12px;padding-top:12px;border-top:3px solid {_INK};font-size:20px;line-height:1.45;font-weight:700",
    "h3": "margin:22px 0 8px;font-size:17px;line-height:1.5;font-weight:700",
    "h4": "margin:18px 0 6px;font-size:16px;font-weight:700",
    "ul": "margin:0 0 14px;padding-left:22px",
    "ol": "margin:0 0 14px;padding-left:24px",
    "li": "margin:0 0 6px",
    "strong": "font-weight:700",
    "em": "font-style:italic",
    "a": f"color:{_ACCENT};text-decoration:underline",
    "sup": f"color:{_MUTED};font-size:12px",
    "blockquote": f"margin:14px 0;padding:2px 0 2px 14px;border-left:3px solid {_RULE};color:{_MUTED}",
    "pre": "margin:0 0 14px;padding:12px;background:#f4f4f2;border-radius:6px;overflow-x:auto;font-size:14px;line-height:1.6",
    "code": "font-family:Menlo,Consolas,monospace;font-size:.92em",
    "table": "border-collapse:collapse;width:100%;margin:0 0 14px;font-size:15px",
    "th": f"border:1px solid {_RULE};padding:6px 8px;text-align:left;font-weight:700",
    "td": f"border:1px solid {_RULE};padding:6px 8px;text-align:left",
    "img": "max-width:100%;height:auto;border-radius:6px",
    "hr": f"border:0;border-top:1px solid {_RULE};margin:28px 0",
    "figcaption": f"color:{_MUTED};font-size:14px;text-align:center",
    "section.insight": f"margin:0 0 14px;padding-left:14px;border-left:2px solid {_RULE};color:{_MUTED};font-size:15px",
    "section.impact": f"margin:18px 0;padding:12px 16px;background:{_WASH};border-left:4px solid {_ACCENT}",
    "section.story": "margin:0 0 8px",
}
_CHINESE_EM = "font-style:normal;font-family:'Kaiti SC',STKaiti,KaiTi,serif"
"""Slanted Han is no emphasis: print sets it in another face."""

# elements that both targets know; the others of a page are shown as what stands beside them
_SAME = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "sup", "sub", "blockquote", "pre", "code", "table",
    "thead", "tbody", "tr", "th", "td", "img", "hr", "br", "figure", "figcaption", "del", "span",
}  # fmt: skip
_AS = {"section": "section", "article": "section", "aside": "section", "div": "section", "b": "strong", "i": "em",
       "h1": "h2", "h5": "h4", "h6": "h4", "a": "a", "s": "del", "dl": "section", "dt": "p", "dd": "p"}  # fmt: skip
_VOID = {"img", "hr", "br"}
_SILENT = {
    "script",
    "style",
    "template",
    "svg",
    "math",
    "noscript",
    "iframe",
    "object",
    "details",
    "form",
    "button",
}
_OWN_HOSTS = {"wechat": {"mp.weixin.qq.com"}}


@dataclass(frozen=True, slots=True)
class Reference:
    """A link that became a number."""

    number: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """HTML with inline styles, the links taken out of it, and the pictures it needs."""

    html: str
    references: tuple[Reference, ...] = ()
    images: tuple[str, ...] = ()  # absolute addresses


def paste(html: str, kind: Kind, *, base: str, language: str = "zh-CN") -> Pasted:
    """Turn a page's HTML into what `kind` accepts; `base` is the page's absolute address."""
    writer = _Writer(kind, base, chinese=language.startswith("zh"))
    writer.feed(html)
    writer.close()
    return Pasted("".join(writer.out), tuple(writer.references.values()), tuple(dict.fromkeys(writer.images)))


def document(
    pasted: Pasted,
    *,
    title: str,
    dateline: str,
    paper: str,
    summary: Iterable[str] = (),
    words: Mapping[str, str],
    address: str = "",
    language: str = "zh-CN",
) -> str:
    """Wrap a pasted edition: a page one opens in a browser, selects and copies, or sends as mail.

    `words` has `highlights`, `references` and `web`; `summary` are lines of safe HTML.
    """
    head = [
        f'<p style="margin:0 0 6px;color:{_MUTED};font-size:14px">{escape(paper)}　{escape(dateline)}</p>',
        f'<h1 style="margin:0 0 18px;font-size:24px;line-height:1.4;font-weight:700">{escape(title)}</h1>',
    ]
    lines = [f'<li style="{_STYLES["li"]}">{line}</li>' for line in summary]
    if lines:
        head.append(
            f'<section style="margin:0 0 8px;padding:14px 16px;border:1px solid {_RULE};border-radius:8px">'
            f'<p style="margin:0 0 6px;color:{_ACCENT};font-weight:700;font-size:14px">{escape(words["highlights"])}</p>'
            f'<ul style="margin:0;padding-left:20px">{"".join(lines)}</ul></section>'
        )
    foot = []
    if pasted.references:
        foot.append(f'<p style="{_STYLES["h4"]}">{escape(words["references"])}</p>')
        foot += [
            f'<p style="margin:0 0 4px;color:{_MUTED};font-size:13px;line-height:1.6;word-break:break-all">'
            f"[{entry.number}] {escape(entry.title)}{'：' if entry.title else ''}{escape(entry.url)}</p>"
            for entry in pasted.references
        ]
    if address:
        link = f'<a href="{escape(address)}" style="{_STYLES["a"]}">{escape(words["web"])}</a>'
        foot.append(f'<p style="margin:28px 0 0;font-size:14px">{link}</p>')
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>'
        '<body style="margin:0;padding:16px;background:#fff">\n'
        f'<section style="max-width:660px;margin:0 auto;color:{_INK};font-size:16px;line-height:1.8;'
        "font-family:-apple-system,BlinkMacSystemFont,'PingFang SC','Microsoft YaHei',sans-serif;"
        f'overflow-wrap:break-word">\n{"".join(head)}\n{pasted.html}\n{"".join(foot)}\n</section>\n</body></html>\n'
    )


@dataclass
class _Link:
    """A link that is being read: its words become the reference's title."""

    url: str
    words: list[str] = field(default_factory=list)


class _Writer(HTMLParser):
    """Writes each element anew: known names, inline styles, nothing else."""

    def __init__(self, kind: Kind, base: str, *, chinese: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.kind, self.base, self.chinese = kind, base, chinese
        self.out: list[str] = []
        self.references: dict[str, Reference] = {}
        self.images: list[str] = []
        self._open: list[tuple[str, str]] = []  # name as read, closing text
        self._links: list[_Link] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
            return
        values = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._start_link(values)
            return
        name = tag if tag in _SAME else _AS.get(tag, "")
        if name in _VOID:
            self._void(name, values)
            return
        if name:
            self.out.append(f"<{name}{self._style(name, values)}>")
        self._open.append((tag, f"</{name}>" if name else ""))

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
            return
        if not any(name == tag for name, _ in self._open):
            return
        while self._open:
            name, closing = self._open.pop()
            if name == "a":
                self._end_link()
            self.out.append(closing)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.out.append(escape(data, quote=False))
        for link in self._links:
            link.words.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag(self._open[-1][0])

    def _style(self, name: str, values: Mapping[str, str]) -> str:
        for kind in values.get("class", "").split():
            if style := _STYLES.get(f"{name}.{kind}"):
                return f' style="{style}"'
        style = _CHINESE_EM if name == "em" and self.chinese else _STYLES.get(name, "")
        return f' style="{style}"' if style else ""

    def _void(self, name: str, values: Mapping[str, str]) -> None:
        if name != "img":
            self.out.append(f"<{name}{self._style(name, values)}>")
            return
        source = urljoin(self.base, values.get("src", ""))
        if urlsplit(source).scheme in {"http", "https"}:
            self.images.append(source)
            alt = escape(values.get("alt", ""))
            self.out.append(f'<img src="{escape(source)}" alt="{alt}"{self._style("img", values)}>')

    def _start_link(self, values: Mapping[str, str]) -> None:
        url = urljoin(self.base, values.get("href", ""))
        parts = urlsplit(url)
        within = values.get("href", "").startswith("#")
        if within or parts.scheme not in {"http", "https", "mailto"}:
            self._links.append(_Link(""))
            self._open.append(("a", ""))
        elif self.kind == "mail" or parts.hostname in _OWN_HOSTS[self.kind]:
            self._links.append(_Link(""))
            self.out.append(f'<a href="{escape(url)}" style="{_STYLES["a"]}">')
            self._open.append(("a", "</a>"))
        else:
            self._links.append(_Link(url))
            self._open.append(("a", ""))

    def _end_link(self) -> None:
        link = self._links.pop()
        if not link.url:
            return
        title = " ".join("".join(link.words).split())
        known = self.references.get(link.url)
        if known is None:
            # a bare address is its own title: printed once is enough
            shown = "" if title == link.url else title
            known = self.references[link.url] = Reference(len(self.references) + 1, shown, link.url)
        self.out.append(f'<sup style="{_STYLES["sup"]}">[{known.number}]</sup>')
