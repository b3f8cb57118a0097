"""`ribao export` as a user runs it: one file to paste into WeChat's editor, one to send as mail."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from tests.commands.paper import ribao

POST = """---
title: 某公司发布芯片
date: 2026-01-07
summary: |
  - 某公司发布芯片
  - 机器人进厂
---

## 芯片

### [某公司发布芯片](https://one.example/a)

新芯片见[说明](https://two.example/b)，也见[上一期](../2026-01-06/)。

![芯片](chip.png)

**深度解读：**
- 推理更快。

**影响：** 价格会降。
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(
        '[site]\ntitle = "测试日报"\nbase_url = "https://a.example/news/"\n', encoding="utf-8"
    )
    folder = tmp_path / "content/posts/2026-01-07"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(POST, encoding="utf-8")
    return tmp_path


def clean(page: str) -> str:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert parser.errors == [] and not re.search(r"\s(?:class|id)=|<(?:script|style|link)\b", page)
    return page


def test_wechat_gets_inline_styles_and_numbers_instead_of_links(site: Path) -> None:
    done = ribao(site, "export", "wechat", "2026-01-07")
    assert done.returncode == 0
    page = clean(done.stdout)
    assert "<a " not in page and all(f"[{number}]" in page for number in (1, 2, 3))
    assert re.findall(r">\[\d\] ([^<]+)<", page) == [
        "某公司发布芯片：https://one.example/a",
        "说明：https://two.example/b",
        "上一期：https://a.example/news/posts/2026-01-06/",
    ]
    assert page.partition("<body")[2].count("某公司发布芯片<") == 2, (
        "in the title and above its text, not among the highlights"
    )
    assert (
        "upload this picture in the editor: https://a.example/news/posts/2026-01-07/chip.png" in done.stderr
    )


def test_mail_keeps_its_links_and_leads_to_the_page(site: Path) -> None:
    page = clean(ribao(site, "export", "mail", "2026-01-07").stdout)
    links = re.findall(r'<a href="([^"]+)"', page)
    assert links[0] == "https://one.example/a" and links[-1] == "https://a.example/news/posts/2026-01-07/"
    assert "参考链接" not in page


def test_a_file_is_written_when_one_is_named_and_an_absent_day_is_told(site: Path) -> None:
    done = ribao(site, "export", "wechat", "2026-01-07", "--output", str(site / "out.html"))
    assert done.stdout == "" and (site / "out.html").read_text("utf-8").startswith("<!doctype html>")
    done = ribao(site, "export", "mail", "2026-01-08")
    assert done.returncode == 1 and "no edition 2026-01-08; write it like 2026-01-07" in done.stderr
    assert ribao(site, "export", "telegram", "2026-01-07").returncode == 2
    done = ribao(site, "export", "mail", "evening")
    assert done.returncode == 1 and "no edition evening" in done.stderr
