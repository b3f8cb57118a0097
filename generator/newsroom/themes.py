"""Stories fall into a few named themes: what the thesaurus says of each, then what lies near in vectors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from generator.lexicon import names, topics
from generator.news import Importance, Pick
from generator.newsroom.headline import headline
from generator.text.vectors import encode as encode_texts

FEWEST, MOST = 2, 6  # stories of a theme; themes of an edition
AT_HOME = 0.45  # cosine to a theme's centre from which a story that no word places belongs there
ELSEWHERE = "industry"  # the theme of the others
DOMINANT = 1.0  # share of a theme's stories that name one firm, for the theme to carry its name
# where what happened says more than what it is about, unless the headline says that in so many words
_OF_EVENT = {
    "policy": "policy", "law": "policy", "security": "policy", "funding": "capital", "ipo": "capital", "deal": "capital",
    "results": "capital", "investment": "capital", "people": "society", "layoffs": "society", "research": "science",
}  # fmt: skip
_OF_KIND = {"model": "models", "product": "products"}
SECOND = 0.34  # of the points of its own theme, which the edition lacks, for a story to stand in another
BEHIND = 0.7  # of its weight, by which the theme of the others stands further back
EVENT, KIND = 2.0, 1.0  # points; a tag of the headline has 3


def theme_scores(title: str, summary: str = "", event: str = "") -> dict[str, float]:
    """Return how strongly a story fits each theme; a word of the headline counts three of the body."""
    scores: dict[str, float] = defaultdict(float)
    thesaurus = topics.tags()
    for rank, key in enumerate(topics.tag_keys(title)):
        scores[thesaurus[key].theme] += 3.0 / (1 + rank * 0.3)
    for rank, key in enumerate(topics.tag_keys(summary)[:5]):
        scores[thesaurus[key].theme] += 1.0 / (1 + rank)
    if event in _OF_EVENT:
        scores[_OF_EVENT[event]] += EVENT
    for kind in {mention.kind for mention in names.find(title)} & _OF_KIND.keys():
        scores[_OF_KIND[kind]] += KIND
    return dict(scores)


def grouped(
    picks: Sequence[Pick], language: str, *, encode: Callable[[Sequence[str]], Any] = encode_texts
) -> list[tuple[str, list[Pick]]]:
    """Return (name, picks) for each theme, the weightiest theme first, each theme's best story first.

    A pick that names its theme (the editor's or the model's word) keeps it. Themes of one
    story dissolve into their neighbours.
    """
    asked: dict[str, list[Pick]] = defaultdict(list)
    free: list[Pick] = []
    for pick in picks:
        if pick.theme and pick.theme not in topics.themes():
            asked[pick.theme].append(pick)
        else:
            free.append(pick)
    groups = _by_topic(free, encode)
    named = list(asked.items())
    used = {name for name, _ in named}
    for key, group in groups.items():
        name = _name(key, group, language, used)
        used.add(name)
        named.append((name, group))
    for _, group in named:
        group.sort(key=lambda pick: (-pick.score, pick.story.id))
    others = topics.theme_name(ELSEWHERE, language)
    return sorted(
        named, key=lambda pair: (-_weight(pair[1]) * (BEHIND if pair[0] == others else 1.0), pair[0])
    )


def _weight(group: Sequence[Pick]) -> float:
    return sum(sorted((pick.score for pick in group), reverse=True)[:3])


def _by_topic(picks: Sequence[Pick], encode: Callable[[Sequence[str]], Any]) -> dict[str, list[Pick]]:
    """Assign each pick to one of at most `MOST` themes, none smaller than `FEWEST` if it can be helped."""
    if not picks:
        return {}
    fits = {
        pick.story.id: {pick.theme: 9.0}
        if pick.theme
        else theme_scores(headline(pick.story.lead.title), pick.story.lead.summary[:400], pick.event)
        for pick in picks
    }
    weighty = {pick.story.id for pick in picks if pick.importance is Importance.HIGH}
    kept = _themes_to_keep(fits, weighty)
    groups: dict[str, list[Pick]] = {key: [] for key in topics.themes() if key in kept}
    homeless: list[Pick] = []
    for pick in picks:
        own = fits[pick.story.id]
        enough = SECOND * max(own.values(), default=0.0)
        scores = {key: points for key, points in own.items() if key in groups and points >= enough}
        if scores:
            groups[min(scores, key=lambda key: (-scores[key], topics.themes().index(key)))].append(pick)
        else:
            homeless.append(pick)
    _house(homeless, groups, encode)
    lonely = [key for key, group in groups.items() if _stories(group, weighty) < FEWEST]
    if len(lonely) < len(groups):
        strays = [pick for key in lonely for pick in groups.pop(key)]
        _house(strays, groups, encode)
    return {key: group for key, group in groups.items() if group}


def _stories(group: Sequence[Pick], weighty: set[str]) -> int:
    """Return how many stories a theme has; one of high importance carries it alone."""
    return sum(FEWEST if pick.story.id in weighty else 1 for pick in group)


def _themes_to_keep(fits: dict[str, dict[str, float]], weighty: set[str]) -> set[str]:
    """Drop the least wanted theme, let its stories move on, until few enough are left and none is lonely."""
    kept = {key for scores in fits.values() for key in scores} or {ELSEWHERE}
    while True:
        first: Counter[str] = Counter()
        for identity, scores in fits.items():
            if left := {key: points for key, points in scores.items() if key in kept}:
                best = min(left, key=lambda key: (-left[key], key))
                first[best] += FEWEST if identity in weighty else 1
        weakest = min(kept, key=lambda key: (first[key], key))
        if len(kept) == 1 or (len(kept) <= MOST and first[weakest] >= FEWEST):
            return kept
        kept.discard(weakest)


def _house(
    strays: Sequence[Pick], groups: dict[str, list[Pick]], encode: Callable[[Sequence[str]], Any]
) -> None:
    """Put stories that fit no theme by words where their headline lies nearest."""
    if not strays:
        return
    # nearness to a single story tells nothing of a theme
    homes = [key for key, group in groups.items() if len(group) >= FEWEST and key != ELSEWHERE]
    if not homes:
        groups.setdefault(ELSEWHERE, []).extend(strays)
        return
    centres = [
        encode([names.unify(headline(p.story.lead.title)) for p in groups[key]]).mean(axis=0) for key in homes
    ]
    vectors = encode([names.unify(headline(pick.story.lead.title)) for pick in strays])
    for pick, vector in zip(strays, vectors, strict=True):
        near = [round(float(vector @ centre), 5) for centre in centres]
        best = max(range(len(homes)), key=lambda place: (near[place], -place))
        groups.setdefault(homes[best] if near[best] >= AT_HOME else ELSEWHERE, []).append(pick)


def _name(key: str, group: Sequence[Pick], language: str, used: set[str]) -> str:
    """Return a theme's name: of the firm and event most of its stories share, else of the theme."""
    plain = topics.theme_name(key, language)
    firms = Counter(
        firm
        for pick in group
        for firm in {m.name for m in names.find(headline(pick.story.lead.title)) if m.kind == "company"}
    )
    if len(group) >= 3 and firms:
        firm, count = min(firms.items(), key=lambda pair: (-pair[1], pair[0]))
        if count >= DOMINANT * len(group):
            events = Counter(pick.event for pick in group if pick.event)
            event = topics.events().get(min(events, key=lambda e: (-events[e], e)) if events else "")
            colon = "：" if language.startswith("zh") else ": "
            about = event.printed(language) if event and events[event.key] * 2 >= len(group) else plain
            if (name := f"{firm}{colon}{about}") not in used:
                return name
    return plain
