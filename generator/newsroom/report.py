"""The run report: where every item went and why, and what the run cost. The edition's bytes do not depend on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.labels import labels_for
from generator.news import Edition, Item
from generator.newsroom.day import Material
from generator.newsroom.fates import Fate, Why, detail_of
from generator.newsroom.headline import headline


def whys(material: Material, edition: Edition, others: Sequence[Why]) -> dict[str, Why]:
    """Return why each item is where it is, by id; `others` are what the editor left out."""
    found = {why.item: why for why in (*material.others, *others)}
    printed = {article.id: article for article in edition.articles}
    for story in material.stories:
        article = printed.get(story.id)
        if article is None:
            continue
        for item in story.items:
            if item.id == article.sources[0].id:
                found[item.id] = Why(item.id, Fate.PRINTED, article.id)
            else:
                found[item.id] = Why(item.id, Fate.DUPLICATE, article.sources[0].id)
    return found


def refusals(material: Material, refused: Collection[str]) -> Iterator[Why]:
    """Yield why the items of stories that were written and did not hold are not printed; `refused` are their ids."""
    for story in material.stories:
        if story.id in refused:
            yield from (Why(item.id, Fate.REFUSED, story.id) for item in story.items)


def report(
    items: Sequence[Item],
    material: Material,
    edition: Edition,
    others: Sequence[Why],
    *,
    refused: Collection[str] = (),
    notes: Sequence[str] = (),
    costs: Mapping[str, Any] | None = None,
    seconds: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return the report as JSON: the counts, then one row an item and one a story.

    `refused` are the stories that were written and did not hold.
    """
    others = [*others, *refusals(material, refused)]
    table = whys(material, edition, others)
    english = labels_for("en")
    rows = []
    for item in (*items, *material.unreported):
        why = table.get(item.id)
        rows.append(
            {
                "id": item.id,
                "title": headline(item.title),
                "feed": item.feed,
                "fate": str(why.fate) if why else str(Fate.BELOW),
                "why": detail_of(why, english) if why else "not chosen",
            }
        )
    scores = {pick.story.id: pick for pick in material.day.picks}
    return {
        "edition": edition.id,
        "mode": str(edition.mode),
        "note": edition.mode_note,
        "counts": dict(sorted(Counter(row["fate"] for row in rows).items())),
        "stories": [
            {
                "id": article.id,
                "headline": article.headline,
                "importance": str(article.importance) if article.importance else "",
                "score": article.score,
                "parts": dict(material.parts.get(article.id, {})),
                "event": scores[article.id].event if article.id in scores else "",
                "reason": article.reason,
                "sources": [source.id for source in article.sources],
                "marks": list(article.marks),
            }
            for article in edition.articles
        ],
        "items": rows,
        "notes": list(notes),
        "costs": dict(costs or {}),
        "seconds": {name: round(value, 2) for name, value in (seconds or {}).items()},
    }
