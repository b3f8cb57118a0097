"""The words by which parsers recognise what a line is, in every language the paper can have."""

from __future__ import annotations

import functools
import re

from generator.labels import Labels, available, labels_for
from generator.news import Importance, Mode, Region


@functools.cache
def _locales() -> tuple[Labels, ...]:
    return tuple(labels_for(language) for language in available())


@functools.cache
def _all(name: str) -> frozenset[str]:
    return frozenset(bare(getattr(labels, name)) for labels in _locales())


def bare(label: str) -> str:
    """Return a label without emphasis marks, its colon and blanks."""
    return label.strip().strip("*").strip().rstrip("：:").strip()


def is_label(text: str, name: str) -> bool:
    """Whether `text` is the label `name` (as `impact`) in some language."""
    return bare(text) in _all(name)


def is_insight(label: str) -> bool:
    """Whether a bold label opens a story's analysis, however it goes on (深度解读 & 洞察)."""
    text = bare(label)
    return text in _all("insight") or text.startswith(("深度解读", "深度解讀"))


def labels_in(text: str) -> Labels:
    """Return the words of the language that a post's labels are in; Chinese where it has none."""
    names = ("insight", "impact", "points", "background", "more", "correction")
    return max(
        (labels_for("zh"), *_locales()),
        key=lambda labels: sum(text.count(getattr(labels, name)) for name in names),
    )


_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+|\d+)[、.．]\s*")


def is_more(name: str) -> bool:
    """Whether a section's name is that of the short items at the end; a number before it does not matter."""
    return is_label(_NUMBER.sub("", bare(name)), "more")


def mode_of(word: str) -> Mode | None:
    """Return the mode a label names in some language."""
    for mode in Mode:
        if is_label(word, f"mode_{mode.value}"):
            return mode
    return None


def region_of(word: str) -> Region | None:
    for region in Region:
        if word.lower() == region.value or word in _all(region.value):
            return region
    return None


def importance_of(word: str) -> Importance | None:
    for importance in Importance:
        if word.lower() == importance.value or word in _all(importance.value):
            return importance
    return None
