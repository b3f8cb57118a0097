"""A Markdown file of `content/` → `Post` or `Page`: what its front matter means on the site."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from generator.config.schema import Config
from generator.errors import Problem
from generator.markup.frontmatter import FrontMatter
from generator.site.fields import FieldReader
from generator.site.model import Post, SourceKind
from generator.site.urls import permalink, section_of, slug_problem
from generator.text.slug import slugify

POSTS, PAGES = "content/posts/", "content/pages/"
_DATED_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-(?=\D)")


def kind_of(path: str) -> SourceKind:
    """Pages live in content/pages, an `_index.md` is about its folder; everything else is a post."""
    if path.startswith(PAGES):
        return "page"
    return "section" if path.endswith("/_index.md") else "post"


def name_of(path: str) -> str:
    """The name a source gives itself: its folder's when it is an index.md, else its own."""
    parts = path.removesuffix(".md").removesuffix(".markdown").split("/")
    return parts[-2] if parts[-1] == "index" and len(parts) > 2 else parts[-1]


def read_post(fields: FrontMatter, path: str, config: Config) -> tuple[Post | None, list[Problem]]:
    """Return the post a document describes, and every problem of its front matter.

    The post is None when a problem forbids publishing it.
    """
    kind = kind_of(path)
    reader = FieldReader(fields, path, config.site.zone)
    title = reader.text("title", limit=1_000)
    if not title:
        reader.missing("title", "write a line such as title: 标题 into the front matter")
    date, day_only = _date(reader, kind)
    updated, appears, expires = (reader.moment(name) for name in ("updated", "appears", "expires"))
    slug = _slug(reader, path, config)
    post = Post(
        source=path,
        kind=kind,
        title=title,
        slug=slug,
        url=_url(path, kind, slug, date, config),
        date=date,
        day_only=day_only,
        updated=updated[0] if updated else None,
        appears=appears[0] if appears else None,
        expires=expires[0] if expires else None,
        # Jekyll says it the other way round
        draft=reader.flag("draft") or reader.extra.get("published") is False,
        summary=reader.lines("summary"),
        description=reader.text("description"),
        author=reader.text("author"),
        category=reader.text("category", limit=200),
        tags=reader.words("tags"),
        keywords=reader.words("keywords"),
        cover=reader.text("cover", limit=2_000),
        cover_alt=reader.text("cover_alt"),
        aliases=_aliases(reader),
        menu=reader.flag("menu"),
        weight=reader.number("weight"),
        template=_template(reader),
        search=reader.flag("search", default=True),
        extra=_plain(reader.extra),
    )
    failed = any(problem.severity == "error" for problem in reader.problems)
    return (None if failed else post), reader.problems


def _date(reader: FieldReader, kind: SourceKind) -> tuple[dt.datetime, bool]:
    before = len(reader.problems)
    found = reader.moment("date")
    if found:
        return found
    if kind == "post" and len(reader.problems) == before:
        reader.missing("date", "write a line such as date: 2026-01-07 into the front matter")
    # a page has no day of its own: one that never moves keeps its output the same
    return dt.datetime(1970, 1, 1, tzinfo=reader.zone), True


def _slug(reader: FieldReader, path: str, config: Config) -> str:
    written = reader.text("slug", limit=500)
    if written:
        reader.check("slug", written, slug_problem)
        return written
    name = name_of(path)
    if not path.endswith("/index.md"):
        # an edition's folder is its name: 2026-01-07 and 2026-01-07-evening stay apart
        name = _DATED_NAME.sub("", name) or name
    if config.build.slug == "pinyin":
        from generator.site.pinyin import to_pinyin

        name = to_pinyin(name)
    return slugify(name)


def _url(path: str, kind: SourceKind, slug: str, date: dt.datetime, config: Config) -> str:
    if kind == "post":
        return permalink(config.build.permalink, slug, date.date())
    if kind == "section":
        return f"{slugify(section_of(path))}/"
    inner = path.removeprefix(PAGES).rpartition("/")[0]
    if path.endswith("/index.md"):
        inner = inner.rpartition("/")[0]
    folders = [slugify(part) for part in inner.split("/") if part]
    return "/".join([*folders, slug, ""])


def _aliases(reader: FieldReader) -> tuple[str, ...]:
    found = []
    for alias in reader.words("aliases"):
        address = alias.strip().lstrip("/")
        parts = address.rstrip("/").split("/")
        if "://" in alias or not address or any(slug_problem(part) for part in parts):
            reader.check(
                "aliases",
                alias,
                lambda value: (
                    f"alias {value!r} cannot be an address of this site; write a path, as /old/address/"
                ),
            )
            continue
        found.append(address)
    return tuple(found)


def _template(reader: FieldReader) -> str:
    name = reader.text("template", limit=100)
    if name and not re.fullmatch(r"[\w-]{1,60}", name):
        reader.check(
            "template",
            name,
            lambda value: f"template {value!r} is not a name; write it without folder and suffix, as page",
        )
        return ""
    return name


def _plain(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Values of unknown keys as JSON can hold them: what a cache keeps must come back the same."""

    def plain(value: Any, depth: int) -> Any:
        if depth > 6:
            return str(type(value).__name__)
        if isinstance(value, Mapping):
            return {str(key): plain(inner, depth + 1) for key, inner in value.items()}
        if isinstance(value, list | tuple | set):
            return [plain(inner, depth + 1) for inner in value]
        if isinstance(value, bool | int | str) or value is None:
            return value
        return str(value)

    return {key: plain(value, 0) for key, value in extra.items()}
