"""入选理由 in one grammar: what happened · who reports it · what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.labels import Labels
from generator.lexicon import names, topics
from generator.lexicon.names import Mention
from generator.lexicon.publishers import publisher_of
from generator.news import Role, Story
from generator.newsroom.headline import headline
from generator.newsroom.lead import role_of

# what stands before a name that something is done to, or where somebody comes from
_DONE_TO = re.compile(
    r"(?:供职于|任职于|冲刺|登陆|对标|挑战|首发|适配|基于|兼容|离开|来自|前|被|(?<!发)向|\b(?:former|ex|by|with|for|at|using|on|from|against)[ -])\s*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:和|与|、|,|and|&)\s*")
_OF_FIRMS = frozenset(["ipo", "funding", "results", "layoffs"])
# and after one that is only part of another thing's name
_PART = re.compile(
    r"\s*(?:代码|时刻|式|版(?![权本])|前员工|前高管|[ -]?(?:exec|alum|moment)\b)", re.IGNORECASE
)


def reason_of(
    story: Story, event: str, labels: Labels, outlets: Sequence[str], tags: Sequence[str] = ()
) -> str:
    """Return why a story was chosen, every part of it a fact about its items; `outlets` published them.

    Where no word says what happened, the first of its `tags` says what it is about.
    """
    language = labels.language
    kinds = topics.events()
    if not event and publisher_of(story.lead.url).kind == "academic":
        event = "research"
    about = next(
        (tag for tag in tags if tag in {one.printed(language) for one in topics.tags().values()}), ""
    )
    if event in kinds:
        what = kinds[event].printed(language)
    else:
        what = labels.reason_topic.format(tag=about) if about else labels.reason_news
    if actor := _actor(headline(story.lead.title), event):
        # 谷歌AI 芯片动态, but Meta AI 芯片动态
        gap = " " if actor[-1].isascii() and what[0].isascii() else ""
        what = labels.reason_about.format(
            event=f"{gap}{what}" if labels.language.startswith("zh") else what, name=actor
        )
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


def _actor(title: str, event: str) -> str:
    """Return who acts in a headline; "" when it names nobody who can."""
    able: list[Mention] = []
    aside: Mention | None = None
    for mention in names.find(title):
        listed = aside is not None and _AND.fullmatch(title[aside.end : mention.start])
        if listed or not acts(mention, title):
            aside = mention
        # who acts comes first; who is named at the end is a customer, an example, a rival
        elif mention.start <= len(title) / 2:
            able.append(mention)
    # an office allows a listing, it has none
    kinds = ("company", "person") if event in _OF_FIRMS else ("company", "institution", "person")
    first = [m.name for m in able if m.kind in kinds] or [
        m.name for m in able if m.kind in ("model", "product")
    ]
    return next(iter(first), "")


def acts(mention: Mention, title: str) -> bool:
    """Whether a name can be who acts in a headline: not what something is done to, nor part of another name."""
    return not (_DONE_TO.search(title[: mention.start]) or _PART.match(title[mention.end :]))
