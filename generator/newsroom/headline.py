"""Headlines as feeds send them, brought to what the paper would print: one line, no site's name at the end."""

from __future__ import annotations

import functools
import html
import re

from generator.lexicon import names
from generator.text.clean import fold, one_line
from generator.text.width import HAN

LONGEST = 70  # characters of a Chinese headline; a longer one is a whole note
# "… - Reuters", "… | 36氪", "…｜最前线", "… – The Verge": what follows the last mark, if it is short
_TAIL = re.compile(r"\s*(?:\s[-–—|·]\s|\s?[|｜丨]\s?|\s?—{2}\s?)(?P<tail>[^|｜丨]{2,30})$")
_TAIL_WORDS = re.compile(
    r"^(?:(?:the\s)?[\w.’' &]*(?:news|times|journal|post|guardian|verge|wired|reuters|bloomberg(?:\.com)?|cnbc|cnn|bbc|techcrunch|engadget|"
    r"axios|magazine|insider|cnet|zdnet|yahoo finance|yahoo|wsj|nyt|ap|afp|forbes|fortune|mashable|techradar|daily|herald|tribune|telegraph|"
    r"mirror|press|review|insights?|substack|medium|hacker news|reddit|github|arxiv)|[\w-]+\.(?:com|net|org|io|ai|co|cn|dev)|"
    r"最前线|36氪首发|36氪独家|独家|首发|硬氪首发|焦点分析|氪金|动脉网|智能涌现|涌现新项目|智能涌现独家|虎嗅|钛媒体|钛媒体独家|雷峰网|量子位|新智元|机器之心|爱范儿|品玩|财联社|新浪财经|"
    r"新华社|人民网|澎湃新闻|华尔街见闻|金融时报|路透社|路透|彭博社?|外媒|AIbase|IT之家|快科技|少数派|派早报|掘金|知乎|甲子光年|极客公园|晚点|36氪|36Kr|读者投稿|图文|视频|快讯|早报)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:融资|独家|首发|快讯|突发|最新|重磅|刚刚|深度|观察|专访|对话|视频|直播|图集|涌现|硬氪首发|36氪首发|36氪独家|智能涌现|早资道|科股早知道)\s?[|｜丨]\s?|^[\[【](?:快讯|突发|最新消息|独家|视频|图)[\]】]\s?|^(?:Exclusive|BREAKING|Video|Watch|Live|独家报道|独家|快讯|突发)\s?[:：|]\s?|^(?:刚刚|重磅|突发|最新)[！!，,]\s?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?:[\u4e00-\u9fffA-Za-z0-9]{2,10})?\s?\d{1,2}\s?月\s?\d{1,2}\s?日(?:消息|电|讯)\s?[，,：:]\s?(?=.{8})"
)
# Techmeme's form: headline, then (author/outlet)
_CREDIT = re.compile(
    r"\s*[(（](?:[^()（）/]{2,60}/[^()（）/]{2,40}|The Information|Financial Times|Bloomberg|Reuters|Business Insider|"
    r"Wall Street Journal|New York Times|CNBC|Axios|The Verge|TechCrunch|Wired|Nikkei Asia)[)）]$"
)
_TRAILING_LABEL = re.compile(
    r"\s*[\[(（](?:[DRPN]|讨论|项目|研究|新闻|pdf|video|视频|图|组图|音频|更新)[\])）]\s*$", re.IGNORECASE
)
_SPLIT_NUMBER = re.compile(r"(?<=\d)\. (?=\d)")  # 13. 5 亿, as some feeds break it
_FIRST_SENTENCE = re.compile(f"^[^。！？]{{8,{LONGEST}}}(?=[。！？])")
_WORDS = re.compile(f"[A-Za-z{HAN}][A-Za-z0-9{HAN}]+")
_HAN = re.compile(f"[{HAN}]")
_PUNCTUATION = re.compile(f"[^{HAN}0-9A-Za-zÀ-ɏ぀-ヿ가-힯.%+#$€£¥-]+")


@functools.lru_cache(maxsize=50_000)
def headline(title: str) -> str:
    """Return a feed's title as a headline: entities decoded, on one line, without an outlet's name or a label."""
    text = one_line(html.unescape(html.unescape(title)))
    text = _CREDIT.sub("", text)
    for _ in range(2):
        text = _TRAILING_LABEL.sub("", text)
        match = _TAIL.search(text)
        if match and match.start() >= 8 and _TAIL_WORDS.match(match["tail"].strip()):
            text = text[: match.start()].rstrip()
    if (bare := _HEAD.sub("", text)) and len(bare) >= 8:
        text = bare
    text = _SPLIT_NUMBER.sub(".", _DATELINE.sub("", text))
    if text.endswith("。") and "。" not in text[:-1]:
        text = text[:-1]  # a headline is no sentence
    return text.strip(" 　") or one_line(title)


def printed(title: str) -> str:
    """Return a headline as it is printed: of a whole note, which has none, its first sentence."""
    text = headline(title)
    first = _FIRST_SENTENCE.match(text) if len(text) > LONGEST else None
    return first[0] if first else text


@functools.lru_cache(maxsize=50_000)
def only_names(title: str) -> bool:
    """Whether a headline is nothing but names and numbers, as a product page's: it does not say what happened."""
    text = headline(title)
    known = names.find(text)
    rest = list(text)
    for mention in known:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    words = _WORDS.findall("".join(rest))
    return bool(known) and len(words) <= 1 and not any(_HAN.search(word) for word in words)


@functools.lru_cache(maxsize=50_000)
def key_of(title: str) -> str:
    """Return the form of a title in which copies of one headline are equal: no outlet, case, marks or spaces.

    Empty when so little is left that equal keys would prove nothing.
    """
    key = _PUNCTUATION.sub("", fold(headline(title))).strip(".-")
    return key if len(key) >= 12 or sum(char >= "\u3400" for char in key) >= 7 else ""
