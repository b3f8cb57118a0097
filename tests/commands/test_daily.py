"""`ribao daily`: one command, one last line, and a site that stays when the network does not."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.demo.server import PORT, FeedServer, serving

DEMO = Path(__file__).resolve().parents[1] / "demo"


def daily(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANTHROPIC_")}
    return subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), "daily", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with serving(0) as running:
        running.day = "2026-01-07"
        yield running


@pytest.fixture
def site(tmp_path: Path, server: FeedServer) -> Path:
    settings = (DEMO / "site.toml").read_text(encoding="utf-8").replace(f":{PORT}", f":{server.port}")
    (tmp_path / "site.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_a_day_is_collected_published_and_built(site: Path) -> None:
    ran = daily(site, "--date", "2026-01-07", "--json")
    assert ran.returncode == 0, ran.stderr
    done = json.loads(ran.stdout)
    assert (done["status"], done["collect"]["feeds"], done["collect"]["failed"]) == ("offline", 15, [])
    assert done["publish"]["stories"] >= 15
    assert (site / "public" / "posts" / "2026-01-07" / "index.html").is_file()
    last = ran.stderr.splitlines()[-1]
    assert last.startswith(f"2026-01-07: {done['publish']['stories']} stories (offline) from 15 feeds, ")


def test_a_dead_feed_is_told_and_does_not_stop_the_day(site: Path) -> None:
    settings = site / "site.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("/keji.xml", "/moved.xml"), encoding="utf-8"
    )
    ran = daily(site, "--date", "2026-01-07")
    assert ran.returncode == 0, ran.stderr
    assert "科技晨报: " in ran.stderr
    assert "from 15 feeds (1 failed)" in ran.stderr.splitlines()[-1]


def test_without_a_network_the_site_stays_as_it_is(site: Path, server: FeedServer) -> None:
    assert daily(site, "--date", "2026-01-07").returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")}
    server.shutdown()
    server.server_close()
    (site / ".ribao" / "items.db").unlink()
    ran = daily(site, "--date", "2026-01-07")
    assert ran.returncode == 1
    assert "none of 15 feeds worked; the site stays as it is" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")} == before


def test_a_day_without_news_is_said_and_the_site_is_built(site: Path) -> None:
    today = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    ran = daily(site)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith(f"{today}: no edition from 15 feeds: nothing to print")
    assert (site / "public" / "index.html").is_file()
