"""The preview over real sockets: its pages, its guards, and what it tells an open page."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest

from generator.editions import themed
from generator.editions.record import dumps

POST = "---\ntitle: {title}\ndate: 2026-01-0{day}\ntags: [AI]\n---\n\n{body}\n"


class Preview:
    """A running `ribao serve`."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--site", str(root), "--port", "0", *arguments],
            stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.address = self._address()
        self.port = int(self.address.split(":")[2].split("/")[0])

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line)

    def _address(self) -> str:
        while True:
            line = self.lines.get(timeout=30)
            if line.startswith("http://"):
                return line.split()[0]

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=named)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            return line.makefile("rb").read()

    def states(self) -> Iterator[dict[str, Any]]:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(f"GET /__ribao/events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        with line, line.makefile("r", encoding="utf-8") as stream:
            for text in stream:
                if text.startswith("data: "):
                    yield json.loads(text.removeprefix("data: "))

    def stop(self, how: int = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


def write(root: Path, name: str, title: str, body: str, day: int = 7) -> None:
    path = root / "content/posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(title=title, body=body, day=day), encoding="utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    root = tmp_path_factory.mktemp("site")
    (root / "site.toml").write_text(
        '[site]\ntitle = "预览"\nbase_url = "https://a.example/news/"\n', encoding="utf-8"
    )
    write(root, "one.md", "第一篇", "正文一。")
    write(root, "草稿.md", "草稿篇", "还没写完。")
    (root / "content/posts/草稿.md").write_text(
        "---\ntitle: 草稿篇\ndate: 2026-01-07\ndraft: true\n---\n\n内文\n", encoding="utf-8"
    )
    (root / "static").mkdir()
    (root / "static/data.bin").write_bytes(bytes(range(100)))
    (root / "secret.txt").write_text("canary")
    (root / "static/link.txt").symlink_to(root / "secret.txt")
    running = Preview(root)
    yield running
    running.stop()


def test_pages_are_drawn_when_asked_for_below_the_sites_path(preview: Preview) -> None:
    status, headers, body = preview.get("/news/posts/one/")
    assert (
        status == 200
        and headers["content-type"] == "text/html; charset=utf-8"
        and headers["cache-control"] == "no-store"
    )
    assert "正文一。" in body.decode() and b"/__ribao/reload.js" in body
    assert preview.get("/")[2] == preview.get("/news/")[2]  # sent on to the site's path
    assert preview.get("/news/posts/one")[0] == 200 and preview.get("/news/feed.xml")[0] == 200
    assert not (preview.root / "public").exists()


def test_what_is_not_there_is_the_themes_404(preview: Preview) -> None:
    status, _, body = preview.get("/news/nothing/")
    assert status == 404 and "页面不存在" in body.decode()


def test_drafts_wait_unless_asked_for(preview: Preview, tmp_path: Path) -> None:
    assert preview.get("/news/posts/%E8%8D%89%E7%A8%BF/")[0] == 404
    (tmp_path / "site.toml").write_text('[site]\nbase_url = "http://localhost/"\n', encoding="utf-8")
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/d.md").write_text(
        "---\ntitle: 草稿篇\ndate: 2026-01-07\ndraft: true\n---\n\n内文\n", encoding="utf-8"
    )
    other = Preview(tmp_path, "--drafts")
    assert other.get("/posts/d/")[0] == 200 and "草稿" in other.get("/")[2].decode()
    assert other.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize("path", ["/news/../site.toml", "/../site.toml", "/news/%2e%2e/site.toml", "/news/..%2fsecret.txt",
                                  "/news/link.txt", "/news//etc/passwd", "/news/..\\secret.txt", "/news/%00", "/.ribao/preview.db"])  # fmt: skip
def test_nothing_outside_the_site_is_given(preview: Preview, path: str) -> None:
    answer = preview.raw(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
    assert answer.split()[1] == b"404" and b"canary" not in answer and b"[site]" not in answer


def test_foreign_names_and_foreign_pages_are_refused(preview: Preview) -> None:
    assert preview.get("/news/", Host="evil.example")[0] == 403
    assert preview.get("/__ribao/events", Origin="https://evil.example")[0] == 403
    assert preview.raw(b"GET /news/ HTTP/1.0\r\n\r\n").split()[1] == b"403"
    assert (
        preview.get("/news/", Host=f"localhost:{preview.port}", Origin=f"http://localhost:{preview.port}")[0]
        == 200
    )


def test_a_redirect_never_leaves_the_server(preview: Preview) -> None:
    answer = preview.raw(b"GET //evil.example/.. HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert b"location: //" not in answer.lower()


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [
        ("bytes=0-9", 206, 10),
        ("bytes=95-", 206, 5),
        ("bytes=-3", 206, 3),
        ("bytes=200-", 416, 0),
        ("lines=1-2", 200, 100),
    ],
)
def test_ranges(preview: Preview, asked: str, status: int, length: int) -> None:
    got, _, body = preview.get("/news/data.bin", Range=asked)
    assert (got, len(body)) == (status, length)


def test_head_has_no_body(preview: Preview) -> None:
    answer = preview.raw(b"HEAD /news/posts/one/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] == b"200" and body == b"" and b"Content-Length: 0" not in head


def test_a_save_a_rename_and_a_mistake_reach_an_open_page(preview: Preview) -> None:
    states = preview.states()
    before = next(states)["version"]
    write(preview.root, "one.md", "第一篇", "正文改过。")
    assert next(states)["version"] > before and "正文改过。" in preview.get("/news/posts/one/")[2].decode()

    # an editor's atomic save: written beside, then renamed over
    beside = preview.root / "content/posts/one.md.new"
    beside.write_text(POST.format(title="第一篇", body="改名保存。", day=7), encoding="utf-8")
    os.replace(beside, preview.root / "content/posts/one.md")
    while "改名保存。" not in preview.get("/news/posts/one/")[2].decode():
        next(states)

    write(preview.root, "one.md", "GPT-5: 发布", "坏了。")
    while not (state := next(states))["problems"]:
        pass
    problem = state["problems"][0]
    assert (problem["file"], problem["line"]) == ("content/posts/one.md", 2)
    assert {"number": 2, "text": "title: GPT-5: 发布"} in problem["lines"]
    assert "改名保存。" in preview.get("/news/posts/one/")[2].decode()  # the last good page stays

    write(preview.root, "one.md", "第一篇", "修好了。")
    while (state := next(states))["problems"]:
        pass
    assert "修好了。" in preview.get("/news/posts/one/")[2].decode()


def test_of_a_burst_the_last_state_is_shown(preview: Preview) -> None:
    states = preview.states()
    first = next(states)["version"]
    for number in range(200):
        write(preview.root, "burst.md", "连发", f"第{number}次。")
        time.sleep(0.002)
    last = first  # the last save may be drawn before it is asked for
    while "第199次。" not in preview.get("/news/posts/burst/")[2].decode():
        last = next(states)["version"]
    assert last - first < 100  # far fewer than saves, also on a busy machine


def test_a_template_that_is_dropped_in_is_used_and_its_mistake_is_named(preview: Preview) -> None:
    states = preview.states()
    next(states)
    folder = preview.root / "themes/ribao/templates"
    folder.mkdir(parents=True)
    (folder / "404.html").write_text("<body>自己的 {{ site.titel }}</body>", encoding="utf-8")
    for _ in range(20):
        status, _, body = preview.get("/news/nothing/")
        if status == 500:
            break
        time.sleep(0.1)
    assert "404.html:1" in body.decode() and "title" in body.decode()
    (folder / "404.html").write_text("<body>自己的 {{ site.title }}</body>", encoding="utf-8")
    for _ in range(50):
        if "自己的 预览" in preview.get("/news/nothing/")[2].decode():
            return
        time.sleep(0.1)
    raise AssertionError("the mended template was never used")


def test_a_visitor_who_never_reads_stops_nobody(preview: Preview) -> None:
    idle = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(5)]
    for line in idle:
        line.sendall(b"GET /news/feed.xml HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert preview.get("/news/posts/one/")[0] == 200
    for line in idle:
        line.close()


def test_a_port_in_use_is_said_with_the_way_out(preview: Preview) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "serve", "--site", str(preview.root), "--port", str(preview.port)],
        capture_output=True, encoding="utf-8", timeout=30,
    )  # fmt: skip
    assert (
        done.returncode == 1 and f"port {preview.port} is in use" in done.stderr and "--port" in done.stderr
    )


def test_listening_for_other_machines_is_warned_of(preview: Preview) -> None:
    other = Preview(preview.root, "--host", "0.0.0.0")
    assert other.stop() == 0
    # the warning came before the address
    assert other.address.startswith("http://127.0.0.1:")  # no browser has to know 0.0.0.0


@pytest.mark.parametrize("base", ["https://a.example/日报/", "https://a.example/%E6%97%A5%E6%8A%A5/"])
def test_the_address_told_is_one_that_a_browser_can_ask_for(tmp_path: Path, base: str) -> None:
    (tmp_path / "site.toml").write_text(f'[site]\nbase_url = "{base}"\n', encoding="utf-8")
    write(tmp_path, "one.md", "第一篇", "正文一。")
    other = Preview(tmp_path)
    path = other.address.partition(f":{other.port}")[2]
    assert path == "/%E6%97%A5%E6%8A%A5/"
    status, _, home = other.get(path)
    assert status == 200 and other.get("/")[2] == home
    links = re.findall(r'(?:href|src)="(/[^"#]*)', home.decode())
    found = {link: other.get(quote(unquote(link)))[0] for link in links}
    assert len(found) > 5 and set(found.values()) == {200}, found
    assert other.stop() == 0 and other.lines.get(timeout=10) == "preview ended\n"  # no edition, no review


@pytest.mark.parametrize("place", ["/__ribao/review/", "/__ribao/review"])
def test_the_review_is_told_of_and_its_links_lead_on(tmp_path: Path, place: str) -> None:
    (tmp_path / "site.toml").write_text('[site]\nbase_url = "https://a.example/news/"\n', encoding="utf-8")
    folder = tmp_path / "content/posts/2026-01-07"
    write(
        folder.parents[2], "2026-01-07/index.md", "日报", "## 一\n\n### [甲](https://e.example/1)\n\n正文。"
    )
    text = (folder / "index.md").read_text(encoding="utf-8")
    (folder / "edition.json").write_text(
        dumps(themed.parse(text, str(folder / "index.md")).edition, text), encoding="utf-8"
    )
    other = Preview(tmp_path)
    told = other.lines.get(timeout=10).split()[0]
    assert told == f"http://127.0.0.1:{other.port}/__ribao/review/"
    (link,) = re.findall(r'<li><a href="([^"]+)"', other.get(place)[2].decode())
    status, _, page = other.get(urljoin(place, link))
    assert status == 200 and "甲" in page.decode()
    back = re.findall(r'<a href="([^"]+)"', page.decode())[0]
    assert other.get(urljoin(link, back))[0] == 200 and back == "/__ribao/review/"
    assert other.stop() == 0


def test_the_review_shows_what_editions_there_are(preview: Preview) -> None:
    assert preview.get("/__ribao/review/")[0] == 200
    assert preview.get("/__ribao/review/2026-01-07")[0] == 404 and preview.get("/__ribao/other")[0] == 404
