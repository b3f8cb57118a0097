"""One digest that nine site generators were tried with: each thing at least one of them got wrong comes out right."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from generator.config import load_config
from generator.site.build import Options, Report, build
from generator.text.width import reading_minutes

DIGEST = """---
title: 人工智能日报，一月五日
date: 2026-01-05T00:30:00+08:00
tags: [AI, 大模型, C#, AI 日报]
summary: "第一行\\n第二行"
---

**影响：**对行业。“**引号**”之后，（**括号**）与**句号。**之后、**感叹！**之后。

**影响：**文**加速**文

第一行汉字
第二行汉字

**要点**
- 一
- 二

见脚注[^1]，见 https://example.com/path，以及后文。

[^1]: 脚注的话。

| 甲 | 乙 |
| --- | --- |
| 1 | 2 |

- [ ] 待办

```python
x = 1
```

![图](图.bin)

## 同名

## 同名

控制\x0b字符
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nine")
    posts = folder / "content/posts"
    (posts / "digest").mkdir(parents=True)
    (folder / "site.toml").write_text(
        '[site]\nbase_url = "https://e.com/news/"\n[build]\npermalink = "/{year}/{month}/{day}/{slug}/"\n',
        encoding="utf-8",
    )
    (posts / "digest/index.md").write_text(DIGEST, encoding="utf-8")
    for name, head in {
        "draft": "title: 草稿\ndate: 2026-01-02\ndraft: true",
        "later": "title: 将来\ndate: 2030-01-01",
        "one": "title: 同题\ndate: 2026-01-02",
        "two": "title: 同题\ndate: 2026-01-03",
        "today": "title: 只写了日子\ndate: 2026-01-31",
    }.items():
        (posts / f"{name}.md").write_text(f"---\n{head}\n---\n\n文\n", encoding="utf-8")
    made(folder)
    return folder


def made(folder: Path) -> Report:
    # 16:30 in London the day before is half past midnight of the paper's day
    return build(load_config(folder), Options(now=dt.datetime(2026, 1, 30, 16, 30, tzinfo=dt.UTC)))


def page(site: Path) -> str:
    return (site / "public/2026/01/05/digest/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "part",
    [
        "<strong>影响：</strong>对行业。“<strong>引号</strong>”之后，（<strong>括号</strong>）与<strong>句号。</strong>之后、"
        "<strong>感叹！</strong>之后。",
        "<strong>影响：</strong>文<strong>加速</strong>文",
        "第一行汉字第二行汉字",
        '<a href="https://example.com/path" rel="noopener">https://example.com/path</a>，以及后文。',
        '<h2 id="同名">',
        '<h2 id="同名-1">',
        'href="#fn-1"',
        '<li id="fn-1"><p>脚注的话。',
        "<td>1</td>",
        '<input type="checkbox" disabled>',
        "控制字符",
    ],
)
def test_the_text_comes_out_as_it_was_meant(site: Path, part: str) -> None:
    assert part in page(site)


def test_a_list_needs_no_empty_line_before_it(site: Path) -> None:
    assert re.search(r"<strong>要点</strong></p>\s*<ul>\s*<li>一</li>", page(site))


def test_the_address_has_the_day_of_the_paper(site: Path) -> None:
    assert (site / "public/2026/01/05/digest/index.html").exists()
    assert '<time datetime="2026-01-05">' in page(site)


def test_drafts_and_posts_of_tomorrow_stay_away_and_are_told(site: Path) -> None:
    public = site / "public"
    assert not [path for path in public.rglob("*") if path.name in ("draft", "later")]
    assert not any(
        word in path.read_text(encoding="utf-8")
        for path in public.rglob("*.xml")
        for word in ("草稿", "将来")
    )
    report = made(site)
    assert [(source, when.isoformat()) for source, when in report.scheduled] == [
        ("content/posts/later.md", "2030-01-01T00:00:00+08:00")
    ]
    assert report.drafts == 1


def test_a_post_of_today_without_a_time_is_there_today(site: Path) -> None:
    assert (site / "public/2026/01/31/today/index.html").exists()


def test_two_posts_of_one_title_and_tags_that_look_alike_have_pages_of_their_own(site: Path) -> None:
    assert (site / "public/2026/01/02/one/index.html").exists() and (
        site / "public/2026/01/03/two/index.html"
    ).exists()
    assert {path.name for path in (site / "public/tags").iterdir() if path.is_dir()} == {
        "ai",
        "大模型",
        "c-sharp",
        "ai-日报",
    }
    assert 'href="/news/tags/c-sharp/"' in page(site)


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_feeds_are_well_formed_whole_and_lead_below_the_path(site: Path, name: str) -> None:
    text = (site / "public" / name).read_text(encoding="utf-8")
    ET.fromstring(text)
    assert "https://e.com/news/2026/01/05/digest/" in text
    assert "控制字符" in text and "/news/news/" not in text  # the whole text, not a summary
    assert "https://e.com/news/2026/01/05/digest/%E5%9B%BE.bin" in text or "digest/图.bin" in text


def test_nothing_is_loaded_from_elsewhere_and_no_old_news_is_kept(site: Path) -> None:
    for path in (site / "public").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for address in re.findall(
            r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]* (?:src|href)="([^"]+)"', text
        ):
            assert address.startswith(("/news/", "图", "%E5")), (path, address)
        assert "serviceWorker" not in text
    assert not any(
        "serviceWorker" in path.read_text(encoding="utf-8") for path in (site / "public").rglob("*.js")
    )


def test_reading_time_counts_han_and_latin_apart() -> None:
    assert reading_minutes("汉" * 2835 + " word" * 244) == 8
    assert reading_minutes("word " * 2200) == 10
    assert reading_minutes("一个汉字 " + "word " * 2200) == 10  # one Han character changes nothing


# the same of slugs: pinyin on request, with the readings a reader would choose


@pytest.mark.parametrize(
    ("name", "slug"), [("广东", "guang-dong"), ("什么", "shen-me"), ("重庆 AI 大会", "chong-qing-ai-da-hui")]
)
def test_pinyin_on_request(tmp_path: Path, name: str, slug: str) -> None:
    pytest.importorskip("pypinyin")
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text('[build]\nslug = "pinyin"\n', encoding="utf-8")
    (tmp_path / f"content/posts/{name}.md").write_text(
        "---\ntitle: 题\ndate: 2026-01-07\n---\n\n文\n", encoding="utf-8"
    )
    made(tmp_path)
    assert (tmp_path / "public/posts" / slug / "index.html").exists()


def test_expiry_takes_a_post_away_when_its_time_has_come(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text("[site]\n", encoding="utf-8")
    (tmp_path / "content/posts/a.md").write_text(
        "---\ntitle: 题\ndate: 2026-01-07\nexpires: 2026-02-01 08:00\n---\n\n文\n", encoding="utf-8"
    )
    page = tmp_path / "public/posts/a/index.html"
    config = load_config(tmp_path)
    for moment, there in (("2026-01-31T23:59:00+00:00", True), ("2026-02-01T00:00:00+00:00", False)):
        build(config, Options(now=dt.datetime.fromisoformat(moment)))
        assert page.exists() == there


def test_a_post_that_jekyll_would_not_publish_is_a_draft(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text("[site]\n", encoding="utf-8")
    (tmp_path / "content/posts/a.md").write_text(
        "---\ntitle: 题\ndate: 2026-01-07\npublished: false\n---\n\n文\n", encoding="utf-8"
    )
    assert (made(tmp_path).posts, made(tmp_path).drafts) == (0, 1)
