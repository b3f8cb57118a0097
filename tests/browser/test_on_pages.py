"""A deployed site in a real browser, on a host that behaves like GitHub Pages: sub-path, own domain, 404."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import socket
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from generator.commands.deploy import built, to_branch
from generator.config import load_config
from generator.site.build import Options, build
from tests.browser.driver import Browser, browsing
from tests.github_pages import published

POST = "---\ntitle: 第{n}期\ndate: 2026-01-0{n}\ntags: [AI, 大模型]\n{more}---\n\n## 芯片\n\n正文，见[第一期](../早报-1/)。\n\n![图](p.png)\n"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs Chromium"
    ),
]


def deployed(folder: Path, base: str, more: str = "") -> Path:
    """Build a site for `base`, deploy it to a bare repository, and return what is on its branch, checked out."""
    site = folder / "site"
    for n in (1, 2, 3):
        post = site / "content" / "posts" / f"早报-{n}"
        post.mkdir(parents=True)
        old = "aliases: [/2020/01/02/first.html, /旧/地址/]\n" if n == 1 else ""
        (post / "index.md").write_text(POST.format(n=n, more=old), encoding="utf-8")
        (post / "p.png").write_bytes(DOT)
    (site / "static" / "_old").mkdir(parents=True)
    (site / "static" / "_old" / "data.json").write_text("{}", encoding="utf-8")
    (site / "site.toml").write_text(f'[site]\nbase_url = "{base}"\n{more}', encoding="utf-8")
    config = load_config(site)
    build(config, Options(now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC)))
    remote = folder / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    to_branch(config, built(config), str(remote), "gh-pages", "Publish the site")
    archive = subprocess.run(
        ["git", "archive", "gh-pages"], cwd=remote, stdout=subprocess.PIPE, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder / "branch", filter="data")
    return folder / "branch"


@pytest.fixture(scope="module")
def port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Browser]:
    flags = (f"--host-resolver-rules=MAP news.example:80 127.0.0.1:{port}",)
    with browsing(tmp_path_factory.mktemp("profile"), flags=flags) as browser:
        yield browser


def addresses(browser: Browser) -> list[str]:
    """Return where the page's links lead and what it shows, without places inside a page."""
    script = "return [...document.querySelectorAll('a[href], link[href], img[src], script[src]')]"
    found = browser.run(f"{script}.map(e => (e.href || e.src).split('#')[0])")
    return [address for address in dict.fromkeys(found) if address]


def walk(browser: Browser, home: str) -> set[str]:
    """Open every page that links lead to from `home`; return all addresses met."""
    todo, seen = [home], {home}
    while todo:
        browser.open(todo.pop())
        for address in addresses(browser):
            if address in seen:
                continue
            seen.add(address)
            if address.endswith("/"):
                todo.append(address)
            else:
                browser.run(f"return fetch({address!r}).then(answer => answer.status)")
    return seen


def test_below_a_path_every_address_a_reader_can_follow_is_there(tmp_path: Path, browser: Browser) -> None:
    with published(tmp_path / "branch", "/news/") as (port, asked):
        home = f"http://127.0.0.1:{port}/news/"
        deployed(tmp_path, home)
        seen = walk(browser, home)
        assert len(seen) > 15
        assert {address for address in seen if not address.startswith(home)} == set()
        # a link without its slash would be a detour: 301
        assert [(path, status) for path, status in asked if status != 200] == []
        assert "/news/posts/早报-1/p.png" in [unquote(path).partition("?")[0] for path, _ in asked]

        # search reads its index below the path, and finds Chinese
        browser.open(f"{home}search/?q={quote('芯片')}")
        found = browser.run("""
            const until = Date.now() + 5000;
            return new Promise(done => (function look() {
              const links = document.querySelectorAll('#results a');
              if (links.length >= 3 || Date.now() > until) done([...links].map(a => a.pathname));
              else setTimeout(look, 30);
            })())
        """)
        assert len(found) >= 3 and all(path.startswith("/news/posts/") for path in found)

        # an old address, with its suffix and without it, leads to the post
        for old in ("2020/01/02/first.html", "2020/01/02/first", quote("旧/地址/")):
            browser.open(f"{home}{old}")
            browser.run("return new Promise(done => setTimeout(done, 150))")
            assert unquote(browser.run("return location.pathname")) == "/news/posts/早报-1/", old

        # a name that begins with _ is there because of .nojekyll
        assert browser.run(f"return fetch('{home}_old/data.json').then(a => a.status)") == 200


def test_what_is_not_there_gets_the_papers_own_page_with_its_looks(tmp_path: Path, browser: Browser) -> None:
    with published(tmp_path / "branch", "/news/") as (port, asked):
        home = f"http://127.0.0.1:{port}/news/"
        deployed(tmp_path, home)
        # deep down, a folder without a page, and a page's address without its slash
        for path, status in (("2019/no/such/page/", 404), ("assets/", 404), ("posts/nothing", 404)):
            browser.open(home + path)
            assert (f"/news/{path}", status) in asked
            assert browser.run("return document.styleSheets.length") >= 1, path
            assert browser.run("return document.querySelector('main a').href") == home, path
            assert browser.run("return document.querySelector('meta[name=robots]').content") == "noindex"
        failed = [path for path, status in asked if status == 404]
        assert failed == [f"/news/{path}" for path in ("2019/no/such/page/", "assets/", "posts/nothing")]


def test_on_a_domain_of_its_own_with_addresses_without_html(
    tmp_path: Path, browser: Browser, port: int
) -> None:
    branch = deployed(
        tmp_path,
        "http://news.example/",
        '[build]\npermalink = "/{year}/{slug}.html"\nmarkdown_copies = false\n[deploy]\ncname = "news.example"\n',
    )
    assert (branch / "CNAME").read_text(encoding="utf-8") == "news.example\n"
    assert (branch / ".nojekyll").read_bytes() == b""
    with published(branch, "/", port) as (_, asked):
        browser.open("http://news.example/")
        links = [a for a in addresses(browser) if a.endswith(".html")]
        assert len(links) >= 3 and all(link.startswith("http://news.example/2026/") for link in links)
        for link in links:
            browser.open(link.removesuffix(".html"))  # as a reader types it
            assert browser.run("return document.querySelector('h1').textContent").startswith("第")
            assert browser.run("return [...document.images].every(i => i.complete && i.naturalWidth > 0)")
        assert [(path, status) for path, status in asked if status == 404] == []


def test_the_imitation_hides_what_pages_hides(tmp_path: Path) -> None:
    from urllib.error import HTTPError
    from urllib.request import urlopen

    (tmp_path / "_x").mkdir()
    (tmp_path / "_x" / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "404.html").write_text("gone", encoding="utf-8")
    os.symlink("/etc/hostname", tmp_path / "link.txt")
    with published(tmp_path, "/p/") as (port, _):
        for path in ("p/_x/a.txt", "p/link.txt", "p/..%2f..%2fetc/hostname", "", "q/"):
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"http://127.0.0.1:{port}/{path}")
