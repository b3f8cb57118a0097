"""The run report: where every item went and why, and what the run cost. The edition's bytes do not depend on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.labels import labels_for
from generator.news import Article, Edition, Item
from generator.newsroom.day import Material
from generator.newsroom.fates import Fate, Why, detail_of, told
from generator.newsroom.headline import headline


def whys(
    material: Material, edition: Edition, others: Sequence[Why], deleted: Collection[str] = ()
) -> dict[str, Why]:
    """Return why each item is where it is, by id; `others` are what the editor left out.

    `deleted` are the stories of `edition` that a person took out of its post.
    """
    found = {why.item: why for why in (*material.others, *others)}
    printed = {article.id: article for article in edition.articles}
    for story in material.stories:
        article = printed.get(story.id)
        if article is None:
            continue
        for item in story.items:
            if article.id in deleted:
                found[item.id] = Why(item.id, Fate.DELETED)
            elif item.id == article.sources[0].id:
                found[item.id] = Why(item.id, Fate.PRINTED, article.id)
            else:
                found[item.id] = Why(item.id, Fate.DUPLICATE, article.sources[0].id)
    return found


def refusals(material: Material, refused: Collection[str]) -> Iterator[Why]:
    """Yield why the items of stories that were written and did not hold are not printed; `refused` are their ids."""
    for story in material.stories:
        if story.id in refused:
            yield from (Why(item.id, Fate.REFUSED, story.id) for item in story.items)


def why_gone(article: Article, table: Mapping[str, Why], edition: Edition) -> str:
    """Return why an article is no longer in `edition`, by what became of the report that led it."""
    why = table.get(article.sources[0].id) if article.sources else None
    if why is None or why.fate is Fate.STALE:
        return "its report is not of the hours that this edition covers" + (f": {why.detail}" if why else "")
    if why.fate in (Fate.PRINTED, Fate.DUPLICATE):
        headlines = {key: one.headline for one in edition.articles for key in (one.id, one.sources[0].id)}
        return f"told by “{headlines[why.detail]}”"
    english = labels_for("en")
    return detail_of(why, english) if why.because else told(why, english)


def report(
    items: Sequence[Item],
    material: Material,
    edition: Edition,
    others: Sequence[Why],
    *,
    refused: Collection[str] = (),
    deleted: Collection[str] = (),
    gone: Sequence[Article] = (),
    shortened: Sequence[Article] = (),
    notes: Sequence[str] = (),
    costs: Mapping[str, Any] | None = None,
    seconds: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return the report as JSON: the counts, then one row an item and one a story.

    `refused` are the stories that were written and did not hold, `deleted` those that a person took out of the
    post; `gone` and `shortened` are articles of the run before that are in it no longer, or only as a line.
    """
    others = [*others, *refusals(material, refused)]
    table = whys(material, edition, others, deleted)
    room = f"{material.day.settings.max_full} stories have a paragraph (max_full)"
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
            if article.id not in deleted
        ],
        "taken_out": [_change(one.id, one.headline, why_gone(one, table, edition)) for one in gone],
        "shortened": [_change(one.id, one.headline, room) for one in shortened],
        "deleted": [
            _change(one.id, one.headline, str(Fate.DELETED)) for one in edition.articles if one.id in deleted
        ],
        "left_to_later": [
            _change(story.id, headline(story.lead.title), why.detail)
            for story in material.stories
            if (why := table.get(story.lead.id)) and why.fate is Fate.LATER
        ],
        "items": rows,
        "notes": list(notes),
        "costs": dict(costs or {}),
        "seconds": {name: round(value, 2) for name, value in (seconds or {}).items()},
    }


def _change(story: str, headline: str, why: str) -> dict[str, str]:
    return {"id": story, "headline": headline, "why": why}
