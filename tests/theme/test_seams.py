"""The seams a theme of one's own is made by: extending, dropping in a file, and being told what is wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest

from generator.config import load_config
from generator.errors import ThemeError
from generator.files import bundled
from generator.site.build import Options, build
from generator.site.templates import clauses, kind

NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
POST = """---
title: 某公司发布芯片，价格减半
date: 2026-01-07
tags: [OpenAI, GPT, 开源]
---

## 芯片

### [甲公司发布芯片](https://news.example.com/a)

正文。
"""


def site(root: Path, settings: str = "") -> Path:
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/day.md").write_text(POST, encoding="utf-8")
    (root / "site.toml").write_text(
        f'[site]\nbase_url = "https://a.example/news/"\n{settings}', encoding="utf-8"
    )
    return root


def made(root: Path) -> Path:
    build(load_config(root), Options(now=NOW))
    return root / "public"


def test_a_second_theme_of_less_than_150_lines_looks_different_and_has_every_page(tmp_path: Path) -> None:
    theirs = made(site(tmp_path / "a"))
    plain = made(site(tmp_path / "b", 'theme = "plain"\n'))
    pages = {file.relative_to(plain).as_posix() for file in plain.rglob("*.html")}
    assert pages == {file.relative_to(theirs).as_posix() for file in theirs.rglob("*.html")}
    assert (theirs / "index.html").read_text("utf-8") != (plain / "index.html").read_text("utf-8")
    files = [file for file in (bundled("themes") / "plain").rglob("*") if file.is_file()]
    assert sum(file.read_text("utf-8").count("\n") for file in files) < 150


def test_one_file_that_is_dropped_in_takes_the_place_of_the_themes_own(tmp_path: Path) -> None:
    own = site(tmp_path) / "themes/ribao/templates/parts/foot.html"
    own.parent.mkdir(parents=True)
    own.write_text("<footer>自己的页脚，{{ site.title }}</footer>\n", encoding="utf-8")
    public = made(tmp_path)
    for page in ("index.html", "posts/day/index.html", "404.html"):
        text = (public / page).read_text("utf-8")
        assert text.count("<footer>自己的页脚，日报</footer>") == 1 and 'class="masthead"' in text


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{{ page.titel }}", "home.html:2: 'PageView' has no attribute 'titel'; did you mean 'title'?"),
        ("{% for entry in entries %}\n{{ entry.titel }}{% endfor %}", "home.html:2: 'EntryView' has no attribute 'titel'; did you mean 'title'?"),
        ("{{ entris }}", "home.html:1: 'entris' is undefined; did you mean 'entries'?"),
        ("{{ site.labels.hoem }}", "has no attribute 'hoem'; did you mean 'home'?"),
        ('\n\n{% include "parts/hed.html" %}', "home.html:3: there is no template 'parts/hed.html'; did you mean 'parts/head.html'?"),
        ("{{ asset('stlye.css') }}", "home.html:1: there is no asset 'stlye.css'; did you mean 'style.css'?"),
        ("{{ page.title | wekday }}", "home.html:1: No filter named 'wekday'"),
    ],
)  # fmt: skip
def test_what_a_template_may_not_use_is_named_with_its_line_and_a_suggestion(
    tmp_path: Path, template: str, message: str
) -> None:
    own = site(tmp_path) / "themes/ribao/templates/home.html"
    own.parent.mkdir(parents=True)
    own.write_text(template, encoding="utf-8")
    with pytest.raises(ThemeError) as raised:
        made(tmp_path)
    told = "\n".join(map(str, raised.value.problems))
    assert message in told and "themes/ribao/templates/home.html" in told


def test_a_story_without_a_record_names_the_host_it_links_to(tmp_path: Path) -> None:
    page = (made(site(tmp_path)) / "posts/day/index.html").read_text("utf-8")
    story = re.search(r'<article class="story".*?</article>', page, re.DOTALL)
    assert story and '<li class="publisher">news.example.com</li>' in story[0]


def test_tags_are_ordered_by_what_they_name(tmp_path: Path) -> None:
    page = (made(site(tmp_path)) / "tags/index.html").read_text("utf-8")
    found = re.findall(r"<h2[^>]*>([^<]+)|chip\" href=\"[^\"]+\">([^<]+?) *<", page)
    assert [a or b for a, b in found] == ["公司与机构", "OpenAI", "模型与产品", "GPT", "话题", "开源"]
    tag = (tmp_path / "public/tags/openai/index.html").read_text("utf-8")
    assert "<span>公司与机构</span><span>1 期</span>" in tag
    assert [kind(name) for name in ("英伟达", "Claude", "黄仁勋", "机器人")] == ["company", "model", "person", "topic"]  # fmt: skip


def test_headlines_break_between_clauses() -> None:
    assert clauses("一句话") == "一句话"
    assert (
        clauses("“真的？”他问：<b>")
        == '<span class="clause">“真的？”</span><span class="clause">他问：</span><span class="clause">&lt;b&gt;</span>'
    )


def test_the_first_load_of_every_page_is_at_most_60_kilobytes(tmp_path: Path) -> None:
    public = made(site(tmp_path))
    for page in public.rglob("*.html"):
        html = page.read_text("utf-8")
        linked = re.findall(r'(?:rel="(?:stylesheet|icon)"|<script)[^>]*?(?:href|src)="/news/([^"]+)"', html)
        files = [page, *(public / name for name in linked)]
        assert len(files) >= 3 or "http-equiv" in html, page
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 60 * 1024, page
