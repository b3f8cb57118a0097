"""What is told once a day, whatever its reports put first.

A firm's quarter, an authority's campaign against one thing, a product whose maker's page says no more than its name.
"""

from __future__ import annotations

import re

from generator.lexicon.names import entries, firm_of
from generator.lexicon.publishers import publisher_of
from generator.newsroom.grouping.marks import marks_of
from generator.newsroom.grouping.opening import opening_of
from generator.newsroom.grouping.told import Told, firms

_QUARTER = re.compile(
    r"财报|季度.{0,6}(?:营收|利润|业绩)|\bearnings\b|quarterly (?:results|revenue|profit)", re.IGNORECASE
)
# a regulator's campaign, which it calls by either
_CAMPAIGN = re.compile(r"专项(?:整治)?行动|集中整治|出手整治|开展整治|清朗|crackdown", re.IGNORECASE)
_OF_CAMPAIGNS = "集中 出手 开展 专项 行动 整治 清理 处置 乱象 违法 违规 信息 账号"  # of any of them
_OUT = frozenset(["release", "opensource"])


def once_a_day(a: Told, b: Told) -> bool:
    """Whether two stories are one because of what they tell, though no words or figures meet."""
    return _one_quarter(a, b) or _one_campaign(a, b) or _own_page(a, b) or _own_page(b, a)


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


def _own_page(page: Told, report: Told) -> bool:
    """Whether a story is a maker's page of a product and version, and the other reports that this is out."""
    items = page.story.items
    if len(items) > 1 or opening_of(items[0]) or report.event not in _OUT:
        return False
    maker = publisher_of(items[0].url)
    return maker.kind == "official" and any(
        firm_of(product) == maker.name and report.lead.versions.get(product) == numbers
        for product, numbers in page.lead.versions.items()
    )
