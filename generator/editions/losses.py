"""What a format could not hold, in words: every field of an edition, and how often it was dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from generator.editions.corrections import WORDS, notices_of, without_notices
from generator.markup.escape import plain
from generator.news import Article, Edition, Stats

_OF_ARTICLES: dict[str, Callable[[Article], bool]] = {
    "headline": lambda a: bool(a.headline),
    "text": lambda a: bool(a.text),
    "link": lambda a: bool(a.url),
    "publisher": lambda a: bool(a.publisher),
    "region": lambda a: a.region is not None,
    "importance": lambda a: a.importance is not None,
    "reason": lambda a: bool(a.reason),
    "category": lambda a: bool(a.category),
    "tags": lambda a: bool(a.tags),
    "entities": lambda a: bool(a.entities),
    "event date": lambda a: a.event_date is not None,
    "background": lambda a: bool(a.background),
    "points": lambda a: bool(a.points),
    "insights": lambda a: bool(a.insights),
    "labelled lists": lambda a: bool(a.groups),
    "other sources": lambda a: len(a.sources) > 1,
    "evidence": lambda a: any(claim.evidence for claim in a.claims),
    "link to the earlier story": lambda a: bool(a.follow_up_of),
    "notes": lambda a: bool(a.marks),
    "score": lambda a: a.score != 0,
}

_OF_EDITION: dict[str, Callable[[Edition], bool]] = {
    "title": lambda e: bool(e.title),
    "time it was made": lambda e: e.generated_at is not None,
    "category of the edition": lambda e: bool(e.category),
    "tags of the edition": lambda e: bool(e.tags),
    "search keywords": lambda e: bool(e.seo),
    "lead": lambda e: bool(e.lead),
    "summary": lambda e: bool(e.summary),
    "cover": lambda e: bool(e.cover),
    "words for the cover": lambda e: bool(e.cover_alt),
    "counts": lambda e: e.stats != Stats(),
    "how it was made": lambda e: e.mode.value != "manual",
    "corrections": lambda e: bool(e.corrections),
    "impact": lambda e: any(section.impact for section in e.sections),
    "retraction notices": lambda e: bool(notices_of(e)),
    "prose of sections": lambda e: any(without_notices(section.text) for section in e.sections),
    "names of sections": lambda e: any(section.name for section in e.sections),
    "other candidates of the day": lambda e: bool(e.candidates),
    "date": lambda e: e.date != dt.date.min,
}


def dropped(edition: Edition, holds: Iterable[str]) -> tuple[str, ...]:
    """Name what `edition` says and a format that holds only `holds` cannot: "reason of 3 stories"."""
    held = set(holds)
    assert held <= _OF_ARTICLES.keys() | _OF_EDITION.keys(), held - _OF_ARTICLES.keys() - _OF_EDITION.keys()
    lost = [_told(name, edition) for name, says in _OF_EDITION.items() if name not in held and says(edition)]
    articles = list(edition.articles)
    for name, says in _OF_ARTICLES.items():
        if name not in held and (count := sum(map(says, articles))):
            lost.append(f"{name} of {count} {'story' if count == 1 else 'stories'}")
    return tuple(lost)


def unnoticed(edition: Edition) -> tuple[str, ...]:
    """Name the notices of retraction that get lost where nothing can hold them."""
    return (_told("retraction notices", edition),) if notices_of(edition) else ()


def _told(name: str, edition: Edition) -> str:
    """What is lost, by its name; a notice to the public with what it says."""
    if name != "retraction notices":
        return name
    notices = notices_of(edition)
    whys = (plain(one.lstrip("> ")).partition("：")[2] for one in notices)
    return f"{name}: {len(notices)} ({'; '.join(whys)})"


def gained(before: Edition, after: Edition) -> tuple[str, ...]:
    """Name what `after` says and `before`, with the same stories in the same order, does not."""
    found = [name for name, says in _OF_EDITION.items() if says(after) and not says(before)]
    if after.title != before.title and "title" not in found:
        found.insert(0, "title")
    stories = list(zip(before.articles, after.articles, strict=True))
    for name, says in _OF_ARTICLES.items():
        if count := sum(says(new) and not says(old) for old, new in stories):
            found.append(f"{name} of {count} {'story' if count == 1 else 'stories'}")
    return tuple(found)


def foreign_extras(edition: Edition, own: str) -> tuple[str, ...]:
    """Name the words of other formats that have no place in `own`."""
    names = {key.split(".")[0] for key in WORDS if without_notices(edition.extras.get(key, ""))} - {own}
    return tuple(f"words beside the stories, which the {name} format has" for name in sorted(names))
