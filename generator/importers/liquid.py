"""Jekyll and Hexo: dated names, and tags between {% and %}."""

from __future__ import annotations

import re

from generator.importers import permalinks
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


def _post_link(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    words = [word for word in places[1:] if word not in ("true", "false")]
    return f"[{' '.join(words)}](import:{places[0] if places else ''})"


def _asset_link(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return f"[{' '.join(places[1:]) or places[0]}]({places[0]})" if places else tag[0]


def _gist(tag: re.Match[str]) -> str:
    words = tag[2].split()
    return f"<https://gist.github.com/{words[0]}>" if words else tag[0]


def _frame(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return f"<{places[0]}>" if places and "://" in places[0] else tag[0]


# Liquid runs inside code as well, so these stand there too, and nobody was meant to see them
_RAW = re.compile(r"^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n?|\{%-?\s*(?:end)?raw\s*-?%\}", re.MULTILINE)
JEKYLL: tuple[Rule, ...] = (
    ("highlight", _pair("highlight", "endhighlight"), _highlight),
    (
        "link to a post",
        _single("post_url|link"),
        lambda tag: f"import:{tag[2].strip()}",
    ),
    ("gist", _single("gist"), _gist),
    ("video", _single("youtube"), lambda tag: f"<https://www.youtube.com/watch?v={tag[2].strip()}>"),
    ("site.url", re.compile(r"\{\{\s*site\.(?:url|baseurl)\s*\}\}"), lambda _: ""),
    ("table of contents", re.compile(r"^[*-] .*\n\{:\s*toc\s*\}[ \t]*\n?", re.MULTILINE), lambda _: ""),
)
HEXO: tuple[Rule, ...] = (
    ("codeblock", _pair("codeblock|code", "end(?:codeblock|code)"), _codeblock),
    (
        "quote",
        _pair(
            "blockquote|quote|note|pullquote|cq|centerquote",
            "end(?:blockquote|quote|note|pullquote|cq|centerquote)",
        ),
        lambda tag: quote(tag[3], foot=tag[2].strip()),
    ),
    ("image", _single("asset_img|img|image"), _asset),
    ("link", _single("link"), _link),
    ("link to a post", _single("post_link"), _post_link),
    ("file", _single("asset_link"), _asset_link),
    ("file", _single("asset_path"), lambda tag: tag[2].strip()),
    ("frame", _single("iframe"), _frame),
    ("gist", _single("gist"), _gist),
    ("video", _single("youtube"), lambda tag: f"<https://www.youtube.com/watch?v={tag[2].strip()}>"),
)
_LEFT = re.compile(r"(\{%-?\s*\w+|\{\{\s*[\w.]+|\{:\s*[.#\w]+)")


def jekyll_body(text: str) -> Body:
    return translate(_RAW.sub("", text), JEKYLL, _LEFT)


def hexo_body(text: str) -> Body:
    return translate(_RAW.sub("", text), HEXO, _LEFT)


JEKYLL_SYSTEM = System(
    name="jekyll",
    is_post=lambda path: bool(_DATED.search(path)) or "_posts/" in path or "_drafts/" in path,
    is_page=lambda path: not _NO_POST.search(path) and "/_" not in f"/{path}",
    address=permalinks.jekyll,
    page_address=permalinks.jekyll_page,
    body=jekyll_body,
    statics=("", "assets"),
)
HEXO_SYSTEM = System(
    name="hexo",
    is_post=lambda path: "_posts/" in path or "_drafts/" in path,
    is_page=lambda path: not _NO_POST.search(path) and path.endswith("/index.md") and "/_" not in f"/{path}",
    address=permalinks.hexo,
    body=hexo_body,
    statics=("source", ""),
)
