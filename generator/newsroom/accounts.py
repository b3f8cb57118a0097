"""Which account of a platform an item is of: the outlet that its feed or its author names.

A page of a platform, as 微信公众号, is some account's, and its address does not say whose. Most of what makes
feeds of accounts gives the account's name to the feed; what collects many in one feed, to the author of each entry.
"""

from __future__ import annotations

import functools
import re

# how a feed's or an author's name says that it is an account: 公众号：某某, 某某（微信公众号）, 某某 - 微信
_KIND = r"(?:微信公众号|微信公眾號|公众号|公眾號|微信订阅号|订阅号|微信服务号|服务号|微信)"
_BEFORE = re.compile(rf"^{_KIND}\s*[:：|｜·\-–—]\s*")
_AFTER = re.compile(
    rf"\s*(?:[(（\[【]\s*{_KIND}\s*[)）\]】]|[|｜·\-–—]\s*{_KIND}|\s{_KIND}|(?:微信)?公众号)\s*$"
)
# what names a collection, a tool or an office, and no account
_NOBODY = re.compile(
    rf"{_KIND}|合集|合辑|集合|聚合|汇总|全部|所有|列表|我的|精选|文章|资讯|新闻|来源|佚名|匿名|小编|编辑部?|作者|原创|"
    r"\b(?:mp[-_ ]?we[-_ ]?rss|we[-_ ]?mp[-_ ]?rss|wewe[-_ ]?rss|we[-_ ]?rss|wechat2?rss|wechat|weixin|rsshub|rss|atom|feeds?|all|mp|ai|"
    r"admin|editor|author|unknown)\b|[\W_]",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=2_000)
def account_in(name: str) -> str:
    """Return the account that a feed's or an author's name names; "" when it names none."""
    name = _AFTER.sub("", _BEFORE.sub("", name.strip())).strip()
    if "@" in name or "://" in name or not _NOBODY.sub("", name):
        return ""
    return name
