"""`ribao serve` in a real browser: a saved post shows itself, a mistake lies over the last good page."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.driver import browsing

POST = "---\ntitle: {title}\ndate: 2026-01-07\n---\n\n{body}\n"
OVERLAY = "const o = document.getElementById('ribao-problems'); return o && o.innerText"
TEXT = "const m = document.querySelector('main'); return m ? m.innerText : ''"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("chromium") and shutil.which("chromedriver")), reason="needs Chromium"
    ),
]


@pytest.fixture
def post(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text('[site]\nbase_url = "https://a.example/news/"\n', encoding="utf-8")
    path = tmp_path / "content/posts/one.md"
    path.parent.mkdir(parents=True)
    path.write_text(POST.format(title="第一篇", body="正文一。"), encoding="utf-8")
    return path


@pytest.fixture
def address(tmp_path: Path, post: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "generator", "serve", "--site", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as serve:
        assert serve.stderr is not None
        yield next(line.split()[0] for line in serve.stderr if line.startswith("http://"))
        serve.send_signal(signal.SIGINT)


def test_a_save_reloads_the_page_and_a_mistake_is_shown_over_it_until_mended(
    tmp_path: Path, address: str, post: Path
) -> None:
    with browsing(tmp_path / "profile") as browser:
        browser.open(f"{address}posts/one/")
        assert "正文一。" in browser.run(TEXT) and browser.run(OVERLAY) is None

        post.write_text(POST.format(title="第一篇", body="正文二。"), encoding="utf-8")
        assert "正文二。" in browser.until(TEXT, lambda text: "正文二。" in text)

        post.write_text(POST.format(title="GPT-5: 发布", body="正文三。"), encoding="utf-8")
        told = browser.until(OVERLAY, bool)
        assert "content/posts/one.md:2:" in told and "2 > title: GPT-5: 发布" in told
        # what a theme says of code blocks does not reach the lines that are shown
        paper = "return getComputedStyle(document.querySelector('#ribao-problems pre')).backgroundColor"
        assert browser.run(paper) == "rgba(0, 0, 0, 0)"
        assert "正文二。" in browser.run(TEXT)

        post.write_text(POST.format(title="第一篇", body="正文四。"), encoding="utf-8")
        assert "正文四。" in browser.until(TEXT, lambda text: "正文四。" in text)
        assert browser.run(OVERLAY) is None
