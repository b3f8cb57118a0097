"""How well a story that was printed before is known again, on pairs of stories that readers labelled.

python -m bench.newsroom_retold   # the weights of generator/newsroom/grouping/retold.py, fitted anew
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.newsroom_streams import day_of, items_of, story_of
from generator.news import Story
from generator.newsroom.grouping.retold import AGAIN, BIAS, WEIGHTS, features
from generator.newsroom.grouping.told import ground_of, told_of
from generator.text.vectors import encode

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data"
UNSEEN = "radar-titles"  # days whose editions nobody had read; its errors were seen before the last two features were chosen
RIDGE = 1.0
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Pair(NamedTuple):
    stream: str
    day: str
    new: tuple[str, ...]  # ids of reports
    old_day: str
    old: tuple[str, ...]
    label: str  # S, F, C or D

    @property
    def story(self) -> tuple[str, str, tuple[str, ...]]:
        return self.stream, self.day, self.new


def retold_scores(data: Path) -> list[str]:
    """Return a row of a Markdown table for each set of pairs, with the weights as set and learned on the other set."""
    pairs, values = _valued(data)
    unseen = np.array([pair.stream == UNSEEN for pair in pairs])
    table = [
        "| stories | printed before | as set: precision | recall | weights of the other set: precision | recall |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, mine in ((UNSEEN, unseen), ("the other streams", ~unseen)):
        learned = _fitted(values[~mine], _again(pairs)[~mine])
        scores = [
            _score([pair for pair, here in zip(pairs, mine, strict=True) if here], sure[mine] >= AGAIN)
            for sure in (_sure(values, np.array([*WEIGHTS.values()]), BIAS), _sure(values, *learned))
        ]
        stories, printed = scores[0][:2]
        table.append(
            f"| {name}, {stories} | {printed} | "
            + " | ".join(f"{precision:.2f} | {recall:.2f}" for *_, precision, recall in scores)
            + " |"
        )
    return table


def _score(pairs: list[Pair], said: Bools) -> tuple[int, int, float, float]:
    """Return stories, those told again (S), the share of what is said to be that is the same affair, and of S that is said."""
    labels: dict[Any, set[str]] = defaultdict(set)
    found: dict[Any, bool] = defaultdict(bool)
    for pair, hit in zip(pairs, said, strict=True):
        labels[pair.story].add(pair.label)
        found[pair.story] |= bool(hit)
    hits = [story for story, hit in found.items() if hit]
    right = sum(bool(labels[story] & set("SFC")) for story in hits)
    again = [story for story in labels if "S" in labels[story]]
    recall = sum(found[story] for story in again) / len(again)
    return len(labels), len(again), right / max(len(hits), 1), recall


def _again(pairs: list[Pair]) -> Floats:
    return np.array([pair.label != "D" for pair in pairs], dtype=float)


def _sure(values: Floats, weights: Floats, bias: float) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values @ weights - bias)))


def _fitted(values: Floats, truth: Floats) -> tuple[Floats, float]:
    """Return weights and bias of a logistic regression (Newton's method, ridge on scaled values)."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    table = np.hstack([(values - mean) / spread, np.ones((len(values), 1))])
    ridge = np.diag([*[RIDGE] * values.shape[1], 0.0])
    weights = np.zeros(table.shape[1])
    for _ in range(25):
        sure = 1 / (1 + np.exp(-table @ weights))
        curve = (table * (sure * (1 - sure))[:, None]).T @ table + ridge
        weights = weights - np.linalg.solve(curve, table.T @ (sure - truth) + ridge @ weights)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - plain @ mean)


def _valued(data: Path) -> tuple[list[Pair], Floats]:
    """Return the pairs whose reports are there, and the values that weights weigh, a row a pair."""
    by_day: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for line in (HERE / "newsroom_retold.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            stream, day, new, old_day, old, label = line.split("\t")
            pair = Pair(stream, day, tuple(new.split(",")), old_day, tuple(old.split(",")), label)
            by_day[stream, day].append(pair)
    items = {stream: items_of(data, stream) for stream, _ in by_day}
    pairs: list[Pair] = []
    rows: list[list[float]] = []
    for (stream, day), of_day in by_day.items():
        known = items[stream]
        stories = {ids: story_of(ids, known) for pair in of_day for ids in (pair.new, pair.old)}
        alone = [Story(item.id, (item,)) for item in known.values() if item.first_seen == day_of(day)]
        ground = ground_of([*alone, *filter(None, stories.values())], encode)
        told = {ids: told_of(story, "", encode) for ids, story in stories.items() if story}
        for pair in of_day:
            if pair.new in told and pair.old in told:
                apart = (day_of(pair.day) - day_of(pair.old_day)).days
                pairs.append(pair)
                rows.append([*features(told[pair.new], told[pair.old], apart, ground).values()])
    return pairs, np.array(rows)


def main() -> int:
    if not DATA.is_dir():
        print("../shared/data is not here: nothing to fit", file=sys.stderr)
        return 0
    pairs, values = _valued(DATA)
    weights, bias = _fitted(values, _again(pairs))
    print(f"{len(pairs)} pairs\nBIAS = {bias:.2f}")
    for name, weight in zip(WEIGHTS, weights.tolist(), strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("\n".join(retold_scores(DATA)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
