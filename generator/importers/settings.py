"""The other system's configuration: what it says of addresses and days. Nothing else of it is read."""

from __future__ import annotations

import json
import posixpath
import tomllib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.importers.permalinks import Settings

NAMES = frozenset(
    {"_config.yml", "_config.yaml"}
    | {
        f"{folder}{name}.{suffix}"
        for folder in ("", "config/_default/")
        for name in ("hugo", "config", "permalinks", "languages")
        for suffix in ("toml", "yaml", "yml", "json")
    }
)
"""Paths inside a source that are read as configuration."""


def read(texts: Mapping[str, str], system: str) -> tuple[Settings, list[str]]:
    """Return what the configuration files say, and the names of those that cannot be read."""
    config: dict[str, Any] = {}
    unread = []
    for path in sorted(NAMES & texts.keys()):
        value = _parsed(path, texts[path])
        if value is None:
            unread.append(path)
        elif posixpath.basename(path).startswith("permalinks."):
            config["permalinks"] = value
        elif not posixpath.basename(path).startswith("languages."):
            config |= value
    return _READERS[system](config) if system in _READERS else Settings(), unread


def _parsed(path: str, text: str) -> dict[str, Any] | None:
    try:
        if path.endswith(".toml"):
            return tomllib.loads(text)
        value = json.loads(text) if path.endswith(".json") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError):
        return None
    return {str(key): inner for key, inner in value.items()} if isinstance(value, dict) else {}


def _jekyll(config: Mapping[str, Any]) -> Settings:
    collections = config.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    pattern = config.get("permalink")
    if isinstance(posts, dict) and posts.get("permalink"):
        pattern = posts["permalink"]
    for rule in config.get("defaults") or () if isinstance(config.get("defaults"), list) else ():
        scope, values = (rule.get(key) for key in ("scope", "values")) if isinstance(rule, dict) else (0, 0)
        if isinstance(scope, dict) and isinstance(values, dict) and scope.get("type", "posts") == "posts":
            pattern = values.get("permalink", pattern)
    return Settings(
        _text(pattern), timezone=_text(config.get("timezone")), base=_path(_text(config.get("baseurl")))
    )


def _hexo(config: Mapping[str, Any]) -> Settings:
    return Settings(
        _text(config.get("permalink")),
        dated_names=":year" in _text(config.get("new_post_name")),
        timezone=_text(config.get("timezone")),
        base=_path(_text(config.get("root"))) or _path(_text(config.get("url"))),
    )


def _hugo(config: Mapping[str, Any]) -> Settings:
    low = {key.lower(): value for key, value in config.items()}
    patterns = low.get("permalinks")
    patterns = patterns if isinstance(patterns, dict) else {}
    if isinstance(patterns.get("page"), dict):
        patterns = patterns["page"]
    language = _text(low.get("defaultcontentlanguage")) or "en"
    return Settings(
        sections={str(key): value for key, value in patterns.items() if isinstance(value, str)},
        language="" if low.get("defaultcontentlanguageinsubdir") is True else language,
        ugly=low.get("uglyurls") is True,
        timezone=_text(low.get("timezone")),
        base=_path(_text(low.get("baseurl"))),
    )


_READERS = {"jekyll": _jekyll, "hexo": _hexo, "hugo": _hugo}


def _path(address: str) -> str:
    """Return the path of an address without a slash at its end; empty for the root of a host."""
    try:
        path = urlsplit(address).path.strip("/")
    except ValueError:
        return ""
    return f"/{path}" if path else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
