"""Faults of a known kind, injected one at a time into a correct pair."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bench.material import Pair
from generator.lexicon import names
from generator.news import Article, Printed, Source
from generator.text import vectors
from generator.text.dates import dates
from generator.text.numbers import Quantity, quantities
from generator.text.units import CURRENCIES

Kinds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Faulty:
    """A pair with one fault: what is printed now, and around it what the check needs to see."""

    fault: str
    expected: Kinds  # any finding of these kinds catches it
    article: Article
    sources: tuple[Source, ...] | None = None  # of the record; None: as in the pair
    earlier: tuple[Printed, ...] = ()
    summary: tuple[str, ...] = ()
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault and how it is made; it yields nothing where a pair has no place for it."""

    name: str
    group: str  # the row of the table of targets
    make: Callable[[Pair, list[Pair], random.Random], Iterator[Faulty]]


def _edited(pair: Pair, old: str, new: str) -> Article | None:
    """Replace words in the text, else in the headline."""
    article = pair.article
    if old in article.text:
        return replace(article, text=article.text.replace(old, new))
    if old in article.headline:
        return replace(article, headline=article.headline.replace(old, new))
    return None


def _amounts(pair: Pair) -> list[Quantity]:
    text = pair.article.text or pair.article.headline
    return [
        one for one in quantities(text) if one.low == one.high and (one.low >= 10 or one.unit in {"%", "倍"})
    ]


