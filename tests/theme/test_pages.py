"""The default theme's pages for content that is not quite what a newsroom writes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.config import load_config
from generator.site.build import Options, build


def test_a_mode_without_a_record_is_drawn_as_a_post(tmp_path: Path) -> None:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "site.toml").write_text('[site]\nbase_url = "http://localhost/"\n', encoding="utf-8")
    (tmp_path / "content/posts/day.md").write_text(
        "---\ntitle: 记录丢了的一期\ndate: 2026-01-07\nmode: offline\n---\n\n正文还在。\n", encoding="utf-8"
    )
    build(load_config(tmp_path), Options(now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC)))
    assert "正文还在。" in (tmp_path / "public/posts/day/index.html").read_text(encoding="utf-8")
