"""Feeds as sites serve them and as other readers test with them: skips where `../shared/data` is absent."""

from __future__ import annotations

import csv
import datetime as dt
import time
from pathlib import Path

import pytest

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds import FeedError, parse
from generator.feeds.reading import Body, read
from generator.news import Precision
from generator.store import Store
from tests.feeds.conftest import DATA, NOW

FEEDS = DATA / "feeds"
pytestmark = pytest.mark.skipif(not FEEDS.is_dir(), reason="needs ../shared/data")

LIMIT = 2.0  # seconds of the processor a file may take
# What is no feed in those suites, and the word it is refused with.
REFUSED = {
    "gofeed": dict.fromkeys(("invalid.json", "unknown_feed.xml", "version_rdf_090.xml"), "not-a-feed")
    | {"empty_feed.xml": "empty"},
    "miniflux": dict.fromkeys(
        (
            "iso-8859-1-meta-after-1024.html",
            "iso-8859-1.html",
            "iso88591.xml",
            "iso88591_utf8_mismatch.xml",
            "utf8-meta-after-1024.html",
            "utf8.html",
        ),
        "not-a-feed",
    ),
    "rss-parser": {"unrecognized.rss": "not-a-feed"},
}
SUITES = ("feedjira", "gofeed", "miniflux", "node-feedparser", "rss-parser", "simplepie")


@pytest.mark.parametrize("suite", SUITES)
def test_every_file_of_other_readers_is_read_or_refused_by_name(suite: str) -> None:
    read, refused = [], {}
    for path in sorted(file for file in (FEEDS / "suites" / suite).rglob("*") if file.is_file()):
        started = time.process_time()
        try:
            read += parse(path.read_bytes(), FeedConfig(path.stem, "https://a.example/feed"), NOW)
        except FeedError as error:
            refused[path.name] = error.word
        assert time.process_time() - started < LIMIT, path
    for item in read:
        assert item.title and item.published <= NOW
        assert item.url == "" or item.url.startswith(("http://", "https://"))
    assert refused == REFUSED.get(suite, {})


def titles_of(path: Path) -> list[str]:
    found = parse(path.read_bytes(), FeedConfig("甲", "https://a.example/feed"), NOW)
    return [item.title for item in found]


def test_every_title_is_right_whatever_the_encoding() -> None:
    files = sorted((FEEDS / "encodings").glob("leiphone-*.xml"))
    right = titles_of(FEEDS / "encodings/leiphone-utf8-bom.xml")
    assert len(right) == 13 and not any("\ufffd" in title for title in right)
    assert {path.name: titles_of(path) for path in files} == {path.name: right for path in files}


def test_a_feed_cut_in_the_middle_keeps_what_came_before_the_cut() -> None:
    path = FEEDS / "encodings/techweb-truncated.xml"
    written = path.read_bytes().decode("utf-8", "replace")
    whole = [head.partition("</title>")[0] for head in written.split("<item>")[1:] if "</item>" in head]
    whole = [
        title.partition("<title>")[2].strip().removeprefix("<![CDATA[").removesuffix("]]>") for title in whole
    ]
    titles = titles_of(path)
    assert titles[: len(whole)] == whole
    # the entry the cut fell into may be there as well
    assert 0 < len(whole) <= len(titles) <= len(whole) + 1


def entries_of(path: Path) -> dict[str, tuple[str, ...]]:
    """Say what stands in a feed by its own ids, read without any of our code."""
    import xml.etree.ElementTree as ET  # the files are known; nothing hostile is read here

    found: dict[str, tuple[str, ...]] = {}
    for entry in ET.parse(path).iter():
        if entry.tag.rpartition("}")[2] in ("item", "entry"):
            said = {part.tag.rpartition("}")[2]: "".join(part.itertext()).split() for part in entry}
            key = "".join(said.get("guid") or said.get("id") or said["link"])
            words = (said.get(tag, []) for tag in ("title", "description", "summary", "content"))
            found[key] = tuple(" ".join(some) for some in words)
    return found


@pytest.mark.parametrize("feed", ["aibase-daily", "claude-blog", "ifeng"])
def test_each_days_new_unchanged_and_changed_items_are_counted_right(feed: str, tmp_path: Path) -> None:
    known: dict[str, tuple[str, ...]] = {}
    expected, counted = [], []
    with Store.open(tmp_path / "items.db") as store:
        for path in sorted((FEEDS / "timeline" / feed).glob("*.xml")):
            today = entries_of(path)
            new = len(today.keys() - known.keys())
            changed = sum(key in known and known[key] != said for key, said in today.items())
            known |= today
            expected.append((path.stem, new, changed, len(today) - new - changed))
            at = dt.datetime.fromisoformat(path.stem).replace(hour=23, tzinfo=dt.UTC)
            items = parse(path.read_bytes(), FeedConfig(feed, "https://a.example/feed"), at)
            added = store.add(items, at)
            counted.append((path.stem, added.new, added.updated, added.unchanged))
        assert store.count() == len(known)
    assert counted == expected


def test_every_published_feed_gives_each_entry_it_holds() -> None:
    with (FEEDS / "FEATURES.tsv").open(encoding="utf-8") as table:
        known = {row["path"]: int(row["entries"]) for row in csv.DictReader(table, delimiter="\t")}
    files = {path: count for path, count in known.items() if path.startswith("published/")}
    found, undated = {}, []
    for path in files:
        body = Body((FEEDS / path).read_bytes(), FeedConfig(path, "https://a.example/feed"))
        reading = read(body, CollectConfig(), dt.datetime(2026, 12, 31, tzinfo=dt.UTC))
        found[path] = len(reading.items) + len(reading.dropped)
        undated += [path for item in reading.items if item.precision is Precision.INFERRED]
        assert not any("\ufffd" in item.title for item in reading.items), path
    assert found == files
    # one feed dates six entries to the epoch
    assert undated == ["published/zh-2014/techweb.xml"] * 6
