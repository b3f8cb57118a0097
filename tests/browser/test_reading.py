"""Reading in a real browser: colours without a flash, keys, anchors, without scripts, without strangers."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.browser.driver import Browser, browsing

EDITION = """---
title: 第{day}期
date: 2026-01-0{day}
tags: [AI]
mode: offline
---

## 芯片与算力

### [甲公司发布第{day}款芯片](https://one.example/a{day})
<!-- 重要性：高 地区：国内 标签：芯片 -->

新芯片的推理速度是上一代的两倍。

### [乙公司开源模型](https://two.example/b{day})
<!-- 重要性：中 地区：国际 标签：开源 -->

权重已可下载。

## 机器人

### [丙公司的机器人进厂](https://three.example/c{day})
<!-- 重要性：低 地区：国内 标签：机器人 -->

首批一百台。
"""
KINDS = [
    "",
    "posts/p2/",
    "about/",
    "tags/ai/",
    "tags/",
    "2026/",
    "2026/01/",
    "archive/",
    "trends/",
    "search/",
    "404.html",
]
LOADS = {"script": "src", "img": "src", "source": "srcset", "iframe": "src", "video": "src", "audio": "src", "embed": "src", "object": "data"}  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs Chromium"
    ),
]


@pytest.fixture(scope="module")
def content() -> dict[str, str]:
    posts = {f"posts/p{day}.md": EDITION.format(day=day) for day in (1, 2, 3)}
    return {"pages/about.md": "---\ntitle: 关于\n---\n\n一份日报。\n", **posts}


def ground(browser: Browser) -> str:
    return str(browser.run("return getComputedStyle(document.body).backgroundColor"))


def test_a_chosen_scheme_is_there_in_the_first_frame(browser: Browser, address: str) -> None:
    browser.open(address)
    light = ground(browser)
    browser.run("localStorage.setItem('theme', 'dark')")
    watch = browser.tell("Page.addScriptToEvaluateOnNewDocument", source="""
        window.seen = [];
        requestAnimationFrame(function look() {
          if (document.body) window.seen.push(getComputedStyle(document.body).backgroundColor);
          if (window.seen.length < 5) requestAnimationFrame(look);
        });
    """)  # fmt: skip
    browser.open(f"{address}posts/p2/")
    seen = browser.run("return window.seen")
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=watch["identifier"])
    dark = ground(browser)
    browser.run("localStorage.clear()")
    assert dark != light and set(seen) <= {dark}


def test_the_key_t_goes_round_the_schemes_and_the_choice_lasts(browser: Browser, address: str) -> None:
    browser.open(address)
    chosen = []
    for _ in range(4):
        browser.press("t")
        chosen.append(
            browser.run("return [document.documentElement.dataset.theme, localStorage.getItem('theme')]")
        )
    assert chosen == [["light", "light"], ["dark", "dark"], ["sepia", "sepia"], [None, None]]


def test_j_and_k_walk_the_stories_and_leave_typing_alone(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/p2/")
    story = "const s = document.querySelector('.story.current h3'); return s && s.textContent"
    browser.press("j", "j")
    assert browser.run(story).startswith("乙公司开源模型")
    browser.press("k")
    assert browser.run(story).startswith("甲公司发布第2款芯片")
    browser.open(f"{address}search/")
    browser.press("/")
    browser.press("j", "t", "?")
    assert browser.run("return [document.activeElement.value, document.documentElement.dataset.theme]") == [
        "jt?",
        None,
    ]


def test_n_and_p_turn_to_the_days_around_and_the_slash_to_search(browser: Browser, address: str) -> None:
    for key, page in (("n", "posts/p3/"), ("p", "posts/p1/"), ("/", "search/")):
        browser.open(f"{address}posts/p2/")
        browser.press(key)
        browser.run("return document.readyState")  # answers only when the page that was turned to is there
        assert browser.run("return location.href") == address + page


def test_the_question_mark_opens_and_closes_the_keys(browser: Browser, address: str) -> None:
    browser.open(address)
    state = "const d = document.querySelector('#help'); return [d.open, d.querySelectorAll('dt').length]"
    browser.press("?")
    assert browser.run(state) == [True, 5]
    browser.press("?")
    assert browser.run(state) == [False, 5]


def test_contents_and_stories_lead_to_places_of_the_page(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/p2/")
    contents = browser.run(
        "return [...document.querySelectorAll('.contents a')].map(a => decodeURIComponent(a.hash))"
    )
    anchors = browser.run(
        "return [...document.querySelectorAll('.story .anchor')].map(a => decodeURIComponent(a.hash))"
    )
    assert contents == ["#芯片与算力", "#机器人", "#main"] and len(set(anchors)) == 3
    for place in [*contents, *anchors]:
        assert browser.run(f"return document.querySelectorAll('[id=\"{place[1:]}\"]').length") == 1


def test_a_page_reads_without_scripts(tmp_path: Path, address: str) -> None:
    with browsing(tmp_path, scripts=False) as browser:
        browser.open(f"{address}posts/p2/")
        text = browser.run("return document.body.innerText")
        assert browser.run("return document.documentElement.className") == ""
        browser.open(f"{address}search/")
        hint = browser.run("return document.querySelector('main').innerText")
    for words in ("芯片与算力", "甲公司发布第2款芯片", "权重已可下载。", "首批一百台。"):
        assert words in text
    assert "归档" in hint and "标签" in hint


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_asks_another_host(browser: Browser, root: Path, address: str, kind: str) -> None:
    browser.open(address + kind)
    asked = browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert asked and all(name.startswith(address) for name in asked)
    html = (root / "www/news" / kind / ("" if kind.endswith(".html") else "index.html")).read_text(
        encoding="utf-8"
    )
    loads = _Loads()
    loads.feed(html)
    assert loads.found
    for name in loads.found:
        whole = urlsplit(urljoin("http://localhost/news/" + kind, name))
        assert whole.hostname == "localhost" and whole.path.startswith("/news/")
        assert (root / "www" / unquote(whole.path[1:])).is_file(), name


class _Loads(HTMLParser):
    """The addresses a page loads by itself: scripts, pictures, styles and what styles name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in LOADS and values.get(LOADS[tag]):
            self.found += [part.split()[0] for part in values[LOADS[tag]].split(",")]
        if tag == "link" and {"stylesheet", "icon", "preload", "modulepreload"} & set(
            values.get("rel", "").split()
        ):
            self.found.append(values["href"])
        self.found += re.findall(r"url\(['\"]?([^)'\"]+)", values.get("style", ""))
