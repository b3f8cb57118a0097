"""The day's candidates as the desk's sheet lists them: what would be printed, and why each other story would not."""

from __future__ import annotations

from collections.abc import Collection

from generator.labels import Labels
from generator.news import Pick, Story
from generator.newsroom.day import Material
from generator.newsroom.desk import Aside
from generator.newsroom.fates import Fate, Why, detail_of, told
from generator.newsroom.headline import headline
from generator.newsroom.outlets import outlet_of
from generator.newsroom.pick import Chosen
from generator.newsroom.sheet import Row, Rows

MAX_APART = 200  # stories that are off topic or were printed before


def rows_of(material: Material, chosen: Chosen, known: Collection[str], labels: Labels) -> Rows:
    """Return every story of the day with why it is where it is, in the words of `labels`.

    Of those that are no candidates the first 200 are listed, and those that the sheet had, whose ids are `known`.
    """
    said, fates = material.marked.said, {why.item: why for why in (*material.others, *chosen.others)}

    def row(story: Story, pick: Pick | None = None, why: str = "") -> Row:
        return Row(story, pick, why, said.get(story.id), outlets=_outlets(story, material))

    picks = [*chosen.full, *chosen.brief]
    printed = [row(pick.story, pick) for pick in picks if not material.day.standing.lacks(pick.story)]
    by_hand = told(Why("", Fate.DELETED), labels)
    deleted = [row(pick.story, pick, by_hand) for pick in picks if material.day.standing.lacks(pick.story)]
    above = {pick.story.id for pick in picks}
    below = [
        row(pick.story, pick, detail_of(fates[pick.story.lead.id], labels))
        for pick in material.day.picks
        if pick.story.id not in above
    ]
    listed = above | {one.story.id for one in below}
    judged = {pick.story.id: pick for pick in material.aside}
    titles = {story.id: headline(story.lead.title) for story in material.marked.stories}
    titles |= {one.story.id: headline(one.story.lead.title) for one in material.marked.aside}

    def why_aside(one: Aside) -> str:
        if one.into:
            return labels.desk_into.format(id=one.into, title=titles[one.into])
        return told(Why(one.story.lead.id, Fate.DROPPED), labels)

    aside = [
        Row(
            one.story,
            judged.get(one.story.id),
            why_aside(one),
            one.decision,
            one.into,
            _outlets(one.story, material),
        )
        for one in material.marked.aside
    ]
    apart = [
        row(story, why=told(fates[story.lead.id], labels) if story.lead.id in fates else "")
        for story in material.stories
        if story.id not in listed
    ]
    shown = [one for place, one in enumerate(apart) if place < MAX_APART or one.story.id in known]
    return Rows(tuple(printed), tuple(below), tuple(deleted), tuple(aside), tuple(shown))


def _outlets(story: Story, material: Material) -> tuple[str, ...]:
    return tuple(outlet_of(item, material.own) for item in story.items)
