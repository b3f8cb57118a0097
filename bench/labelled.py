"""Pairing on the days of labelled-digest after 2026-01-11, whose titles and addresses belong together.

    python -m bench.labelled

As they are, against the day's other items; with their addresses shifted or swapped within the day; and the
printed reports of those days from the file alone. An address that is a bare home page proves nothing: it is
reported as `link` and counted apart here.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from bench.material import DATA
from generator import editions
from generator.evidence.dossier import Context
from generator.evidence.verify import verify
from generator.news import Article, Edition, Section, Source
from generator.text.addresses import canonical_url, is_home
from generator.text.clean import one_line

FOLDER = DATA / "selection/labelled-digest"
TOLD_ONE_BY_ONE = "2026-01-11"  # the last day whose report a model wrote


def main() -> int:
    tally: Counter[str] = Counter()
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem > TOLD_ONE_BY_ONE:
            _items(json.loads(path.read_text("utf-8")), dt.date.fromisoformat(path.stem), tally)
            _report(FOLDER / f"{path.stem}_report.txt", tally)
    for what in ("titles alone", "titles and texts"):
        print(f"{what}: {_rate(tally, f'{what}, doubted', 'items')} wrongly doubted")
        for how in ("shifted", "swapped"):
            print(f"  {how}: {_rate(tally, f'{what}, {how}, found', f'{what}, {how}')} found")
    print(f"reports from the file alone: {_rate(tally, 'report, doubted', 'report items')} wrongly doubted")
    print(f"bare home pages: {tally['home']}, each reported as link")
    return 0


def _rate(tally: Counter[str], part: str, whole: str) -> str:
    return f"{tally[part]} of {tally[whole]} ({100 * tally[part] / max(tally[whole], 1):.1f} of 100)"


def _items(value: dict[str, list[dict[str, str]]], day: dt.date, tally: Counter[str]) -> None:
    found: dict[str, Source] = {}
    for number, row in enumerate((*value["domestic"], *value["international"])):
        if is_home(row["url"]):
            tally["home"] += 1
            continue
        source = Source(f"s{number}", row["url"], "", one_line(row["title"]), text=one_line(row["summary"]))
        found.setdefault(canonical_url(row["url"]), source)
    full = list(found.values())
    tally["items"] += len(full)
    dice = random.Random(str(day))
    for what, pool in (("titles alone", [replace(one, text="") for one in full]), ("titles and texts", full)):
        tally[f"{what}, doubted"] += len(_doubted(pool, pool, day))
        for how, order in (("shifted", _shifted(pool)), ("swapped", _swapped(pool, dice))):
            moved = {place for place, source in enumerate(order) if source is not pool[place]}
            tally[f"{what}, {how}"] += len(moved)
            tally[f"{what}, {how}, found"] += len(_doubted(pool, order, day) & moved)


def _shifted(pool: Sequence[Source]) -> list[Source]:
    return [*pool[1:], *pool[:1]]


def _swapped(pool: Sequence[Source], dice: random.Random) -> list[Source]:
    order = list(pool)
    places = dice.sample(range(len(pool)), len(pool) // 4 * 2)
    for one, other in zip(places[::2], places[1::2], strict=True):
        order[one], order[other] = order[other], order[one]
    return order


def _doubted(told: Sequence[Source], linked: Sequence[Source], day: dt.date) -> set[int]:
    """Print each story of `told` under the address of `linked`; return the places of those whose link is doubted."""
    articles = tuple(
        Article(one.id, headline=one.title, text=one.text[:200], sources=(Source(one.id, other.url, ""),))
        for one, other in zip(told, linked, strict=True)
    )
    printed = SimpleNamespace(
        edition=Edition("day", day, sections=(Section("", articles=articles),)), places={}
    )
    found = verify(printed, None, Context(sources=told), only=("pairing",))
    return {int(finding.key.split(".")[1][1:]) for finding in found}


def _report(path: Path, tally: Counter[str]) -> None:
    text = path.read_text("utf-8")
    form = editions.detect(text)
    if form is None:
        raise SystemExit(f"{path}: is no edition in a known format")
    parsed = editions.FORMATS[form].parse(text, path.name)
    tally["report items"] += sum(1 for _ in parsed.edition.articles)
    tally["report, doubted"] += len({finding.key for finding in verify(parsed, only=("pairing",))})


if __name__ == "__main__":
    raise SystemExit(main())
