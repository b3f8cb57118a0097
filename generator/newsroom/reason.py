"""入选理由 in one grammar: what happened · who reports it · what speaks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.labels import Labels
from generator.lexicon import topics
from generator.lexicon.events import Event, Standing, reported
from generator.lexicon.publishers import publisher_of
from generator.news import Role, Story
from generator.newsroom.headline import headline, only_names
from generator.newsroom.lead import role_of

LISTED = 3  # outlets named


def reason_of(story: Story, labels: Labels, outlets: Sequence[str], tags: Sequence[str] = ()) -> str:
    """Return why a story was chosen, every part of it a fact about its items; `outlets` published them.

    Where its headline states no event, the first of its `tags` says what it is about.
    """
    about = next(
        (tag for tag in tags if tag in {one.printed(labels.language) for one in topics.tags().values()}), ""
    )
    parts = [_what(_event(story), labels, about)]
    told_by = list(dict.fromkeys(outlets))
    if len(told_by) > 1:
        listed = labels.reason_comma.join(told_by[:LISTED]) + labels.reason_more * (len(told_by) > LISTED)
        parts.append(labels.reason_outlets.format(count=len(told_by), names=listed))
    elif told_by:
        name = _before(told_by[0], labels.reason_one_outlet.partition("{name}")[2], labels)
        parts.append(labels.reason_one_outlet.format(name=name))
    if any(role_of(item) is Role.PRIMARY for item in story.items):
        parts.append(labels.reason_first_hand)
    if story.follow_up_of:
        parts.append(labels.reason_follow_up.format(edition=story.follow_up_of.edition))
    return labels.reason_join.join(parts)


def _what(event: Event, labels: Labels, about: str) -> str:
    """Return what happened and who did it, with a mark on what is ahead or only heard; else what it is about."""
    kind = topics.events().get(event.kind)
    if event.kind == "plan":
        what = labels.reason_rumour if event.standing is Standing.HEARD else labels.reason_plan
    elif kind:
        what = kind.printed(labels.language)
    else:
        what = labels.reason_topic.format(tag=about) if about else labels.reason_news
    if event.agent:
        what = labels.reason_about.format(event=what, name=_before(event.agent, what, labels))
    if event.kind == "plan" or event.standing is Standing.DONE:
        return what
    if event.standing is Standing.HEARD:
        return labels.reason_heard.format(event=what)
    # nobody plans figures
    ahead = labels.reason_expected if event.kind in ("results", "market") else labels.reason_planned
    return ahead.format(event=what)


def _before(name: str, what: str, labels: Labels) -> str:
    """Return a name as it stands before `what`: Chinese and Latin are set apart, 谷歌新品发布 but OpenAI 融资."""
    apart = labels.language.startswith("zh") and (name[-1:].isascii() or what[:1].isascii())
    return f"{name} " if apart and name else name


def _event(story: Story) -> Event:
    """Return what a story's headline states; of a bare name, what most other headlines say of it."""
    title = headline(story.lead.title)
    event = reported(title)
    if event.kind:
        return event
    if only_names(title):
        others = (reported(headline(item.title)) for item in story.items[1:])
        told = Counter((one.kind, one.standing) for one in others if one.kind)
        for (kind, standing), count in told.most_common(1):
            if 2 * count > told.total():
                return Event(kind, event.agent, standing)
    if publisher_of(story.lead.url).kind == "academic":
        return Event("research", event.agent)
    return event
