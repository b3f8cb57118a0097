"""What another edition printed is not printed again: dropped, or carried as 后续 when the affair has moved."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

from generator.lexicon.events import Standing, reported
from generator.news import Printed, Story
from generator.newsroom.followup import followed
from generator.newsroom.grouping.earlier import told_before
from generator.newsroom.headline import headline
from generator.text.numbers import quantities
from generator.text.vectors import encode

# How sure it must be that a story is the same affair, lest it be printed: on the next day, and from LATE days on; under
# SEVERAL different headlines, for one thing is seldom told so much twice. Of 147 stories that are taken out so, by labels of readers who knew
# no rule (docs/newsroom.md), 107 tell the same again, 4 talk of it, 21 are further on and 14 are others.
NEXT_DAY, LATER, BY_SEVERAL = 0.5, 0.7, 0.9
SEVERAL, LATE = 3, 2
SAME_PAGE = 1.0
TOLD = 60  # characters of a text that tells more than its headline
CARRIED = 0.9  # as sure as this that it is the same affair, what has moved is said to carry it on: 7 of 8 do


def remember(
    stories: Sequence[Story], printed: Sequence[Printed], date: dt.date, *, keep: Collection[str] = ()
) -> tuple[list[Story], dict[str, Printed]]:
    """Return the stories of `date` that are news after `printed`, and those that are not, by id, with where they stood.

    A story whose affair was printed but has moved since is carried on as its follow-up, or is news where we are less
    sure of the affair. What tells another event of the same thing is carried on too, and so is every story that was
    printed and whose id is in `keep`.
    """
    known = told_before(stories, printed, date)
    news: list[Story] = []
    repeated: dict[str, Printed] = {}
    for story in stories:
        old, sure = known.get(story.id, (None, 0.0))
        pinned = story.id in keep
        if old is None or not (pinned or _repeats(story, sure, date, old)):
            news.append(story)
        elif pinned or (sure < SAME_PAGE and _has_moved(story, old, date)):
            carried_on = pinned or sure >= CARRIED
            news.append(dataclasses.replace(story, follow_up_of=old) if carried_on else story)
        else:
            repeated[story.id] = old
    new_ids = {story.id for story in news if not story.follow_up_of}
    carried = followed([story for story in news if story.id in new_ids], printed, encode=encode)
    return [
        dataclasses.replace(story, follow_up_of=carried[story.id]) if story.id in carried else story
        for story in news
    ], repeated


def told_later(stories: Sequence[Story], printed: Sequence[Printed], date: dt.date) -> dict[str, Printed]:
    """Return those of the `stories` of `date`, by id, that `printed`, the stories of later editions, tell too.

    What one of them adds is no news after an edition that comes later.
    """
    known = told_before(stories, printed, date)
    return {
        story.id: known[story.id][0]
        for story in stories
        if story.id in known and _repeats(story, known[story.id][1], date, known[story.id][0])
    }


def _repeats(story: Story, sure: float, date: dt.date, old: Printed) -> bool:
    """Whether a story tells the affair of `old`, being so `sure` of it."""
    if _is_told_by_several(story):
        return sure >= BY_SEVERAL
    return sure >= (LATER if _days(date, old) >= LATE else NEXT_DAY)


def _has_moved(story: Story, old: Printed, date: dt.date) -> bool:
    """Whether an affair is further than it was.

    Several tell of it days later, or what was ahead or only heard is done, or the headline states an amount, and no
    figure that what was printed states.
    """
    if _is_told_by_several(story) and _days(date, old) >= LATE:
        return True
    title = headline(story.lead.title)
    now = reported(title)
    titles = [old.headline, *(source.title for source in old.sources if source.title)]
    done = any(reported(headline(told)).standing is Standing.DONE for told in titles)
    if now.kind and now.standing is Standing.DONE and not done:
        return True
    texts = [source.text for source in old.sources if len(source.text) > len(source.title) + TOLD]
    # a headline alone may leave out any figure
    if not texts:
        return False
    stated = {quantity.low for text in (old.headline, *texts) for quantity in quantities(text)}
    new = [quantity for quantity in quantities(title) if quantity.unit]
    return bool(new) and not any(quantity.low in stated for quantity in quantities(title))


def _is_told_by_several(story: Story) -> bool:
    # a copy that others ran tells no more than one report
    return len({item.title for item in story.items}) >= SEVERAL


def _days(date: dt.date, old: Printed) -> int:
    return abs((date - old.date).days)
