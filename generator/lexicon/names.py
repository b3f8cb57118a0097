"""Names the news is about: found in either language, brought to one canonical form."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from generator.lexicon.trie import Trie

Kind = Literal["company", "institution", "model", "product", "person", "place"]
DATA = Path(__file__).with_name("names.toml")

# What follows a model's name is its version: GPT-5.2, Claude Opus 4.5, Qwen3-Max, Kimi K2, DeepSeek V4;
# but 7B counts parameters, and 3月 is a month.
_VERSION = re.compile(
    r"[ \-_·]?(?P<version>[VvKkRrMmOo]?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?)(?![\d.]*[A-Za-z]?\d|[ ]?[bBtT](?![A-Za-z])|[%％万亿年月日号个款倍名台家项条元岁])"
)

_AROUND = 8  # characters on either side that may show that an alias is an ordinary word


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a text where a known name stands; `start:end` are its bounds."""

    name: str  # canonical
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the lexicon."""

    name: str
    kind: Kind
    country: str  # ISO 3166, "EU", or "" where it does not tell
    aliases: tuple[str, ...]


@functools.cache
def entries() -> dict[str, Name]:
    """Return the lexicon, by canonical name."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        name: Name(name, kind, country, tuple(aliases))
        for kind in get_args(Kind)
        for name, (country, *aliases) in data[kind].items()
    }


def find(text: str) -> list[Mention]:
    """Return the known names in `text`, in order, never overlapping, the longest at each place."""
    trie, as_written, any_case = _matcher()
    found = []
    for start, end in trie.spans(text):
        form = text[start:end]
        entry = as_written.get(form) or any_case.get(form.lower())
        if entry and not _ordinary(form, text, start, end):
            found.append(Mention(entry.name, start, end, entry.kind))
    return found


def unify(text: str) -> str:
    """Return `text` with every alias replaced by its canonical name, so that two languages meet."""
    parts, last = [], 0
    for mention in find(text):
        parts += [text[last : mention.start], mention.name]
        last = mention.end
    return "".join(parts) + text[last:]


def country_of(name: str) -> str:
    """Return the country of a canonical name; "" when unknown or of none."""
    entry = entries().get(name)
    return entry.country if entry else ""


def firm_of(name: str) -> str:
    """Return whose a product is, or for whom a person or an office speaks; "" when unknown."""
    return _firms().get(name, "")


def versions(text: str) -> dict[str, frozenset[str]]:
    """Return the versions named right after a model or product: `{"GPT": {"5.2"}}`."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in find(text):
        if mention.kind not in ("model", "product"):
            continue
        match = _VERSION.match(text, mention.end)
        if match:
            found[mention.name].add(match["version"].lower().lstrip("v"))
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _ordinary(form: str, text: str, start: int, end: int) -> bool:
    """Whether an alias is an ordinary word here: 128 字节, AI 浪潮."""
    pattern = _ordinary_forms().get(form)
    if pattern is None:
        return False
    near = pattern.finditer(text, max(0, start - _AROUND), end + _AROUND)
    return any(match.start() <= start and end <= match.end() for match in near)


@functools.cache
def _ordinary_forms() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))["ordinary"]
    return {form: re.compile(pattern, re.IGNORECASE) for form, pattern in data.items()}


@functools.cache
def _firms() -> dict[str, str]:
    firms: dict[str, str] = tomllib.loads(DATA.read_text(encoding="utf-8"))["firm"]
    return firms


@functools.cache
def _matcher() -> tuple[Trie, dict[str, Name], dict[str, Name]]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    exact = frozenset(data["exact"])
    as_written: dict[str, Name] = {}
    any_case: dict[str, Name] = {}
    for entry in entries().values():
        for form in (entry.name, *entry.aliases):
            if form in exact:
                as_written[form] = entry
            else:
                any_case.setdefault(form.lower(), entry)
    return Trie([*as_written, *any_case]), as_written, any_case
