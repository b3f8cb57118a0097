"""Who can be the agent of what a headline tells: a name that is whole, that nothing is done to, and of a fit kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.lexicon import names
from generator.lexicon.names import Kind, Mention

# what stands before a name that something is done to, or where somebody comes from
_DONE_TO = re.compile(
    r"(?:(?:^|[：:，,])\s?(?:与|和|同|跟)|供职于|任职于|冲刺|登陆|对标|挑战|首发|适配|基于|兼容|离开|来自|前|被|把|将|从|比|对|要求|让|迫使|诱导|指控|抨击|批评|起诉|收购|投资|合作|整合|不靠|靠|告别|取代|替代|超越|击败|反超|碾压|吊打|比肩|媲美|追平|逼近|给|为|用|在|于|(?<!发)向|\b(?:former|ex|by|with|for|at|using|on|from|against|of|in|to)[ -])\s*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:和|与|、|,|and|&)\s*")
# and after one that is only part of another thing's name, or where somebody worked
_PART = re.compile(
    r"\s*(?:代码|时刻|式|干不了|做不到|框架|插件|脚本|教程|攻略|平替|同款|版(?![权本])|前员工|前高管|前美国|\d+号员工|(?:前)?(?:工程师|科学家|研究员|员工|供应商|客户|对手|竞争对手)|(?:重仓|投资|参投|支持)的|[ -]?(?:exec|alum|moment|scientist|engineer|veteran|researcher|employee|staff)\b|[’']s (?:former|ex))",
    re.IGNORECASE,
)
_OF_FIRMS = frozenset({"ipo", "funding", "results", "market", "layoffs", "deal", "partnership", "release"})
_OWN = re.compile(r"[’']s\b")


def of_kind(named: Sequence[Mention], kind: str) -> str:
    """Return the first who can do such a thing: an office allows a listing, it has none."""
    actors: tuple[Kind, ...] = (
        ("company", "person") if kind in _OF_FIRMS else ("company", "institution", "person")
    )
    if kind == "policy":
        actors = ("institution", "place", "person")
    first = [one.name for one in named if one.kind in actors]
    if not first and kind != "policy":
        first = [one.name for one in named if one.kind in ("model", "product")]
    return next(iter(first), "")


def able(title: str) -> list[Mention]:
    """Return the names of a headline that can act: nothing is done to them, and they are whole."""
    found: list[Mention] = []
    aside: Mention | None = None
    for mention in names.find(title):
        listed = aside is not None and _AND.fullmatch(title[aside.end : mention.start])
        if listed or not _acts(mention, title):
            aside = mention
        else:
            found.append(mention)
    return found


def _acts(mention: Mention, title: str) -> bool:
    """Whether a name can be who acts in a headline: not what something is done to, nor part of another name."""
    after = title[mention.end :]
    if mention.kind == "person" and _OWN.match(after):  # Trump's czar is somebody else
        return False
    return not (_DONE_TO.search(title[: mention.start]) or _PART.match(after))
