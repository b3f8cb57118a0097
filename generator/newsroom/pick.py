"""From all the day's stories to those that are printed: relevance, rank, quotas, balance."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.config.schema import EditionConfig
from generator.labels import Labels
from generator.lexicon import names, topics
from generator.lexicon.publishers import maker_of
from generator.news import Importance, Pick, Region, Story
from generator.newsroom import importance
from generator.newsroom.boilerplate import body_of
from generator.newsroom.fates import Because, Fate, Rule, Why
from generator.newsroom.headline import headline
from generator.newsroom.outlets import outlet_of, reporters
from generator.newsroom.reason import reason_of
from generator.newsroom.region import region_of
from generator.newsroom.standing import NOTHING, Standing
from generator.newsroom.suspicion import MARK as SUSPICIOUS
from generator.newsroom.suspicion import headline_instructs, suspicious, without_instructions

MAX_TAGS = 5
FEW = 3  # reports, of which one that says what happened is enough
HIGH_SHARE = 0.2  # of an edition's stories that may be of high importance: where all is, nothing is
CALM = 0.5  # points that what stands in the edition has ahead of newcomers
FLOOR = 2.0  # points below which a story is not worth a line, however quiet the day


@dataclass(frozen=True, slots=True)
class Ranked:
    """The relevant stories, best first, with each one's points; and why the others are not among them."""

    picks: tuple[Pick, ...]
    parts: Mapping[str, Mapping[str, float]]  # by story
    others: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The edition's stories: those with a paragraph, then those in a line; and why the others are not."""

    full: tuple[Pick, ...]
    brief: tuple[Pick, ...]
    others: tuple[Why, ...]


def rank(
    stories: Sequence[Story],
    settings: EditionConfig,
    labels: Labels,
    *,
    now: dt.datetime,
    weights: Mapping[str, float],
    pinned: Collection[str] = (),
    own: Collection[str] = (),
) -> Ranked:
    """Judge every story; `weights` are the feeds' own, by name, `now` the end of the window.

    Stories whose id is in `pinned` are on topic because the editor says so, and come first.
    `own` are the feeds that lead to one site only.
    """
    picks: list[Pick] = []
    parts: dict[str, Mapping[str, float]] = {}
    others: list[Why] = []
    for whole in stories:
        story = without_instructions(whole)
        word = topics.unwanted(headline(story.lead.title))
        if word and story.id not in pinned:
            others += [Why(item.id, Fate.UNWANTED, word) for item in story.items]
            continue
        if headline_instructs(story.lead.title) and story.id not in pinned:
            others += [Why(item.id, Fate.UNWANTED, because=Because(Rule.INSTRUCTS)) for item in story.items]
            continue
        # what carries on a printed story is on topic as that one was
        known = story.id in pinned or story.follow_up_of
        if not known and not relevant(story, settings.topics):
            others += [Why(item.id, Fate.OFF_TOPIC) for item in story.items]
            continue
        title = headline(story.lead.title)
        event = event_of(story)
        points = importance.score(story, now=now, weights=weights, event=event, own=own)
        parts[story.id] = points.parts
        outlets = tuple(outlet_of(item, own) for item in story.items)
        tags = _tags(story, labels.language)
        picks.append(
            Pick(
                whole,
                region_of(story, labels.language),
                importance.level(points.total),
                reason_of(story, labels, reporters(story.items, own), tags),
                tags=tags,
                entities=tuple(dict.fromkeys(mention.name for mention in names.find(title)))[:6],
                event=event,
                marks=_marks(whole, pinned),
                score=points.total,
                outlets=outlets,
            )
        )
    picks.sort(key=lambda pick: ("pinned" not in pick.marks, -pick.score, pick.story.id))
    return Ranked(_few_high(picks, settings.max_stories, own), parts, tuple(others))


def _few_high(picks: Sequence[Pick], most: int, own: Collection[str]) -> tuple[Pick, ...]:
    """Take the high importance of all but the best back to medium, and of what one outlet says alone."""
    left = max(1, round(HIGH_SHARE * min(len(picks), most)))
    found: list[Pick] = []
    for pick in picks:
        if pick.importance is Importance.HIGH:
            if left and importance.witnessed(pick.story, own):
                left -= 1
            else:
                pick = replace(pick, importance=Importance.MEDIUM)
        found.append(pick)
    return tuple(found)


def _marks(story: Story, pinned: Collection[str]) -> tuple[str, ...]:
    marks = ("pinned",) if story.id in pinned else ()
    return (*marks, SUSPICIOUS) if any(suspicious(item) for item in story.items) else marks


def event_of(story: Story) -> str:
    """Return the kind of event: by the lead's headline, else what most others say, else by how the lead begins."""
    if event := topics.event_of(headline(story.lead.title)):
        return event
    told = Counter(filter(None, (topics.event_of(headline(item.title)) for item in story.items[1:])))
    for event, count in told.most_common(1):
        if 2 * count > told.total() and (count > 1 or len(story.items) <= FEW):
            return event
    return topics.event_of(importance.beginning(story.lead))


