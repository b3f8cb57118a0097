"""`ribao collect` as a person or a timer runs it, against a server that misbehaves."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.commands.collect import run_collect
from generator.commands.repeats import few
from generator.config import load_config
from generator.config.schema import CollectConfig
from generator.feeds.health import Condition, condition
from generator.store import Store
from tests.feeds.conftest import rss
from tests.feeds.hostile import Hostile, Request
from tests.store.conftest import EVER, item

AT = "2026-01-07T20:00"
AHEAD = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "--site", str(folder), "collect", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def collect(folder: Path, *arguments: str) -> tuple[int, str, str]:
    process = started(folder, *arguments)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def paper(folder: Path, server: Hostile, *paths: str, more: str = "") -> Path:
    """Write a site whose feeds are these paths of the server."""
    feeds = "".join(f'[[feeds]]\nname = "{path[1:]}"\nurl = "{server.url(path)}"\n' for path in paths)
    (folder / "site.toml").write_text(
        f'[site]\ntitle = "测"\n[collect]\ntimeout = 20\nallow_hosts = ["{server.authority}"]\n{more}\n{feeds}',
        encoding="utf-8",
    )
    return folder


def titles(folder: Path) -> list[str]:
    with Store.open(folder / ".ribao/items.db") as store:
        return sorted(one.title for one in store.items(EVER, AHEAD))


def test_one_good_feed_is_success_and_a_second_run_finds_nothing_new(server: Hostile, tmp_path: Path) -> None:
    server.scripts = {"/good": lambda request: request.answer(200, rss("甲", "乙"))}
    site = paper(tmp_path, server, "/good", "/404")
    code, out, err = collect(site, "--at", AT, "--json")
    first = json.loads(out)
    assert (code, first["new"], first["failed"]) == (0, 2, 1)
    assert f"404: {server.url('/404')}: answered 404" in err
    code, out, _ = collect(site, "--at", "2026-01-07T21:00", "--json")
    assert (code, json.loads(out)["new"], titles(site)) == (0, 0, ["乙", "甲"])


def test_when_every_feed_fails_the_run_fails_and_what_is_stored_stays(
    server: Hostile, tmp_path: Path
) -> None:
    server.scripts = {
        "/good": lambda request: (
            request.answer(200, rss("甲")) if request.number == 1 else request.answer(500)
        )
    }
    site = paper(tmp_path, server, "/good")
    assert collect(site, "--at", AT)[0] == 0
    code, out, err = collect(site, "--at", "2026-01-07T21:00", "--json")
    assert (code, json.loads(out)["kind"], titles(site)) == (1, "nothing", ["甲"])
    assert "Traceback" not in err


def test_many_feeds_that_fail_alike_are_told_in_few_lines(server: Hostile, tmp_path: Path) -> None:
    server.scripts = {
        **{f"/dead{number}": lambda request: request.reset() for number in range(9)},
        "/broken": lambda request: request.answer(200, b"no feed"),
        "/good": lambda request: request.answer(200, rss("甲")),
    }
    site = paper(tmp_path, server, *server.scripts)
    code, out, err = collect(site, "--at", AT, "--json")
    assert code == 0
    lines = err.splitlines()
    alone = [line for line in lines if line.startswith("dead")]
    [rest] = [line for line in lines if line.startswith("and ")]
    assert len(alone) == 3
    assert re.fullmatch(r"and 6 more feeds: the same \(\w+\): dead\d(, dead\d){5}", rest)
    assert {name for line in (*alone, rest) for name in re.findall(r"dead\d", line)} == {
        f"dead{number}" for number in range(9)
    }
    assert sum(line.startswith("broken: ") for line in lines) == 1
    told = [feed for feed in json.loads(out)["feeds"] if feed["error"]]
    assert len(told) == 10
    again = collect(site, "--at", "2026-01-07T20:01")[2].splitlines()
    assert sum(line.startswith("dead") for line in again) <= 3


def test_what_is_wrong_with_one_feed_more_is_told_on_a_line_of_its_own() -> None:
    lines = [f"{name}: never worked" for name in "甲乙丙丁"]
    assert few([*lines, "戊: is gone for good"]) == [*lines[:3], "戊: is gone for good", lines[3]]
    assert few([*lines, "戊: never worked"])[3:] == ["and 2 more feeds: the same (never worked): 丁, 戊"]


def test_a_feed_saved_on_several_days_has_one_line_with_all_its_counts(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\ntitle = "测"\n', encoding="utf-8")
    for day, names in {"1": ("甲", "乙"), "2": ("甲", "乙", "丙")}.items():
        (tmp_path / "saved" / day).mkdir(parents=True)
        (tmp_path / "saved" / day / "good.xml").write_bytes(rss(*names))
    (tmp_path / "saved" / "3").mkdir()
    (tmp_path / "saved" / "3" / "broken.xml").write_text("no feed", encoding="utf-8")
    code, out, _ = collect(tmp_path, "--from", str(tmp_path / "saved"), "--at", AT)
    lines = [line.split() for line in out.splitlines()]
    assert code == 0
    assert lines[1:3] == [
        ["甲报", "read", "3", "0", "0", "2", "0"],
        ["broken", "failed", "0", "0", "0", "0", "0"],
    ]
    assert out.splitlines()[-1] == "2 feeds, 1 failed: 3 new items, 0 older, 0 updated, 2 unchanged"
    _, out, _ = collect(tmp_path, "--from", str(tmp_path / "saved"), "--at", AT, "--json")
    assert [feed["name"] for feed in json.loads(out)["feeds"]] == ["甲报", "甲报", "broken"]  # a row a file


def test_ctrl_c_keeps_what_is_finished_and_leaves_no_lock(server: Hostile, tmp_path: Path) -> None:
    server.scripts = {
        "/good": lambda request: request.answer(200, rss("甲")),
        "/hangs": lambda request: request.drip([b""], 30),
    }
    site = paper(tmp_path, server, "/good", "/hangs")
    process = started(site, "--at", AT)
    while not (site / ".ribao/items.db").exists() or not titles(site):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=15)
    assert process.returncode == 130 and "Traceback" not in err
    server.scripts["/hangs"] = lambda request: request.answer(200, rss("丙"))
    assert collect(site, "--at", "2026-01-07T21:00")[0] == 0


def test_a_second_run_beside_the_first_says_so(server: Hostile, tmp_path: Path) -> None:
    over = threading.Event()

    def slow(request: Request) -> None:
        over.wait(20)
        request.answer(200, rss("甲"))

    server.scripts = {"/slow": slow}
    site = paper(tmp_path, server, "/slow")
    first = started(site, "--at", AT)
    while not server.seen:
        assert first.poll() is None
    code, out, err = collect(site, "--at", AT)
    over.set()
    assert (code, out, len(server.seen)) == (1, "", 1)
    assert "another collect is at work here" in err
    assert (first.wait(30), titles(site)) == (0, ["甲"])


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_a_bad_store_is_named_before_anything_is_fetched(
    server: Hostile, tmp_path: Path, damage: bytes
) -> None:
    site = paper(tmp_path, server, "/good")
    (site / ".ribao").mkdir()
    (site / ".ribao/items.db").write_bytes(damage)
    code, _, err = collect(site, "--at", AT)
    assert code == 1 and "items.db: is " in err and "Traceback" not in err
    assert server.seen == []
    assert (site / ".ribao/items.db").read_bytes() == damage


def test_what_is_older_than_the_retention_is_forgotten(server: Hostile, tmp_path: Path) -> None:
    server.scripts = {"/good": lambda request: request.answer(200, rss("甲"))}
    site = paper(tmp_path, server, "/good", more="retention_days = 30")
    long_ago = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)
    with Store.open(site / ".ribao/items.db") as store:
        store.add([item("旧", "https://a.example/old", at=long_ago)], long_ago)
    assert collect(site, "--at", AT)[0] == 0
    assert titles(site) == ["甲"]


def test_a_feed_that_seldom_has_news_is_left_alone_for_a_while_but_not_by_the_days_edition(
    server: Hostile, tmp_path: Path
) -> None:
    weekly = "".join(
        f"<item><title>第{week}期</title><link>https://a.example/{week}</link><pubDate>2026-01-0{week} 08:00</pubDate></item>"
        for week in (1, 3, 5, 7)
    )
    server.scripts = {
        "/weekly": lambda request: request.answer(
            200, f"<rss version='2.0'><channel>{weekly}</channel></rss>".encode()
        ),
        "/quick": lambda request: request.answer(200, rss("甲", "乙", "丙", "丁")),
    }
    site = paper(tmp_path, server, "/weekly", "/quick")

    def asked(hour: int, *arguments: str) -> int:
        collect(site, "--at", f"2026-01-07T{hour}:00", *arguments)
        return len(server.of("/weekly"))

    assert asked(10) == 1
    code, out, err = collect(site, "--at", "2026-01-07T11:00", "--json")
    told = {feed["name"]: feed["outcome"] for feed in json.loads(out)["feeds"]}
    assert (code, told) == (0, {"weekly": "waiting", "quick": "unchanged"})
    assert json.loads(out)["feeds"][0]["notes"] == [
        "not asked before 2026-01-07 08:00 UTC: it seldom has news"
    ]
    assert "weekly:" not in err  # nothing is wrong with it
    assert asked(12, "--feed", "weekly") == 2  # whoever names it means it
    assert asked(13) == 2
    assert asked(19) == 3
    run_collect(load_config(site), every=True, now=dt.datetime(2026, 1, 7, 12, tzinfo=dt.UTC))
    assert len(server.of("/weekly")) == 4


def test_the_report_says_what_each_feed_did_and_why_each_item_is_where_it_is(
    server: Hostile, tmp_path: Path
) -> None:
    undated = "".join(
        f"<item><title>无日期{n}</title><link>https://b.example/{n}</link></item>" for n in range(12)
    )
    server.scripts = {
        "/500": lambda request: request.answer(200, rss("甲发布模型", "甲的广告", "乙的广告")),
        "/old": lambda request: request.answer(200, rss("旧闻").replace(b"07 Jan 2026", b"01 Dec 2025")),
        "/undated": lambda request: request.answer(
            200, f"<rss version='2.0'><channel>{undated}</channel></rss>".encode()
        ),
        "/gone": lambda request: request.answer(410),
    }
    site = paper(tmp_path, server, "/gone", "/undated", "/old", "/500")
    with (site / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write('exclude = ["广告"]\n')
    _, out, _ = collect(site, "--at", AT, "--items")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[:6] == [
        "feed did new older updated same left out",
        "gone failed 0 0 0 0 0",
        "undated read 10 2 0 0 0",
        "old read 0 1 0 0 0",
        "500 read 1 0 0 0 2",
        "500 left out: 2 × matches the `exclude` pattern '广告'",
    ]
    assert out.splitlines()[4].startswith("500 ")  # a name stands to the left, whatever it is made of
    assert "new 2026-01-07 01:30 500 甲发布模型" in lines
    assert "back catalogue 2025-12-01 01:30 old 旧闻 is from before 2026-01-06 12:00 UTC" in lines
    why = "has no date, and its feed is new: only the first 10 such entries are news"
    assert (
        sum(line.startswith("back catalogue undated undated 无日期") and line.endswith(why) for line in lines)
        == 2
    )
    assert "left out 500 乙的广告 matches the `exclude` pattern '广告'" in lines
    assert lines[-1] == "4 feeds, 1 failed: 11 new items, 3 older, 0 updated, 0 unchanged"


def test_a_line_takes_the_place_of_the_bar_on_a_terminal(server: Hostile, tmp_path: Path) -> None:
    def slow(request: Request) -> None:
        request.stop.wait(0.5)
        request.answer(200, rss("甲"))

    server.scripts = {"/good": slow}
    site = paper(tmp_path, server, "/404", "/good")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "--site", str(site), "collect", "--at", AT],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=Path(__file__).parents[2],
    )
    os.close(theirs)
    shown = b""
    try:
        while more := os.read(ours, 4096):
            shown += more
    except OSError:  # so Linux says that the other side has closed
        pass
    assert process.wait() == 0
    # what stands on each line once the bar is cleared
    lines = [line.rpartition("\x1b[K")[2].strip("\r") for line in shown.decode().split("\n")]
    assert [line for line in lines if "answered 404" in line] == [
        f"404: {server.url('/404')}: answered 404: is not there"
    ]


@pytest.mark.parametrize(
    ("path", "body"), [("/old", rss("旧闻").replace(b"2026", b"2025")), ("/empty", rss())]
)
def test_a_source_that_was_silent_before_it_was_added_or_stays_empty_is_said_to_be(
    server: Hostile, tmp_path: Path, path: str, body: bytes
) -> None:
    server.scripts = {path: lambda request: request.answer(200, body)}
    site = paper(tmp_path, server, path)
    _, _, early = collect(site, "--at", AT)
    _, _, later = collect(site, "--at", "2026-03-07T20:00")
    assert (f"{path[1:]}: has had nothing new since" in early) == (path == "/old")
    assert f"{path[1:]}: has had nothing new since" in later
    # the same as the list of sources says
    with Store.open(site / ".ribao/items.db") as store:
        state = store.feed_states()[path[1:]]
    assert condition(state, CollectConfig(), dt.datetime(2026, 3, 8, tzinfo=dt.UTC)) is Condition.SILENT


def test_an_undated_entry_is_news_of_its_source_once(server: Hostile, tmp_path: Path) -> None:
    def script(request: Request) -> None:
        # the same entry in a document that changes with every request
        request.answer(
            200,
            f"<rss version='2.0'><channel><title>{request.number}</title><item><title>甲</title></item></channel></rss>".encode(),
        )

    server.scripts = {"/undated": script}
    site = paper(tmp_path, server, "/undated")
    assert "nothing new" not in collect(site, "--at", AT)[2]
    assert "undated: has had nothing new since 2026-01-07" in collect(site, "--at", "2026-03-07T20:00")[2]
