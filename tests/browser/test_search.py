"""Search in a real browser, from a static host, under a sub-path: exactly the stories that hold the words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

TEXTS = [
    "英伟达发布新芯片", "国产大模型开源，推理更快", "具身智能进工厂", "GPT-5.2 上线，模型推理提速", "芯片出口管制放松",
    "大型模具厂转产", "人工智能法草案公布", "开放源代码许可更新", "Nvidia 与英 伟达成合作", "段落推送功能",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium"),
]


@pytest.fixture(scope="module")
def content() -> dict[str, str]:
    return {
        f"posts/p{number}.md": f"---\ntitle: 第{number}篇\ndate: 2026-01-{number:02}\n---\n\n{text}\n"
        for number, text in enumerate(TEXTS, start=1)
    }


@pytest.mark.parametrize("query", ["芯片", "大模型", "智能", "开源", "GPT-5.2", "模型推", "段推"])
def test_exactly_what_holds_the_words_is_shown(address: str, tmp_path: Path, query: str) -> None:
    page = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         f"--user-data-dir={tmp_path}", "--virtual-time-budget=5000", "--dump-dom", f"{address}search/?q={quote(query)}"],
        capture_output=True, encoding="utf-8", timeout=60,
    ).stdout  # fmt: skip
    expected = [f"第{n}篇" for n, text in reversed(list(enumerate(TEXTS, start=1))) if query in text]
    results = page.partition('id="results"')[2].partition("<noscript>")[0]
    assert [name for name in (f"第{n}篇" for n in range(len(TEXTS), 0, -1)) if name in results] == expected
