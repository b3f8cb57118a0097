"""Domestic or international: decided by who acts in the story, not by which feed brought it."""

from __future__ import annotations

from collections import defaultdict

from generator.lexicon import names
from generator.lexicon.publishers import publisher_of
from generator.news import Region, Story
from generator.newsroom.headline import headline
from generator.text.language import language_of
from generator.text.numbers import quantities

_HOME = {
    "zh-tw": {"TW"},
    "zh-hk": {"HK", "CN"},
    "zh": {"CN", "HK", "MO"},
    "en": {"US"},
    "ja": {"JP"},
    "ko": {"KR"},
}
_MONEY = {"CNY": "CN", "HKD": "HK", "USD": "US", "EUR": "EU", "GBP": "GB", "JPY": "JP", "KRW": "KR"}
# An actor says more than the product it is about, a place least: 美国对华为 is about Huawei all the same.
_KIND = {"company": 3.0, "institution": 3.0, "person": 3.0, "model": 2.0, "product": 1.5, "place": 1.0}


def region_of(story: Story, language: str = "zh-CN") -> Region:
    """Return where a story belongs for readers of a paper in `language`.

    The names in the headlines vote, the first one double; without names the money that is
    paid decides, and without money the publisher's country and the text's language.
    """
    home = _home(language)
    votes: dict[bool, float] = defaultdict(float)
    for item in story.items[:5]:
        first = True
        for mention in names.find(headline(item.title)):
            country = names.country_of(mention.name)
            # the United Nations are of no country, and not of ours
            if country or mention.kind == "institution":
                votes[country in home] += _KIND[mention.kind] * (2 if first else 1)
                first = False
    if votes[True] == votes[False]:
        summary = " ".join(item.summary[:300] for item in story.items[:3])
        for mention in names.find(summary):
            if country := names.country_of(mention.name):
                votes[country in home] += _KIND[mention.kind]
    if votes[True] == votes[False]:
        for country in _currencies(story):
            votes[country in home] += 1
    if votes[True] == votes[False]:
        lead = story.lead
        country = next(filter(None, (publisher_of(item.url).country for item in story.items)), "")
        # a feed that translates its headlines still gives the text as it was written
        spoken = language_of(lead.summary or lead.title)
        at_home = country in home if country else spoken == language.split("-")[0]
        votes[at_home] += 1
    return Region.DOMESTIC if votes[True] > votes[False] else Region.INTERNATIONAL


def _currencies(story: Story) -> set[str]:
    """Return the countries whose money the reports name."""
    said = (f"{headline(item.title)}\n{item.summary[:300]}" for item in story.items[:3])
    return {_MONEY[q.unit] for text in said for q in quantities(text) if q.unit in _MONEY}


def _home(language: str) -> set[str]:
    tag = language.lower().replace("zh-hant-", "zh-")
    return _HOME.get(tag) or _HOME.get(tag.split("-")[0]) or {tag.split("-")[-1].upper()}
