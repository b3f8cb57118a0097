"""Words that weaken or bound a figure: 超, 约, 近, 至少, 高达, more than, about, nearly, up to."""

from __future__ import annotations

import re

_WORDS = {
    "over": r"超过|超出|超|逾|突破|(?<![突打击看踏])破|多于|大于|高于|不止|过|more than|over|exceed(?:s|ed|ing)?|above|upwards of|north of|topp(?:ed|ing)|surpass(?:ed|es|ing)?|greater than|in excess of|beyond",
    "about": r"大约|大概|约为|约|大致|估计|预计约|左右|about|around|approximately|approx\.?|roughly|some|circa|an estimated|estimated at|~|～|≈",
    "nearly": r"接近|将近|逼近|临近|(?<![最附])近|nearly|almost|close to|just under|just short of|approaching",
    "least": r"至少|不少于|不低于|起码|最少|最低|at least|no less than|no fewer than|a minimum of|minimum",
    "most": r"不超过|不到|不足|至多|未超过|低于|少于|小于|at most|no more than|less than|fewer than|under|below|not more than",
    "upto": r"高达|多达|最高可达|最高达|最高|最多|可达|达到了?|长达|up to|as much as|as many as|as high as|a maximum of",
}
_PLAIN = {"达到", "达到了"}  # they state the figure plainly
_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{forms})" for name, forms in _WORDS.items())
    + r")\s?(?:了|为|有|达|占(?:[^，。；,;]{0,16}的)?|a |the )?\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s?(?:(?P<about>左右|上下(?!文)|or so|-ish)|(?P<over>以上|之上|有余|开外|\+|or more|or higher|plus\b)|(?P<most>以下|之下|以内|or less|or fewer))",
    re.IGNORECASE,
)

_SHARE = re.compile(r"[\d.]+\s?%|百分之|[\d一二三四五六七八九]成")


def hedge_before(text: str, start: int) -> str:
    """Return the hedge that stands right before `start`: over, about, nearly, least, most, upto or ""."""
    match = _BEFORE.search(text, max(0, start - 30), start)
    if match is None:
        return ""
    if "占" in match[0] and not match[0].rstrip().endswith("的") and not _SHARE.match(text, start):
        return ""  # 约占35家银行员工总数的10%: the hedge is of the share
    kind = str(match.lastgroup)
    word, before = match[kind].lower(), text[match.start() - 1 : match.start()] if match.start() else ""
    inside_a_word = word.isascii() and before.isascii() and before.isalpha()
    if word in _PLAIN or inside_a_word or (word == "过" and before in {"经", "通", "不"}):
        return ""
    return "most" if before in {"不", "未", "没"} else kind


def hedge_after(text: str, end: int) -> tuple[str, int]:
    """Return the hedge that stands right after `end` (左右, 以上, or more) and where it ends."""
    match = _AFTER.match(text, end)
    return (str(match.lastgroup), match.end()) if match else ("", end)
