"""`collect --from`: saved feeds and lists of items, read from files instead of the network."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from generator.config.schema import CollectConfig, FeedConfig
from generator.errors import DiskError
from generator.feeds import lines
from generator.feeds.dates import EARLIEST, read_date
from generator.feeds.plain import headline, prose
from generator.feeds.pool import ParsePool
from generator.feeds.reading import Body, read
from generator.feeds.values import Dropped, FeedError, Fetched, Reading
from generator.files import read_bounded
from generator.news import Item, Precision, item_id
from generator.sources import FeedState
from generator.text.addresses import canonical_url, safe_url
from generator.text.language import language_of
from generator.text.slug import slugify

MAX_LIST = 200_000_000
"""Bytes of a file of items; an export of years fits."""

# What lists of items call things, in order of trust; as in the exports of many collectors.
_NAMES = {
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "canonical_url", "external_url"),
    "source": ("feed", "source", "source_name", "site", "publisher"),
    "published": ("published", "published_at", "published_raw", "date_published", "pubDate", "date", "time"),
    "summary": ("summary", "summary_zh", "description", "content_text"),
    "text": ("text", "content"),
    "language": ("language", "lang"),
    "author": ("author",),
    "image": ("image",),
}


def saved(
    path: Path, feeds: Sequence[FeedConfig], limits: CollectConfig, now: dt.datetime, pool: ParsePool
) -> Iterator[Fetched]:
    """Read a file, or every file of a folder and its folders, in order of name.

    Raises `DiskError` when there is nothing at `path`; a file that cannot be read is a
    `Fetched` with its error.
    """
    if not path.exists():
        raise DiskError(f"{path}: there is no such file or folder")
    known = {key: feed for feed in feeds for key in (feed.name, slugify(feed.name))}
    seen: set[str] = set()
    for file in _files(path):
        # a feed saved on successive days is new only the first time
        for fetched in _read(file, known, limits, now, pool, seen):
            seen.add(fetched.feed.name)
            yield fetched


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and not file.is_symlink()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )


def _read(
    file: Path,
    known: dict[str, FeedConfig],
    limits: CollectConfig,
    now: dt.datetime,
    pool: ParsePool,
    seen: set[str],
) -> Iterator[Fetched]:
    feed = known.get(file.stem) or FeedConfig(name=file.stem, url="")
    try:
        raw = read_bounded(file, MAX_LIST)
        if (rows := _rows(raw, file)) is not None:
            yield from _from_rows(rows, file, limits, now)
            return
        if len(raw) > limits.max_bytes:
            raise FeedError("too-long", f"is longer than {limits.max_bytes:,} bytes")
        titled = (
            None if file.stem in known else {name: feed for name, feed in known.items() if name == feed.name}
        )
        body = Body(raw, feed, base=feed.url, titled=titled, old=frozenset(seen))
        reading = pool.run(read, body, limits, now)
        feed = known.get(reading.feed) or FeedConfig(reading.feed, feed.url)
        yield Fetched(feed, "read", FeedState(feed.name), reading, size=len(raw), notes=reading.notes)
    except (FeedError, DiskError) as error:
        message = str(error).removeprefix(f"{file}: ")
        word = error.word if isinstance(error, FeedError) else "disk"
        yield Fetched(feed, "failed", FeedState(feed.name), error=f"{file}: {message}", word=word)


def _rows(raw: bytes, file: Path) -> Iterable[tuple[int, Any]] | None:
    """Return the rows of a list of items with their line numbers; None when the file is something else."""
    head = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith((b"{", b"[")):
        return None
    text = raw.decode("utf-8-sig", "replace")
    try:
        data = json.loads(text)
    except RecursionError:
        raise FeedError("not-a-feed", "nests too deep to be a list of items") from None
    except ValueError as error:
        if file.suffix.lower() in (".jsonl", ".ndjson") or str(error).startswith("Extra data"):
            return _lines(text)
        raise FeedError("not-a-feed", f"is not JSON: {error}") from None
    if isinstance(data, list):
        return ((0, row) for row in data)
    if isinstance(data.get("items"), list) and "version" not in data:
        return ((0, row) for row in data["items"])
    if "title" in data and "items" not in data and "version" not in data:
        return [(1, data)]
    return None  # a JSON Feed, or nothing we know: the feed kinds decide


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _from_rows(
    rows: Iterable[tuple[int, Any]], file: Path, limits: CollectConfig, now: dt.datetime
) -> Iterator[Fetched]:
    """Group the rows of one file by their source, in order of first appearance."""
    items: dict[str, dict[str, Item]] = {}
    dropped: list[Dropped] = []
    shelved: set[str] = set()
    bad: list[str] = []
    for number, row in rows:
        place = f"{file}:{number}" if number else str(file)
        if not isinstance(row, dict):
            bad.append(f"{place}: is no JSON object")
            continue
        own = lines.is_line(row)
        item = lines.item_of(row, limits, now) if own else _item(row, file.stem, limits, now)
        if item is None:
            dropped.append(
                Dropped(str(row.get("url", ""))[:200] or "(nothing)", "has neither title nor text")
            )
            continue
        shelf = items.setdefault(item.feed, {})
        twin = shelf.get(item.id)
        if twin and twin.title != item.title and not own:
            # one address for several entries, as of a page of release notes: the title tells them apart
            item = dataclasses.replace(item, id=item_id("", item.feed, item.title))
        if item.id in shelf:
            dropped.append(Dropped(item.title, "is in the file twice"))
            continue
        shelf[item.id] = item
        if own and row.get("shelved") is True:
            shelved.add(item.id)
    if not items:
        yield Fetched(
            FeedConfig(file.stem, ""),
            "failed" if bad else "read",
            FeedState(file.stem),
            Reading(dropped=tuple(dropped)),
            error=bad[0] if bad else "",
            word="not-a-feed" if bad else "",
        )
    for position, (source, found) in enumerate(items.items()):
        last = position == len(items) - 1
        reading = Reading(
            source,
            kind="items",
            items=tuple(found.values()),
            shelved=frozenset(shelved & found.keys()),
            dropped=tuple(dropped) if last else (),
        )
        yield Fetched(
            FeedConfig(source, ""), "read", FeedState(source), reading, notes=tuple(bad[:20]) if last else ()
        )


def _item(row: dict[str, Any], stem: str, limits: CollectConfig, now: dt.datetime) -> Item | None:
    now = now.astimezone(dt.UTC).replace(microsecond=0)
    values = {key: _first(row, names) for key, names in _NAMES.items()}
    title = headline(values["title"], limits.max_title)
    summary = prose(values["summary"], limits.max_summary, limits.max_depth)
    title = title or headline(summary, limits.max_title)
    if not title:
        return None
    feed = headline(values["source"], 100) or stem
    link = safe_url(values["url"])
    url = canonical_url(link)
    language = values["language"].lower().replace("_", "-").split("-")[0] or language_of(
        f"{title}\n{summary}"
    )
    zone = ZoneInfo("Asia/Shanghai" if language == "zh" else "UTC")
    moment = read_date(values["published"], zone, now, chinese=language == "zh")
    known = moment is not None and EARLIEST <= moment.at <= now + dt.timedelta(days=1)
    published = min(moment.at, now) if moment and known else now
    precision = Precision.INFERRED if not (moment and known) else moment.precision
    if moment and known and moment.at > now:
        precision = Precision.DAY
    tags = row.get("tags")
    return Item(
        id=item_id(url, feed, title),
        url=url,
        title=title,
        feed=feed,
        published=published,
        first_seen=now,
        precision=precision,
        summary=summary,
        text=prose(values["text"], limits.max_text, limits.max_depth),
        language=language,
        author=headline(values["author"], 100),
        tags=tuple(headline(tag, 60) for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        image=safe_url(values["image"]),
        link=link,
    )


def _first(row: dict[str, Any], names: Iterable[str]) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if type(value) in (int, float):
            return str(value)
    return ""
