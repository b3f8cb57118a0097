"""Building with what lies elsewhere: remote covers are fetched once, between two builds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from generator.commands import guard
from generator.config import Config
from generator.errors import GeneratorError
from generator.files import write_atomic
from generator.site.build import Options, Report, build

AGAIN = dt.timedelta(days=1)
"""How long a cover that could not be fetched is left alone."""

_AT_ONCE = 4


def build_site(config: Config, options: Options, tell: Callable[[str], None]) -> Report:
    """Build; with `images.fetch_remote_covers` fetch the covers that are not here yet, and build again with them."""
    guard.hold(config)
    report = build(config, options)
    if not report.covers:
        return report
    fetched = fetch_covers(config, report.covers, options.now, tell)
    if not fetched:
        return report
    again = build(config, dataclasses.replace(options, fetched=tuple(fetched), clean=False))
    again.written = max(report.written, again.written)
    again.composed = max(report.composed, again.composed)
    return again


def fetch_covers(
    config: Config, wanted: list[tuple[str, str]], now: dt.datetime, tell: Callable[[str], None]
) -> list[str]:
    """Fetch covers, each a file and its address; return the files that came. What did not is said and waits a day."""
    # a build that fetches nothing needs no client
    from generator.commands.collect import agent_of
    from generator.feeds.fetch import Fetcher
    from generator.site.images import measure
    from generator.site.privacy import without_metadata

    record = config.state / "covers" / "failed.json"
    failed = _failures(record, now)
    limits = config.collect._replace(max_bytes=config.images.max_bytes)
    fetcher = Fetcher(limits, agent_of(config), now)

    def fetch(cover: tuple[str, str]) -> str:
        file, address = cover
        try:
            data = without_metadata(fetcher.get(address, accept="image/*").raw)
            measure(data, config.images, "the picture")
            write_atomic(config.root / file, data, durable=False)
        except GeneratorError as error:
            return str(error)
        return ""

    todo = [cover for cover in wanted if cover[1] not in failed]
    try:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            results = list(pool.map(fetch, todo))
    finally:
        fetcher.close()
    for (_, address), problem in zip(todo, results, strict=True):
        if problem:
            tell(f"cover {address}: {problem}; it stays a link, and is asked for again tomorrow")
            failed[address] = now.isoformat()
    if failed:
        write_atomic(record, json.dumps(failed, ensure_ascii=False, indent=1).encode(), durable=False)
    return [file for (file, _), problem in zip(todo, results, strict=True) if not problem]


def _failures(record: Path, now: dt.datetime) -> dict[str, str]:
    """Addresses that failed within the last day, and when."""
    try:
        known = json.loads(record.read_text(encoding="utf-8"))
        return {
            str(address): str(when)
            for address, when in known.items()
            if now - dt.datetime.fromisoformat(when) < AGAIN
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
