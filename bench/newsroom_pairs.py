"""How well two reports of one event are told from others: F1 on labelled pairs, with the baselines.

Every figure is of a clean split: the threshold (and, where it says so, the weights) are set on one
half of the pairs and scored on the other, the mean of 20 splits.
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator.news import Item, item_id
from generator.newsroom.grouping.cluster import cluster
from generator.newsroom.grouping.likeness import SAME, features, likeness, told_features
from generator.newsroom.grouping.marks import marks_of, rarity
from generator.newsroom.roundup import is_roundup
from generator.text.addresses import canonical_url
from generator.text.vectors import encode

ROUNDS = 20
LONGEST = 800  # characters of a text that are compared
TOPIC = 3  # label of pairs that were asked for one topic; 5 and 0: for one event, or for either
HERE = Path(__file__).parent
Pair = tuple[str, str, bool]  # two headlines or texts, and whether they are of one event
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def scores(data: Path) -> list[str]:
    """Return the rows of a Markdown table, one a set of pairs."""
    rows = [json.loads(line) for line in (data / "dedupe/ai-news-pairs.jsonl").open(encoding="utf-8")]
    headlines = [(row["a"]["title"], row["b"]["title"], row["label"] == "same") for row in rows]
    table = [
        "| pairs | of one event | all said to be | vectors alone | ours | ours, weights learned on one half | false merges as set |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        _row("AI headlines", headlines),
    ]
    read: list[str] = []
    for name in ("short", "long"):
        path = data / f"dedupe/sohu-news-{name}-pairs.jsonl"
        rows = [json.loads(line) for line in path.open(encoding="utf-8")]
        pairs = [(row["sentence1"][:LONGEST], row["sentence2"][:LONGEST], row["label"] == 5) for row in rows]
        asked = [pair for pair, row in zip(pairs, rows, strict=True) if row["label"] != TOPIC]
        table.append(_row(f"Chinese news, {name}", pairs, titles=False))
        table.append(_row(f"Chinese news, {name}, without label {TOPIC}", asked, titles=False))
        read.append(_read_again(name, [row["label"] for row in rows]))
    table += read
    table.append(
        f"AI headlines, weights learned on other pairs alone: {_learned_elsewhere(data, headlines):.3f}"
    )
    return table


def _row(name: str, pairs: Sequence[Pair], *, titles: bool = True) -> str:
    same = _labels(pairs)
    values, sure, cosines = _judged(pairs, titles=titles)
    false = int((sure[~same] >= SAME).sum())
    return (
        f"| {name}, {len(pairs)} | {int(same.sum())} | {f1(np.ones_like(same), same):.3f} | {halves(cosines, same):.3f} |"
        f" {halves(sure, same):.3f} | {halves(values, same):.3f} | {false} of {int((~same).sum())} |"
    )


def _labels(pairs: Sequence[Pair]) -> Bools:
    return np.array([label for *_, label in pairs], dtype=np.bool_)


def _judged(pairs: Sequence[Pair], *, titles: bool = True) -> tuple[Floats, Floats, Floats]:
    """Return the values that weights weigh, a row a pair, how sure we are, and the cosines of the vectors."""
    marks = [(marks_of(a), marks_of(b)) for a, b, _ in pairs]
    rare = rarity([one for pair in marks for one in pair])
    cosines = (encode([a.text for a, _ in marks]) * encode([b.text for _, b in marks])).sum(axis=1)
    rows, sure = [], []
    for (a, b), cosine, (one, other, _) in zip(marks, cosines.tolist(), pairs, strict=True):
        told = told_features((a, b), (a, b), (cosine, cosine), rare, rare)
        rows.append([*features(a, b, cosine, rare).values(), *told.values()])
        # a round-up is never compared: it is split or set aside; a title tells that it is one, a passage cannot
        apart = titles and is_roundup(one) != is_roundup(other)
        sure.append(0.0 if apart else likeness(a, b, cosine, rare))
    return np.array(rows), np.array(sure), np.asarray(cosines, dtype=np.float64)


def _read_again(name: str, labels: Sequence[int]) -> str:
    """Say how well a reader who saw no labels meets them, with the standard error over drawn samples of the pairs."""
    lines = (HERE / "newsroom_reread.txt").read_text(encoding="utf-8").splitlines()
    read = [(int(line), said == "1") for kind, line, said in map(str.split, lines[1:]) if kind == name]
    label = np.array([labels[line - 1] for line, _ in read])
    said = np.array([one for _, one in read])
    draws = np.random.RandomState(0).randint(len(said), size=(2000, len(said)))
    error = np.std([f1(said[draw], label[draw] == 5) for draw in draws])
    counts = ", ".join(
        f"{int(said[label == one].sum())} of {int((label == one).sum())}" for one in (5, TOPIC, 0)
    )
    asked = label != TOPIC
    return (
        f"Chinese news, {name}, {len(said)} pairs read again: F1 {f1(said, label == 5):.3f} ± {error:.3f},"
        f" without label {TOPIC} {f1(said[asked], label[asked] == 5):.3f};"
        f" one event where the label is 5, {TOPIC}, 0: {counts}"
    )


def _learned_elsewhere(data: Path, pairs: Sequence[Pair]) -> float:
    """Return F1 where the weights never saw these pairs: learned on those labelled in the stream."""
    both = [*_labelled_in_stream(data), *pairs]
    same, learned = _labels(both), np.arange(len(both) - len(pairs))
    # each set with the rarity of its own words, as on a day of its own
    one, other = _judged(both[: len(learned)]), _judged(pairs)
    count = len(features(*(marks_of("") for _ in "ab"), 0.0, {}))
    logits = _weighed(np.vstack([one[0], other[0]])[:, :count], learned, same)[len(learned) :]
    return halves(np.where(other[1] > 0, logits, -9.0), same[len(learned) :])


def _labelled_in_stream(data: Path) -> list[Pair]:
    wanted = [
        line.split()
        for line in (HERE / "newsroom_pairs.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    titles: dict[str, str] = {}
    lines = sorted((data / "stream/weeks").glob("*/*.jsonl"))
    whole = sorted((data / "stream").glob("radar-titles/*.json"))
    rows = [json.loads(line) for path in lines for line in path.open(encoding="utf-8")]
    rows += [row for path in whole for row in json.loads(path.read_text(encoding="utf-8"))["items"]]
    for row in rows:
        identity = item_id(canonical_url(row["url"] or ""), row["source"], row["title"])
        titles.setdefault(identity, row["title"])
    return [(titles[a], titles[b], same == "1") for a, b, same in wanted if a in titles and b in titles]


def halves(values: Floats, same: Bools) -> float:
    """Return the mean F1 on one half: threshold, and weights where `values` has columns, are the other half's."""
    got = []
    for seed in range(ROUNDS):
        order = np.random.RandomState(seed).permutation(len(same))
        one, other = order[: len(order) // 2], order[len(order) // 2 :]
        sure = _weighed(values, one, same) if values.ndim == 2 else values
        best = max(np.unique(sure[one]), key=lambda t: f1(sure[one] >= t, same[one]))
        got.append(f1(sure[other] >= best, same[other]))
    return float(np.mean(got))


def _weighed(values: Floats, one: NDArray[np.int64], same: Bools, ridge: float = 30.0) -> Floats:
    """Return all logits by a logistic regression (Newton's method, ridge) learned on the rows of `one`."""
    scaled = (values - values[one].mean(axis=0)) / (values[one].std(axis=0) + 1e-9)
    table = np.hstack([scaled, np.ones((len(values), 1))])
    weights = np.zeros(table.shape[1])
    mine, truth = table[one], same[one].astype(float)
    for _ in range(25):
        sure = 1 / (1 + np.exp(-mine @ weights))
        slope = mine.T @ (truth - sure) - ridge * weights
        curve = (mine * (sure * (1 - sure))[:, None]).T @ mine + ridge * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return np.asarray(table @ weights)


def f1(said: Bools, same: Bools) -> float:
    return float(2 * (said & same).sum() / max(1, said.sum() + same.sum()))


def recorded_days(reports: Path) -> str:
    """Say how the grouping of whole days does: pairs of reports of the demo, whose events are known."""
    events: dict[str, str] = {}
    items = []
    for path in sorted(reports.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["reports"]):
            if is_roundup(row["title"]):
                continue
            at = dt.datetime.fromisoformat(row["at"]).replace(tzinfo=dt.UTC)
            identity = f"{path.stem}-{number}"
            events[identity] = row["event"]
            url = f"https://{row['feed']}.example/{identity}"
            items.append(Item(identity, url, row["title"], row["feed"], at, at, summary=row["text"]))
    stories = cluster(items, within=dt.timedelta(hours=48))
    said = {frozenset(pair) for story in stories for pair in combinations((i.id for i in story.items), 2)}
    true = {frozenset((a, b)) for a, b in combinations(events, 2) if events[a] == events[b]}
    right = len(said & true)
    return (
        f"{len(items)} recorded reports of {len(set(events.values()))} events: {len(stories)} stories,"
        f" pairs precision {right / len(said):.3f}, recall {right / len(true):.3f}"
    )
