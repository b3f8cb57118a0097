"""200 local feeds with 50 ms of server delay: collect cold and with nothing changed, beside a bare loop.

    python -m bench.collect

The bare loop asks the same feeds in as many threads and does nothing else: no limits, no
checks, no parsing, no store.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import multiprocessing
import resource
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds import collect
from generator.store import Store

FEEDS, ENTRIES, DELAY, WORKERS = 200, 20, 0.05, 8
NOW = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)


def body(number: int) -> bytes:
    entries = "".join(
        f"<item><title>第{number}报第{n}条：某公司发布新模型</title><link>https://a{number}.example/{n}</link>"
        f"<pubDate>Wed, 07 Jan 2026 0{n % 10}:30:00 +0800</pubDate><description>{'摘要。' * 60}</description></item>"
        for n in range(ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>{number}</title>{entries}</channel></rss>".encode()


def serve(pipe: Connection) -> None:
    """Answer `/N` after the delay; with 304 where the validator is known."""

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(DELAY)
        if b"if-none-match" in head.lower():
            writer.write(b"HTTP/1.1 304 X\r\nConnection: close\r\n\r\n")
        else:
            data = body(int(head.split(b" ")[1][1:]))
            writer.write(
                b'HTTP/1.1 200 X\r\nETag: "1"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n' % len(data)
                + data
            )
        await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(client, "127.0.0.1", 0, backlog=256)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def bare(urls: list[str]) -> float:
    """Return the seconds of a threaded loop that only fetches."""
    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        assert all(pool.map(lambda url: urllib.request.urlopen(url, timeout=20).read(), urls))
    return time.perf_counter() - started


def ours(feeds: list[FeedConfig], limits: CollectConfig, store: Store) -> tuple[float, str]:
    """Return the seconds of fetching, parsing and storing, and what became of the items."""
    started = time.perf_counter()
    new = items = 0
    for fetched in collect(feeds, limits, store.feed_states(), NOW, agent="ribao/bench"):
        assert not fetched.error, fetched.error
        new += store.add(fetched.items, NOW).new
        items += len(fetched.items)
        store.save_feed(fetched.state)
    return time.perf_counter() - started, f"{items} items, {new} new"


def main() -> None:
    pipe, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = pipe.recv()
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(FEEDS)]
    feeds = [FeedConfig(f"报{number}", url) for number, url in enumerate(urls)]
    # the feeds share one local address, which stands for 200 hosts
    limits = CollectConfig(workers=WORKERS, per_host=WORKERS, allow_hosts=(f"127.0.0.1:{port}",))
    print(f"{FEEDS} feeds, {ENTRIES} entries each, {DELAY * 1000:.0f} ms, {WORKERS} workers")
    print(f"bare loop    {bare(urls):6.2f} s")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "items.db") as store:
        for name in ("cold", "all 304"):
            seconds, did = ours(feeds, limits, store)
            print(f"{name:12} {seconds:6.2f} s  {did}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory  {own:6.0f} MB in the main process")
    server.kill()


if __name__ == "__main__":
    main()
