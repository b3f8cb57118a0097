"""What a text is about: tags of one thesaurus, kind of event, and whether it belongs in the paper."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.lexicon import names
from generator.lexicon.trie import Trie

DATA = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as printed in each language, and the theme its stories fit."""

    key: str
    zh: str
    en: str
    theme: str

    def printed(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event; `weight` says how much such news tends to matter, 1 being ordinary."""

    key: str
    zh: str
    en: str
    weight: float

    def printed(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class _Words:
    """Words that stand for keys; a word may stand for several, one of `hidden` for none."""

    def __init__(self, rows: Iterable[tuple[str, Iterable[str]]], hidden: Iterable[str] = ()) -> None:
        self._keys: dict[str, list[str]] = {word.lower(): [] for word in hidden}
        for key, words in rows:
            for word in words:
                self._keys.setdefault(word.lower(), []).append(key)
        self._trie = Trie(self._keys)

    def found(self, text: str) -> list[tuple[str, list[str]]]:
        """Return (word in lower case, its keys), in the order of the text."""
        spans = ((word := text[start:end].lower(), self._keys[word]) for start, end in self._trie.spans(text))
        return [(word, keys) for word, keys in spans if keys]


@functools.cache
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@functools.cache
def tags() -> dict[str, Tag]:
    """Return the thesaurus, by key, in its order."""
    return {row["key"]: Tag(row["key"], row["zh"], row["en"], row["theme"]) for row in _data()["tags"]}


@functools.cache
def events() -> dict[str, EventKind]:
    """Return the kinds of events, by key."""
    return {
        row["key"]: EventKind(row["key"], row["zh"], row["en"], float(row["weight"]))
        for row in _data()["events"]
    }


def theme_name(key: str, language: str = "zh") -> str:
    """Return the section name of a theme."""
    name: str = _data()["themes"][key]["zh" if language.startswith("zh") else "en"]
    return name


def themes() -> list[str]:
    """Return the keys of the themes, in the order in which a paper prints them."""
    return list(_data()["themes"])


def tag_keys(text: str) -> list[str]:
    """Return the keys of the tags whose words occur in `text`, the most frequent first, then thesaurus order."""
    counts: Counter[str] = Counter(key for _, keys in _tag_words().found(text) for key in keys)
    order = {key: place for place, key in enumerate(tags())}
    return sorted(counts, key=lambda key: (-counts[key], order[key]))


def event_of(text: str) -> str:
    """Return the key of the kind of event that `text` reports; "" when none of the words occur."""
    counts: Counter[str] = Counter(key for _, keys in _event_words().found(text) for key in keys)
    if not counts:
        return ""
    order = {key: place for place, key in enumerate(events())}
    return min(counts, key=lambda key: (-counts[key] * events()[key].weight, order[key]))


def relevance(text: str, topics: Collection[str], *, strong_only: bool = False) -> tuple[str, ...]:
    """Return the words of `text` that prove that it belongs to one of `topics`; empty when nothing does.

    One strong word or one name of the topic's own is proof; weak words need company, and count
    in headlines only (`strong_only` for a text, in which federal agents and role models occur).
    """
    # a place is in every kind of news
    mentions = [mention for mention in names.find(text) if mention.kind != "place"]
    mentioned = {mention.name for mention in mentions}
    # and so are governments and people
    makers = sorted({mention.name for mention in mentions if mention.kind not in ("person", "institution")})
    for topic in topics:
        if topic not in _data()["topics"]:
            continue
        strong, weak, known = _topic(topic)
        if proof := [word for word, _ in strong.found(text)]:
            return tuple(dict.fromkeys(proof))
        if own := sorted(mentioned & known):
            return tuple(own)
        if strong_only:
            continue
        hints = dict.fromkeys(word for word, _ in weak.found(text))
        if len(hints) >= 2 or (hints and makers):
            return (*hints, *makers)
    return ()


def known_topics() -> list[str]:
    """Return what `edition.topics` may name."""
    return sorted(_data()["topics"])


def unwanted(text: str) -> str:
    """Return the word that gives `text` away as a sale, a puzzle or an advertisement; "" when none does."""
    found = _unwanted_words().found(text)
    return found[0][0] if found else ""


@functools.cache
def _tag_words() -> _Words:
    return _Words(((row["key"], row["words"]) for row in _data()["tags"]), _data()["hidden"]["words"])


@functools.cache
def _event_words() -> _Words:
    return _Words(((row["key"], row["words"]) for row in _data()["events"]), _data()["hidden"]["words"])


@functools.cache
def _unwanted_words() -> _Words:
    return _Words([("", _data()["unwanted"]["words"])])


@functools.cache
def _topic(key: str) -> tuple[_Words, _Words, frozenset[str]]:
    row = _data()["topics"][key]
    return _Words([("", row["strong"])]), _Words([("", row["weak"])]), frozenset(row["names"])
