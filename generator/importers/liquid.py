"""Jekyll and Hexo: dated names, and tags between {% and %}."""

from __future__ import annotations

import datetime as dt
import re

from generator.importers.tags import Rule, fence, image, parameters, quote, translate
from generator.importers.values import Body, System

_DATED = re.compile(r"(?:^|/)\d{4}-\d{1,2}-\d{1,2}-[^/]+$")
_NO_POST = re.compile(r"(?:^|/)(?:readme|license|changelog|contributing)\.", re.IGNORECASE)


def _pair(name: str, end: str) -> re.Pattern[str]:
    return re.compile(rf"\{{%-?\s*({name})\b([^%]*?)-?%\}}(.*?)\{{%-?\s*{end}\s*-?%\}}", re.DOTALL)


def _single(name: str) -> re.Pattern[str]:
    return re.compile(rf"\{{%-?\s*({name})\b([^%]*?)-?%\}}")


def _highlight(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return fence(tag[3], places[0] if places else "")


def _codeblock(tag: re.Match[str]) -> str:
    language = re.search(r"lang:\s*([\w+#-]+)", tag[2])
    title = re.sub(r"\b\w+:\s*\S+", "", tag[2]).strip()
    block = fence(tag[3], language[1] if language else "")
    return f"**{title}**\n\n{block}" if title else block


def _asset(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    # classes and sizes may stand before the file's name
    at = next((n for n, word in enumerate(places) if "." in word), 0)
    words = [word for word in places[at + 1 :] if not word.isdigit()]
    return image(places[at] if places else "", alt=" ".join(words))


def _link(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    at = next((n for n, word in enumerate(places) if "://" in word or word.startswith("/")), -1)
    return f"[{' '.join(places[:at]) or places[at]}]({places[at]})" if at >= 0 else tag[0]


# Liquid runs inside code as well, so these stand there too, and nobody was meant to see them
_RAW = re.compile(r"^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n?|\{%-?\s*(?:end)?raw\s*-?%\}", re.MULTILINE)
JEKYLL: tuple[Rule, ...] = (
    ("highlight", _pair("highlight", "endhighlight"), _highlight),
    ("site.url", re.compile(r"\{\{\s*site\.(?:url|baseurl)\s*\}\}"), lambda _: ""),
    ("table of contents", re.compile(r"^[*-] .*\n\{:\s*toc\s*\}[ \t]*\n?", re.MULTILINE), lambda _: ""),
)
HEXO: tuple[Rule, ...] = (
    ("codeblock", _pair("codeblock|code", "end(?:codeblock|code)"), _codeblock),
    (
        "quote",
        _pair("blockquote|quote|note", "end(?:blockquote|quote|note)"),
        lambda tag: quote(tag[3], foot=tag[2].strip()),
    ),
    ("image", _single("asset_img|img|image"), _asset),
    ("link", _single("link"), _link),
    ("video", _single("youtube"), lambda tag: f"<https://www.youtube.com/watch?v={tag[2].strip()}>"),
)
_LEFT = re.compile(r"(\{%-?\s*\w+|\{\{\s*[\w.]+|\{:\s*[.#\w]+)")


def _hexo_address(path: str, name: str, day: dt.date, categories: tuple[str, ...]) -> str:  # noqa: ARG001
    return f"/{day:%Y/%m/%d}/{name}/"


def _jekyll_address(path: str, name: str, day: dt.date, categories: tuple[str, ...]) -> str:  # noqa: ARG001
    folders = "".join(f"{category.lower()}/" for category in categories)
    return f"/{folders}{day:%Y/%m/%d}/{name}.html"


def jekyll_body(text: str) -> Body:
    return translate(_RAW.sub("", text), JEKYLL, _LEFT)


def hexo_body(text: str) -> Body:
    return translate(_RAW.sub("", text), HEXO, _LEFT)


JEKYLL_SYSTEM = System(
    name="jekyll",
    is_post=lambda path: bool(_DATED.search(path)) or "_posts/" in path or "_drafts/" in path,
    is_page=lambda path: not _NO_POST.search(path) and "/_" not in f"/{path}",
    address=_jekyll_address,
    body=jekyll_body,
    statics=("", "assets"),
)
HEXO_SYSTEM = System(
    name="hexo",
    is_post=lambda path: "_posts/" in path or "_drafts/" in path,
    is_page=lambda path: not _NO_POST.search(path) and path.endswith("/index.md") and "/_" not in f"/{path}",
    address=_hexo_address,
    body=hexo_body,
    statics=("source", ""),
)
