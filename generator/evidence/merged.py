"""One story per item: round-ups and two unrelated events under one headline are found out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.features import Features, all_features, features
from generator.evidence.finding import Finding
from generator.evidence.judge import RIVALS, Judge, unified
from generator.evidence.passages import plain
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
ALIEN = 0.22  # cosine below which two parts of one story have nothing to do with each other
TELLING = 3  # names and figures in common that are no chance
HERE, THERE = 0.36, 0.5  # cosines: this story's own sources do not say it, another says it


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each item that holds more than one story."""
    for entry in dossier.entries:
        finding = _roundup(dossier, entry) or _sources(dossier, entry) or _sentences(dossier, entry)
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


def _sources(dossier: Dossier, entry: Entry) -> Finding | None:
    """Sources about different events under one headline."""
    places = [place for source in entry.sources for place in dossier.judge.at(source.url)[:1]]
    for place in places[1:]:
        lead, other = dossier.judge.pool[places[0]], dossier.judge.pool[place]
        if lead.title and other.title and dossier.judge.alike(places[0], place) < 0.06:
            near = vectors.encode([unified(lead.title), unified(other.title)])
            if float(near[0] @ near[1]) < ALIEN:
                return _finding(
                    dossier,
                    entry,
                    other.title,
                    "its sources are about different events",
                    f"{lead.title} / {other.title}",
                )
    return None


def _sentences(dossier: Dossier, entry: Entry) -> Finding | None:
    """A sentence that another source of the window supports, and this story's own do not."""
    judge = dossier.judge
    own = {place for source in (*entry.sources, *entry.linked) for place in judge.at(source.url)}
    if not entry.sources or len(own) == len(judge.pool):
        return None
    mine = all_features("\n".join(f"{source.title}\n{source.text}" for source in entry.sources))
    for passage in entry.passages:
        if not passage.factual:
            continue
        for sentence in sentences(plain(passage.text)):
            words = features(sentence)
            held = judge.share(words, mine)
            if len(words) < 5 or held >= 0.35:
                continue
            shares = judge.shares(words)
            likely = sorted(set(range(len(shares))) - own, key=lambda other: -shares[other])[:RIVALS]
            place = (
                likely[0]
                if shares[likely[0]] >= max(0.45, held + 0.3) or _told_by(words, mine, judge.pool[likely[0]])
                else _elsewhere(sentence, entry, judge, likely)
            )
            if place is not None:
                source = judge.pool[place]
                message = "this sentence belongs to another story"
                return _finding(dossier, entry, sentence, message, source.title or source.url)
    return None


def _told_by(words: Features, mine: Features, other: Source) -> bool:
    """Whether several names and figures of a sentence are all the other source's, and none this story's own."""
    telling = frozenset(one for one in words if one[0] in "ndq")
    return len(telling & all_features(f"{other.title}\n{other.text}")) >= TELLING and not telling & mine


def _elsewhere(sentence: str, entry: Entry, judge: Judge, likely: list[int]) -> int | None:
    """Return which of the `likely` sources says in another language what this story's own do not; None for none."""
    said = [one for source in entry.sources for one in (source.title, *sentences(source.text[:3000])) if one]
    if not said or language_of(sentence) == language_of(said[-1]):
        return None
    near = judge.near(sentence, likely)
    place = max(near, key=lambda other: near[other])
    if near[place] < THERE:
        return None
    wanted = vectors.encode([unified(sentence)])[0]
    here = vectors.encode([unified(one) for one in said[:40]]) @ wanted
    return place if float(here.max()) < HERE else None


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
