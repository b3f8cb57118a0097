"""HTML written into Markdown: kept, cleaned with nh3, or shown as text.

A block that opens and closes its own elements is cleaned alone. Anything else (inline tags, a
`<details>` around Markdown) is cleaned together with the HTML it stands in, when that is whole.
"""

from __future__ import annotations

import functools
import html
import re

from generator.site.markdown.html import escape
from generator.site.markdown.values import RawHtml

MAX_DEPTH = 500
"""Elements raw HTML may nest. nh3 is quadratic in it: 500 takes milliseconds, 100,000 minutes."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
# Neither alternative runs past the next beginning of its kind, so unclosed ones cost no second look.
_ELEMENT = re.compile(r"<!--(?:[^<-]|-(?!->)|<(?!!--))*+-->|<[^<>]*+>")
_NO_END = frozenset("area base br col embed hr img input link meta source track wbr".split())

_TAGS = frozenset(
    "a abbr article aside b bdi bdo blockquote br caption center cite code col colgroup data dd del details dfn div dl dt "
    "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd li main mark nav ol p picture pre q "
    "rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr u ul "
    "var wbr audio video track".split()
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "dir", "title", "role", "aria-label", "aria-hidden"},
    "a": {"href", "rel", "name"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "srcset", "sizes"},
    "source": {"src", "srcset", "sizes", "type", "media"},
    "audio": {"src", "controls", "preload", "loop"},
    "video": {"src", "controls", "preload", "loop", "poster", "width", "height"},
    "track": {"src", "kind", "srclang", "label"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "details": {"open"},
    "time": {"datetime"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "data": {"value"},
    "input": {"checked", "disabled"},
    "div": {"data-lang", "tabindex"},
    "span": {"data-line"},
    "pre": {"tabindex"},
}


class Raw:
    """The policy of one body: what to write for raw HTML, and how deep it has gone."""

    def __init__(self, policy: RawHtml) -> None:
        self.escapes = policy == "escape"
        self.cleans = policy == "sanitise"
        self._depth = 0
        self._deepest = 0

    @property
    def too_deep(self) -> bool:
        """Whether the elements were nested past MAX_DEPTH, from where on they are shown as text."""
        return self._deepest > MAX_DEPTH

    def inline(self, tag: str) -> str:
        """Return an inline tag as it goes into the page, to be cleaned with its surroundings."""
        return escape(tag) if self.escapes or (self.cleans and not self._fits(tag)) else tag

    def block(self, text: str) -> tuple[str, str, bool]:
        """Return a block of HTML as it goes into the page, its plain text, and whether it is still to be cleaned."""
        if self.escapes or (self.cleans and not self._fits(text)):
            shown = text.strip()
            return f"<p>{escape(shown)}</p>\n", shown, False
        if self.cleans and is_whole(text):
            cleaned = cleaned_block(text)
            return cleaned, _plain(cleaned), False
        return text.rstrip("\n") + "\n", _plain(text), self.cleans

    def _fits(self, text: str) -> bool:
        depth = deepest = self._depth
        for tag in _TAG.finditer(text):
            if tag[1]:
                depth = max(depth - 1, 0)
            elif tag[2].lower() not in _NO_END:
                depth += 1
                deepest = max(deepest, depth)
        self._deepest = max(self._deepest, deepest)
        if deepest > MAX_DEPTH:
            return False
        self._depth = depth
        return True


@functools.lru_cache(maxsize=256)
def _plain(text: str) -> str:
    """The words of a block of HTML."""
    return " ".join(html.unescape(_ELEMENT.sub(" ", text)).split())


@functools.lru_cache(maxsize=256)
def is_whole(text: str) -> bool:
    """Whether every element of `text` ends in it and none that began before does."""
    open_: list[str] = []
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _NO_END:
            continue
        if not tag[1]:
            open_.append(name)
        elif not open_ or open_.pop() != name:
            return False
    return not open_ and text.count("<!--") == text.count("-->")


@functools.lru_cache(maxsize=256)
def cleaned_block(text: str) -> str:
    """Return a block of HTML with only harmless elements; the same card ends every edition, hence the memory."""
    return clean(text).strip() + "\n"


def clean(text: str) -> str:
    """Return `text` with harmless elements and attributes only, every element closed."""
    import nh3

    return nh3.clean(
        text,
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "ftp", "ftps", "irc", "ircs"},
        link_rel=None,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        set_tag_attribute_values={"img": {"loading": "lazy"}, "input": {"disabled": ""}},
    )
