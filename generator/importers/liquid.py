"""Jekyll and Hexo: dated names, and tags between {% and %}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.importers import permalinks
from generator.importers.tags import POST, Rule, alert, apart, fence, image, parameters, quote, translate
from generator.importers.values import READMES, Body, System

_DATED = re.compile(r"(?:^|/)\d{4}-\d{1,2}-\d{1,2}-[^/]+$")


_INSIDE = r"(?:[^%]|%(?!\}))*?"  # of a tag


def _pair(name: str, end: str) -> re.Pattern[str]:
    return re.compile(rf"\{{%-?\s*({name})\b({_INSIDE})-?%\}}(.*?)\{{%-?\s*{end}\s*-?%\}}", re.DOTALL)


def _single(name: str) -> re.Pattern[str]:
    return re.compile(rf"\{{%-?\s*({name})\b({_INSIDE})-?%\}}")


def _highlight(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return fence(tag[3], places[0] if places else "")


def _codeblock(tag: re.Match[str]) -> str:
    """`{% codeblock 题 lang:js https://… 原文 %}`: a title, a language, an address and what it is called."""
    language = re.search(r"lang:\s*([\w+#-]+)", tag[2])
    link = re.search(r"(https?://\S+)\s*([^\s:]*)(?=\s|$)", tag[2])
    said = tag[2].replace(link[0], "") if link else tag[2]
    head = [f"**{title}**"] if (title := " ".join(re.sub(r"\b\w+:\s*\S+", "", said).split())) else []
    head += [f"[{link[2] or link[1]}]({link[1]})"] if link else []
    block = fence(tag[3], language[1] if language else "")
    return f"{' '.join(head)}\n\n{block}" if head else block


def _asset(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    # classes may stand before the file's name, and its size behind it
    at = next((n for n, word in enumerate(places) if "." in word), 0)
    words = [word for word in places[at + 1 :] if not re.fullmatch(r"\d+(?:px|%)?|auto", word)]
    if not places:
        return tag[0]
    # the title, and behind it what a reader who does not see the picture is told
    quoted = re.search(r"[\"']", tag[2]) is not None and len(words) == 2
    return image(places[at], alt=words[1], title=words[0]) if quoted else image(places[at], " ".join(words))


def _quoted(tag: re.Match[str]) -> str:
    """`{% blockquote 鲁迅, 《故乡》 https://… 第一章 %}`: who, where, and the address with its title."""
    address = title = ""
    if found := re.fullmatch(r"(.*?)\s*(https?://\S+)\s*(.*)", tag[2].strip()):
        words, address, title = found.groups()
    else:
        words = tag[2].strip()
    link = f"[{title or words or address}]({address})" if address else ""
    foot = f"{words}, {link}" if title and words and link else link or words
    return apart(tag, quote(tag[3], foot=foot))


def _note(tag: re.Match[str]) -> str:
    """`{% note info 标题 %}`, of the theme NexT and others."""
    places, _ = parameters(tag[2])
    kind, title = (
        (places[0], " ".join(word for word in places[1:] if word != "no-icon")) if places else ("", "")
    )
    return apart(tag, alert(kind, tag[3], title))


def _link(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    at = next((n for n, word in enumerate(places) if "://" in word or word.startswith("/")), -1)
    return f"[{' '.join(places[:at]) or places[at]}]({places[at]})" if at >= 0 else tag[0]


def _post_link(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    words = [word for word in places[1:] if word not in ("true", "false")]
    return f"[{' '.join(words)}]({POST}{places[0] if places else ''})"


def _asset_link(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return f"[{' '.join(places[1:]) or places[0]}]({places[0]})" if places else tag[0]


def _gist(tag: re.Match[str]) -> str:
    words = tag[2].split()
    return f"<https://gist.github.com/{words[0]}>" if words else tag[0]


def _video(tag: re.Match[str]) -> str:
    words = tag[2].split()
    site = "https://www.youtube.com/watch?v=" if tag[1] == "youtube" else "https://vimeo.com/"
    return f"<{site}{words[0]}>" if words else tag[0]


def _frame(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return f"<{places[0]}>" if places and "://" in places[0] else tag[0]


def jekyll_fields(fields: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """Read front matter as Jekyll does: words between spaces are several, folders above _posts are categories."""
    own = dict(fields)
    for key in ("categories", "tags"):
        said = own.get(key)
        words = said[0] if isinstance(said, list | tuple) and len(said) == 1 else said
        if isinstance(words, str) and not re.search(r"[,，、]", words) and isinstance(said, str | tuple):
            own[key] = tuple(words.split())
    folders = path.rpartition("_posts/")[0].strip("/").split("/") if "_posts/" in path else []
    if above := [folder for folder in folders if folder and not folder.startswith("_")]:
        said = own.pop("category", None) or own.get("categories") or ()
        own["categories"] = tuple(dict.fromkeys([*above, *([said] if isinstance(said, str) else said)]))
    return own


# Liquid runs inside code as well, so these stand there too, and nobody was meant to see them
_RAW = re.compile(r"^[ \t]*\{%-?\s*(?:end)?raw\s*-?%\}[ \t]*\n?|\{%-?\s*(?:end)?raw\s*-?%\}", re.MULTILINE)
_VERBATIM = re.compile(r"(\{%-?\s*raw\s*-?%\})(.*?)(\{%-?\s*endraw\s*-?%\})", re.DOTALL)
# stand for the braces inside `raw`, which open no tag
_HIDDEN = {"{{": "\ue004\ue004", "{%": "\ue004%"}

CODE: tuple[Rule, ...] = (
    ("highlight", _pair("highlight", "endhighlight"), _highlight),
    ("codeblock", _pair("codeblock|code", "end(?:codeblock|code)"), _codeblock),
)
_BOTH: tuple[Rule, ...] = (
    ("comment", _pair("comment", "endcomment"), lambda _: ""),
    ("gist", _single("gist"), _gist),
    ("video", _single("youtube|vimeo"), _video),
)
JEKYLL: tuple[Rule, ...] = (
    *_BOTH,
    (
        "link to a post",
        _single("post_url|link"),
        lambda tag: f"{POST}{tag[2].strip()}",
    ),
    ("site.url", re.compile(r"\{\{-?\s*site\.(?:url|baseurl)\s*-?\}\}"), lambda _: ""),
    (
        "address",
        re.compile(
            r"\{\{-?\s*[\"']([^\"'{}\n]+)[\"']\s*(?:\|\s*(?:relative_url|absolute_url|prepend:\s*site\.(?:base)?url)\s*)+-?\}\}"
        ),
        lambda tag: tag[1],
    ),
    ("table of contents", re.compile(r"^[*-] .*\n\{:\s*toc\s*\}[ \t]*\n?", re.MULTILINE), lambda _: ""),
    # kramdown's lists of attributes: an id has a counterpart, a class has none
    (
        "heading's id",
        re.compile(r"^(#{1,6} [^\n]*?)[ \t#]*\n?\{:[^}\n]*?#([\w:.-]+)[^}\n]*\}[ \t]*$", re.MULTILINE),
        lambda tag: f"{tag[1]} {{#{tag[2]}}}",
    ),
    (
        "attributes",
        re.compile(r"^[ \t]*\{:[^}\n]*\}[ \t]*\n?|(?<=\S)\{:[^}\n]*\}", re.MULTILINE),
        lambda _: "",
    ),
)
HEXO: tuple[Rule, ...] = (
    *_BOTH,
    (
        "quote",
        _pair(
            "blockquote|quote|pullquote|cq|centerquote", "end(?:blockquote|quote|pullquote|cq|centerquote)"
        ),
        lambda tag: _quoted(tag) if tag[1] in ("blockquote", "quote") else apart(tag, quote(tag[3])),
    ),
    ("note", _pair("note", "endnote"), _note),
    ("image", _single("asset_img|img|image"), _asset),
    ("link", _single("link"), _link),
    ("link to a post", _single("post_link"), _post_link),
    ("link to a post", _single("post_path"), lambda tag: f"{POST}{tag[2].strip()}"),
    ("file", _single("asset_link"), _asset_link),
    ("file", _single("asset_path"), lambda tag: tag[2].strip()),
    ("frame", _single("iframe"), _frame),
)
_LEFT = re.compile(r"(\{%-?\s*(?!end)\w+|\{\{\s*[\w.]+)")


def jekyll_body(text: str) -> Body:
    return _translated(text, JEKYLL)


def hexo_body(text: str) -> Body:
    return _translated(text, HEXO)


def _translated(text: str, rules: tuple[Rule, ...]) -> Body:
    if "endraw" in text:
        text = _VERBATIM.sub(lambda raw: f"{raw[1]}{_swapped(raw[2], _HIDDEN)}{raw[3]}", text)
        text = _RAW.sub("", text)
    body = translate(text, CODE, rules, _LEFT)
    shown = _swapped(body.text, {hidden: plain for plain, hidden in _HIDDEN.items()})
    return Body(shown, body.changed, body.kept)


def _swapped(text: str, pairs: Mapping[str, str]) -> str:
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


JEKYLL_SYSTEM = System(
    name="jekyll",
    is_post=lambda path: bool(_DATED.search(path)) or "_posts/" in path or "_drafts/" in path,
    is_page=lambda path: not READMES.search(path) and "/_" not in f"/{path}",
    address=permalinks.jekyll,
    page_address=permalinks.jekyll_page,
    body=jekyll_body,
    fields=jekyll_fields,
    statics=("", "assets"),
)
HEXO_SYSTEM = System(
    name="hexo",
    is_post=lambda path: "_posts/" in path or "_drafts/" in path,
    is_page=lambda path: not READMES.search(path) and path.endswith("/index.md") and "/_" not in f"/{path}",
    address=permalinks.hexo,
    body=hexo_body,
    statics=("source", ""),
)
