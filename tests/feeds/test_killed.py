"""`ribao collect` killed at any instant: the store opens, nothing that was finished is lost, the next run completes."""

from __future__ import annotations

import random
import signal
import threading
import time
from pathlib import Path

from tests.feeds.conftest import rss
from tests.feeds.hostile import Hostile, Request
from tests.feeds.test_run import collect, paper, started, titles

ROUNDS = 20
FEEDS = 6


def test_kill_9_while_collecting(server: Hostile, tmp_path: Path) -> None:
    chance = random.Random(20260107)
    number_of = {f"/{number}": number for number in range(FEEDS)}

    def script(request: Request) -> None:
        # each answer holds what the ones before held, and one entry more
        feed = number_of[request.path]
        request.stop.wait(chance.random() * 0.05)
        request.answer(200, rss(*(f"{feed}-{entry}" for entry in range(request.number))))

    server.scripts = dict.fromkeys(number_of, script)
    site = paper(tmp_path, server, *number_of, more="adaptive_hours = 0")
    collect(site, "--at", "2026-01-07T12:00")
    kept = set(titles(site))
    assert len(kept) == FEEDS
    killed = 0
    for minute in range(ROUNDS):
        process = started(site, "--at", f"2026-01-07T12:{minute + 1:02}")
        # half of them while they start or open the store, half while they fetch and store
        asked = len(server.seen)
        while minute % 2 and len(server.seen) == asked and process.poll() is None:
            time.sleep(0.005)
        timer = threading.Timer(chance.random() * 0.4, process.kill)
        timer.start()
        process.communicate()
        timer.cancel()
        killed += process.returncode == -signal.SIGKILL
        found = set(titles(site))
        assert kept <= found
        kept = found
    assert killed >= ROUNDS // 4
    code, _, err = collect(site, "--at", "2026-01-07T13:00")
    assert (code, "Traceback" in err) == (0, False)
    served = {f"{feed}-{entry}" for path, feed in number_of.items() for entry in range(len(server.of(path)))}
    assert set(titles(site)) == served
