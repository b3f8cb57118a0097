"""`ribao feeds` against a local server: discovery, health, OPML, and a site.toml that keeps its comments."""

from __future__ import annotations

import contextlib
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
        '<html><head><link rel="alternate" type="application/rss+xml" title="甲源的评论" href="/comments/feed.xml">'
        '<link rel="alternate" type="application/rss+xml" title="源" href="/feed.xml"></head>',
    ),
    "/comments/feed.xml": ("application/rss+xml", RSS.format(name="评论")),
    "/links": ("text/html", '<p><a href="/about">关于</a> <a href="/b.xml?feed=rss">RSS 订阅</a></p>'),
    "/b.xml?feed=rss": ("application/rss+xml", RSS.format(name="丙源")),
    "/feed.xml": ("application/rss+xml", RSS.format(name="甲源")),
    "/b.xml": ("application/rss+xml", RSS.format(name="乙源")),
    "/plain": ("text/html", "<p>没有订阅源</p>"),
}


class Pages(http.server.BaseHTTPRequestHandler):
    pages: dict[str, tuple[str, str]]

    def do_GET(self) -> None:
        kind, body = self.pages.get(self.path, ("text/plain", ""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        data = body.encode()
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@contextlib.contextmanager
def serving(pages: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Serve pages by path on a port of their own; gives host and port."""
    handler = type("Handler", (Pages,), {"pages": pages})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def server() -> Iterator[str]:
    with serving(PAGES) as host:
        yield f"http://{host}"


def allow(site: Path, host: str) -> None:
    settings = site / "site.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("allow_hosts = [", f'allow_hosts = ["{host}", '), encoding="utf-8")


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


def test_a_feed_that_is_named_nowhere_is_looked_for_and_an_address_needs_no_scheme(site: Path) -> None:
    feed = ("application/xml", RSS.format(name="丁源"))
    with serving({"/post/1": PAGES["/plain"], "/atom.xml": feed}) as host:
        allow(site, host)
        done = ribao(site, "feeds", "add", f"{host}/post/1")
        assert (done.returncode, done.stderr.strip()) == (0, f"added 丁源: http://{host}/atom.xml")


def test_a_feed_that_a_page_only_links_to_is_found(site: Path, server: str) -> None:
    done = ribao(site, "feeds", "add", server + "/links")
    assert "added 丙源" in done.stderr, done.stderr


def test_a_pages_feed_is_found_and_added_below_what_is_there(site: Path, server: str) -> None:
    before = (site / "site.toml").read_text(encoding="utf-8")
    done = ribao(site, "feeds", "add", server + "/")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        f"added 甲源: {server}/feed.xml",
        f"the page names another: {server}/comments/feed.xml (甲源的评论)",
    ]
    after = (site / "site.toml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n")) and f'url = "{server}/feed.xml"' in after
    again = ribao(site, "feeds", "add", server + "/feed.xml")
    assert again.returncode == 2 and "is among the feeds already, as 甲源" in again.stderr


def test_a_page_without_a_feed_is_refused_and_nothing_changes(site: Path) -> None:
    with serving({"/plain": PAGES["/plain"]}) as host:
        allow(site, host)
        before = (site / "site.toml").read_bytes()
        done = ribao(site, "feeds", "add", f"http://{host}/plain")
        assert (done.returncode, done.stderr.strip()) == (
            1,
            f"error: http://{host}/plain: is no feed, names none that can be read, and has none at the usual"
            " places; look on the site for its RSS address and add that",
        )
        assert (site / "site.toml").read_bytes() == before


def test_removing_keeps_every_comment_that_is_not_the_feeds(site: Path) -> None:
    assert ribao(site, "feeds", "remove", "旧源").returncode == 0
    text = (site / "site.toml").read_text(encoding="utf-8")
    assert "旧源" not in text and "# 我的日报" in text and "# 结尾的话" in text
    wrong = ribao(site, "feeds", "remove", "没有的")
    assert wrong.returncode == 2 and "Invalid value for NAME: there is no feed '没有的'" in wrong.stderr


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


def test_checking_says_what_came_and_what_the_rules_leave_out(site: Path, server: str) -> None:
    with (site / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[[feeds]]\nname = "严源"\nurl = "{server}/feed.xml"\nexclude = ["模型"]\n')
        settings.write(f'[[feeds]]\nname = "坏源"\nurl = "{server}/plain"\n')
    assert ribao(site, "feeds", "check").stdout.splitlines() == [
        "旧源: 1 items, newest 2026-01-07 08:00",
        "严源: no items",
        "    left out: matches the `exclude` pattern '模型'",
        "坏源: is not a feed: no RSS, Atom or JSON Feed in it",
    ]


def test_a_list_of_no_feeds_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("", encoding="utf-8")
    done = ribao(tmp_path, "feeds", "list")
    assert (done.returncode, done.stdout) == (0, "") and "ribao feeds add URL" in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_opml_is_read_as_other_programs_write_it(site: Path, encoding: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><opml version="1.0"><body><outline text="科技">'
        '<outline text="晨星" xmlUrl="https://star.example/feed?a=1&b=2"/></outline></body></opml>'
    )
    (site / "mine.opml").write_bytes(text.encode(encoding))
    done = ribao(site, "feeds", "import", "mine.opml")
    assert (done.returncode, done.stderr.strip()) == (0, "feeds added: 1")
    again = ribao(site, "feeds", "import", "mine.opml")
    assert again.stderr.strip() == "feeds added: 0; 1 were there already"
    listed = json.loads(ribao(site, "feeds", "list", "--json").stdout)["feeds"]
    assert [(row["name"], row["url"]) for row in listed[1:]] == [
        ("晨星", "https://star.example/feed?a=1&b=2")
    ]


def test_opml_out_and_in_again_gives_the_same_feeds(site: Path, server: str) -> None:
    ribao(site, "feeds", "add", server + "/feed.xml", "--name", "A & B <源>")
    opml = ribao(site, "feeds", "export").stdout
    (site / "mine.opml").write_text(opml, encoding="utf-8")
    ribao(site, "feeds", "remove", "旧源")
    done = ribao(site, "feeds", "import", "mine.opml")
    assert done.returncode == 0 and "feeds added: 1" in done.stderr
    names = {row["name"] for row in json.loads(ribao(site, "feeds", "list", "--json").stdout)["feeds"]}
    assert names == {"旧源", "A & B <源>"}
