"""What types alone cannot say about settings: ranges, addresses, zones, names used twice."""

from __future__ import annotations

import math
import re
import zoneinfo
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.config.convert import Reader
from generator.config.schema import Config, EditionConfig
from generator.errors import Problem

_CHOICES = {
    "markdown.raw_html": ("allow", "sanitise", "escape"),
    "build.slug": ("han", "pinyin"),
    "claude.structured": ("schema", "tool", "prompt"),
    "claude.effort": ("low", "medium", "high", "xhigh", "max"),
}

_LISTS = {"build.formats": ("rss", "atom", "json"), "images.formats": ("webp", "avif")}


def check(config: Config, reader: Reader) -> list[Problem]:
    """Return the problems of settings whose types are right; of the others `reader` has told."""
    return [reader.problem(key, message) for key, message in _broken(config) if reader.stands(key)]


def _broken(config: Config) -> Iterator[tuple[str, str]]:
    if problem := _address(config.site.base_url):
        yield "site.base_url", problem
    if problem := _zone(config.site.timezone):
        yield "site.timezone", problem
    for key, allowed in _CHOICES.items():
        section, _, name = key.partition(".")
        value = getattr(getattr(config, section), name)
        if value not in allowed:
            yield key, f"is {value!r}; write one of: {', '.join(allowed)}"
    for key, allowed in _LISTS.items():
        section, _, name = key.partition(".")
        for value in getattr(getattr(config, section), name):
            if value not in allowed:
                yield key, f"holds {value!r}; it may hold: {', '.join(allowed)}"
    if not 1 <= config.images.quality <= 100:
        yield "images.quality", f"is {config.images.quality}; write a number from 1 to 100"
    for width in config.images.widths:
        if not 1 <= width <= 10_000:
            yield "images.widths", f"holds {width}; write widths in pixels, as [640, 1280]"
    yield from _topics(config.edition.topics)
    yield from _numbers(config)
    yield from _feeds(config)
    for host in config.collect.allow_hosts:
        if not re.fullmatch(r"(?:[\w.\-]+|\[?[0-9a-fA-F:.]+\]?):\d{1,5}", host):
            yield "collect.allow_hosts", f"holds {host!r}; write host and port, as 127.0.0.1:8701"
    if not re.fullmatch(r"[\w\-]*", config.collect.status_page):
        yield (
            "collect.status_page",
            f"is {config.collect.status_page!r}; write the name of a page, as sources",
        )
    output = config.build.output.replace("\\", "/").strip("/")
    if output in ("", ".", "content", "themes", "static", ".ribao") or ".." in output.split("/"):
        yield (
            "build.output",
            f"is {config.build.output!r}, which holds other files; write a folder of its own, as public",
        )
    if "{slug}" not in config.build.permalink or not config.build.permalink.startswith("/"):
        yield (
            "build.permalink",
            f"is {config.build.permalink!r}; write a path that begins with / and holds {{slug}}",
        )


def _topics(asked: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if asked == EditionConfig().topics:
        return
    from generator.lexicon.topics import known_topics  # reads a file of words, which few settings need

    known = known_topics()
    if not asked:
        yield (
            "edition.topics",
            f"is empty, so nothing would belong in the paper; name some of: {', '.join(known)}",
        )
    for topic in asked:
        if topic not in known:
            yield "edition.topics", f"holds {topic!r}; it may hold: {', '.join(known)}"


def _numbers(config: Config) -> Iterator[tuple[str, str]]:
    for section in ("collect", "edition", "claude", "build", "images", "markdown"):
        values = getattr(config, section)
        for name, value in values._asdict().items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if number and not 0 <= value < math.inf:
                yield f"{section}.{name}", f"is {value}; write 0 or more"
    for key in (
        "collect.timeout",
        "collect.deadline",
        "collect.max_bytes",
        "collect.workers",
        "collect.per_host",
        "collect.parse_timeout",
        "collect.max_items",
        "collect.max_title",
        "edition.window_hours",
        "edition.cluster_hours",
        "build.home_posts",
        "build.feed_posts",
    ):
        section, _, name = key.partition(".")
        if getattr(getattr(config, section), name) == 0:
            yield key, "is 0; write a number above 0"


def _feeds(config: Config) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for number, feed in enumerate(config.feeds):
        at = f"feeds.{number}"
        if not feed.name.strip():
            yield f"{at}.name", "is empty; write the source's name"
        elif not feed.name.isprintable():
            yield f"{at}.name", f"is {feed.name!r}; write it in one line, without control characters"
        elif feed.name in seen:
            yield (
                f"{at}.name",
                f"{feed.name!r} is also the name of feed {seen[feed.name] + 1}; names are unique",
            )
        seen.setdefault(feed.name, number)
        if problem := _address(feed.url):
            yield f"{at}.url", problem
        if feed.timezone and (problem := _zone(feed.timezone)):
            yield f"{at}.timezone", problem
        if not 0.1 <= feed.weight <= 10:
            yield f"{at}.weight", f"is {feed.weight}; write a number from 0.1 to 10"
        if feed.region not in ("", "domestic", "international"):
            yield f"{at}.region", f"is {feed.region!r}; write domestic or international, or leave it out"
        for key in ("include", "exclude"):
            for pattern in getattr(feed, key):
                try:
                    re.compile(pattern)
                except re.error as error:
                    yield f"{at}.{key}", f"{pattern!r} is not a regular expression: {error}"


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return f"{url!r} is not an address; write it like https://example.com/"
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_fine:
        return f"{url!r} is not an address; write it like https://example.com/"
    return ""


def _zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return f"{name!r} is not a time zone; write it like Asia/Shanghai"
    return ""
