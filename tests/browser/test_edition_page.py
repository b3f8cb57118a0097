"""An edition's page in a real browser: choosing stories, contents, copied links, the measure of its text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser.driver import Browser, browsing

REPORT = Path(__file__).parents[1] / "data/editions/report.txt"
LONG = (
    "# 长文\n\n## 第一节\n\n"
    + "这一段写得很长，好量一量一行有几个字。" * 20
    + "\n\n## 第二节\n\n"
    + "再来一段。" * 400
)
SUMMARY = "---\ntitle: 头条\ndate: 2026-03-06\nsummary: |\n  - 头条\n  - 甲公司发布芯片\n  - 编者的话\n---\n\n## 芯片\n\n### [甲公司发布芯片](https://one.example/a)\n\n正文。\n"  # fmt: skip
LINES = [f"第{n}家公司发布芯片" for n in "一二三四五"]
FIVE = (
    "---\ntitle: 五条\ndate: 2026-03-05\nsummary: |\n"
    + "".join(f"  - {line}\n" for line in LINES)
    + "---\n\n## 芯片\n\n"
    + "".join(f"### [{line}](https://one.example/{n})\n\n正文。\n\n" for n, line in enumerate(LINES))
)
SHOWN = "return [...document.querySelectorAll('.story')].filter(s => s.getClientRects().length).map(s => s.dataset.region + ' ' + s.dataset.importance)"
THEMES = (
    "return [...document.querySelectorAll('.theme, .more')].filter(s => s.getClientRects().length).length"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs Chromium"
    ),
]


@pytest.fixture(scope="module")
def content() -> dict[str, str]:
    return {
        "posts/day.md": REPORT.read_text(encoding="utf-8"),
        "posts/long.md": f"---\ntitle: 长文\ndate: 2026-03-04\n---\n\n{LONG}\n",
        "posts/summed.md": SUMMARY,
        "posts/five.md": FIVE,
    }


def choose(browser: Browser, value: str) -> None:
    browser.run(f"document.querySelector('.filters [value={value}]').click()")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_shows_the_stories_it_means_and_needs_no_script(
    tmp_path: Path, address: str, scripts: bool
) -> None:
    with browsing(tmp_path, scripts=scripts) as browser:
        browser.open(f"{address}posts/day/")
        everything = ["domestic high", "international medium", "international low"]
        assert browser.run(SHOWN) == everything
        choose(browser, "domestic")
        assert (browser.run(SHOWN), browser.run(THEMES)) == (everything[:1], 1)
        choose(browser, "international")
        assert (browser.run(SHOWN), browser.run(THEMES)) == (everything[1:], 1)
        choose(browser, "high")
        assert browser.run(SHOWN) == everything[:1]
        choose(browser, "all")
        assert (browser.run(SHOWN), browser.run(THEMES)) == (everything, 2)


def test_keys_walk_what_is_chosen_and_contents_tell_what_is_left(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/day/")
    choose(browser, "international")
    browser.press("j", "j", "j")
    assert browser.run("return document.querySelector('.story.current').dataset.importance") == "low"
    left = "return [...document.querySelectorAll('.contents li')].filter(l => !l.hidden).map(l => l.textContent.trim())"
    assert browser.run(left) == ["国际动态", "回到顶部"]


def test_a_link_to_a_story_that_is_hidden_shows_it(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/day/")
    choose(browser, "international")
    browser.run("location.hash = document.querySelector('[data-region=domestic]').id")
    assert len(browser.until(SHOWN, lambda shown: len(shown) == 3)) == 3


def test_a_line_of_the_summary_leads_to_the_story_it_is_of(browser: Browser, address: str) -> None:
    lines = "return [...document.querySelectorAll('.summary li')].map(l => [l.textContent, l.querySelector('a')?.hash || ''])"
    for page in ("", "posts/summed/"):
        browser.open(address + page)
        (first, place), second = browser.run(lines)
        assert first == "甲公司发布芯片" and second == ["编者的话", ""]
    assert browser.run(f"return document.querySelector('{place}').className") == "story"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_long_summary_says_how_much_more_there_is_and_shows_it(
    tmp_path: Path, address: str, scripts: bool
) -> None:
    seen = "return [...document.querySelectorAll('.summary li')].filter(l => l.checkVisibility({contentVisibilityAuto: true})).map(l => l.textContent)"
    with browsing(tmp_path, scripts=scripts) as browser:
        browser.open(f"{address}posts/five/")
        assert browser.run(seen) == LINES[:3]
        assert browser.run("return document.querySelector('.summary summary').textContent") == "还有 2 条"
        browser.run("document.querySelector('.summary summary').click()")
        assert browser.run(seen) == LINES
        browser.open(f"{address}posts/summed/")
        assert browser.run("return document.querySelector('.summary details')") is None


def test_the_section_being_read_is_marked_in_a_drawer_on_a_phone(browser: Browser, address: str) -> None:
    browser.tell(
        "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True
    )
    try:
        browser.open(f"{address}posts/long/")
        opened = "return document.querySelector('.contents details').open"
        browser.run("document.getElementById('第二节').scrollIntoView({behavior: 'instant'})")
        current = "const a = document.querySelector('.contents [aria-current]'); return a && a.textContent"
        assert browser.until(current, lambda text: text == "第二节") == "第二节"
        browser.run("document.querySelector('.contents summary').click()")
        assert browser.run(opened) is True
        browser.run("document.querySelector('.contents a').click()")
        assert browser.run(opened) is False
        assert browser.run("return document.documentElement.scrollWidth") == 390
    finally:
        browser.tell("Emulation.clearDeviceMetricsOverride")


def test_a_storys_link_is_copied_by_its_mark(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/summed/")
    browser.tell("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    # a page may write to the clipboard while it has the focus, which a window without a screen can lose
    browser.tell("Emulation.setFocusEmulationEnabled", enabled=True)
    browser.run("document.querySelector('.story .anchor').click()")
    told = "const s = document.querySelector('[role=status]'); return s && s.textContent"
    assert browser.until(told, bool) == "链接已复制"
    copied = browser.run("return navigator.clipboard.readText()")
    assert copied == browser.run("return location.href") and copied.startswith(f"{address}posts/summed/#s-")


def test_chinese_is_set_as_chinese_readers_are_used_to(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/long/")
    style = browser.run(
        "const p = document.querySelector('.prose p'), s = getComputedStyle(p);"
        "return [s.fontSize, s.lineHeight, s.marginBottom, s.textAutospace, s.textSpacingTrim, s.lineBreak, s.textIndent, s.textAlign]"
    )
    assert style == ["17px", "30.6px", "17px", "normal", "trim-start", "strict", "0px", "start"]
    width = browser.run("return document.querySelector('.prose p').clientWidth")
    assert 34 <= width / 17 <= 38, "a line of 34 to 38 characters"


def test_the_bar_of_progress_is_a_hair_below_the_masthead(browser: Browser, address: str) -> None:
    browser.open(f"{address}posts/long/")
    assert browser.run("return document.querySelector('.progress').offsetHeight") == 2
