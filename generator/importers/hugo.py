"""Hugo: page bundles, sections, and shortcodes."""

from __future__ import annotations

import re

from generator.importers import permalinks
from generator.importers.tags import (
    POST,
    Rule,
    alert,
    apart,
    details,
    fence,
    image,
    parameters,
    quote,
    translate,
)
from generator.importers.values import READMES, Body, System

_OPEN, _CLOSE = r"\{\{[<%]\s*", r"\s*/?[>%]\}\}"
_LANGUAGE = re.compile(r"\.([a-z]{2}(?:-[a-z]{2,4})?)$", re.IGNORECASE)
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "youku": "https://v.youku.com/v_show/id_{}.html",
    "bilibili": "https://www.bilibili.com/video/{}",
}


def _single(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}({name})\b((?:[^\"`}}>]|\"[^\"]*\"|`[^`]*`)*?){_CLOSE}")


def _pair(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}({name})\b([^}}]*?){_CLOSE}(.*?){_OPEN}/\s*\1{_CLOSE}", re.DOTALL)


def _figure(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    # below the picture stand its title and its caption
    below = " · ".join(names[key] for key in ("title", "caption") if names.get(key))
    drawn = image(names.get("src", places[0] if places else ""), names.get("alt", below), below)
    link = names.get("link")
    return f"[{drawn}]({link})" if link else drawn


def _video(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    return f"<{_VIDEOS[tag[1]].format(names.get('id', places[0] if places else ''))}>"


def _gist(tag: re.Match[str]) -> str:
    return f"<https://gist.github.com/{'/'.join(parameters(tag[2])[0][:2])}>"


def _tweet(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    return f"<https://x.com/{names.get('user', 'i')}/status/{names.get('id', places[0] if places else '')}>"


def _highlight(tag: re.Match[str]) -> str:
    places, _ = parameters(tag[2])
    return fence(tag[3], places[0] if places else "")


def _quote(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    foot = names.get("author", places[0] if places else "")
    link = names.get("link", "")
    return apart(tag, quote(tag[3], foot=f"[{foot}]({link})" if foot and link else foot or link))


def _notice(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    kind = names.get("type", places[0] if places else "")
    return apart(tag, alert(kind, tag[3], names.get("title", " ".join(places[1:2]))))


def _expand(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    summary = names.get("summary", names.get("title", places[0] if places else ""))
    return apart(tag, details(tag[3], summary))


def _reference(tag: re.Match[str]) -> str:
    places, names = parameters(tag[2])
    return f"{POST}{names.get('path', places[0] if places else '')}"


CODE: tuple[Rule, ...] = (
    ("highlight", _pair("highlight"), _highlight),
    # {{</* name */>}} shows a shortcode instead of running it
    (
        "shown shortcode",
        re.compile(r"(\{\{[<%])/\*(.*?)\*/([>%]\}\})"),
        lambda tag: f"`{tag[1]}{tag[2]}{tag[3]}`",
    ),
)
RULES: tuple[Rule, ...] = (
    ("link to a post", _single("ref|relref"), _reference),
    ("blockquote", _pair("blockquote"), _quote),
    ("notice", _pair("notice|admonition|callout|alert"), _notice),
    ("expand", _pair("expand|details"), _expand),
    ("figure", _single("figure|img|image"), _figure),
    ("video", _single("|".join(_VIDEOS)), _video),
    ("gist", _single("gist"), _gist),
    ("tweet", _single("tweet|twitter|x"), _tweet),
    ("table of contents", _single("toc"), lambda _: ""),
    # ## words {#id .class}: the class has no counterpart
    (
        "heading's id",
        re.compile(r"^(#{1,6} .*\{#[\w:.-]+)[ \t][^}\n]*\}[ \t]*$", re.MULTILINE),
        lambda tag: f"{tag[1]}}}",
    ),
    ("attributes", re.compile(r"^\{[.#][^{}\n]*\}[ \t]*\n?", re.MULTILINE), lambda _: ""),
)
_LEFT = re.compile(r"(?<!`)(\{\{[<%]\s*[\w.-][\w/.-]*)")


def body(text: str) -> Body:
    return translate(text, CODE, RULES, _LEFT)


def language_of(name: str) -> str:
    """Return the language a file's name says: `about.zh-cn` is `zh-CN`."""
    found = _LANGUAGE.search(name)
    if not found:
        return ""
    language, _, region = found[1].partition("-")
    return f"{language.lower()}-{region.upper()}" if region else language.lower()


def is_bundle(path: str) -> bool:
    """Tell whether a file is the text of a page bundle: `index.md`, or `index.zh-cn.md`."""
    return without_language(path.rpartition("/")[2].rpartition(".")[0]) == "index"


def without_language(name: str) -> str:
    """Return a file's name without the language it says."""
    return _LANGUAGE.sub("", name)


def _inside(path: str) -> str:
    """The path below content/."""
    parts = path.split("/")
    return "/".join(parts[parts.index("content") + 1 :]) if "content" in parts[:-1] else path


SYSTEM = System(
    name="hugo",
    is_post=lambda path: "/" in _inside(path) and not path.rpartition("/")[2].startswith("_index"),
    is_page=lambda path: (
        "/" not in _inside(path)
        and not READMES.search(path)
        and not path.rpartition("/")[2].startswith("_index")
    ),
    address=permalinks.hugo,
    page_address=permalinks.hugo,
    body=body,
    statics=("static", "assets"),
)
