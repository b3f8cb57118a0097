"""What an editor can say about a story in the Markdown itself, without readers seeing it.

An HTML comment under the story's heading, or at the end of its bullet:

    ### [headline](https://…)
    <!-- 重要性：高 地区：国内 标签：芯片、融资 -->

Every generator drops it or passes it on as a comment. Keys may be in any of the paper's
languages; a key that is not there leaves the record's value alone, one that is there wins.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from generator.editions.words import importance_of, region_of
from generator.labels import Labels, available, labels_for
from generator.news import Article, Importance, Region

_COMMENT = re.compile(r"[ \t]*<!--(.*?)-->[ \t]*\n?", re.DOTALL)
_LIST = re.compile(r"[、,，;；]")
# key of the comment → field of the article; the locales' words are added to these
_KEYS = {
    "importance": "importance",
    "region": "region",
    "tags": "tags",
    "reason": "reason",
    "note": "marks",
}
# mark of an article → the locales' word for it; marks of other origin are written as they are
_NOTES = {
    "title-only": "title_only",
    "foreign": "foreign",
    "fallback": "fallback_note",
    "pinned": "pinned",
    "suspicious": "suspicious",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a comment said; None where it said nothing."""

    importance: Importance | None = None
    region: Region | None = None
    tags: tuple[str, ...] | None = None
    reason: str | None = None
    marks: tuple[str, ...] | None = None

    def apply(self, article: Article) -> Article:
        """Return `article` with what was said here."""
        said = {name: getattr(self, name) for name in _KEYS.values() if getattr(self, name) is not None}
        return replace(article, **said) if said else article


@functools.cache
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    keys = dict(_KEYS)
    for language in available():
        labels = labels_for(language)
        for name, field in _KEYS.items():
            keys[getattr(labels, name).lower()] = field
    alternatives = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
    return keys, re.compile(rf"(?:^|[\s|｜;；])({alternatives})\s*[：:]", re.IGNORECASE)


@functools.cache
def _notes() -> dict[str, str]:
    """The mark that a word means, in every language."""
    return {
        getattr(labels_for(language), name).lower(): mark
        for language in available()
        for mark, name in _NOTES.items()
    }


def parse_marks(raw: str) -> Marks | None:
    """Read a comment such as the one above; None when `raw` is no such comment."""
    match = _COMMENT.fullmatch(raw.rstrip("\n") + "\n")
    if match is None:
        return None
    keys, pattern = _words()
    found = list(pattern.finditer(match[1]))
    if not found:
        return None
    said: dict[str, object] = {}
    ends = [one.start() for one in found[1:]] + [len(match[1])]
    for one, end in zip(found, ends, strict=True):
        field = keys[one[1].lower()]
        value = match[1][one.end() : end].strip(" \t\n|｜")
        if field == "importance":
            said[field] = importance_of(value)
        elif field == "region":
            said[field] = region_of(value)
        elif field == "reason":
            said[field] = value
        else:
            words = tuple(part.strip() for part in _LIST.split(value) if part.strip())
            known = _notes() if field == "marks" else {}
            said[field] = tuple(known.get(word.lower(), word) for word in words)
    return Marks(**said)  # type: ignore[arg-type]  # each key was read as its field


def write_marks(article: Article, labels: Labels) -> str:
    """Return the comment for what the story's importance, region, tags and marks are; "" for none."""
    parts = []
    if article.importance:
        parts.append((labels.importance, getattr(labels, article.importance.value)))
    if article.region:
        parts.append((labels.region, getattr(labels, article.region.value)))
    if article.tags:
        parts.append((labels.tags, "、".join(article.tags)))
    if article.marks:
        words = (getattr(labels, _NOTES[mark]) if mark in _NOTES else mark for mark in article.marks)
        parts.append((labels.note, "、".join(words)))
    if not parts:
        return ""
    text = " ".join(f"{key}：{value}" for key, value in parts)
    # "--" would end the comment in some readers, a line break in others
    return f"<!-- {' '.join(text.split()).replace('--', '—').replace('>', '＞')} -->"