def swapped_link(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    other = dice.choice([p for p in day if p.source.url != pair.source.url])
    source = replace(pair.source, url=other.source.url)
    yield Faulty("swap", ("pairing",), replace(pair.article, sources=(source,)), changed=other.source.url)


def ten_times(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    found = [one for one in _amounts(pair) if re.match(r"\D*\d", one.text)]
    if found:
        one = dice.choice(found)
        new = re.sub(r"\d[\d,]*(?:\.\d+)?", lambda m: _times_ten(m[0]), one.text, count=1)
        yield from _number("x10", pair, one, new)


def _times_ten(figure: str) -> str:
    whole, point, fraction = figure.partition(".")
    return whole + fraction[0] + (point + fraction[1:] if fraction[1:] else "") if point else whole + "0"


def other_magnitude(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    swaps = [
        ("万亿", "亿"),
        ("亿", "万"),
        ("万", "亿"),
        ("billion", "million"),
        ("million", "billion"),
        ("trillion", "billion"),
    ]
    for one in _amounts(pair):
        for old, new in swaps:
            if old in one.text:
                yield from _number("magnitude", pair, one, one.text.replace(old, new, 1))
                return


def other_unit(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    swaps = [
        ("个百分点", "%"),
        ("%", "倍"),
        ("小时", "天"),
        ("倍", "%"),
        ("percent", "times"),
        ("hours", "days"),
        ("年", "个月"),
    ]
    for one in _amounts(pair):
        for old, new in swaps:
            if one.text.endswith(old):
                yield from _number("unit", pair, one, one.text.replace(old, new))
                return


def other_currency(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    swaps = [
        ("美元", "元"),
        ("港元", "美元"),
        ("亿元", "亿美元"),
        ("万元", "万美元"),
        ("欧元", "美元"),
        ("$", "€"),
        ("日元", "元"),
    ]
    for one in _amounts(pair):
        if one.unit in CURRENCIES:
            for old, new in swaps:
                if old in one.text:
                    yield from _number("currency", pair, one, one.text.replace(old, new, 1))
                    return


def other_digit(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    found = [one for one in _amounts(pair) if re.search(r"\d", one.text)]
    if found:
        one = dice.choice(found)
        places = [m.start() for m in re.finditer(r"[1-9]", one.text)]
        place = dice.choice(places) if places else -1
        if place >= 0:
            new = dice.choice([d for d in "123456789" if d != one.text[place]])
            yield from _number("digit", pair, one, one.text[:place] + new + one.text[place + 1 :])


def _number(name: str, pair: Pair, one: Quantity, new: str) -> Iterator[Faulty]:
    article = _edited(pair, one.text, new)
    if article is not None and new != one.text:
        yield Faulty(name, ("number",), article, changed=f"{one.text} → {new}")


_HEDGES = (
    "超过",
    "超",
    "逾",
    "约",
    "近",
    "至少",
    "高达",
    "more than ",
    "over ",
    "about ",
    "nearly ",
    "at least ",
    "up to ",
    "around ",
    "roughly ",
)
_OTHER = {"超过": "约", "超": "近", "逾": "近", "约": "超", "近": "超", "至少": "约", "高达": "约", "more than ": "nearly ", "over ": "about ",
          "about ": "over ", "nearly ": "over ", "at least ": "about ", "up to ": "over ", "around ": "over ", "roughly ": "over "}  # fmt: skip


def hedge_dropped(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    for old, one in _hedged(pair):
        if old != "高达" and old != "up to ":
            article = _edited(pair, old + one.text, one.text)
            if article is not None:
                yield Faulty("dropped", ("hedge",), article, changed=old + one.text)
                return


def hedge_flipped(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    for old, one in _hedged(pair):
        article = _edited(pair, old + one.text, _OTHER[old] + one.text)
        if article is not None:
            yield Faulty("flipped", ("hedge",), article, changed=f"{old} → {_OTHER[old]}{one.text}")
            return


def hedge_added(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    text = pair.article.text or pair.article.headline
    for one in _amounts(pair):
        if (
            not one.hedge
            and not one.approximate
            and text.count(one.text) == 1
            and not one.text.endswith(("多", "余", "+"))
        ):
            new = dice.choice(["over ", "nearly "] if pair.tongue == "en" else ["超", "近"])
            article = _edited(pair, one.text, new + one.text)
            if article is not None:
                yield Faulty("added", ("hedge",), article, changed=new + one.text)
                return


def _hedged(pair: Pair) -> Iterator[tuple[str, Quantity]]:
    """Hedged figures that the source has too: against another's hedge nothing can be said."""
    text = pair.article.text or pair.article.headline
    known = quantities(f"{pair.source.title}\n{pair.source.text}")
    for one in quantities(text):
        for hedge in _HEDGES:
            before = text[: one.start]
            if (
                one.hedge
                and not one.approximate
                and before.endswith(hedge)
                and not re.search(r"[逼接将附]近$", before)
                and any(other.low == one.low and other.high == one.high for other in known)
            ):
                yield hedge, one
                break


# 虚拟, 拟人 plan nothing; a 计划 may be a thing, as in 销售计划.
_NO_PLAN = re.compile(r"[虚模比]拟|拟[合态人真物声]|计划(?![\u4e00-\u9fff])|可能性")


def plan_as_fact(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    """拟, 计划, 据报道 taken out: what is planned or said becomes done."""
    swaps = [("拟", "已"), ("计划", "已经"), ("或将", "已"), ("有望", "已"), ("可能", ""), ("据知情人士透露，", ""), ("据报道，", ""),
             ("plans to ", "has begun to "), ("may ", "did "), ("reportedly ", ""), ("is considering ", "has decided on "), ("预计", "")]  # fmt: skip
    for old, new in swaps:
        for text in (pair.article.text, pair.article.headline):
            if text.count(old) == 1 and not _NO_PLAN.search(text):
                article = _edited(pair, old, new)
                if article is not None and not _still_hedged(article, text, old):
                    yield Faulty("modal", ("modality", "hedge"), article, changed=f"{old} → {new}")
                    return


def _still_hedged(article: Article, text: str, old: str) -> bool:
    sentence = next((s for s in re.split(r"[。！？.!?]", text) if old in s), "")
    return (
        len(
            re.findall(
                r"拟|计划|或将|有望|可能|据|预计|将|正在|plans|may|could|reportedly|will|would", sentence
            )
        )
        > 1
    )


_INVENTED = [
    "这将彻底改变整个行业的竞争格局，我们已经准备好了",
    "未来三年，没有任何一家公司能够追上我们",
    "坦率地说，监管部门完全误解了这项技术",
    "我从未见过如此惊人的增长速度",
    "我们会把所有利润都投入到开源社区",
]
_INVENTED_EN = [
    "This will change the whole industry for good, and we are ready",
    "Nobody is going to catch up with us in the next three years",
    "Frankly, the regulators have misunderstood this technology",
]


def invented_quotation(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    article = pair.article
    if pair.tongue == "en":
        text = f'{article.text} "{dice.choice(_INVENTED_EN)}," a spokesperson said.'
    else:
        text = f"{article.text or article.headline}公司负责人表示：“{dice.choice(_INVENTED)}。”"
    yield Faulty("invented", ("quotation",), replace(article, text=text), changed=text[-40:])


def changed_quotation(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    match = re.search(r"“([^“”]{12,120})”", pair.article.text)
    if match and pair.tongue == "zh":
        words = match[1]
        middle = len(words) // 2
        new = words[: middle - 2] + "绝不允许" + words[middle + 2 :]
        yield Faulty(
            "changed",
            ("quotation",),
            replace(pair.article, text=pair.article.text.replace(words, new)),
            changed=new,
        )


def swapped_name(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    text = pair.article.text or pair.article.headline
    evidence = f"{pair.source.title} {pair.source.text}"
    here = {mention.name for mention in names.find(evidence)}
    found = [mention for mention in names.find(text) if mention.kind != "place"]
    if found:
        mention = dice.choice(found)
        others = [
            n
            for n, e in names.entries().items()
            if e.kind == mention.kind and n not in here and n not in evidence
        ]
        new = dice.choice(others)
        article = _edited(pair, text[mention.start : mention.end], new)
        if article is not None and not ({e.name for e in names.find(new)} & here):
            yield Faulty("listed", ("name",), article, changed=f"{mention.name} → {new}")


def exchanged_name(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    """One name of the source in the place of another of its sort: both are there, but one of them did it."""
    text = pair.article.text or pair.article.headline
    here = {mention.name: mention.kind for mention in names.find(f"{pair.source.title} {pair.source.text}")}
    found = [mention for mention in names.find(text) if mention.kind not in {"place", "institution"}]
    if found:
        mention = found[0]
        others = [
            name
            for name, kind in here.items()
            if kind == mention.kind and name != mention.name and name not in text and mention.name not in name
        ]
        article = _edited(pair, text[mention.start : mention.end], others[0]) if others else None
        if article is not None:
            yield Faulty("exchanged", ("name",), article, changed=f"{mention.name} → {others[0]}")


_PERSON_ZH = ["王建国", "李卫东", "陈思远", "周晓峰", "赵文静"]


def swapped_person(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    """A person found by the tagger of an unrelated library."""
    import rjieba

    text = pair.article.text or pair.article.headline
    known = {text[m.start : m.end] for m in names.find(text)}
    people = (
        [w for w, tag in rjieba.tag(text) if tag == "nr" and len(w) == 3 and w not in known]
        if pair.tongue == "zh"
        else []
    )
    roles = [
        p
        for p in people
        if re.search(
            rf"(?:CEO|总裁|董事长|创始人|教授|经理|负责人|部长|发言人|首席\w{{2,4}}){p}|{p}(?:表示|认为|指出|透露|强调|称)",
            text,
        )
    ]
    if roles:
        new = dice.choice(_PERSON_ZH)
        article = _edited(pair, roles[0], new)
        if article is not None:
            yield Faulty("person", ("name",), article, changed=f"{roles[0]} → {new}")


def swapped_version(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    text = pair.article.text or pair.article.headline
    match = re.search(
        r"(?<![A-Za-z])(?:GPT|Claude|Gemini|Opus|Sonnet|Qwen|Kimi|GLM|Grok|Llama|DeepSeek|RTX|iPhone|K|V|H|A)[- ]?(\d{1,4}(?:\.\d)?)(?![\d%.])",
        text,
    )
    if match:
        old = match[0]
        number = match[1]
        new = old[: -len(number)] + (f"{float(number) + 0.3:.1f}" if "." in number else str(int(number) + 3))
        if new not in pair.source.text + pair.source.title:
            article = _edited(pair, old, new)
            if article is not None:
                yield Faulty("version", ("name",), article, changed=f"{old} → {new}")


def merged(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    others = [
        p
        for p in day
        if p.source.url != pair.source.url
        and p.tongue == pair.tongue
        and p.article.text
        and not _related(p, pair)
    ]
    if others:
        other = dice.choice(others)
        text = pair.article.text or pair.article.headline + "。"
        article = replace(
            pair.article,
            headline=f"{pair.article.headline}；{other.article.headline}"
            if other.article.headline
            else pair.article.headline,
            text=text + ("" if pair.tongue != "en" else " ") + other.article.text,
        )
        yield Faulty(
            "merged", ("merged",), article, changed=other.article.headline or other.article.text[:40]
        )


def _related(one: Pair, other: Pair) -> bool:
    mine = {m.name for m in names.find(one.article.headline + one.article.text)}
    return bool(mine & {m.name for m in names.find(other.article.headline + other.article.text)})


def moved_date(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    text = pair.article.text or pair.article.headline
    found = [one for one in dates(text) if one.day and one.month and re.search(r"\d+(?=\s?[日号])", one.text)]
    if found:
        one = dice.choice(found)
        new = re.sub(
            r"\d+(?=\s?[日号])", lambda m: str((int(m[0]) + dice.choice([3, 7, 11])) % 28 + 1), one.text
        )
        if new != one.text and new not in pair.source.text:
            article = _edited(pair, one.text, new)
            if article is not None:
                yield Faulty("moved", ("date",), article, changed=f"{one.text} → {new}")
    years = [one for one in dates(text) if one.year and re.fullmatch(r"20\d\d\s?年?", one.text)]
    if years:
        one = years[0]
        new = one.text.replace(str(one.year), str(int(one.year or 0) + dice.choice([-2, 3])))
        article = _edited(pair, one.text, new)
        if article is not None and new[:4] not in pair.source.text + pair.source.title:
            yield Faulty("year", ("date",), article, changed=f"{one.text} → {new}")


def wrong_prefix(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    published = pair.source.published
    if published is not None and pair.tongue != "en":
        wrong = published.date() - dt.timedelta(days=dice.choice([3, 5, 9]))
        text = f"{wrong.month}月{wrong.day}日消息，{pair.article.text or pair.article.headline}"
        yield Faulty("prefix", ("date",), replace(pair.article, text=text), changed=text[:10])


def wrong_weekday(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    text = pair.article.text or pair.article.headline
    match = re.search(
        r"(?:周|星期)([一二三四五六日])(?![年期])|\b(Monday|Tuesday|Wednesday|Thursday|Friday)\b", text
    )
    if match:
        old = match[1] or match[2]
        names_of = (
            "一二三四五六日"
            if match[1]
            else ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        )
        new = names_of[(list(names_of).index(old) + 3) % 7]
        article = _edited(pair, match[0], match[0].replace(old, new))
        if article is not None and match[0].replace(old, new) not in pair.source.text:
            yield Faulty("weekday", ("date",), article, changed=f"{match[0]} → {new}")


def stale(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    if pair.source.published is not None:
        source = replace(
            pair.source, published=pair.source.published - dt.timedelta(days=dice.choice([3, 8, 40]))
        )
        yield Faulty("stale", ("date",), replace(pair.article, sources=(source,)), (source,))


def phantom(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    line = pair.article.headline or pair.source.title
    if len(line) >= 12 and not _told_elsewhere(line, pair, day):
        yield Faulty("phantom", ("phantom",), pair.article, summary=(line,), changed=line)


def _told_elsewhere(line: str, pair: Pair, day: list[Pair]) -> bool:
    """Whether another item of the day is about the same event, so that the line would be no phantom."""
    others = [other.article.headline or other.source.title for other in day if other is not pair]
    near = vectors.encode(others) @ vectors.encode([line])[0]
    return bool(near.max() >= 0.62)


def repeated(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    headline = pair.article.headline or pair.article.text[:60]
    earlier = Printed("2026-01-01", "x", headline, pair.day, (pair.source,), pair.article.text)
    yield Faulty("address", ("repeat",), pair.article, earlier=(earlier,))
    if len(headline) > 14:
        half = headline[2:] if pair.tongue != "en" else " ".join(headline.split()[1:])
        source = replace(pair.source, url="https://elsewhere.example/1")
        elsewhere = Printed("2026-01-01", "x", half, pair.day, (source,), pair.article.text)
        yield Faulty("reworded", ("repeat",), pair.article, earlier=(elsewhere,))


def untranslated(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    if pair.tongue == "en":
        yield Faulty("untranslated", ("language",), pair.article)
    elif pair.tongue == "zh":
        english = (
            "The company said on Tuesday that it will expand the service to more countries in the next year."
        )
        yield Faulty("mixed", ("language",), replace(pair.article, text=pair.article.text + english))


_OUTLETS = ["彭博社", "TechCrunch", "36氪", "量子位", "机器之心", "The Verge", "路透社", "arXiv", "OpenAI"]


def wrong_publisher(pair: Pair, day: list[Pair], dice: random.Random) -> Iterator[Faulty]:
    from generator.lexicon.publishers import publisher_of

    actual = publisher_of(pair.source.url)
    others = [
        name
        for name in _OUTLETS
        if name not in actual.name and actual.name not in name and name != pair.source.publisher
    ]
    source = replace(pair.source, publisher=dice.choice(others))
    yield Faulty(
        "publisher", ("publisher",), replace(pair.article, sources=(source,)), changed=source.publisher
    )


FAULTS: tuple[Fault, ...] = (
    Fault("swap, by record", "pairing", swapped_link),
    Fault("x10", "number", ten_times),
    Fault("magnitude", "number", other_magnitude),
    Fault("unit", "number", other_unit),
    Fault("currency", "number", other_currency),
    Fault("digit", "number", other_digit),
    Fault("hedge dropped", "hedge", hedge_dropped),
    Fault("hedge flipped", "hedge", hedge_flipped),
    Fault("hedge added", "hedge", hedge_added),
    Fault("plan as fact", "hedge", plan_as_fact),
    Fault("quotation invented", "quotation", invented_quotation),
    Fault("quotation changed", "quotation", changed_quotation),
    Fault("name", "name", swapped_name),
    Fault("names exchanged", "exchanged", exchanged_name),
    Fault("person", "name", swapped_person),
    Fault("version", "name", swapped_version),
    Fault("merged", "merged", merged),
    Fault("date moved", "date", moved_date),
    Fault("date prefix", "date", wrong_prefix),
    Fault("weekday", "date", wrong_weekday),
    Fault("stale", "date", stale),
    Fault("phantom", "phantom", phantom),
    Fault("repeat", "repeat", repeated),
    Fault("language", "language", untranslated),
    Fault("publisher", "publisher", wrong_publisher),
)
WHOLE = (("swap, no record", "pairing"), ("shift, no record", "pairing"))  # made of a whole edition at once
TARGETS = {"pairing": 0.99, "number": 0.98, "hedge": 0.90, "quotation": 0.95, "name": 0.95, "merged": 0.85, "date": 0.95,
           "phantom": 0.95, "repeat": 0.95, "language": 0.99, "publisher": 0.99}  # fmt: skip
"""What is asked of each group; a group without a row is told and not asked for."""


@dataclass
class Tally:
    """How often a fault was tried and caught, and some that were missed."""

    tried: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)
