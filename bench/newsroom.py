"""Measure the newsroom on ../shared/data: same-event F1 with its baseline, and the time and memory of a day.

python -m bench.newsroom            # pairs: threshold set on one half, scored on the other, 20 splits
python -m bench.newsroom 650 10000  # time and memory of cluster + rank + offline write on so many headlines
"""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from generator.config import Config
from generator.news import Item, item_id
from generator.newsroom.day import prepare
from generator.newsroom.likeness import likeness
from generator.newsroom.marks import conflict, marks_of, rarity
from generator.newsroom.offline import OfflineEditor
from generator.newsroom.window import Window
from generator.text.vectors import encode

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
Pair = tuple[str, str, bool]


def pairs() -> dict[str, list[Pair]]:
    """Return (one headline, the other, whether they are of one event), by data set."""
    found: dict[str, list[Pair]] = {}
    rows = [json.loads(line) for line in (DATA / "dedupe" / "ai-news-pairs.jsonl").open(encoding="utf-8")]
    found["AI headlines"] = [(row["a"]["title"], row["b"]["title"], row["label"] == "same") for row in rows]
    for name in ("short", "long"):
        path = DATA / "dedupe" / f"sohu-news-{name}-pairs.jsonl"
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        found[f"Sohu {name}"] = [(row["sentence1"], row["sentence2"], row["label"] == 5) for row in rows]
    return found


def score(rows: Sequence[Pair]) -> None:
    marks = [(marks_of(a), marks_of(b)) for a, b, _ in rows]
    rare = rarity([one for pair in marks for one in pair])
    cosines = (encode([a.text for a, _ in marks]) * encode([b.text for _, b in marks])).sum(axis=1)
    mixed = [likeness(a, b, float(c), rare) for (a, b), c in zip(marks, cosines, strict=True)]
    same = np.array([label for *_, label in rows])
    fixed = f1(np.array(mixed) >= 0.5, same)
    false = [conflict(a, b) for (a, b), label in zip(marks, same, strict=True) if label and conflict(a, b)]
    print(
        f"  vectors alone {halves(cosines, same):.3f}, mix {halves(np.array(mixed), same):.3f},"
        f" mix at its own threshold {fixed:.3f}, false merges there {int((np.array(mixed)[~same] >= 0.5).sum())}"
        f" of {int((~same).sum())}, vetoed by mistake {len(false)}"
    )


def halves(scores: np.ndarray, same: np.ndarray, rounds: int = 20) -> float:
    """Mean F1 on one half at the threshold that is best on the other."""
    got = []
    for seed in range(rounds):
        order = np.random.RandomState(seed).permutation(len(same))
        one, other = order[: len(order) // 2], order[len(order) // 2 :]
        best = max(np.unique(scores[one]), key=lambda t: f1(scores[one] >= t, same[one]))
        got.append(f1(scores[other] >= best, same[other]))
    return float(np.mean(got))


def f1(said: np.ndarray, same: np.ndarray) -> float:
    return float(2 * (said & same).sum() / max(1, said.sum() + same.sum()))


def day(count: int) -> None:
    """Run a day of `count` headlines, drawn from all days of the stream."""
    titles = [
        (row["title"], row["url"] or "", row["source"])
        for path in sorted((DATA / "stream" / "radar-titles").glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))["items"]
        if row["title"]
    ]
    titles += [
        (row["title"], row["url"] or "", row["source"])
        for path in sorted((DATA / "stream" / "weeks").glob("*/*"))
        for row in map(json.loads, path.open(encoding="utf-8"))
        if row["title"]
    ]
    drawn = random.Random(1).sample(titles, min(count, len(titles)))
    end = dt.datetime(2026, 7, 8, tzinfo=dt.UTC)
    items = [
        Item(item_id(url, feed, title), url, title, feed, end - dt.timedelta(seconds=n % 86_000), end)
        for n, (title, url, feed) in enumerate(drawn)
    ]
    began = time.perf_counter()
    window = Window(end - dt.timedelta(hours=24), end)
    material = prepare(items, window, Config(), edition="2026-07-08", date=dt.date(2026, 7, 8))
    issue = OfflineEditor().write(material.day)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(items)} items: {len(material.stories)} stories, {sum(1 for _ in issue.edition.articles)} printed,"
        f" {time.perf_counter() - began:.1f} s, peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    if sys.argv[1:]:
        for number in sys.argv[1:]:
            day(int(number))
    else:
        for name, rows in pairs().items():
            print(f"{name}: {len(rows)} pairs, {sum(label for *_, label in rows)} of one event")
            score(rows)
