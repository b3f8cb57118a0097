"""What tells two reports of one event from two reports of two: names, versions, amounts, ordinals, rare words."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

from generator.lexicon import names
from generator.newsroom.headline import headline
from generator.text.clean import fold
from generator.text.numbers import quantities
from generator.text.width import HAN, han_count

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:[.\-'’][A-Za-zÀ-ɏ0-9]+)*")
_LATIN_OR_NUMBER = re.compile(r"[a-z][a-z0-9.\-]+|\d+(?:\.\d+)?")
_HAN_RUN = re.compile(f"[{HAN}]+")
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十百零\d]+)(批|轮|届|季|期|代|次|版|季度|财季)|\b(\d+)(?:st|nd|rd|th)\s+(\w+)|(?<![A-Za-z])([A-H])\+{0,2}\s?轮|Series ([A-H])\b|\b[QＱ]([1-4])\b",
    re.IGNORECASE,
)
# LingBot-VLA and LingBot-World are two products of one family; AI-powered is none
_FAMILY = re.compile(
    r"(?<![A-Za-z])([A-Z][A-Za-z]*[A-Za-z0-9])-([A-Z][A-Za-z0-9]+|[a-z]*\d[A-Za-z0-9_.]*)(?![A-Za-z])"
)
_NO_FAMILY = frozenset("ai ar vr us eu uk non anti pre post multi open self ex co e x all in a u".split())
_SHOW = re.compile(r"^(?:show|launch|ask|tell) hn\b", re.IGNORECASE)
_DOTTED = re.compile(r"([A-Za-z][A-Za-z]+)[ \-]?[vV]?(\d+(?:\.\d+)+)")
# a listed company's announcement names its code: 688262.SH, 0700.HK
_LISTING = re.compile(r"(?<!\d)(\d{4,6})\.(?:SH|SZ|BJ|HK)\b", re.IGNORECASE)
_OF_OFFERS = re.compile(
    r"优惠|折扣|促销|满减|买赠|立减|特惠|大促|秒杀|\boffers?\b|\bdiscount|\bdeals?\b|\bsales?\b|\bpromo|\bsav(?:e|es|ings?)\b|\d% off\b",
    re.IGNORECASE,
)
_TELLS_OFFER = re.compile(
    r"优惠(?!政策|贷款|税)|促销|满减|买赠|立减|特惠|大促|秒杀|\b(?:\$\d+|\d+%) off\b", re.IGNORECASE
)
STOP = frozenset(
    "the a an of to in on for and or is are was were be been has have had with as at by from its it this that how why what who will can could "
    "would should may might not no new more than but you your i we our they their his her he she after over into up out about just now says said "
    "的 了 在 是 和 与 及 将 被 对 为 从 到 等 也 都 已 中 上 下 个 这 那 有 年 月 日 电 称 表示 宣布 消息 报道 公司 首个 全球 中国 美国 最新 正式".split()
)
TELLING = 10  # whole numbers below it are counts that two texts may share by chance


@dataclass(frozen=True, slots=True)
class Marks:
    """The comparable marks of one headline, or of a report's opening."""

    text: str  # with every alias unified
    words: frozenset[str]  # words of both scripts, folded
    pairs: frozenset[str]  # pairs of Han characters, Latin words and numbers
    names: frozenset[str]  # canonical
    proper: frozenset[str]  # capitalised Latin words that are no known names
    versions: dict[str, frozenset[str]]  # by product
    amounts: dict[str, tuple[tuple[Decimal, Decimal], ...]]  # (low, high) by unit
    ordinals: dict[str, frozenset[str]]  # by what is counted
    figures: frozenset[tuple[Decimal, Decimal]]  # (low, high) of the amounts that are no small counts
    listings: frozenset[str]  # codes at a stock exchange
    han: bool  # written in Han rather than in Latin letters
    shown: bool  # somebody shows or asks something: Show HN


