"""Round-ups of others (早报, 晚报, 8点1氪, newsletters): several stories under one title, never printed as one."""

from __future__ import annotations

import dataclasses
import html
import re

from generator.news import Item, item_id
from generator.text.clean import one_line

_NAMES = re.compile(
    r"(?:早报|晚报|日报|周报|晨报|午报|早知道|早餐|早参|早班车|早新闻|晚间新闻|一周要闻|要闻速览|要闻回顾|要闻汇总|新闻汇总|新闻联播早|资讯汇总|资讯速递|每日要闻|每日资讯|每日精选|"
    r"今日要闻|今日热点|今日看点|热点速览|速递\s*[|｜]|一览\s*$|盘前必读|盘前要点|隔夜要闻|公告精选|投融资日报|本周.{0,6}(?:盘点|精选|回顾)|周刊|周末读什么|一周.{0,4}(?:盘点|回顾|精选|速览)|"
    r"[89]点1氪|\d+点1?氪|氪星晚报|硬氪日报|IT早报|科技早报|AI\s?日报|AI\s?早报|AI\s?晚报|AI\s?周报|派早报|社区更新|本日头条|科技圈.{0,4}大事|资讯早8点|大模型日报|晚点早知道|虎嗅早报|FirstFT)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"^(?:the download\b|icymi\b|the week['’]s (?:\d+ )?(?:biggest|top)\b|firstft\b|morning (?:brief|briefing|bid|roundup)\b|daily (?:brief|briefing|digest|roundup|links?)\b|weekly (?:brief|digest|roundup|links?)\b|"
    r"this week in\b|the week in\b|last week in\b|week in review\b|news ?letter\b|links? (?:for|of|roundup)\b|ai breakfast\b|top stories\b|today in\b|what(?:'|’)s new in\b|"
    r"open thread\b|who is hiring|who wants to be hired|show hn roundup|stock market today|evening briefing)|"
    r"\b(?:roundup|round-up|news digest|weekly digest|daily digest|newsletter #?\d+|in brief|techmeme ride home|techcrunch (?:mobility|space|week in review|disrupt)\b|bloomberg tech\s+\d)\b",
    re.IGNORECASE,
)
NEAR = 8  # characters from the start
_SAID_IN_PASSING = re.compile(
    r"[“\"「][^”\"」]{0,12}[”\"」]|《[^》]*(?:日报|晚报|早报|晨报|周报|周刊)》|[一-龥]{2,4}(?:人民|青年|经济|证券|商业)?日报(?:社|：|:|称|讯)"
)
_PARTS = re.compile(r"\s*[；;]\s*")
_EPISODE = re.compile(r"\s\+\s")  # a podcast's: one subject + another + a third
# another's: Why the First, a Second Takes Off, and What to Know about the Third
_CLAUSES = re.compile(r",\s+(?:and\s+)?(?=[A-Z])")
_ASKS = re.compile(r"^(?:why|how|what|who|when)\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"^[^|｜:：丨]{0,24}[|｜:：丨]\s*")
_DATE = re.compile(r"^\s*(?:\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\s*$")
_NUMBERED = re.compile(r"(?:^|\n|\s)(?:\d{1,2}[、.．]|[①-⑳]|[一二三四五六七八九十]、|【)\s*(?=\S)")


def is_roundup(title: str) -> bool:
    """Whether a title announces several stories: by the name of a series, or by three headlines in a row."""
    # an undecoded &#8217; would look like the mark between two headlines
    text = one_line(html.unescape(html.unescape(title)))
    bare = _SAID_IN_PASSING.sub("", text)
    if _named_as_series(bare) or _ENGLISH.search(bare):
        return True
    if any(sum(len(part) >= 8 for part in cut.split(text)) >= 3 for cut in (_PARTS, _EPISODE)):
        return True
    clauses = _CLAUSES.split(text)
    # one question may list what it asks about; two in a row with something between are of as many subjects
    return len(clauses) >= 3 and len([part for part in clauses if _ASKS.match(part)]) >= 2


def _named_as_series(text: str) -> bool:
    """Whether the name of a series stands where one does: first, last, or before a colon or a bar."""
    return any(
        match.start() <= NEAR or match.end() >= len(text) - 2 or text[match.end()] in "|｜丨：:（("
        for match in _NAMES.finditer(text)
    )


def split(item: Item) -> list[Item]:
    """Return the stories of a round-up as items of their own, or none when it does not tell them apart.

    Only headlines that its title or numbered summary spells out count. They keep the round-up's
    time, and its address as their link alone: entries of one address would count as one story.
    """
    headlines = _title_parts(item.title)
    if len(headlines) < 2:
        headlines = _numbered(item.summary)
    if len(headlines) < 2:
        return []
    return [
        dataclasses.replace(
            item,
            id=item_id("", item.feed, f"{item.id}\n{text}"),
            url="",
            link=item.link or item.url,
            title=text,
            summary="",
            text="",
        )
        for text in headlines[:20]
    ]


def _title_parts(title: str) -> list[str]:
    text = one_line(html.unescape(html.unescape(title)))
    if "|" in text or "｜" in text or "丨" in text or ("：" in text and _NAMES.search(text.split("：")[0])):
        text = _LEAD_IN.sub("", text)
    parts = [part.strip(" 。…") for part in _PARTS.split(text)]
    return [part for part in parts if len(part) >= 6 and not _NAMES.search(part) and not _DATE.match(part)]


def _numbered(summary: str) -> list[str]:
    places = [match.end() for match in _NUMBERED.finditer(summary)]
    if len(places) < 2:
        return []
    pieces = [summary[start:end] for start, end in zip(places, [*places[1:], len(summary)], strict=True)]
    found = []
    for piece in pieces:
        line = one_line(re.split(r"[。\n】]", piece, maxsplit=1)[0])
        line = _NUMBERED.sub("", line).strip(" 0123456789、.．【")
        if 10 <= len(line) <= 90:
            found.append(line)
    return found
