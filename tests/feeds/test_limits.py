"""The limits table: each is a setting, the defaults are those promised, and a bomb costs no more than they say."""

from __future__ import annotations

import functools
import gc
import socket
import time
import tracemalloc
import zlib
from typing import Any

import brotli
import pytest

from generator.config import parse_config
from tests.feeds.conftest import Run, rss
from tests.feeds.hostile import Hostile, Request

LIMITS = {
    "deadline": 30.0,  # seconds in all
    "max_bytes": 10_000_000,  # after unpacking
    "max_redirects": 5,
    "max_items": 500,
    "workers": 8,
    "per_host": 2,
    "retry_after_cap": 24.0,  # hours
    "max_title": 300,  # characters
    "max_summary": 5_000,
    "max_depth": 100,  # levels of HTML
}


def test_the_limits_are_those_promised_and_each_can_be_set() -> None:
    settings = parse_config("").collect
    assert {name: getattr(settings, name) for name in LIMITS} == LIMITS
    text = "[collect]\n" + "".join(f"{name} = {value + 1}\n" for name, value in LIMITS.items())
    changed = parse_config(text).collect
    assert {name: getattr(changed, name) - 1 for name in LIMITS} == LIMITS


@functools.cache
def gzip_bomb() -> bytes:
    """200 MB of zeros in 200 KB."""
    packer = zlib.compressobj(1, wbits=31)
    zeros = bytes(1_000_000)
    return b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()


@functools.cache
def brotli_bomb() -> bytes:
    """200 MB of zeros in less than a kilobyte."""
    packer = brotli.Compressor(quality=1)
    zeros = bytes(1_000_000)
    return b"".join(packer.process(zeros) for _ in range(200)) + packer.finish()


def endless(request: Request) -> None:
    request.send(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n")
    piece = b"<item>" * 10_000
    request.drip((piece for _ in range(5_000)), 0)


@pytest.mark.parametrize("kind", ["gzip", "br", "endless", "redirect"])
def test_a_body_without_end_costs_its_limit_in_memory_and_no_more(
    server: Hostile, run: Run, kind: str
) -> None:
    bombs = {"gzip": gzip_bomb, "br": brotli_bomb, "redirect": gzip_bomb}
    if kind == "endless":
        server.scripts["/feed"] = endless
    elif kind == "redirect":
        body = bombs[kind]()
        server.scripts["/feed"] = lambda request: request.answer(
            302, body, Location="/feed?more", Content_Encoding="gzip"
        )
        server.scripts["/feed?more"] = endless
    else:
        body = bombs[kind]()
        server.scripts["/feed"] = lambda request: request.answer(200, body, Content_Encoding=kind)
    gc.collect()
    tracemalloc.start()
    found = run("/feed", max_bytes=5_000_000, timeout=20.0, deadline=60.0)["/feed"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.word == "too-long"
    # the body once, growing, and what is on its way
    assert peak < 3 * 5_000_000, f"{peak:,} bytes"


def test_a_name_that_is_looked_up_for_ever_ends_at_the_deadline(
    server: Hostile, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = socket.getaddrinfo

    def slow(host: Any, *arguments: Any, **named: Any) -> Any:
        if host == "slow.example":
            time.sleep(20)
        return looked_up(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    server.scripts["/good"] = lambda request: request.answer(200, rss("甲"))
    found = run("http://slow.example/feed", "/good", timeout=1.0, deadline=1.0)
    late = found["http://slow.example/feed"]
    assert (late.word, late.seconds < 10) == ("unknown-host", True)
    assert late.error.endswith("the name slow.example cannot be looked up in time")
    assert not found["/good"].error
