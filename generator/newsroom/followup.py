"""Which story of an earlier edition a new one carries on: another event, but of the same thing.

Two reports of one event are `likeness`'s; here both headlines name one product, model or firm, and
what they tell about it lies near. A firm says something every day, so it needs more than a product, and
neither headline may be about somebody else too whom the other does not name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from generator.lexicon import names
from generator.news import Printed, Story
from generator.newsroom.grouping.marks import STOP, Marks, marks_of, rarity
from generator.newsroom.headline import headline
from generator.text.width import HAN, han_count

OPENING = 200  # characters of a text that are compared
NEAR, NEAR_FIRM = 0.40, 0.60  # cosine of headline and opening, by what both name
SHARED, SHARED_FIRM = 8.0, 30.0  # rarity of the words that both use
MAX_REPORTS = 4  # of a story that are compared
# the Flash of Ling-3.0-Flash is no name of its own
_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9.\-])[A-Z][A-Za-z]*[a-z][A-Za-z]*(?![A-Za-z])")
# 瀚海 3: a Chinese name and its number, which no unit follows
_NUMBERED = re.compile(
    f"([{HAN}]{{2}}) ?(\\d{{1,2}}(?:\\.\\d)?)(?![\\d.%])"
    r"(?! ?[万亿千百年月日时小点分秒个台款项家条名人位元美港欧英日倍成天周岁号层颗吨米公里度种次批轮场篇折至到])"
)
# capitalised in Chinese headlines, and yet the name of no thing
_GENERIC = frozenset(
    "agent agents coding token tokens prompt prompts skill skills model models code vibe builder builders rollout "
    "workshop demo infra harness show launch open source sources series chat video image music voice cloud data studio cyber".split()
)
_SENTENCE_CASE = 0.5  # share of capitalised words from which an English headline is in title case


def subjects(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a headline is about: its products and models by name, and its firms."""
    text = headline(title)
    mentions = names.find(text)
    firms = {m.name for m in mentions if m.kind in ("company", "model", "institution")}
    products = {m.name for m in mentions if m.kind == "product"}
    # as much is told of a well-known product every day as of its firm
    famous = {name for name in products if names.firm_of(name)}
    firms, products = firms | famous, products - famous
    known = " ".join(text[m.start : m.end] for m in mentions)
    words = re.findall(r"[A-Za-z][A-Za-z]+", text)
    capitals = sum(word[0].isupper() for word in words)
    if han_count(text) or capitals < _SENTENCE_CASE * len(words):
        products |= {
            word.lower()
            for word in _LATIN_NAME.findall(text)
            if len(word) > 3 and word not in known and word.lower() not in STOP | _GENERIC
        }
    products |= {f"{match[1]}{match[2]}" for match in _NUMBERED.finditer(text)}
    return frozenset(products), frozenset(firms)


def followed(
    stories: Sequence[Story], printed: Sequence[Printed], *, encode: Callable[[Sequence[str]], Any]
) -> dict[str, Printed]:
    """Return the printed story that each of `stories` carries on, by the story's id; the nearest, else none."""
    old_subjects = [subjects(old.headline) for old in printed]
    by_subject: dict[str, list[int]] = defaultdict(list)
    for place, both in enumerate(old_subjects):
        for name in {name for kind in both for name in kind}:
            by_subject[name].append(place)
    pairs: list[tuple[int, int, bool]] = []
    for number, story in enumerate(stories):
        products, firms = _all_subjects(story)
        for place in sorted({place for name in products | firms for place in by_subject.get(name, ())}):
            is_product = bool(products & old_subjects[place][0])
            if is_product or not _apart(products | firms, frozenset().union(*old_subjects[place])):
                pairs.append((number, place, is_product))
    if not pairs:
        return {}
    news = {number: _openings(stories[number]) for number, _, _ in pairs}
    olds = {place: _opening(printed[place].headline, printed[place].text) for _, place, _ in pairs}
    texts = list(dict.fromkeys([*olds.values(), *(text for group in news.values() for text in group)]))
    vectors = dict(zip(texts, encode([marks_of(text).text[:OPENING] for text in texts]), strict=True))
    marks = {text: marks_of(text) for text in texts}
    rare = rarity(list(marks.values()))
    best: dict[int, tuple[float, int]] = {}
    for number, place, is_product in pairs:
        old = olds[place]
        near = max(float(vectors[text] @ vectors[old]) for text in news[number])
        shared = _shared((marks[text] for text in news[number]), marks[old], rare)
        near_enough, enough = (NEAR, SHARED) if is_product else (NEAR_FIRM, SHARED_FIRM)
        if near >= near_enough and shared >= enough:
            best[number] = max(best.get(number, (0.0, -1)), (round(near, 6), -place))
    return {stories[number].id: printed[-place] for number, (_, place) in best.items()}


def _apart(new: Iterable[str], old: Iterable[str]) -> bool:
    """Whether each side names something that the other does not; a product has named its firm."""
    one, other = (
        {*those, *filter(None, map(names.firm_of, those))} for those in (frozenset(new), frozenset(old))
    )
    return bool(one - other) and bool(other - one)


def _all_subjects(story: Story) -> tuple[frozenset[str], frozenset[str]]:
    both = [subjects(item.title) for item in story.items[:MAX_REPORTS]]
    return frozenset().union(*(one[0] for one in both)), frozenset().union(*(one[1] for one in both))


def _openings(story: Story) -> list[str]:
    return [_opening(item.title, item.summary or item.text) for item in story.items[:MAX_REPORTS]]


def _opening(title: str, text: str) -> str:
    return f"{headline(title)} {text[:OPENING]}"


def _shared(new: Iterable[Marks], old: Marks, rare: dict[str, float]) -> float:
    words: set[str] = set()
    for marks in new:
        words |= marks.words & old.words
    return sum(rare.get(word, 0.0) for word in words)
