"""`ribao check`: each problem at its place in the source; outside links are asked once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.commands import paper


def ribao(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(
        '[site]\nbase_url = "https://news.example/daily/"\n', encoding="utf-8"
    )
    write(tmp_path, "posts/other.md", "## 二标题\n\n好。\n")
    return tmp_path


def write(site: Path, name: str, body: str, head: str = "title: 甲\ndate: 2026-01-07") -> None:
    path = site / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{head}\n---\n\n{body}", encoding="utf-8")


def test_a_site_without_a_fault_is_well(site: Path) -> None:
    write(
        site,
        "posts/a.md",
        "[乙](../other/)、[标题](../other/#二标题)、[站内](https://news.example/daily/)。\n",
    )
    ran = ribao(site, "check")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "all is well\n")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "看\n[乙](../nowhere/)。\n",
            "a.md:7:5: ../nowhere/ leads to nothing; there is no posts/nowhere/index.html",
        ),
        ("[乙](../other/#三)。\n", "leads to a place that its page does not have; there is no heading '三'"),
        ("[乙](../other)。\n", "../other leads to the page without its slash at the end; write ../other/"),
        ("![图](gone.png)\n", "gone.png"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_at_its_place(site: Path, body: str, message: str) -> None:
    write(site, "posts/a.md", body)
    ran = ribao(site, "check")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert message in ran.stdout
    assert "content/posts/a.md:" in ran.stdout


def test_a_chinese_address_is_found_and_shown_as_it_is_written_wherever_it_stands(site: Path) -> None:
    write(
        site,
        "posts/a.md",
        '`[x](../无/)` [x](../无/) [y](../other/#无)\n\n```\n[x](../无/)\n```\n\n再看 [x](../无/ "题")\n',
    )
    lines = [line for line in ribao(site, "check").stdout.splitlines() if "leads to" in line]
    assert [line.split(" leads")[0] for line in lines] == [
        "content/posts/a.md:6:18: ../无/",
        "content/posts/a.md:6:29: ../other/#无",
        "content/posts/a.md:12:8: ../无/",
    ]


def test_a_picture_that_is_not_there_is_told_once_with_what_to_do(site: Path) -> None:
    write(site, "posts/a.md", "![图](gone.png)\n")
    ran = ribao(site, "check")
    assert ran.stdout == (
        "content/posts/a.md:6:6: there is no picture content/posts/gone.png;"
        " put it there, or correct the name 'gone.png'\n"
    )
    assert (ran.returncode, ran.stderr) == (1, "1 error, 0 warnings\n")


def test_drafts_are_checked_and_what_a_build_refuses_is_said_in_its_words(site: Path) -> None:
    write(site, "posts/a.md", "正文\n", head="title: 甲\ndate: 2026-13-01\ndraft: true")
    checked, built = ribao(site, "check"), ribao(site, "build", "--drafts")
    assert checked.returncode == built.returncode == 1
    [line] = [line for line in checked.stdout.splitlines() if "2026-13-01" in line]
    assert line in built.stderr


def test_a_story_that_two_posts_print_is_named_with_both_places(site: Path) -> None:
    write(site, "posts/a.md", "### [新闻](https://x.example/1?utm_source=rss)\n\n文。\n")
    write(site, "posts/b.md", "文。\n\n### [新闻](https://x.example/1)\n\n文。\n")
    ran = ribao(site, "check")
    assert ran.returncode == 0
    assert (
        "content/posts/b.md:8:1: warning: this story is printed already at content/posts/a.md:6" in ran.stdout
    )


def test_slips_of_typography_are_warnings_outside_of_code(site: Path) -> None:
    write(site, "posts/a.md", "好,坏。。\n\n`好,坏`\n\n```\n好,坏\n```\n")
    lines = ribao(site, "check").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("content/posts/a.md:6:2: warning: ',': a half-width mark between")
    assert lines[0].endswith("; write ，")
    assert lines[1].startswith("content/posts/a.md:6:4: warning: '。。': a doubled mark")


@pytest.mark.parametrize(("mark", "full"), [(";", "；"), (":", "："), ("?", "？"), ("!", "！")])
def test_the_mark_to_write_is_the_one_in_question(site: Path, mark: str, full: str) -> None:
    write(site, "posts/a.md", f"好{mark}坏\n")
    [line] = ribao(site, "check").stdout.splitlines()
    assert line.endswith(f"warning: '{mark}': a half-width mark between Chinese characters; write {full}")


def test_a_mark_that_a_source_wrote_is_left_to_it_and_one_of_the_papers_own_is_not(tmp_path: Path) -> None:
    paper.found(tmp_path)
    odd = (
        "天枢大模型开源:权重可以下载",
        "天枢团队开源了天枢大模型,参数规模为70亿。",
        "https://news.example.com/2",
    )
    paper.collect(tmp_path, [odd, *(one for one in paper.STORIES if one[2] != odd[2])])
    assert paper.publish(tmp_path).returncode == 0
    post = tmp_path / f"content/posts/{paper.DAY}/index.md"
    assert "开源:权重" in post.read_text(encoding="utf-8") and "模型,参数" in post.read_text(encoding="utf-8")
    assert "half-width" not in ribao(tmp_path, "check").stdout
    post.write_text(post.read_text(encoding="utf-8") + "\n编者按:以上为简讯。\n", encoding="utf-8")
    [line] = [one for one in ribao(tmp_path, "check").stdout.splitlines() if "half-width" in one]
    assert line.endswith("':': a half-width mark between Chinese characters; write ：")


def test_an_address_from_the_hosts_root_leads_out_of_a_site_below_a_path(site: Path) -> None:
    write(site, "posts/a.md", "[乙](/posts/other/)、[丙](/daily/posts/other/)。\n")
    ran = ribao(site, "check")
    assert ran.returncode == 1
    assert (
        "/posts/other/ leads out of the site, which is below /daily/; write /daily/posts/other/" in ran.stdout
    )
    assert ran.stdout.count("leads out") == 1


def test_with_the_extra_widths_are_looked_at_too_and_spaces_are_nobodys_fault(site: Path) -> None:
    pytest.importorskip("autocorrect_py")
    write(site, "posts/a.md", "用Python写，全角１２３。\n\n```\n全角１２３，好。\n```\n")
    [line] = ribao(site, "check").stdout.splitlines()
    assert line == "content/posts/a.md:6:12: warning: '１２３': write '123'"


def test_json_and_sarif_say_the_same(site: Path) -> None:
    write(site, "posts/a.md", "[乙](../nowhere/)\n")
    [problem] = json.loads(ribao(site, "check", "--json").stdout)["problems"]
    [run] = json.loads(ribao(site, "check", "--sarif").stdout)["runs"]
    [result] = run["results"]
    assert (problem["check"], problem["file"], problem["line"]) == ("links", "content/posts/a.md", 6)
    assert result["ruleId"] == "links"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 6


class Outside(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = b"<html>hello</html>"
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def outside() -> Iterator[HTTPServer]:
    Outside.asked = []
    with HTTPServer(("127.0.0.1", 0), Outside) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def test_outside_links_are_asked_once_and_remembered(site: Path, outside: HTTPServer) -> None:
    host = f"127.0.0.1:{outside.server_port}"
    (site / "site.toml").write_text(f'[collect]\nallow_hosts = ["{host}"]\n', encoding="utf-8")
    write(site, "posts/a.md", f"[好](http://{host}/good) [坏](http://{host}/gone)\n")
    for _ in range(2):
        ran = ribao(site, "check", "--links")
        assert f"http://{host}/gone: answered 404" in ran.stdout
        assert "/good" not in ran.stdout
    assert sorted(Outside.asked) == ["/gone", "/good"]
