"""One story per item: round-ups and two unrelated events under one headline are found out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry, plain
from generator.evidence.features import Weights, features
from generator.evidence.finding import Finding
from generator.evidence.judge import said, unified
from generator.news import Source
from generator.text import vectors
from generator.text.language import language_of
from generator.text.sentences import sentences

_ROUNDUP_TITLE = re.compile(
    r"(?:早报|晚报|日报|周报|早参|晚参|午报|早知道|晚间|要闻|速览|速递|盘点|一览|一周|汇总|合集|8点1氪|9点1氪|氪星晚报|融资早报|新闻联播|热点导览|"
    r"morning brief|newsletter|the download|weekly|roundup|round-up|recap|digest|top stories|this week)[｜|:：丨\s]",
    re.IGNORECASE,
)
_ROUNDUP_TEXT = re.compile(
    r"包含多条信息|多条(?:新闻|动态|消息)|要闻提示|今日热点导览|综合报道了|盘点了|TOP\s?3\s?大新闻|以下(?:是|为)(?:今日|本周)"
)
_JOINT = re.compile(r"[；;]\s*(?:以及|此外|另外|同时)?|，?(?:同时|此外|另外|与此同时)[，,]?|。")
ALIEN = 0.22  # cosine below which two parts of one story have nothing to do with each other

HERE, THERE = 0.36, 0.5  # cosines: this story's own sources do not say it, another says it


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each item that holds more than one story."""
    texts = [features(said(source)) for source in dossier.pool] or [
        features(entry.report) for entry in dossier.entries
    ]
    weights = Weights(texts)
    for entry in dossier.entries:
        finding = (
            _roundup(dossier, entry)
            or _sources(dossier, entry, weights)
            or _sentences(dossier, entry, weights)
        )
        if finding:
            yield finding


def _roundup(dossier: Dossier, entry: Entry) -> Finding | None:
    text = plain(f"{entry.article.headline}\n{entry.article.text}")
    match = _ROUNDUP_TEXT.search(text) or _ROUNDUP_TITLE.search(f"{plain(entry.article.headline)} ")
    if match is None:
        return None
    return _finding(
        dossier, entry, match[0].strip("｜|:：丨 "), "the item is a round-up of several stories", ""
    )


def _sources(dossier: Dossier, entry: Entry, weights: Weights) -> Finding | None:
    """Sources about different events under one headline."""
    if not entry.sources:
        return None
    lead = entry.sources[0]
    for other in entry.sources[1:]:
        if _apart(lead, other, weights):
            return _finding(
                dossier,
                entry,
                other.title,
                "its sources are about different events",
                f"{lead.title} / {other.title}",
            )
    return None


def _apart(one: Source, other: Source, weights: Weights) -> bool:
    if not (one.title and other.title):
        return False
    mine, theirs = features(said(one)), features(said(other))
    if weights.likeness(mine, theirs) >= 0.06:
        return False
    near = vectors.encode([unified(one.title), unified(other.title)])
    return float(near[0] @ near[1]) < ALIEN


def _sentences(dossier: Dossier, entry: Entry, weights: Weights) -> Finding | None:
    """A sentence that another source of the window supports, and this story's own do not."""
    own = {id(source) for source in entry.sources} | {id(source) for source in entry.linked}
    others = [source for source in dossier.pool if id(source) not in own]
    if not entry.sources or not others:
        return None
    mine = features("\n".join(said(source) for source in entry.sources))
    theirs = [(source, features(said(source))) for source in others]
    for passage in entry.passages:
        if not passage.factual:
            continue
        for sentence in sentences(plain(passage.text)):
            words = features(sentence)
            if len(words) < 5:
                continue
            total = sum(weights.of(one) for one in words)
            held = sum(weights.of(one) for one in words & mine) / total
            if held >= 0.35:
                continue
            likely, features_of = max(
                theirs, key=lambda pair: sum(weights.of(one) for one in words & pair[1])
            )
            there = sum(weights.of(one) for one in words & features_of) / total
            source = likely if there >= max(0.45, held + 0.3) else _elsewhere(sentence, entry, others)
            if source is not None:
                return _finding(
                    dossier,
                    entry,
                    sentence,
                    "this sentence belongs to another story",
                    source.title or source.url,
                )
    return None


def _elsewhere(sentence: str, entry: Entry, others: list[Source]) -> Source | None:
    """Return the other source that says in another language what this story's own do not; None when there is none."""
    own = [one for source in entry.sources for one in (source.title, *sentences(source.text[:3000])) if one]
    if not own or language_of(sentence) == language_of(own[-1]):
        return None
    wanted = vectors.encode([unified(sentence)])[0]
    if float((vectors.encode([unified(one) for one in own[:60]]) @ wanted).max()) >= HERE:
        return None
    heads = [unified(f"{source.title} {source.text[:200]}") for source in others]
    near = vectors.encode(heads) @ wanted
    place = int(near.argmax())
    return others[place] if float(near[place]) >= THERE else None


def _finding(dossier: Dossier, entry: Entry, words: str, message: str, evidence: str) -> Finding:
    passage = next((p for p in entry.passages if words and words in plain(p.text)), None)
    return dossier.finding(
        "merged",
        message,
        entry=entry,
        passage=passage,
        words=words[:80],
        evidence=evidence,
        fix="print each event as a story of its own, with its own link",
    )
