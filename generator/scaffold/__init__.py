"""The files a new site, post or theme begins with, as values: nothing here touches the disk but its own templates.

A template is a file in this folder; `@name@` in it is filled in.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import __version__
from generator.markup.emit import emit

HERE = Path(__file__).resolve().parent
PRINTED_AT = dt.time(7, 10)  # of the paper's own day, in its zone; not on the hour, when every schedule runs
HOLE = re.compile(r"@([a-z_]+)@")

# language of the paper → the edition's category, tags and keywords
_EDITIONS: dict[str, tuple[str, list[str], list[str]]] = {
    "zh": ("AI 日报", ["AI", "AI 日报"], ["AI 日报", "人工智能", "大模型"]),
    "zh-Hant": ("AI 日報", ["AI", "AI 日報"], ["AI 日報", "人工智慧", "大型語言模型"]),
    "en": ("AI Daily", ["AI", "AI Daily"], ["AI news", "artificial intelligence", "language models"]),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A feed of the new site."""

    name: str
    url: str
    language: str = ""
    weight: float = 1.0
    first_hand: bool = False


@dataclass(frozen=True, slots=True)
class NewSite:
    """What is known of a site before it exists."""

    title: str
    address: str
    timezone: str
    language: str  # BCP 47
    today: dt.date
    feeds: tuple[Source, ...] = ()
    requirement: str = ""  # where pip gets this ribao, as a line of requirements.txt; empty: unknown


def starter() -> tuple[Source, ...]:
    """Return the list of sources a site may start with."""
    return tuple(Source(**feed) for feed in tomllib.loads(_template("feeds.toml"))["feeds"])


def settings(site: NewSite) -> str:
    """Return the new site's site.toml."""
    category, tags, seo = _EDITIONS[_spoken(site.language)]
    values = {
        "title": _quoted(site.title),
        "address": _quoted(site.address),
        "timezone": _quoted(site.timezone),
        "language": _quoted(site.language),
        "category": _quoted(category),
        "tags": _quoted(tags),
        "seo": _quoted(seo),
        "feeds": feed_tables(site.feeds),
    }
    return _fill(_template("site/site.toml"), values)


def site_files(site: NewSite) -> dict[str, str]:
    """Return the text of each file of a new site by its path inside the site; its settings are known to be valid."""
    spoken = _spoken(site.language)
    values = {
        "today": site.today.isoformat(),
        "cron": cron(site.today, site.timezone),
        "printed_at": f"{PRINTED_AT:%H:%M}",
        "zone": site.timezone,
        "requirement": site.requirement or "# ribao @ git+https://…",
    }
    paths = {
        ".gitignore": "site/gitignore",
        "requirements.txt": "site/requirements.txt",
        ".github/workflows/daily.yml": "site/daily.yml",
        "content/pages/about.md": f"site/about.{spoken}.md",
        "content/posts/welcome.md": f"site/welcome.{spoken}.md",
    }
    files = {path: _fill(_template(name), values) for path, name in paths.items()}
    # last, so that a folder with a site.toml is a whole site
    return files | {"site.toml": settings(site)}


def came_with_the_site(text: str) -> bool:
    """Tell whether a page is one that every new site begins with, as it came."""
    return any(text == _template(f"site/about.{spoken}.md") for spoken in _EDITIONS)


def theme_files(name: str, parent: str, style: str) -> dict[str, str]:
    """Return the files of a theme that extends `parent`; `style` is the parent's style sheet, to begin from."""
    values = {"name": _quoted(name), "folder": name, "parent": parent, "version": __version__}
    return {
        "theme.toml": _fill(_template("theme/theme.toml"), values),
        "assets/style.css": style,
        "templates/parts/foot.html": _template("theme/foot.html"),
        "README.md": _fill(_template("theme/README.md"), values),
    }


def post_file(title: str, day: dt.date) -> str:
    """Return a post with its front matter; a draft until a person says otherwise."""
    return emit([("title", title), ("date", day), ("tags", ()), ("summary", ""), ("draft", True)]) + "\n"


def cron(today: dt.date, timezone: str) -> str:
    """Return the cron line, in UTC, for the minute the paper is printed in its own zone."""
    at = dt.datetime.combine(today, PRINTED_AT, ZoneInfo(timezone)).astimezone(dt.UTC)
    return f"{at.minute} {at.hour} * * *"


def feed_tables(feeds: Iterable[Source]) -> str:
    """Return the `[[feeds]]` tables of a site.toml."""
    tables = []
    for feed in feeds:
        lines = ["[[feeds]]", f"name = {_quoted(feed.name)}", f"url = {_quoted(feed.url)}"]
        if feed.language:
            lines.append(f"language = {_quoted(feed.language)}")
        if feed.weight != 1.0:
            lines.append(f"weight = {feed.weight}")
        if feed.first_hand:
            lines.append("first_hand = true")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _spoken(language: str) -> str:
    tag = language.replace("_", "-").lower()
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-Hant"
    return "zh" if tag.split("-")[0] == "zh" else "en"


def _quoted(value: str | list[str]) -> str:
    # a JSON string or list of strings is a TOML and a YAML one as well
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _fill(template: str, values: Mapping[str, str]) -> str:
    return HOLE.sub(lambda hole: values[hole[1]], template)


def _template(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
