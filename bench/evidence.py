"""How well `ribao verify` finds faults: one fault of a known kind in a correct pair, and what it says of clean ones.

    python -m bench.evidence [--days N] [--all] [--half tune|report] [--misses] [--json]

Prints recall per kind and false alarms per 100 clean items. Odd days tune, even ones report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

from bench.faults import FAULTS, TARGETS, WHOLE, Faulty, Tally
from bench.material import DATA, Pair, days, distinct
from generator.evidence.checks import CHECKS
from generator.evidence.dossier import Context
from generator.evidence.finding import Finding
from generator.evidence.verify import verify
from generator.news import Article, Edition, Section, Source

PER_DAY = 40  # pairs of one day that are tried; all of them stay in its window


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--days", type=int, default=4, help="days of each set")
    options.add_argument("--all", action="store_true", help="every day and pair")
    options.add_argument("--half", choices=["tune", "report", "both"], default="report")
    options.add_argument("--only", default="", help="one group of faults")
    options.add_argument("--misses", action="store_true", help="show what was missed and every false alarm")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    started = time.perf_counter()
    tallies: dict[str, Tally] = defaultdict(Tally)
    tongues: dict[str, Counter[str]] = defaultdict(Counter)
    alarms: Counter[str] = Counter()
    alarmed, clean = 0, 0
    shown: list[str] = []
    for number, pairs in enumerate(days(None if asked.all else asked.days * 2)):
        if not _in_half(pairs, number, asked.half):
            continue
        window = distinct(pairs)
        tried = window if asked.all else window[:PER_DAY]
        dice = random.Random(f"{pairs[0].set} {pairs[0].day}")
        if not asked.only:
            for pair, findings in _clean(tried, window):
                clean += 1
                kinds = {finding.kind for finding in findings}
                alarms.update(kinds)
                alarmed += bool(kinds)
                shown += [
                    f"{pair.set} {pair.tongue} {f.kind}: {f.message} | {f.words} | {f.evidence[:90]}"
                    for f in findings
                ]
        if asked.only in {"", "pairing"}:
            for name, pair, caught in _misdirected(tried, window, dice):
                tallies[name].tried += 1
                tallies[name].caught += caught
                tongues["pairing"][f"{pair.tongue} {'caught' if caught else 'missed'}"] += 1
                if not caught:
                    tallies[name].missed.append(
                        f"{pair.set} {pair.tongue}: {pair.article.headline[:60] or pair.article.text[:60]}"
                    )
        for pair in tried:
            for fault in FAULTS:
                if asked.only and fault.group != asked.only:
                    continue
                for faulty in fault.make(pair, window, dice):
                    if fault.name == "phantom":
                        faulty = replace(
                            faulty, article=dice.choice([p for p in window if p is not pair]).article
                        )
                    caught = bool(_findings(faulty, pair, window))
                    tally = tallies[fault.name]
                    tally.tried += 1
                    tally.caught += caught
                    tongues[fault.group][f"{pair.tongue} {'caught' if caught else 'missed'}"] += 1
                    if not caught:
                        tally.missed.append(
                            f"{pair.set} {pair.tongue}: {faulty.fault}: {faulty.changed} | {pair.article.headline[:60]}"
                        )
        print(f"{pairs[0].set} {pairs[0].day}: {len(tried)} of {len(window)}", file=sys.stderr)
    _report(tallies, tongues, alarms, alarmed, clean, time.perf_counter() - started, as_json=asked.json)
    if asked.misses:
        for name, tally in tallies.items():
            print(f"\n{name}: missed {len(tally.missed)}", *tally.missed[:15], sep="\n  ")
        print("\nfalse alarms", *shown[:150], sep="\n  ")
    return 0


def _in_half(pairs: list[Pair], number: int, half: str) -> bool:
    if half == "both" or pairs[0].set == "own":
        return True
    tune = int(hashlib.sha256(f"{pairs[0].set}{pairs[0].day}".encode()).hexdigest(), 16) % 2 == 0
    return tune == (half == "tune")


def _edition(articles: list[Article], day: dt.date, summary: tuple[str, ...] = ()) -> SimpleNamespace:
    made = Edition("bench", day, sections=(Section("", articles=tuple(articles)),), summary=summary)
    return SimpleNamespace(edition=made, places={})


def _clean(tried: list[Pair], window: list[Pair]) -> list[tuple[Pair, list[Finding]]]:
    """Each pair as it is, all checks on; every item dated by its own day."""
    pool = [pair.source for pair in window]
    # one issue of them all: its summary, and no story told twice
    issue = _edition(
        [pair.article for pair in tried[:25]],
        tried[0].day,
        tuple(p.article.headline for p in tried[:8] if p.article.headline),
    )
    found = [(tried[0], verify(issue, issue, Context(sources=pool), only=("phantom", "repeat", "link")))]
    for pair in tried:
        parsed = _edition([pair.article], pair.day)
        findings = verify(parsed, parsed, Context(sources=pool, language=_language(pair)))
        found.append((pair, [one for one in findings if one.severity != "note"]))
    return found


def _misdirected(
    tried: list[Pair], window: list[Pair], dice: random.Random
) -> Iterator[tuple[str, Pair, bool]]:
    """A whole edition without its record: its addresses shifted by k, then some of them swapped in twos."""
    if len(tried) < 4:
        return
    size = len(tried)
    for k in (1, 3):
        order = [(place + k) % size for place in range(size)]
        yield from (("shift, no record", pair, caught) for pair, caught in _readdressed(tried, window, order))
    order = list(range(size))
    for one, other in zip(*[iter(dice.sample(range(size), size // 4 * 2))] * 2, strict=True):
        order[one], order[other] = order[other], order[one]
    yield from (("swap, no record", pair, caught) for pair, caught in _readdressed(tried, window, order))


def _readdressed(tried: list[Pair], window: list[Pair], order: list[int]) -> Iterator[tuple[Pair, bool]]:
    articles = [
        replace(pair.article, sources=(replace(pair.source, url=tried[place].source.url),))
        for pair, place in zip(tried, order, strict=True)
    ]
    found = verify(
        _edition(articles, tried[0].day),
        None,
        Context(sources=[pair.source for pair in window], language=_language(tried[0])),
        only=("pairing",),
    )
    flagged = {finding.key.split(".")[1] for finding in found}
    for number, (pair, place) in enumerate(zip(tried, order, strict=True)):
        if place != number:
            yield pair, f"a{number}" in flagged


def _findings(faulty: Faulty, pair: Pair, window: list[Pair]) -> list[Finding]:
    pool: list[Source] = [other.source for other in window]
    record = replace(faulty.article, sources=faulty.sources or (pair.source,))
    articles, records = [faulty.article], [record]
    if faulty.expected == ("phantom",):
        articles = records = [other.article for other in window if other is not pair][:25]
    printed = _edition(articles, pair.day, faulty.summary)
    known = _edition(records, pair.day)
    language = "zh" if faulty.expected == ("language",) else _language(pair)
    context = Context(sources=pool, earlier=faulty.earlier, language=language)
    return verify(printed, known, context, only=faulty.expected)


def _language(pair: Pair) -> str:
    return "en" if pair.tongue == "en" else "zh"


def _report(
    tallies: dict[str, Tally],
    tongues: dict[str, Counter[str]],
    alarms: Counter[str],
    alarmed: int,
    clean: int,
    seconds: float,
    *,
    as_json: bool,
) -> None:
    groups: dict[str, Tally] = defaultdict(Tally)
    rows = [*WHOLE, *((fault.name, fault.group) for fault in FAULTS)]
    for name, group in rows:
        groups[group].tried += tallies[name].tried
        groups[group].caught += tallies[name].caught
    rates = {name: tally.caught / tally.tried for name, tally in groups.items() if tally.tried}
    per_hundred = {kind: round(100 * alarms[kind] / clean, 2) for kind in CHECKS} if clean else {}
    if as_json:
        print(json.dumps({"recall": rates, "false_alarms_per_100": per_hundred, "items_alarmed_per_100": round(100 * alarmed / max(clean, 1), 2),
                          "clean": clean, "tried": {n: t.tried for n, t in tallies.items()}}, ensure_ascii=False, indent=1))  # fmt: skip
        return
    print(
        f"{'data folder present' if DATA.is_dir() else 'own pairs only'}; {clean} clean items; {seconds:.0f} s\n"
    )
    print(f"{'fault':22} {'tried':>6} {'recall':>8} {'target':>8}")
    for name, rate in rates.items():
        aim = TARGETS.get(name)
        asked = f"{100 * aim:>7.0f}%{'' if rate >= aim else '  below'}" if aim else f"{'-':>8}"
        by_tongue = ", ".join(
            f"{tongue} {100 * tongues[name][f'{tongue} caught'] / total:.0f} %"
            for tongue in ("zh", "en", "cross")
            if (total := tongues[name][f"{tongue} caught"] + tongues[name][f"{tongue} missed"])
        )
        print(f"{name:22} {groups[name].tried:>6} {100 * rate:>7.1f}% {asked}   ({by_tongue})")
        for part, group in rows:
            tally = tallies[part]
            if group == name and part != name and tally.tried:
                print(f"  {part:20} {tally.tried:>6} {100 * tally.caught / tally.tried:>7.1f}%")
    if clean:
        print(f"\nfalse alarms per 100 clean items: {100 * alarmed / clean:.1f} items with any")
        print("  " + ", ".join(f"{kind} {rate}" for kind, rate in per_hundred.items() if rate))


if __name__ == "__main__":
    raise SystemExit(main())
