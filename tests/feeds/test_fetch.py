"""The rows D-F1 to D-F25 of the fault battery, over real sockets."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import gzip
import re
import zlib

import pytest

from generator.feeds import address
from generator.feeds.values import Fetched
from generator.sources import FeedState
from tests.feeds.conftest import NOW, Run, rss
from tests.feeds.hostile import Hostile, Request, Script

GOOD = rss("甲公司发布新模型", "乙公司融资")


def serves(body: bytes = GOOD, status: int = 200, **headers: str) -> Script:
    return lambda request: request.answer(status, body, **headers)


def ok(fetched: Fetched) -> list[str]:
    assert not fetched.error, fetched.error
    return [item.title for item in fetched.items]


def test_a_good_feed_beside_every_bad_one_is_read(server: Hostile, run: Run) -> None:
    server.scripts = {
        "/good": serves(),
        "/hangs": lambda request: request.drip([b""], 30),
        "/reset": lambda request: request.reset(),
        "/html": serves(b"<!DOCTYPE html><html><title>Log in</title><body>please</body></html>"),
        "/500": serves(status=500),
    }
    found = run("/hangs", "/reset", "/html", "/500", "/good", "http://127.0.0.1:9/closed")
    assert ok(found["/good"]) == ["甲公司发布新模型", "乙公司融资"]
    assert {name: fetched.word for name, fetched in found.items() if fetched.error} == {
        "/hangs": "timeout",
        "/reset": "reset",
        "/html": "not-a-feed",
        "/500": "server",
        "http://127.0.0.1:9/closed": "private-address",
    }
    assert all(fetched.state.failures == 1 for fetched in found.values() if fetched.error)


def test_a_closed_port_is_an_error_with_its_address(server: Hostile, run: Run) -> None:
    fetched = run("http://127.0.0.1:9/closed", allow=("127.0.0.1:9",))["http://127.0.0.1:9/closed"]
    assert fetched.word == "refused"
    assert fetched.error.startswith("http://127.0.0.1:9/closed: 127.0.0.1:9 cannot be connected to")


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_a_refusal_says_the_code_and_the_address(server: Hostile, run: Run, status: int) -> None:
    server.scripts["/feed"] = serves(b"no", status)
    fetched = run("/feed")["/feed"]
    assert fetched.error.startswith(f"{server.url('/feed')}: answered {status}: ")
    assert fetched.items == ()


def test_a_feed_that_is_gone_says_so_and_asks_to_be_removed(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves(b"", 410)
    fetched = run("/feed")["/feed"]
    assert (fetched.word, fetched.state.gone) == ("gone", True)
    assert "remove it from site.toml" in fetched.error


@pytest.mark.parametrize(
    ("header", "until"),
    [
        ("3600", NOW + dt.timedelta(hours=1)),
        ("99999999999", NOW + dt.timedelta(hours=24)),
        ("Wed, 07 Jan 2026 13:30:00 GMT", NOW + dt.timedelta(minutes=90)),
        ("Wed, 07 Jan 2099 13:30:00 GMT", NOW + dt.timedelta(hours=24)),
        ("-5", None),
        ("soon", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_capped_and_remembered(
    server: Hostile, run: Run, status: int, header: str, until: dt.datetime | None
) -> None:
    server.scripts["/feed"] = serves(b"", status, Retry_After=header, Date="Wed, 07 Jan 2026 12:00:00 GMT")
    fetched = run("/feed")["/feed"]
    assert fetched.state.not_before == until


def test_a_feed_that_asked_to_wait_is_not_asked_by_the_next_run(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: (
        request.answer(429, Retry_After="3600") if request.number == 1 else request.answer(200, GOOD)
    )
    state = run("/feed")["/feed"].state
    half_an_hour, an_hour = NOW + dt.timedelta(minutes=30), NOW + dt.timedelta(hours=1)
    waiting = run("/feed", states={"/feed": state}, now=half_an_hour)["/feed"]
    assert (waiting.outcome, len(server.seen)) == ("waiting", 1)
    assert waiting.notes == ("not asked before 2026-01-07 13:00 UTC: its server asked to wait",)
    assert run("/feed", states={"/feed": state}, now=an_hour)["/feed"].outcome == "read"


def test_a_redirect_to_itself_is_a_loop(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves(b"", 302, Location="/feed")
    assert run("/feed")["/feed"].word == "redirect-loop"
    assert len(server.seen) == 1


def test_redirects_stop_at_five(server: Hostile, run: Run) -> None:
    for hop in range(9):
        server.scripts[f"/{hop}"] = serves(b"", 302, Location=f"/{hop + 1}")
    fetched = run("/0")["/0"]
    assert (fetched.word, len(server.seen)) == ("redirect-loop", 6)


def test_a_permanent_redirect_is_followed_said_once_and_remembered(server: Hostile, run: Run) -> None:
    server.scripts = {"/old": serves(b"", 301, Location="/new"), "/new": serves(GOOD, ETag='"1"')}
    first = run("/old")["/old"]
    assert ok(first) and first.state.url == server.url("/new")
    assert first.notes == (f"has moved for good to {server.url('/new')}; write that into site.toml",)
    second = run("/old", states={"/old": first.state})["/old"]
    assert (len(server.of("/old")), second.notes) == (1, ())


def test_a_temporary_redirect_is_not_remembered(server: Hostile, run: Run) -> None:
    server.scripts = {"/old": serves(b"", 302, Location="/new"), "/new": serves(b"", 301, Location="/newest")}
    server.scripts["/newest"] = serves()
    assert run("/old")["/old"].state.url == server.url("/old")


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/x", "data:text/xml,<rss/>", "gopher:x"]
)
def test_redirects_to_other_schemes_are_refused_by_name(server: Hostile, run: Run, target: str) -> None:
    server.scripts["/feed"] = serves(b"", 302, Location=target)
    fetched = run("/feed")["/feed"]
    assert fetched.word == "bad-redirect"
    assert f"redirects to a {target.partition(':')[0]}: address" in fetched.error


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:80/", "http://2130706433/", "http://0x7f.1/", "http://user@127.0.0.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/",
        "http://100.64.0.1/", "http://[fd00::1]/", "http://[fe80::1]/", "http://0.0.0.0/", "http://localhost/",
        "http://224.0.0.1/", "http://[64:ff9b::7f00:1]/", "http://a.example:99999/",
    ],
)  # fmt: skip
def test_redirects_into_private_networks_are_refused(server: Hostile, run: Run, target: str) -> None:
    server.scripts["/feed"] = serves(b"", 302, Location=target)
    assert run("/feed")["/feed"].word in ("private-address", "bad-address", "redirect-loop")


def test_an_allowed_server_does_not_open_another_port(server: Hostile, run: Run) -> None:
    with Hostile({"/secret": serves()}, host="127.0.0.1") as other:
        server.scripts["/feed"] = serves(b"", 302, Location=other.url("/secret"))
        assert run("/feed")["/feed"].word == "private-address"
        assert other.seen == []


def test_a_public_server_cannot_lead_to_one_that_the_settings_allow(
    server: Hostile, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what stands for the internet here is another address of this machine
    monkeypatch.setattr(address, "is_public", lambda ip: ip == "127.0.0.3")
    server.scripts["/inside"] = serves()
    with Hostile({"/feed": serves(b"", 302, Location=server.url("/inside"))}, host="127.0.0.3") as public:
        fetched = run(public.url("/feed"))[public.url("/feed")]
    assert fetched.word == "private-address" and "which only the settings may name" in fetched.error
    assert server.seen == []


def test_validators_go_back_byte_for_byte_and_304_keeps_all(server: Hostile, run: Run) -> None:
    etag, modified = 'W/"a, b"', "Wed, 07 Jan 2026 00:00:00 +0000"

    def script(request: Request) -> None:
        known = request.headers.get("if-none-match") == etag
        if known and request.headers.get("if-modified-since") == modified:
            request.answer(304)
        else:
            request.answer(200, GOOD, ETag=etag, Last_Modified=modified)

    server.scripts["/feed"] = script
    first = run("/feed")["/feed"]
    second = run("/feed", states={"/feed": first.state}, now=NOW + dt.timedelta(hours=1))["/feed"]
    assert (first.outcome, second.outcome, second.state.failures) == ("read", "unchanged", 0)


def test_validators_expire_so_that_304_for_ever_is_found_out(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: (
        request.answer(304) if "if-none-match" in request.headers else request.answer(200, GOOD, ETag='"1"')
    )
    state = run("/feed")["/feed"].state
    week = NOW + dt.timedelta(hours=169)
    assert (
        run("/feed", states={"/feed": state}, now=NOW + dt.timedelta(hours=167))["/feed"].outcome
        == "unchanged"
    )
    later = run("/feed", states={"/feed": state}, now=week)["/feed"]
    assert "if-none-match" not in server.seen[-1].headers
    assert later.state.full_at == week


def test_304_to_a_first_request_is_an_error_and_the_next_asks_plainly(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: request.answer(304)
    fetched = run("/feed")["/feed"]
    assert "answered 304 (not modified) to a request that did not ask for it" in fetched.error
    run("/feed", states={"/feed": fetched.state})
    assert "if-none-match" not in server.seen[-1].headers


def test_a_body_we_know_is_not_read_again(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves()
    first = run("/feed")["/feed"]
    assert run("/feed", states={"/feed": first.state})["/feed"].outcome == "unchanged"


def test_a_length_over_the_limit_is_refused_unread(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: request.send(
        b"HTTP/1.1 200 X\r\nContent-Length: 99999999999\r\n\r\n"
    )
    assert "announces 99,999,999,999 bytes" in run("/feed")["/feed"].error


def test_an_endless_body_is_stopped_at_the_limit(server: Hostile, run: Run) -> None:
    def script(request: Request) -> None:
        request.send(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n")
        request.drip((b"<rss>" + b" " * 65536 for _ in range(10_000)), 0)

    server.scripts["/feed"] = script
    assert (
        "is longer than 1,000,000 bytes; it was stopped there"
        in run("/feed", max_bytes=1_000_000)["/feed"].error
    )


@functools.cache
def bomb() -> bytes:
    """400 MB of zeros in 400 KB."""
    packer = zlib.compressobj(1, wbits=31)
    zeros = bytes(1_000_000)
    return b"".join(packer.compress(zeros) for _ in range(400)) + packer.flush()


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_costs_its_limit(server: Hostile, run: Run, layers: int) -> None:
    body, encoding = bomb(), "gzip"
    if layers == 2:
        body, encoding = gzip.compress(body), "gzip, gzip"
    server.scripts["/feed"] = serves(body, Content_Encoding=encoding)
    assert run("/feed", deadline=20.0)["/feed"].word == "too-long"


def test_the_body_of_a_redirect_is_never_unpacked(server: Hostile, run: Run) -> None:
    server.scripts = {
        "/feed": serves(bomb(), 302, Location="/good", Content_Encoding="gzip"),
        "/good": serves(),
    }
    assert ok(run("/feed")["/feed"])


def test_brotli_and_deflate_are_unpacked(server: Hostile, run: Run) -> None:
    import brotli

    bare = zlib.compressobj(wbits=-15)
    server.scripts = {
        "/br": serves(brotli.compress(GOOD), Content_Encoding="br"),
        "/zlib": serves(zlib.compress(GOOD), Content_Encoding="deflate"),
        "/bare": serves(bare.compress(GOOD) + bare.flush(), Content_Encoding="deflate"),
        "/gzip": serves(gzip.compress(GOOD[:50]) + gzip.compress(GOOD[50:]), Content_Encoding="gzip"),
    }
    assert all(len(ok(fetched)) == 2 for fetched in run("/br", "/zlib", "/bare", "/gzip").values())


@pytest.mark.parametrize(
    ("body", "encoding", "word"),
    [
        (gzip.compress(GOOD)[:-20], "gzip", "incomplete"),
        (gzip.compress(GOOD)[:-4], "gzip", "incomplete"),
        (GOOD, "gzip", "bad-encoding"),
        (GOOD, "br", "bad-encoding"),
        (GOOD, "zstd", "bad-encoding"),
        (GOOD, "gzip, gzip, gzip", "bad-encoding"),
    ],
)
def test_a_body_that_is_not_packed_as_it_says_is_an_error(
    server: Hostile, run: Run, body: bytes, encoding: str, word: str
) -> None:
    server.scripts["/feed"] = serves(body, Content_Encoding=encoding)
    fetched = run("/feed")["/feed"]
    assert (fetched.word, fetched.state.etag, fetched.state.body_hash) == (word, "", "")


def cut(request: Request) -> None:
    request.send(b'HTTP/1.1 200 X\r\nETag: "1"\r\nContent-Length: 9999\r\nConnection: close\r\n\r\n' + GOOD)


def unended(request: Request) -> None:
    request.send(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(GOOD), GOOD))


@pytest.mark.parametrize("script", [cut, unended])
def test_an_incomplete_body_stores_nothing_and_keeps_no_validators(
    server: Hostile, run: Run, script: Script
) -> None:
    server.scripts["/feed"] = script
    fetched = run("/feed")["/feed"]
    assert (fetched.word, fetched.items, fetched.state.etag) == ("incomplete", (), "")


def test_a_broken_connection_gets_one_new_try(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: (
        request.reset() if request.number == 1 else request.answer(200, GOOD)
    )
    assert ok(run("/feed")["/feed"])


@pytest.mark.parametrize(
    ("pieces", "pause"),
    [
        ([b"HTTP/1.1 200 X\r\n", *[b"X-A: b\r\n"] * 100], 0.1),
        ([b"HTTP/1.1 200 X\r\n\r\n", *[b" "] * 100], 0.1),
        ([], 0.0),
    ],
    ids=["headers a line at a time", "a byte at a time", "an answer of nothing"],
)
def test_a_slow_server_ends_at_the_deadline(
    server: Hostile, run: Run, pieces: list[bytes], pause: float
) -> None:
    server.scripts["/feed"] = lambda request: request.drip(pieces, pause)
    fetched = run("/feed", timeout=0.7, deadline=1.0)["/feed"]
    assert fetched.word in ("deadline", "timeout", "incomplete")
    assert fetched.seconds < 3


def test_garbage_for_http_is_an_error(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: request.send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n" * 10)
    assert run("/feed")["/feed"].word in ("protocol", "incomplete")


@pytest.mark.parametrize("body", [b"", b" \n\t "])
def test_nothing_is_not_success(server: Hostile, run: Run, body: bytes) -> None:
    server.scripts["/feed"] = serves(body)
    assert run("/feed")["/feed"].word == "empty"


def test_a_page_is_named_as_one(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves(b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>")
    assert run("/feed")["/feed"].error.endswith("is not a feed: an HTML page titled 'Sign in'")


@pytest.mark.parametrize("kind", ["text/html", "", "application/octet-stream", "image/png"])
def test_a_good_feed_is_read_whatever_it_is_called(server: Hostile, run: Run, kind: str) -> None:
    server.scripts["/feed"] = serves(GOOD, 200, **({"Content_Type": kind} if kind else {}))
    assert ok(run("/feed")["/feed"])


def test_a_wrong_charset_in_the_header_does_no_harm(server: Hostile, run: Run) -> None:
    server.scripts = {
        "/utf8": serves(GOOD, Content_Type="text/xml; charset=gbk"),
        "/gbk": serves(GOOD.decode().encode("gbk"), Content_Type="text/xml; charset=utf-8"),
        "/said": serves(GOOD.decode().encode("gbk"), Content_Type="text/xml; charset=GBK"),
    }
    assert {tuple(ok(fetched)) for fetched in run("/utf8", "/gbk", "/said").values()} == {
        ("甲公司发布新模型", "乙公司融资")
    }


def test_credentials_are_sent_and_never_shown(server: Hostile, run: Run) -> None:
    server.scripts = {
        "/401": serves(b"", 401),
        "/ok": serves(),
        "/moved": serves(b"", 301, Location=server.url("/ok")),
    }
    with_password = f"http://reader:geheim@{server.authority}"
    found = run(
        f"{with_password}/401?token=tiefgeheim", f"{with_password}/moved", "http://a:geheim@no.invalid/"
    )
    shown = " ".join(
        f"{fetched.error} {fetched.notes} {[i.link for i in fetched.items]}" for fetched in found.values()
    )
    assert "geheim" not in shown and "/401?token=…" in shown
    assert server.of("/moved")[0].headers["authorization"] == "Basic cmVhZGVyOmdlaGVpbQ=="
    assert "authorization" not in server.of("/ok")[0].headers


def test_proxy_variables_do_not_lead_elsewhere(
    server: Hostile, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://user:geheim@127.0.0.1:9")
    server.scripts["/feed"] = serves()
    assert ok(run("/feed")["/feed"])


def test_at_most_two_requests_at_once_go_to_one_host(server: Hostile, run: Run) -> None:
    def slow(request: Request) -> None:
        request.stop.wait(0.02)
        request.answer(200, GOOD)

    paths = [f"/{number}" for number in range(30)]
    server.scripts = dict.fromkeys(paths, slow)
    assert len(run(*paths, workers=8)) == 30
    assert server.most_at_once == 2


def test_the_user_agent_says_who_asks(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves()
    run("/feed")
    assert server.seen[0].headers["user-agent"] == "ribao/test"
    assert re.match(r"gzip, deflate, br", server.seen[0].headers["accept-encoding"])


def test_a_feed_that_keeps_failing_is_asked_less_and_less(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves(b"", 500)
    state: FeedState | None = None
    waits: list[float] = []
    for _ in range(9):
        states = {"/feed": state} if state else {}
        state = run("/feed", states=states, now=NOW + dt.timedelta(days=len(waits) * 2))["/feed"].state
        pause = (
            state.not_before - state.checked_at if state.not_before and state.checked_at else dt.timedelta()
        )
        waits.append(pause / dt.timedelta(hours=1))
    assert waits == [0, 0, 1, 2, 4, 8, 16, 20, 20]


def test_another_address_in_the_settings_starts_afresh(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = serves(GOOD, ETag='"1"')
    state = run("/feed")["/feed"].state
    other = dataclasses.replace(state, configured="https://elsewhere.example/")
    assert run("/feed", states={"/feed": other})["/feed"].outcome == "read"


def test_a_connection_that_is_always_reset_is_an_error_with_its_address(server: Hostile, run: Run) -> None:
    server.scripts["/feed"] = lambda request: request.reset()
    fetched = run("/feed")["/feed"]
    assert fetched.word in ("reset", "incomplete") and server.url("/feed") in fetched.error
    assert (len(server.seen), fetched.state.failures) == (2, 1)
