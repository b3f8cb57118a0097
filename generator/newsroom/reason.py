"""入选理由 in one grammar: what happened · who reports it · what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.labels import Labels
from generator.lexicon import names, topics
from generator.news import Role, Story
from generator.newsroom.headline import headline
from generator.newsroom.lead import role_of


def reason_of(story: Story, event: str, labels: Labels, outlets: Sequence[str]) -> str:
    """Return why a story was chosen, every part of it a fact about its items; `outlets` published them."""
    language = labels.language
    kinds = topics.events()
    what = kinds[event].printed(language) if event in kinds else labels.reason_news
    title = headline(story.lead.title)
    # who acts comes first; who is named at the end is a customer, an example, a rival
    near = [mention for mention in names.find(title) if mention.start <= len(title) / 2]
    actors = [m.name for m in near if m.kind in ("company", "institution", "person")]
    actors += [m.name for m in near if m.kind in ("model", "product")]
    if actor := next(iter(actors), ""):
        what = labels.reason_about.format(event=what, name=actor)
    parts = [what]
    told_by = list(dict.fromkeys(outlets))
    if len(told_by) > 1:
        listed = labels.reason_comma.join(told_by[:3])
        parts.append(labels.reason_outlets.format(count=len(told_by), names=listed))
    elif told_by:
        parts.append(labels.reason_one_outlet.format(name=told_by[0]))
    if any(role_of(item) is Role.PRIMARY for item in story.items):
        parts.append(labels.reason_first_hand)
    if story.follow_up_of:
        parts.append(labels.reason_follow_up.format(edition=story.follow_up_of.edition))
    return labels.reason_join.join(parts)
