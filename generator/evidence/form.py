"""The text is whole and clean: marks in pairs, escaped once, nothing of the machinery showing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain

_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "【": "】"}
_ESCAPED = re.compile(
    r"&amp;(?:amp|lt|gt|quot|#\d+);|&(?:lt|gt|quot|amp|nbsp|#\d+|#x[0-9a-f]+);|\\u[0-9a-fA-F]{4}|(?<=[\u4e00-\u9fff。，])\\n|%[0-9A-F]{2}%[0-9A-F]{2}"
)
_LEAKS = re.compile(
    r"\{\{|\}\}|\{%|\$\{|\[object Object\]|\b(?:undefined|NaN|null|None)\b(?!\s?(?:of|value|pointer|of the))|影响力评分|该新闻摘要|作为(?:一个)?(?:AI|人工智能)(?:语言)?(?:模型|助手)|"
    r"as an ai language model|<\|[a-z_]+\|>|```|impact_score|source_id|\bTODO\b|Announce Type:|关注前沿科技|点击(?:蓝字|上方)|submitted by /u/|\[link\] \[comments\]",
    re.IGNORECASE,
)
_CODE = re.compile(r"undefined|NaN|null|None|\{\{|\}\}|\{%|\$\{|```|TODO", re.IGNORECASE)
_TAGS = re.compile(
    r"<(?!https?:)(?:/?(?:p|div|span|a|img|br|script|b|i|strong|em|ul|li)\b)[^>]*>", re.IGNORECASE
)
_BOLD = re.compile(r"\*\*")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each passage that will not read as it should."""
    for entry, passage in dossier.all_passages():
        for words, message, fix in faults(passage):
            if _CODE.fullmatch(words) and entry is not None and words in entry.evidence:
                continue  # the story is about code
            yield dossier.finding(
                "form", message, entry=entry, passage=passage, words=words, fix=fix, severity="warning"
            )
    for entry in dossier.entries:
        if not entry.article.headline.strip() and not entry.article.text.strip():
            yield dossier.finding(
                "form", "the story has neither headline nor text", entry=entry, fix="write it or drop it"
            )


def faults(passage: Passage) -> Iterator[tuple[str, str, str]]:
    """Yield (words, what is wrong, what to do) for each fault of form in one passage."""
    text = passage.text
    for opening, closing in _PAIRS.items():
        if (opened := text.count(opening)) != (closed := text.count(closing)):
            yield (
                opening if opened > closed else closing,
                f"{opening}{closing} do not come in pairs",
                f"close or drop the {opening if opened > closed else closing}",
            )
    if len(_BOLD.findall(text)) % 2:
        yield "**", "bold is opened and not closed", "close or drop the **"
    if match := _ESCAPED.search(text):
        yield match[0], "shows an escape instead of its character", "write the character itself"
    if match := _TAGS.search(text):
        yield match[0], "HTML shows in the text", "drop the tag"
    if match := _LEAKS.search(plain(text)):
        yield match[0], "words of the machinery show", "rewrite the sentence without them"
