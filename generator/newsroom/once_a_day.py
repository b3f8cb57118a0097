"""What is told once a day, whatever its reports put first: a firm's quarter, an authority's campaign against one thing."""

from __future__ import annotations

import re

from generator.lexicon.names import entries
from generator.newsroom.marks import marks_of
from generator.newsroom.told import Told, firms

_QUARTER = re.compile(
    r"财报|季度.{0,6}(?:营收|利润|业绩)|\bearnings\b|quarterly (?:results|revenue|profit)", re.IGNORECASE
)
# a regulator's campaign, which it calls by either
_CAMPAIGN = re.compile(r"专项(?:整治)?行动|集中整治|出手整治|开展整治|清朗|crackdown", re.IGNORECASE)
_OF_CAMPAIGNS = "集中 出手 开展 专项 行动 整治 清理 处置 乱象 违法 违规 信息 账号"  # of any of them


def once_a_day(a: Told, b: Told) -> bool:
    """Whether two stories are one because of what they tell, though no words or figures meet."""
    return _one_quarter(a, b) or _one_campaign(a, b)


def _one_quarter(a: Told, b: Told) -> bool:
    """Whether both leads tell a firm's quarter, which it reports once, whatever figures they put first."""
    shared = {name for name in a.lead.names & b.lead.names if name in firms(a.lead)}
    return bool(shared) and all(_QUARTER.search(one.lead.text) for one in (a, b))


def _one_campaign(a: Told, b: Told) -> bool:
    """Whether both leads tell an authority's campaign against one thing: what it has done comes out in several counts."""
    offices = {name for name in a.lead.names & b.lead.names if entries()[name].kind == "institution"}
    if not offices or not all(_CAMPAIGN.search(told.story.lead.title) for told in (a, b)):
        return False
    own = {word for text in (*offices, _OF_CAMPAIGNS) for word in marks_of(text).words}
    return bool((a.lead.words & b.lead.words) - own)
