"""The default theme's pages for content that is not quite what a newsroom writes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from generator.config import load_config
from generator.site.build import Options, build
from tests.commands import paper


def test_a_mode_without_a_record_is_drawn_as_a_post(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text('[site]\nbase_url = "http://localhost/"\n', encoding="utf-8")
    (tmp_path / "content/posts/day.md").write_text(
        "---\ntitle: 记录丢了的一期\ndate: 2026-01-07\nmode: offline\n---\n\n正文还在。\n", encoding="utf-8"
    )
    build(load_config(tmp_path), Options(now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC)))
    assert "正文还在。" in (tmp_path / "public/posts/day/index.html").read_text(encoding="utf-8")


def test_a_foreign_story_speaks_its_language_and_what_the_page_adds_the_papers(tmp_path: Path) -> None:
    paper.found(tmp_path)
    paper.collect(tmp_path, paper.STORIES)
    assert paper.publish(tmp_path).returncode == 0
    assert paper.ribao(tmp_path, "build").returncode == 0
    page = (tmp_path / f"public/posts/{paper.DAY}/index.html").read_text(encoding="utf-8")
    story = re.search(r'<(article|li) class="story"[^>]* lang="en".*?Orbit-3.*?</\1>', page, re.DOTALL)
    assert story and '<ul class="meta" lang="zh-CN">' in story[0]
    assert page.count('<ul class="meta">') == len(paper.STORIES) - 1


def test_an_offline_edition_is_labelled_wherever_it_is_listed(tmp_path: Path) -> None:
    paper.found(tmp_path)
    paper.collect(tmp_path, paper.STORIES)
    assert paper.publish(tmp_path).returncode == 0
    for theme in ("ribao", "plain"):
        (tmp_path / "site.toml").write_text(
            f'[site]\nbase_url = "http://localhost/"\ntheme = "{theme}"\n', encoding="utf-8"
        )
        assert paper.ribao(tmp_path, "build").returncode == 0
        for name in ("", f"{paper.DAY[:4]}/{paper.DAY[5:7]}/"):
            page = (tmp_path / f"public/{name}index.html").read_text(encoding="utf-8")
            assert page.count('<span data-mode="offline">离线版</span>') == 1, (theme, name)
        tag = next(path for path in (tmp_path / "public/tags").glob("*/index.html"))
        assert '<span data-mode="offline">离线版</span></h3>' in tag.read_text(encoding="utf-8")
