"""How long `ribao verify` takes, as a user waits for it: a process of its own, from cold and with nothing changed.

    python -m bench.proving [EDITIONS]

An edition of 30 stories (half of them told in another language than their source) against 650 sources;
then EDITIONS of them (365), each with the seven before it. Needs ../shared/data.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.material import DATA, Pair, days, distinct
from generator.editions import FORMATS
from generator.editions.record import dumps
from generator.labels import labels_for
from generator.news import Candidate, Edition, Section

STORIES, SOURCES = 30, 650
DAY = dt.date(2026, 7, 7)


def main(arguments: Sequence[str]) -> int:
    editions = int(arguments[0]) if arguments else 365
    stories, sources = _stories(), _sources()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "site.toml").write_text(
            '[site]\ntitle = "日报"\nbase_url = "https://example.org/"\n', "utf-8"
        )
        window = site / "sources.jsonl"
        window.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in sources), "utf-8")
        _write(site, DAY, stories)
        print(f"{STORIES} stories, {len(sources)} sources")
        _time("cold", site, "--sources", str(window))
        _time("unchanged", site, "--sources", str(window))
        if not editions:
            return 0
        shutil.rmtree(site / "content")
        for number in range(editions):
            _write(site, DAY - dt.timedelta(days=number), _rotated(stories, number))
        print(f"{editions} editions")
        _time("cold", site)
        _time("unchanged", site)
        latest = site / "content/posts" / str(DAY) / "index.md"
        latest.write_text(latest.read_text("utf-8") + "\n", "utf-8")
        _time("the newest edited", site)
    return 0


def _stories() -> list[Pair]:
    """Stories from different days and sets, half of them across languages, all dated to the one day."""
    found: dict[bool, list[Pair]] = {True: [], False: []}
    for pairs in days(6):
        for pair in distinct(pairs):
            if pair.tongue != "en" and pair.set != "own":
                found[pair.tongue == "cross"].append(pair)
    mixed = [pair for both in zip(found[True], found[False], strict=False) for pair in both]
    return [_dated(pair, DAY) for pair in mixed[: STORIES * 8]]


def _dated(pair: Pair, day: dt.date) -> Pair:
    noon = dt.datetime.combine(day, dt.time(4), dt.UTC)
    source = replace(pair.source, published=noon)
    headline = pair.article.headline or pair.article.text[:30]
    return replace(pair, day=day, article=replace(pair.article, headline=headline, sources=(source,)))


def _rotated(stories: list[Pair], number: int) -> list[Pair]:
    start = number * STORIES % len(stories)
    return [_dated(pair, DAY - dt.timedelta(days=number)) for pair in (stories[start:] + stories[:start])]


def _sources() -> list[dict[str, str]]:
    path = DATA / "stream/weeks/2026-07-first/2026-07-01.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        {"title": row["title"], "url": row["url"], "text": row.get("summary") or ""}
        for row in rows[: SOURCES - STORIES]
    ]


def _write(site: Path, day: dt.date, stories: Sequence[Pair]) -> None:
    articles = tuple(replace(pair.article, id=f"a{number}") for number, pair in enumerate(stories[:STORIES]))
    candidates = tuple(
        Candidate(f"c{number}", pair.source.title, pair.source.url) for number, pair in enumerate(stories)
    )
    edition = Edition(
        str(day), day, title=articles[0].headline, sections=(Section("要闻", articles=articles),),
        summary=tuple(article.headline for article in articles[:3]), candidates=candidates,
    )  # fmt: skip
    text = FORMATS["themed"].write(edition, labels_for("zh-CN")).text
    folder = site / "content/posts" / str(day)
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(text, "utf-8")
    (folder / "edition.json").write_text(dumps(edition, text), "utf-8")


def _time(what: str, site: Path, *more: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = os.times().elapsed
    command = [sys.executable, "-m", "generator", "verify", "--site", str(site), "--json", *more]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = len(json.loads(done.stdout)["findings"])
    print(f"  {what:18} {busy:6.2f} s of processor, {os.times().elapsed - wall:6.2f} s, {found} findings")


if __name__ == "__main__":
    if not DATA.is_dir():
        raise SystemExit(f"{DATA} is not here")
    raise SystemExit(main(sys.argv[1:]))
