"""入选理由 in one grammar: what happened · who reports it · what speaks for it."""

from __future__ import annotations

from generator.labels import Labels
from generator.lexicon import names, topics
from generator.lexicon.publishers import publisher_of
from generator.news import Role, Story
from generator.newsroom.headline import headline
from generator.newsroom.lead import role_of


def reason_of(story: Story, event: str, labels: Labels) -> str:
    """Return why a story was chosen, every part of it a fact about its items."""
    language = labels.language
    kinds = topics.events()
    what = kinds[event].printed(language) if event in kinds else labels.reason_news
    actors = [
        m.name
        for m in names.find(headline(story.lead.title))
        if m.kind in ("company", "institution", "person")
    ]
    if actor := next(iter(dict.fromkeys(actors)), ""):
        what = labels.reason_about.format(event=what, name=actor)
    parts = [what]
    outlets = list(dict.fromkeys(publisher_of(i.url).name or i.feed for i in story.items))
    if len(outlets) > 1:
        listed = labels.reason_comma.join(outlets[:3])
        parts.append(labels.reason_outlets.format(count=len(outlets), names=listed))
    elif outlets:
        parts.append(labels.reason_one_outlet.format(name=outlets[0]))
    if any(role_of(item) is Role.PRIMARY for item in story.items):
        parts.append(labels.reason_first_hand)
    if story.follow_up_of:
        parts.append(labels.reason_follow_up.format(edition=story.follow_up_of.edition))
    return labels.reason_join.join(parts)
