"""Which story of the record a printed one is, after an editor's hand."""

from __future__ import annotations

import difflib

from generator.evidence.passages import plain
from generator.news import Article, Edition
from generator.text.addresses import canonical_url
from generator.text.clean import fold

SAME_HEADLINE = 0.6  # likeness from which an edited headline is still the record's


def partners(edition: Edition, known: Edition | None) -> dict[str, Article]:
    """Match printed stories with the record's: by headline, then by text, then by likeness, then by address."""
    if known is None:
        return {}
    rest = list(known.articles)
    printed = [
        (f"s{s}.a{a}", article)
        for s, section in enumerate(edition.sections)
        for a, article in enumerate(section.articles)
    ]
    found: dict[str, Article] = {}
    for same in (_same_headline, _same_text, _alike, _same_url):
        for key, article in printed:
            if key in found:
                continue
            partner = next((other for other in rest if same(article, other)), None)
            if partner is not None:
                found[key] = partner
                rest.remove(partner)
    return found


def _same_headline(one: Article, other: Article) -> bool:
    return bool(one.headline) and one.headline == other.headline


def _same_text(one: Article, other: Article) -> bool:
    return bool(one.text) and plain(one.text) == plain(other.text)


def _alike(one: Article, other: Article) -> bool:
    return any(
        first and second and _likeness(first, second) >= SAME_HEADLINE
        for first, second in ((one.headline, other.headline), (one.text, other.text))
    )


def _same_url(one: Article, other: Article) -> bool:
    return bool(one.url) and canonical_url(one.url) == canonical_url(other.url)


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, fold(one)[:300], fold(other)[:300], autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= SAME_HEADLINE <= matcher.quick_ratio() else 0.0
