"""The pairing test that needs no source: an address whose own words speak of another story.

`…/data-center-cooling-stocks-sink-after-nvidia-ceo-talks` under a story about Telegram is
wrong, and so is an address that fits another story of the same file far better than its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.features import Weights, address_words, features
from generator.evidence.finding import Finding
from generator.evidence.passages import plain
from generator.text import vectors

HEAD = 140  # characters of a story that say what it is about
UNLIKE = 0.20  # cosine below which address and story speak of different things
LIKE = 0.34  # cosine from which they may well belong together
AHEAD = 0.12  # by which another story must be nearer to the address
OWNED = 0.45  # from which an address is surely another story's
_ARCHIVE = re.compile(r"https?://(?:www\.)?(?:arxiv\.org|openreview\.net|aclanthology\.org)/")
_STUDY = re.compile(
    r"论文|研究|提出|方法|基准|算法|数据集|实验|框架|工具|开源|模型|综述|\b(?:we|paper|method|benchmark|dataset|propose|framework|learning|abstract)\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"首席执行官|CEO|宣布|发布|推出|股价|融资|收购|上市|出口|协议|订单|营收|裁员|生产", re.IGNORECASE
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each link whose address contradicts its story, and each story whose address another has."""
    told = [_told(entry) for entry in dossier.entries]
    worded = [
        (place, words)
        for place, entry in enumerate(dossier.entries)
        if (words := address_words(entry.article.url))
    ]
    wrong: set[int] = set()
    if worded:
        scores = _scores(told, [words for _, words in worded])
        for (place, words), row in zip(worded, scores, strict=True):
            winner = max(range(len(row)), key=lambda other: row[other])
            elsewhere = winner != place and row[winner] >= max(row[place] + AHEAD, LIKE)
            if elsewhere or row[place] < UNLIKE:
                wrong.add(place)
                nearest = f"nearer to: {dossier.entries[winner].name}" if elsewhere else ""
                yield _finding(dossier, place, f"the address speaks of something else: {words}", nearest)
            if (
                elsewhere
                and row[winner] >= OWNED
                and not any(owner == winner for owner, _ in worded)
                and winner not in wrong
            ):
                wrong.add(winner)
                yield _finding(
                    dossier,
                    winner,
                    "the address that speaks of this story stands under another",
                    dossier.entries[place].article.url,
                )
    for place, entry in enumerate(dossier.entries):
        if (
            place not in wrong
            and _ARCHIVE.match(entry.article.url)
            and _DEED.search(told[place])
            and not _STUDY.search(told[place])
        ):
            yield _finding(
                dossier, place, "the address is a scientific paper's; the story is of a firm's doings", ""
            )


def _scores(told: list[str], addresses: list[str]) -> list[list[float]]:
    """How well each address suits each story: by meaning, and by the names and figures they share."""
    from generator.lexicon.names import unify

    weights = Weights([features(text) for text in told])
    near = (
        vectors.encode([unify(words) for words in addresses])
        @ vectors.encode([unify(text) for text in told]).T
    )
    return [
        [
            float(near[row, place]) + weights.likeness(features(words), features(text))
            for place, text in enumerate(told)
        ]
        for row, words in enumerate(addresses)
    ]


def _finding(dossier: Dossier, place: int, message: str, evidence: str) -> Finding:
    entry = dossier.entries[place]
    return dossier.finding(
        "pairing",
        message,
        entry=entry,
        passage=next((p for p in entry.passages if p.role in {"headline", "text"}), None),
        words=entry.article.url,
        evidence=evidence,
        fix="link the source this story was written from",
    )


_PREFIX = re.compile(r"^\s*\d+月\d+日(?:消息)?，(?:据[^，]{2,12}，)?")


def _told(entry: Entry) -> str:
    """The beginning of a story, where it says what it is about, without a date that all of them carry."""
    text = plain(entry.article.text)
    return plain(f"{entry.article.headline}\n{_PREFIX.sub('', text)[:HEAD]}").strip()