@functools.lru_cache(maxsize=20_000)
def marks_of(title: str) -> Marks:
    """Return the marks of a feed's title."""
    text = headline(title).replace("A.I.", "AI")
    unified = names.unify(text)
    known = frozenset(mention.name for mention in names.find(text))
    versions = {name: set(numbers) for name, numbers in names.versions(text).items()}
    for match in _DOTTED.finditer(text):
        if not any(match[1].lower() in fold(name) for name in known):
            versions.setdefault(match[1].lower(), set()).add(match[2])
    amounts: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for quantity in quantities(text):
        amounts.setdefault(quantity.unit, []).append((quantity.low, quantity.high))
    ordinals: dict[str, set[str]] = {}
    for found in _ORDINAL.finditer(text):
        chinese, counted, english, noun, round_zh, round_en, quarter = found.groups()
        if chinese:
            ordinals.setdefault(counted, set()).add(chinese)
        elif english:
            ordinals.setdefault(noun.lower(), set()).add(english)
        elif round_zh or round_en:
            ordinals.setdefault("round", set()).add((round_zh or round_en).upper())
        elif quarter:
            ordinals.setdefault("quarter", set()).add(quarter)
    for match in _FAMILY.finditer(text):
        if match[1].lower() not in _NO_FAMILY:
            versions.setdefault(match[1].lower(), set()).add(match[2].lower())
    latin = _LATIN_WORD.findall(unified)
    return Marks(
        text=unified,
        words=_words(unified, latin),
        pairs=_pairs(unified),
        names=known,
        proper=_proper(text),
        versions={name: frozenset(numbers) for name, numbers in versions.items()},
        amounts={unit: tuple(values) for unit, values in amounts.items()},
        ordinals={what: frozenset(numbers) for what, numbers in ordinals.items()},
        figures=frozenset(
            (low, high)
            for values in amounts.values()
            for low, high in values
            if low >= TELLING or low != int(low)
        ),
        listings=frozenset(_LISTING.findall(text)),
        han=han_count(unified) * 4 > len(unified),
        shown=bool(_SHOW.match(text)),
    )


def _words(text: str, latin: Sequence[str]) -> frozenset[str]:
    import rjieba

    words = {word.lower().removesuffix("'s").removesuffix("’s") for word in latin}
    for run in _HAN_RUN.findall(text):
        words.update(word for word in rjieba.cut(run) if len(word) > 1)
    return frozenset(words - STOP)


def _proper(text: str) -> frozenset[str]:
    """Capitalised Latin words that belong to no known name."""
    bare = list(text)
    for mention in names.find(text):
        bare[mention.start : mention.end] = " " * (mention.end - mention.start)
    words = _LATIN_WORD.findall(_SHOW.sub("", "".join(bare)))
    return frozenset(word.lower() for word in words if word[0].isupper() and len(word) > 2) - STOP


def _pairs(text: str) -> frozenset[str]:
    found = set(_LATIN_OR_NUMBER.findall(text.lower()))
    for run in _HAN_RUN.findall(text):
        found.update(run[place : place + 2] for place in range(len(run) - 1))
    return frozenset(found)


def conflict(a: Marks, b: Marks) -> str:
    """Return what both sides name differently, so that they cannot be one event: "version", "amount", "ordinal", "thing" or ""."""
    if a.shown and b.shown and not a.proper & b.proper:
        return "thing"
    for name in a.versions.keys() & b.versions.keys():
        if not a.versions[name] & b.versions[name]:
            return "version"
    for what in a.ordinals.keys() & b.ordinals.keys():
        if not a.ordinals[what] & b.ordinals[what]:
            return "ordinal"
    for unit in a.amounts.keys() & b.amounts.keys():
        if unit and len(a.amounts[unit]) == len(b.amounts[unit]) == 1:
            one, other = a.amounts[unit][0], b.amounts[unit][0]
            # the second of two sums is often written without its unit: 总额900亿美元，首期40亿
            named = {*a.amounts.get("", ()), *b.amounts.get("", ())} & {one, other}
            if not _near(*one, *other) and not any(value >= TELLING for value, _ in named):
                return "amount"
    return ""


def sold_apart(heads: tuple[Marks, Marks], openings: tuple[Marks, Marks]) -> bool:
    """Whether one headline tells an offer to buyers, and the other report speaks of none."""
    return any(
        _TELLS_OFFER.search(head.text) and not _OF_OFFERS.search(opening.text)
        for head, opening in zip(heads, reversed(openings), strict=True)
    )


def listed_apart(a: Marks, b: Marks) -> bool:
    """Whether two texts are announcements of different listed companies, which all sound alike."""
    return bool(a.listings and b.listings and not a.listings & b.listings)


def _near(low: Decimal, high: Decimal, other_low: Decimal, other_high: Decimal) -> bool:
    # reports round: 4,980万 becomes 近5000万
    return low <= other_high * Decimal("1.08") and other_low <= high * Decimal("1.08")


def rarity(all_marks: Sequence[Marks]) -> dict[str, float]:
    """Return how much a shared word proves, by word: its inverse document frequency among these headlines."""
    counts: Counter[str] = Counter()
    for marks in all_marks:
        counts.update(marks.words | marks.pairs)
        counts.update(f"={name}" for name in marks.names)
    # as if at least 200 headlines were read, so that on a thin day no word looks rare or common by chance
    total = max(len(all_marks), 200)
    return {word: log((total + 1) / (count + 0.5)) for word, count in counts.items()}
