"""200 local feeds with 50 ms of server delay: collect cold and with nothing changed, beside a bare loop.

    python -m bench.collect

The bare loop (urllib3 in as many threads) asks for the same feeds and does nothing else: no
limits, no checks, no parsing, no store. Ratios are of each round's pair, which other work on the
machine burdens alike; figures are medians of `ROUNDS`. Memory is measured in runs of its own, as
looking at it takes time: all feeds new, then one of the 200 without end. Last comes the rate of parsing.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import urllib3

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds import collect
from generator.feeds.reading import Body, read
from generator.feeds.xmlfeed import read_forgiving
from generator.store import Store

FEEDS, ENTRIES, DELAY, WORKERS, ROUNDS = 200, 20, 0.05, 8, 5
NOW = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)


def body(number: int) -> bytes:
    entries = "".join(
        f"<item><title>第{number}报第{n}条：某公司发布新模型</title><link>https://a{number}.example/{n}</link>"
        f"<pubDate>Wed, 07 Jan 2026 0{n % 10}:30:00 +0800</pubDate><description>{'摘要。' * 60}</description></item>"
        for n in range(ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>{number}</title>{entries}</channel></rss>".encode()


def serve(pipe: Connection) -> None:
    """Answer `/N` after the delay; with 304 where the validator is known; `/endless` without end."""
    bodies = [body(number) for number in range(FEEDS)]

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(DELAY)
            path = head.split(b" ")[1]
            if path == b"/endless":
                writer.write(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n<rss>")
                while True:
                    writer.write(b"<item>" * 10_000)
                    await writer.drain()
            if b"if-none-match" in head.lower():
                writer.write(b"HTTP/1.1 304 X\r\nConnection: close\r\n\r\n")
            else:
                data = bodies[int(path[1:])]
                writer.write(
                    b'HTTP/1.1 200 X\r\nETag: "1"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n'
                    % len(data)
                    + data
                )
            await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(client, "127.0.0.1", 0, backlog=256)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def bare(urls: list[str], headers: dict[str, str]) -> float:
    """Return the seconds of a threaded loop that only fetches."""
    started = time.perf_counter()
    with urllib3.PoolManager(maxsize=WORKERS) as client, ThreadPoolExecutor(WORKERS) as pool:
        statuses = set(pool.map(lambda url: client.request("GET", url, headers=headers).status, urls))
    assert statuses == ({304} if headers else {200})
    return time.perf_counter() - started


def ours(feeds: list[FeedConfig], limits: CollectConfig, store: Store) -> float:
    """Return the seconds of fetching, parsing and storing."""
    started = time.perf_counter()
    for fetched in collect(feeds, limits, store.feed_states(), NOW, agent="ribao/bench"):
        assert not fetched.error or fetched.feed.name == "endless", fetched.error
        store.add(fetched.items, NOW)
        store.save_feed(fetched.state)
    return time.perf_counter() - started


def needed(feeds: list[FeedConfig], limits: CollectConfig) -> tuple[float, float]:
    """Return the seconds of a run from nothing, watched, and the megabytes it took at most."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "items.db") as store:
        with memory() as peak:
            seconds = ours(feeds, limits, store)
        return seconds, max(peak)


@contextlib.contextmanager
def memory() -> Iterator[list[float]]:
    """Sample the memory of this process and its parsers, shared pages counted once; in megabytes."""
    found = [0.0]
    stop = threading.Event()

    def sample() -> None:
        while not stop.wait(0.2):
            found.append(sum(map(_megabytes, _family())))

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def _family() -> list[int]:
    """This process and what it started, but for the server, which is the first child."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = [os.getpid()]
    server = multiprocessing.active_children()[0].pid if multiprocessing.active_children() else None
    for one in found:
        found += [child for child, parent in parents.items() if parent == one and child != server]
    return found


def _megabytes(process: int) -> float:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def parse_rate() -> tuple[float, float]:
    """Return items a second of one process: all of reading, and feedparser's own part where it is needed."""
    feed, limits = FeedConfig("报", "https://a.example/"), CollectConfig()
    rates = []
    for number in range(3):
        started = time.process_time()
        count = sum(len(read(Body(body(n + 60 * number), feed), limits, NOW).items) for n in range(60))
        rates.append(count / (time.process_time() - started))
    started = time.process_time()
    forgiving = sum(len(read_forgiving(body(n).decode(), feed.url).entries) for n in range(20))
    return statistics.median(rates), forgiving / (time.process_time() - started)


def main() -> None:
    pipe, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = pipe.recv()
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(FEEDS)]
    feeds = [FeedConfig(f"报{number}", url) for number, url in enumerate(urls)]
    # the feeds share one local address, which stands for 200 hosts
    limits = CollectConfig(
        workers=WORKERS, per_host=WORKERS, allow_hosts=(f"127.0.0.1:{port}",), adaptive_hours=0
    )
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "items.db") as store:
            for name, headers in (("cold", {}), ("304", {"If-None-Match": '"1"'})):
                times.setdefault(f"bare {name}", []).append(bare(urls, headers))
                times.setdefault(f"ours {name}", []).append(ours(feeds, limits, store))
    print(f"{FEEDS} feeds, {ENTRIES} entries each, {DELAY * 1000:.0f} ms, {WORKERS} threads, {ROUNDS} rounds")
    for name in ("cold", "304"):
        pairs = list(zip(times[f"bare {name}"], times[f"ours {name}"], strict=True))
        loop, own = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratios = sorted(own / loop for loop, own in pairs)
        print(
            f"{name:5} bare loop {loop:5.2f} s   collect {own:5.2f} s   ratio {statistics.median(ratios):.2f}"
            f" ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
    _, megabytes = needed(feeds, limits)
    print(f"memory {megabytes:.0f} MB at most, parsers included")
    endless = [FeedConfig("endless", f"http://127.0.0.1:{port}/endless"), *feeds[1:]]
    seconds, megabytes = needed(endless, limits)
    print(f"one endless feed among {FEEDS}: {seconds:.2f} s, {megabytes:.0f} MB")
    server.kill()
    server.join()
    whole, forgiving = parse_rate()
    print(
        f"parsing, one process: {whole:,.0f} items/s; feedparser's part, where it is needed: {forgiving:,.0f}"
    )


if __name__ == "__main__":
    main()
