"""What another edition printed is not printed again: dropped, or carried as 后续 when it is news since an earlier one."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from generator.lexicon import names
from generator.news import Printed, Story
from generator.newsroom.followup import followed
from generator.newsroom.headline import headline
from generator.newsroom.likeness import SAME, likeness
from generator.newsroom.marks import Marks, marks_of, rarity
from generator.newsroom.matter import one_matter
from generator.newsroom.told import named
from generator.text.addresses import canonical_url
from generator.text.sentences import sentences
from generator.text.vectors import encode

# Cosine from which headlines of one name and one amount so large tell one matter: of 18 such pairs on the 27 days that
# docs/newsroom.md names, all do; below it some do not
NEAR_SUM, LARGE = 0.50, 100
COPIED = 0.9  # as sure as this that it is the event, a headline adds words and no news


def remember(
    stories: Sequence[Story], printed: Sequence[Printed], *, keep: Collection[str] = ()
) -> tuple[list[Story], dict[str, Printed]]:
    """Return the stories that are news after `printed`, and those that are not, by id, with where they stood.

    A story that was printed but whose headline now names an amount, a version or a name that
    the printed text lacks, or that tells another event of the same thing, is carried on as its follow-up; so is every story whose id is in `keep`.
    """
    if not printed:
        return list(stories), {}
    known = _known(stories, printed)
    news: list[Story] = []
    repeated: dict[str, Printed] = {}
    for story in stories:
        if story.id not in known:
            news.append(story)
            continue
        old, sure = known[story.id]
        if story.id in keep or (sure < COPIED and _adds(marks_of(story.lead.title), story, old)):
            news.append(dataclasses.replace(story, follow_up_of=old))
        else:
            repeated[story.id] = old
    new_ids = {story.id for story in news if not story.follow_up_of}
    carried = followed([story for story in news if story.id in new_ids], printed, encode=encode)
    return [
        dataclasses.replace(story, follow_up_of=carried[story.id]) if story.id in carried else story
        for story in news
    ], repeated


def told_later(stories: Sequence[Story], printed: Sequence[Printed]) -> dict[str, Printed]:
    """Return those of `stories`, by id, that `printed`, the stories of later editions, tell too.

    What one of them adds is no news after an edition that comes later.
    """
    return {story: old for story, (old, _) in _known(stories, printed).items()} if printed else {}


def _known(stories: Sequence[Story], printed: Sequence[Printed]) -> dict[str, tuple[Printed, float]]:
    """Return what was printed of `stories`, by id, and how sure that is by the words; 0 where the address tells."""
    by_url = {canonical_url(url): old for old in printed for url in old.urls if url}
    old_marks = [marks_of(old.headline) for old in printed]
    new_marks = [[marks_of(title) for title in dict.fromkeys(i.title for i in s.items[:6])] for s in stories]
    flat = [marks for group in new_marks for marks in group]
    if not flat:
        return {}
    rare = rarity([*old_marks, *flat])
    uses = Counter(name for marks in (*old_marks, *flat) for name in marks.names)
    likely = encode([marks.text for marks in flat]) @ encode([marks.text for marks in old_marks]).T
    known: dict[str, tuple[Printed, float]] = {}
    row = 0
    for story, group in zip(stories, new_marks, strict=True):
        rows = range(row, row + len(group))
        row += len(group)
        old, sure = _by_address(story, group, by_url, printed, old_marks), 0.0
        if old is None:
            old, sure = _by_likeness(group, rows, old_marks, likely, rare, uses, printed)
        if old is not None:
            known[story.id] = old, sure
    return known


def _by_address(
    story: Story,
    group: Sequence[Marks],
    by_url: dict[str, Printed],
    printed: Sequence[Printed],
    old_marks: Sequence[Marks],
) -> Printed | None:
    for item in story.items:
        old = by_url.get(item.url) if item.url else None
        if old is not None:
            before = old_marks[printed.index(old)]
            versions = group[0].versions
            # a changelog keeps its address from version to version
            if not (versions and before.versions and versions != before.versions):
                return old
    return None


def _by_likeness(
    group: Sequence[Marks],
    rows: range,
    old_marks: Sequence[Marks],
    likely: object,
    rare: Mapping[str, float],
    uses: Mapping[str, int],
    printed: Sequence[Printed],
) -> tuple[Printed | None, float]:
    import numpy as np

    matrix = np.asarray(likely)
    best, found = 0.0, None
    for marks, row in zip(group, rows, strict=True):
        for column in np.argsort(-matrix[row], kind="stable")[:3].tolist():
            cosine = float(matrix[row, column])
            sure = likeness(marks, old_marks[column], cosine, rare)
            if sure < SAME or not one_matter(marks, old_marks[column], cosine, rare, uses):
                sure = 0.0
            if cosine >= NEAR_SUM and _one_sum(marks, old_marks[column]):
                sure = max(sure, SAME)
            if sure > best:
                best, found = sure, printed[column]
    return found, best


def _one_sum(new: Marks, old: Marks) -> bool:
    """Whether two headlines name one firm or product and one large amount, which is no chance."""
    large = {(low, high) for low, high in new.figures & old.figures if low >= LARGE}
    return bool(large and named(new) & named(old))


def _adds(new: Marks, story: Story, old: Printed) -> bool:
    """Whether a story's headline says something that the printed one and its text did not."""
    said = marks_of(old.headline)
    text = f"{old.headline}\n{old.text}"
    if any(item.url and item.url in {canonical_url(url) for url in old.urls} for item in story.items):
        return False
    known = _named(text)
    fresh_amounts = any(unit not in said.amounts for unit in new.amounts if unit) and not _stated(new, text)
    fresh_versions = any(
        numbers - said.versions.get(name, frozenset()) for name, numbers in new.versions.items()
    )
    return bool(fresh_amounts or fresh_versions or len(new.names - known) >= 2 or _acts_anew(story, old))


def _acts_anew(story: Story, old: Printed) -> bool:
    """Whether a firm acts that neither the printed headline nor its first sentence names."""
    actors = [m.name for m in names.find(headline(story.lead.title)) if m.kind == "company"]
    opening = f"{old.headline}\n{next(iter(sentences(old.text)), '')}"
    return bool(actors) and actors[0] not in _named(opening)


def _named(text: str) -> set[str]:
    """Return the names in a text, and the firms that they speak for: who names ChatGPT has said OpenAI."""
    found = {mention.name for mention in names.find(text)}
    return found | {firm for name in found if (firm := names.firm_of(name))}


def _stated(new: Marks, text: str) -> bool:
    from generator.text.numbers import quantities

    stated = {(quantity.unit, quantity.low) for quantity in quantities(text)}
    return all((unit, low) in stated for unit, values in new.amounts.items() if unit for low, _ in values)
