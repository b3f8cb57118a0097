"""`ribao feeds` against a local server: discovery, health, OPML, and a site.toml that keeps its comments."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{name}</title><link>http://x/</link>
<item><title>{name}发布新模型</title><link>https://news.example.com/{name}/1</link><pubDate>Wed, 07 Jan 2026 08:00:00 +0800</pubDate></item>
</channel></rss>"""
PAGES = {
    "/": (
        "text/html",
        '<html><head><link rel="alternate" type="application/rss+xml" title="源" href="/feed.xml"></head>',
    ),
    "/feed.xml": ("application/rss+xml", RSS.format(name="甲源")),
    "/b.xml": ("application/rss+xml", RSS.format(name="乙源")),
    "/plain": ("text/html", "<p>没有订阅源</p>"),
}


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = PAGES.get(self.path, ("text/plain", ""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        data = body.encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def site(tmp_path: Path, server: str) -> Path:
    host = server.removeprefix("http://")
    (tmp_path / "site.toml").write_text(
        f'# 我的日报\n[site]\ntitle = "测"\n\n[collect]\nallow_hosts = ["{host}"]\n\n# 很重要的源\n[[feeds]]\nname = "旧源"  # 老牌\n'
        f'url = "{server}/b.xml"\n\n# 结尾的话\n',
        encoding="utf-8",
    )
    return tmp_path


def ribao(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=60
    )  # fmt: skip


def test_a_pages_feed_is_found_and_added_below_what_is_there(site: Path, server: str) -> None:
    before = (site / "site.toml").read_text(encoding="utf-8")
    done = ribao(site, "feeds", "add", server + "/")
    assert done.returncode == 0 and "added 甲源" in done.stderr, done.stderr
    after = (site / "site.toml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n")) and f'url = "{server}/feed.xml"' in after
    again = ribao(site, "feeds", "add", server + "/feed.xml")
    assert again.returncode == 2 and "already" in again.stderr


def test_a_page_without_a_feed_is_refused_and_nothing_changes(site: Path, server: str) -> None:
    before = (site / "site.toml").read_bytes()
    done = ribao(site, "feeds", "add", server + "/plain")
    assert done.returncode == 1 and "is no feed" in done.stderr and "Traceback" not in done.stderr
    assert (site / "site.toml").read_bytes() == before


def test_removing_keeps_every_comment_that_is_not_the_feeds(site: Path) -> None:
    assert ribao(site, "feeds", "remove", "旧源").returncode == 0
    text = (site / "site.toml").read_text(encoding="utf-8")
    assert "旧源" not in text and "# 我的日报" in text and "# 结尾的话" in text
    assert ribao(site, "feeds", "remove", "没有的").returncode == 2


def test_health_tells_what_the_last_runs_brought(site: Path) -> None:
    assert ribao(site, "collect", "--at", "2026-01-07T09:00").returncode == 0
    rows = json.loads(ribao(site, "feeds", "list", "--json").stdout)["feeds"]
    assert [(row["name"], row["failures"], row["error"]) for row in rows] == [("旧源", 0, "")]
    assert rows[0]["last_success"].startswith("2026-01-07")
    assert "旧源" in ribao(site, "feeds", "list").stdout


def test_checking_stores_nothing(site: Path) -> None:
    done = ribao(site, "feeds", "check", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["feeds"][0]["items"] == 1
    assert not (site / ".ribao/items.db").exists()


def test_opml_out_and_in_again_gives_the_same_feeds(site: Path, server: str) -> None:
    ribao(site, "feeds", "add", server + "/feed.xml", "--name", "A & B <源>")
    opml = ribao(site, "feeds", "export").stdout
    (site / "mine.opml").write_text(opml, encoding="utf-8")
    ribao(site, "feeds", "remove", "旧源")
    done = ribao(site, "feeds", "import", "mine.opml")
    assert done.returncode == 0 and "1 feeds added" in done.stderr
    names = {row["name"] for row in json.loads(ribao(site, "feeds", "list", "--json").stdout)["feeds"]}
    assert names == {"旧源", "A & B <源>"}
