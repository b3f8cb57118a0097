"""How surely two of the day's best stories tell one event: by their headlines, their words, or as memory would know them.

Average linkage asks that the headlines of two stories be alike on average, so a report with another
angle, or in the other language, can stay outside a story of thirty. The few dozen stories that may be printed are
asked three ways more. On days that nobody had read the nearest headlines find a third of what is one, so what memory
would take for the same affair (`retold`), whose weights were learned, is asked too.
"""

from __future__ import annotations

from generator.newsroom.grouping.aligned import aligned
from generator.newsroom.grouping.by_headlines import ENOUGH, FEW, MANY, by_headlines
from generator.newsroom.grouping.kept_apart import kept_apart, names_actors, other_acts
from generator.newsroom.grouping.kinds import compatible
from generator.newsroom.grouping.once_a_day import once_a_day
from generator.newsroom.grouping.retold import AGAIN, retelling
from generator.newsroom.grouping.told import Ground, Told, centred, coined, named, nameless

ALIGNED = 0.38  # word by word, of two stories that name nobody: of different ones at most 0.36
FACTS = 2  # that two stories state which name nobody, and nothing else of the day
RELATED = 0.18  # cosine, without what all have in common, below which memory never says yes
REPORTS = 6  # of a story that memory compares


def margin(a: Told, b: Told, ground: Ground) -> float:
    """Return how far two stories are above what one event asks for; below 0 they are two."""
    if once_a_day(a, b):
        return 1.0
    new = {word for word in coined(a.lead) & coined(b.lead) if ground.coined[word] <= 2}
    shared = bool(named(a.lead) & named(b.lead) or new)
    unnamed = _both_unnamed(a, b)
    if not (shared or unnamed) or kept_apart(a, b):
        return -1.0
    ways = [_unnamed(a, b, ground)] if unnamed and compatible(a, b) else []
    if shared:
        ways += [by_headlines(a, b, bool(new), ground), _by_memory(a, b, ground)]
    return max(ways, default=-1.0)


def _unnamed(a: Told, b: Told, ground: Ground) -> float:
    if (word_by_word := _aligned(a, b, ground)) >= ALIGNED:
        return word_by_word - ALIGNED
    # in two languages no word need meet, but what they count and the days they name do
    return 0.0 if sum(ground.facts[fact] <= 2 for fact in a.facts & b.facts) >= FACTS else -1.0


def _both_unnamed(a: Told, b: Told) -> bool:
    """Whether two stories of a headline or two name nobody, and no other place than the other."""
    if max(len(a.marks), len(b.marks)) > FEW or not (nameless(a.lead) and nameless(b.lead)):
        return False
    one, other = a.lead.names, b.lead.names
    return one <= other or other <= one


def _aligned(a: Told, b: Told, ground: Ground) -> float:
    return max(aligned(one, other, ground.rare, ground.encode) for one in a.marks for other in b.marks)


def _by_memory(a: Told, b: Told, ground: Ground) -> float:
    """Return how far two stories are above what memory asks for of an affair told on the next day."""
    few, many = sorted((a, b), key=lambda told: len(told.marks))
    if len(ground.titles) < ENOUGH or not compatible(a, b) or other_acts(a, b):
        return -1.0
    if len(many.marks) >= MANY and not names_actors(few, many):
        return -1.0
    one, other = (centred(told.vectors.mean(axis=0), ground) for told in (few, many))
    if float(one @ other) < RELATED:
        return -1.0
    return retelling(few.first(REPORTS), many.first(REPORTS), 1, ground) - AGAIN
