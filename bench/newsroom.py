"""Measure the newsroom on ../shared/data: one event or two, importance, relevance, reasons; time and memory of a day.

python -m bench.newsroom            # the scores of docs/newsroom.md
python -m bench.newsroom 650 10000  # time and memory of cluster + rank + offline write on so many headlines
"""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import sys
import time
from pathlib import Path

from bench.newsroom_events import reason_score
from bench.newsroom_pairs import recorded_days, scores
from bench.newsroom_retold import retold_scores
from bench.newsroom_twice import twice_scores
from bench.newsroom_worth import importance_scores, relevance_score
from generator.config import Config
from generator.news import Item, item_id
from generator.newsroom.day import prepare
from generator.newsroom.offline import OfflineEditor
from generator.newsroom.window import Window

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = REPOSITORY.parent / "shared" / "data"


def main(counts: list[str]) -> int:
    if not DATA.is_dir():
        print("../shared/data is not here: nothing to measure", file=sys.stderr)
        return 0
    for count in counts:
        day(int(count))
    if not counts:
        report = [
            "One event or two (F1):", *scores(DATA), recorded_days(REPOSITORY / "tests/demo/reports"),
            "Importance:", *importance_scores(DATA), "Relevance:", relevance_score(DATA),
            "Reasons:", reason_score(DATA), "Printed before:", *retold_scores(DATA), "Twice a day:", *twice_scores(DATA),
        ]  # fmt: skip
        print("\n".join(report))
    return 0


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
    began, spent = time.perf_counter(), time.process_time()
    window = Window(end - dt.timedelta(hours=24), end)
    material = prepare(items, window, Config(), edition="2026-07-08", date=dt.date(2026, 7, 8))
    issue = OfflineEditor().write(material.day)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(items)} items: {len(material.stories)} stories, {sum(1 for _ in issue.edition.articles)} printed,"
        f" {time.perf_counter() - began:.1f} s ({time.process_time() - spent:.1f} s of processor), peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