def relevant(story: Story, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the sources that prove a story's topic: of a headline, its maker's site, how a text begins."""
    for item in story.items[:6]:
        if proof := topics.relevance(headline(item.title), wanted):
            return proof
        # what OpenAI publishes is about OpenAI, whatever a page's title says
        if maker := maker_of(item.url, wanted):
            return (maker,)
    opening = importance.beginning(story.lead)
    # a word far down in a text is said in passing
    told = [topic for topic in wanted if topic == "ai"]
    return topics.relevance(opening, told, strong_only=True) if opening else ()


def _tags(story: Story, language: str) -> tuple[str, ...]:
    title = headline(story.lead.title)
    thesaurus = topics.tags()
    keys = topics.tag_keys(title)
    if len(keys) < 2:
        # further down a text names what it only touches
        keys += [key for key in topics.tag_keys(importance.beginning(story.lead)) if key not in keys]
    found = [thesaurus[key].printed(language) for key in keys[:3]]
    for mention in names.find(title):
        name = names.firm_of(mention.name) if mention.kind == "person" else mention.name
        known = names.entries().get(name)
        if known and known.kind in ("company", "model") and name not in found and len(found) < MAX_TAGS:
            found.append(name)
    return tuple(found)


def choose(picks: Sequence[Pick], settings: EditionConfig, standing: Standing = NOTHING) -> Chosen:
    """Take the best stories within the quotas: in all, of one feed, of one region.

    What the editor pinned is in, whatever its rank. What stands in the edition keeps its place against newcomers
    of about its score. Of the same picks the same are taken again, for only what was taken moves up.
    """
    chosen: list[Pick] = []
    others: list[Why] = []
    led: Counter[str] = Counter()
    regions: Counter[Region] = Counter()
    at_home = sum(pick.region is Region.DOMESTIC and pick.score >= importance.MEDIUM for pick in picks)
    kept_free = min(at_home, round(settings.max_stories * settings.min_domestic))
    caps = {
        Region.DOMESTIC: round(settings.max_stories * settings.max_domestic),
        Region.INTERNATIONAL: min(
            round(settings.max_stories * settings.max_international), settings.max_stories - kept_free
        ),
    }
    full = {Region.DOMESTIC: Rule.DOMESTIC, Region.INTERNATIONAL: Rule.INTERNATIONAL}
    called = _called(picks)

    def place(pick: Pick) -> tuple[bool, float, str]:
        lead = CALM if standing.holds(pick.story) else 0.0
        return "pinned" not in pick.marks, -(pick.score + lead), pick.story.id

    for pick in sorted(picks, key=place):
        feed = pick.story.lead.feed
        because: Because | None = None
        if "pinned" in pick.marks:
            pass
        elif len(chosen) >= settings.max_stories:
            because = Because(Rule.ENOUGH, {"count": settings.max_stories})
        elif pick.score < FLOOR:
            because = Because(Rule.POINTS, {"points": f"{pick.score:.1f}", "needed": FLOOR})
        elif led[feed] >= settings.max_per_source:
            because = Because(Rule.LED, {"outlet": called[feed], "count": settings.max_per_source})
        elif regions[pick.region] >= caps[pick.region]:
            because = Because(full[pick.region])
        if because:
            others += [Why(item.id, Fate.BELOW, because=because) for item in pick.story.items]
            continue
        chosen.append(pick)
        led[feed] += 1
        regions[pick.region] += 1
    return Chosen(*_halves(chosen, settings, standing), tuple(others))


def _called(picks: Sequence[Pick]) -> dict[str, str]:
    """Return what a reader knows each feed as: the one outlet whose reports lead in it, else the feed's own name."""
    led: defaultdict[str, set[str]] = defaultdict(set)
    for pick in picks:
        led[pick.story.lead.feed].update(pick.outlets[:1])
    return {feed: next(iter(outlets)) if len(outlets) == 1 else feed for feed, outlets in led.items()}


def _halves(
    chosen: Sequence[Pick], settings: EditionConfig, standing: Standing
) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    """Split into stories with a paragraph and stories in a line: those with most to say get the room."""

    def room(pick: Pick) -> tuple[bool, float, str]:
        told = bool(body_of(pick.story.lead.summary or pick.story.lead.text))
        lead = CALM if standing.holds_in_full(pick.story) else 0.0
        return "pinned" not in pick.marks, -(pick.score + (1.0 if told else 0.0) + lead), pick.story.id

    ordered = sorted(chosen, key=room)
    full = sorted(ordered[: settings.max_full], key=lambda pick: (-pick.score, pick.story.id))
    brief = sorted(ordered[settings.max_full :], key=lambda pick: (-pick.score, pick.story.id))
    return tuple(full), tuple(brief)
