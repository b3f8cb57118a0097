"""Which sentences of a source say what happened: overlap with the headline, position, facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from generator.news import Item
from generator.newsroom.grouping.marks import STOP
from generator.newsroom.leaning import Leaning
from generator.newsroom.quotable import Sentence, quotable
from generator.newsroom.repository import headline_of
from generator.newsroom.wording import exclaims, muses, names_nothing, personal, sets_scene
from generator.text.variants import simplified
from generator.text.width import HAN

_TOKEN = re.compile(f"[A-Za-zÀ-ɏ0-9]+(?:[.'’-][A-Za-zÀ-ɏ0-9]+)*|[{HAN}]")
_FACT = re.compile(r"\d|[A-Z][a-z]+[A-Z]|[\"“《「]")
_VAGUE = re.compile(
    r"^(?:但|不过|然而|因此|所以|同时|此外|另外|其中|而且|并且|这|那|该|他|她|它|其|对此|据此|however|but|also|this|that|these|those|he|she|it|they|and|so|in this|i |we |my |our |hi |hello |hey )",
    re.IGNORECASE,
)


IDLE = 0.08  # share of the headline's words below which a sentence without names leads up to the news
ASTRAY = 0.04  # share below which it does not even do that


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and where it stands in its source's evidence."""

    text: str
    start: int
    end: int


def passages(item: Item, *, limit: int, characters: int) -> list[Passage]:
    """Return at most `limit` sentences of `item`, together at most `characters` long, in their order.

    Only whole sentences come out: a feed's cut-off last one never does. Each is located in
    `item.evidence`, letter by letter.
    """
    title = headline_of(item)
    tokens = _tokens(title)
    found = _telling(quotable(item, title), title)
    worth = {said.place: _worth(said, order, title, tokens) for order, said in enumerate(found)}
    ranked = sorted(
        (said for said in found if worth[said.place] > 0), key=lambda said: (-worth[said.place], said.place)
    )
    chosen: dict[int, Sentence] = {}
    length = 0
    while len(chosen) < limit:
        best = next(
            (
                said
                for said in ranked
                if said.place not in chosen
                and length + len(said.text) <= characters
                and _follows(said, chosen)
                and not any(_same(said.text, other.text) for other in chosen.values())
            ),
            None,
        )
        if best is None:
            break
        chosen[best.place] = best
        length += len(best.text)
    return _located(item, [chosen[place] for place in sorted(chosen)])


def _telling(found: list[Sentence], title: str) -> list[Sentence]:
    """Return the sentences without those that tell nothing of their own; some of these where there is nothing else."""
    headline = _tokens(title)
    near = {said.place: len(_tokens(said.text) & headline) / (len(headline) or 1) for said in found}
    idle: set[int] = set()
    telling: list[Sentence] = []
    for said in found:
        text = simplified(said.text)
        if muses(text) or personal(text) or exclaims(text):
            idle.add(said.place)
        elif not telling and near[said.place] < IDLE and names_nothing(text):
            idle.add(said.place)  # it leads up to the news
        else:
            telling.append(said)
    if any(said.alone for said in telling):
        return telling
    return [said for said in found if said.place not in idle or near[said.place] >= ASTRAY]


def _follows(said: Sentence, chosen: Mapping[int, Sentence]) -> bool:
    """Whether what a sentence leans on is printed, or it can be printed without."""
    if said.leans is Leaning.ANYTHING:
        return bool(said.alone) or any(place < said.place for place in chosen)
    return bool(said.alone) or said.place - 1 in chosen


def _located(item: Item, chosen: list[Sentence]) -> list[Passage]:
    found = []
    before = -1
    for number, said in enumerate(chosen):
        led = number > 0 if said.leans is Leaning.ANYTHING else said.place - 1 == before
        text = said.text if led else said.alone
        before = said.place
        start = item.evidence.find(text, len(item.title))
        if start >= 0:
            found.append(Passage(text, start, start + len(text)))
    return found


def _tokens(text: str) -> set[str]:
    folded = text.lower()
    tokens = [token for token in _TOKEN.findall(folded) if token not in STOP]
    pairs = {a + b for a, b in pairwise(tokens) if len(a) == len(b) == 1}
    return pairs | {token for token in tokens if len(token) > 1}


def _worth(said: Sentence, order: int, title: str, tokens: set[str]) -> float:
    text = said.text
    mine = _tokens(text)
    overlap = len(mine & tokens) / (len(tokens) or 1)
    worth = 2.2 * overlap + 1.0 / (1.3 + order) + (0.3 if _FACT.search(text) else 0.0)
    if _VAGUE.match(text):
        worth -= 0.5  # it leans on a sentence that may not be printed, or on the headline
    if sets_scene(text, title):
        worth -= 0.6
    if personal(text):
        worth -= 0.6
    if _restates(mine, tokens, text):
        worth -= 0.7  # says the headline again and nothing more
    return worth


def _restates(mine: set[str], title: set[str], text: str) -> bool:
    return bool(mine) and len(mine & title) / len(mine) > 0.85 and not re.search(r"\d", text)


def _same(a: str, b: str) -> bool:
    one, other = _tokens(a), _tokens(b)
    return len(one & other) > 0.7 * min(len(one), len(other) or 1)
