"""The other system's front matter in our keys; a title and a day found elsewhere where it has none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.importers.fronts import taken_apart
from generator.importers.values import Fields, Old, same
from generator.markup.escape import plain

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./年](\d{1,2})[-_./月](\d{1,2})(?!\d)")
_SPELLED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_H1 = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_KEY = re.compile(r"[\w-]{1,60}")

# Our key → theirs, the first that is there counts.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "linkTitle"),
    "date": ("date", "day", "created", "publishDate", "pubDate"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at"),
    "appears": ("appears", "publishDate"),
    "expires": ("expires", "expiryDate"),
    "category": ("category", "categories"),
    "tags": ("tags", "tag"),
    "keywords": ("keywords", "seo"),
    "coverImage": ("coverImage", "cover", "image", "thumbnail", "featured_image", "featuredImage", "banner"),
    "summary": ("summary", "excerpt"),
    "description": ("description", "subtitle"),
    "author": ("author", "authors"),
    "lang": ("lang", "language"),
    "slug": ("slug",),
}
_ADDRESSES = ("alias", "redirect_from")
_OWN_ADDRESS = ("permalink", "url")  # read by the system's own pattern
_MOMENTS = ("updated", "appears", "expires")
# keys of ours that mean something else, or nothing that can be kept, in other systems
_OTHERS = ("menu", "weight", "template", "search")
_TAKEN = {name for names in _NAMES.values() for name in names} | {
    "aliases",
    *_ADDRESSES,
    *_OWN_ADDRESS,
    *_OTHERS,
    "draft",
    "published",
    "layout",
    "type",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself. `found` tells where a title or day came from when not from the front matter."""

    title: str
    date: dt.date  # or a datetime, with its zone where it had one
    body: str
    fields: Mapping[str, Any] = field(default_factory=dict)  # the others, by our keys
    aliases: tuple[str, ...] = ()  # as they are written: with a slash in front, or beside the post's own
    draft: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)  # keys we do not know, that can be kept
    found: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()  # all of them, as addresses were made of them
    raw: Mapping[str, Any] = field(default_factory=dict)  # as it stands in the file


def read(old: Old, name: str, timezone: str = "", fields_of: Fields = same) -> Head:
    """Read a file's front matter; `timezone` is that of moments without one, where the old site said it.

    `fields_of` is the other system's own reading of its keys. Raises `ContentError` when the file has front matter that cannot be read.
    """
    zone = _zone(timezone)
    own, body = taken_apart(old, lambda value: _moment(value, zone))
    raw = fields_of(own, old.path)
    found: list[str] = []
    values = {
        ours: value
        for ours, theirs in _NAMES.items()
        if (value := _first(raw, theirs)) not in (None, "", [], ())
    }
    title = _text(values.pop("title", ""))
    linked = None
    if not title:
        title = _heading(body) or name
        found.append("title from the heading" if _heading(body) else "title from the file's name")
        linked = (heading := _H1.search(body[:4_000])) and _LINK.search(heading[1])
    date = _moment(values.pop("date", None), zone)
    if not isinstance(date, dt.date):
        date, where = day_of(old, body, title)
        found.append(f"date from {where}")
    categories = _texts(values.pop("category", ()))
    tags = list(dict.fromkeys([*_texts(values.pop("tags", ())), *categories[1:]]))
    fields: dict[str, Any] = {}
    if categories:
        fields["category"] = categories[0]
    if tags:
        fields["tags"] = tags
    for key in _MOMENTS:
        if isinstance(moment := _moment(values.pop(key, None), zone), dt.date):
            fields[key] = moment
    for key, value in values.items():
        fields[key] = _texts(value) if key == "keywords" else _text(value)
    if raw.get("menu") not in (None, "", False):
        fields["menu"] = True
    if isinstance(raw.get("weight"), int) and not isinstance(raw["weight"], bool):
        fields["weight"] = raw["weight"]
    if raw.get("search") is False:
        fields["search"] = False
    addresses = _texts(raw.get("aliases", ()))
    addresses += [f"/{text.lstrip('/')}" for key in _ADDRESSES for text in _texts(raw.get(key, ()))]
    extra = {
        key: value
        for key, value in raw.items()
        if key not in _TAKEN and _plain(value) and _KEY.fullmatch(key)
    }
    lost: tuple[str, ...] = ("link of the title",) if linked else ()
    lost += tuple(
        f"front matter {key}"
        for key, value in raw.items()
        if value and (key == "template" or (key not in _TAKEN and key not in extra))
    )
    return Head(
        title,
        date,
        body,
        {key: value for key, value in fields.items() if value or value is False},
        tuple(address for address in addresses if ":" not in address),
        draft=_yes(raw.get("draft"))
        or str(raw.get("published")).lower() == "false"
        or "_drafts/" in old.path,
        extra=extra,
        found=tuple(found),
        lost=lost,
        categories=tuple(categories),
        raw=raw,
    )


def day_of(old: Old, body: str, title: str) -> tuple[dt.date, str]:
    """Find the day in the file's path, in its first line, in its title, else in the file's own time."""
    for text, where in (
        (old.path, "the file's name"),
        (body[:60].splitlines()[0] if body else "", "the first line"),
        (title, "the title"),
    ):
        for match in reversed(list(_DAY.finditer(text))):
            try:
                return dt.date(int(match[1]), int(match[2]), int(match[3])), where
            except ValueError:
                continue
    return old.modified.date(), "the file's own time"


def _moment(value: Any, zone: ZoneInfo | None) -> Any:
    """Return a day or moment as one, in the old site's zone where it has none; anything else as it is."""
    if isinstance(value, str):
        for reading in (dt.date.fromisoformat, dt.datetime.fromisoformat, _spelled, parsedate_to_datetime):
            try:
                value = reading(value.strip())
                break
            except (ValueError, TypeError):
                continue
    if isinstance(value, dt.datetime) and value.tzinfo is None and zone is not None:
        return value.replace(tzinfo=zone)
    return value


def _spelled(text: str) -> dt.date:
    """Read `2026-1-7 8:30` and `2026/01/07`. Raises `ValueError` for anything else."""
    found = _SPELLED.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return dt.datetime(year, month, day, hour, minute, second) if found[4] else dt.date(year, month, day)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _heading(body: str) -> str:
    found = _H1.search(body[:4_000])
    return plain(_LINK.sub(r"\1", found[1])).strip() if found else ""


def _first(raw: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((raw[name] for name in names if raw.get(name) not in (None, "")), None)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, Mapping):
        return _text(next((value[key] for key in ("name", "url", "image", "src") if key in value), ""))
    return str(value).strip()


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[,，、]", value) if part.strip()]
    if isinstance(value, list | tuple):
        if len(value) == 1 and isinstance(value[0], str):
            return _texts(value[0])
        # Hexo nests categories in lists
        return [
            text
            for one in value
            for text in (_texts(one) if isinstance(one, list | tuple) else [_text(one)])
            if text
        ]
    return [] if value is None else [_text(value)]


def _plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(one, str) for one in value)
    return isinstance(value, str | bool | int | float | dt.date) and value != ""


def _yes(value: Any) -> bool:
    return value is True or str(value).lower() == "true"
