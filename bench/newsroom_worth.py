"""How well the newsroom judges single reports: importance against labels, relevance against a person."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.lexicon import topics
from generator.news import Item, Story, item_id
from generator.newsroom import importance
from generator.newsroom.grouping.marks import marks_of, rarity
from generator.newsroom.headline import headline

WRITTEN_UNTIL = "2026-01-11"  # labels of later days are a fallback's
FALLBACK = "影响力评分"  # how a fallback's reason begins, on earlier days too
LEVELS = "低中高"
ENOUGH = 8  # reports of a day that give a rank correlation
HERE = Path(__file__).parent
Floats = NDArray[np.float64]
Judged = list[tuple[str, Item, int]]  # day, report, how important
Scorer = Callable[[Sequence[Item]], list[float]]


def labelled(data: Path) -> Judged:
    """Return the reports whose importance (0 to 2) a model wrote down one by one."""
    rows: Judged = []
    for path in sorted((data / "selection/labelled-digest").glob("2*.json")):
        if path.stem > WRITTEN_UNTIL:
            continue
        day = json.loads(path.read_text(encoding="utf-8"))
        for row in (*day["domestic"], *day["international"]):
            if not row["reason"].startswith(FALLBACK) and row["importance"] in LEVELS:
                rows.append((path.stem, _item(row, row["url"]), LEVELS.index(row["importance"])))
    return rows


def carried(data: Path) -> Judged:
    """Return Chinese topics with how many outlets carried each, which the scorer is not shown."""
    rows: Judged = []
    for path in sorted((data / "stream/topics-zh").glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8"))["items"]:
            rows.append((path.stem, _item(row, ""), len(set(row["outlets"]))))
    return rows


def _item(row: dict[str, Any], url: str) -> Item:
    raw = str(row.get("published") or row.get("original_pub_date") or "")
    try:
        at = dt.datetime.fromisoformat(raw)
    except ValueError:
        at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    title = row["title"]
    return Item(item_id(url, "", title), url, title, "", at, at, summary=row.get("summary") or "")


def ours(items: Sequence[Item]) -> list[float]:
    now = max(item.published for item in items)
    scored = []
    for item in items:
        event = topics.event_of(headline(item.title)) or topics.event_of(item.summary[:200])
        scored.append(importance.score(Story(item.id, (item,)), now=now, weights={}, event=event).total)
    return scored


def newest(items: Sequence[Item]) -> list[float]:
    return [item.published.timestamp() for item in items]


def tfidf(items: Sequence[Item]) -> list[float]:
    """Likeness to the day's mean: what the day speaks of most."""
    marks = [marks_of(item.title) for item in items]
    rare = rarity(marks)
    norms = [sum(rare[word] ** 2 for word in one.words) ** 0.5 or 1.0 for one in marks]
    mean: Counter[str] = Counter()
    for one, norm in zip(marks, norms, strict=True):
        for word in one.words:
            mean[word] += rare[word] / norm  # type: ignore[assignment]
    return [
        sum(rare[word] * mean[word] for word in one.words) / norm
        for one, norm in zip(marks, norms, strict=True)
    ]


SCORERS: dict[str, Scorer] = {"ours": ours, "newest first": newest, "TF-IDF": tfidf}


def importance_scores(data: Path) -> list[str]:
    """Return the rows of a Markdown table, one a scorer and set."""
    table = [
        "| reports | scorer | rank correlation, mean of days | AUC, high against low |",
        "| --- | --- | --- | --- |",
    ]
    for name, rows in (("labelled", labelled(data)), ("topics, outlets hidden", carried(data))):
        for scorer, score in SCORERS.items():
            days, said, true = _by_day(rows, score)
            auc = f"{_auc(said, true):.3f}" if name == "labelled" else ""
            table.append(f"| {name}, {len(rows)} | {scorer} | {float(np.mean(days)):.3f} | {auc} |")
    return table


def _by_day(rows: Judged, score: Scorer) -> tuple[list[float], Floats, Floats]:
    days: dict[str, list[tuple[Item, int]]] = defaultdict(list)
    for day, item, level in rows:
        days[day].append((item, level))
    correlations: list[float] = []
    said: list[float] = []
    true: list[int] = []
    for items in days.values():
        scored, levels = score([item for item, _ in items]), [level for _, level in items]
        said += scored
        true += levels
        if len(items) >= ENOUGH and len(set(levels)) > 1:
            correlations.append(_correlation(_ranks(scored), _ranks(levels)))
    return correlations, np.array(said), np.array(true, dtype=np.float64)


def _correlation(a: Floats, b: Floats) -> float:
    """Return 0 where all are ranked equal, as on a day whose reports have one time."""
    return float(np.corrcoef(a, b)[0, 1]) if a.std() and b.std() else 0.0


def _ranks(values: Sequence[float] | Floats) -> Floats:
    """Ranks from 1, equal values sharing their mean."""
    _, place, count = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    return np.asarray((ends - (count - 1) / 2)[place])


def _auc(said: Floats, level: Floats) -> float:
    """How often a report of high importance is ranked above one of low."""
    clear = level != 1
    ranks, high = _ranks(said[clear]), level[clear] == 2
    above = ranks[high].sum() - high.sum() * (high.sum() + 1) / 2
    return float(above / (high.sum() * (~high).sum()))


def relevance_score(data: Path) -> str:
    """Say how what a paper on AI and technology keeps of an unfiltered day agrees with a person's labels."""
    day = json.loads((data / "stream/unfiltered-day/2026-05-18.json").read_text(encoding="utf-8"))
    labels = dict(
        tuple(map(int, line.split()))
        for line in (HERE / "newsroom_relevance.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    titles = {place: headline(day[place]["title"]) for place in labels}
    kept = {
        place
        for place, title in titles.items()
        if topics.relevance(title, ("ai", "tech")) and not topics.unwanted(title)
    }
    wanted = {place for place, label in labels.items() if label}
    right = len(kept & wanted)
    every = len(wanted) / len(labels)
    return (
        f"{len(labels)} titles, {len(wanted)} wanted: {len(kept)} kept, precision {right / len(kept):.3f},"
        f" recall {right / len(wanted):.3f} (keeping all: precision {every:.3f})"
    )
