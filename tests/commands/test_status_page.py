"""`status_page`: the site shows how its sources do, until a person takes the page over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.commands.health import write_status
from generator.config import load_config
from generator.sources import FeedState
from generator.store import Store
from tests.store.conftest import item

NOW = dt.datetime(2026, 3, 1, 4, tzinfo=dt.UTC)
SETTINGS = """[site]
title = "测"
[collect]
status_page = "sources"
[[feeds]]
name = "好|源 *x*"
url = "https://a.example/"
[[feeds]]
name = "坏源"
url = "https://b.example/"
[[feeds]]
name = "停源"
url = "https://c.example/"
enabled = false
"""


def paper(folder: Path, settings: str = SETTINGS) -> Path:
    (folder / "site.toml").write_text(settings, encoding="utf-8")
    long_ago = NOW - dt.timedelta(days=40)
    with Store.open(folder / ".ribao/items.db") as store:
        store.save_feed(FeedState("好|源 *x*", checked_at=NOW, succeeded_at=NOW, newest=NOW))
        store.save_feed(FeedState("坏源", checked_at=NOW, succeeded_at=long_ago, newest=long_ago, failures=9))
    return folder / "content/pages/sources.md"


def test_the_page_shows_each_source_in_the_papers_words(tmp_path: Path) -> None:
    page = paper(tmp_path)
    assert write_status(load_config(tmp_path), NOW) == ""
    text = page.read_text(encoding="utf-8")
    assert text.splitlines()[-3:] == [
        r"| 好\|源 \*x\* | 正常 | 2026-03-01 | 2026-03-01 | 0 |",
        "| 坏源 | 失联 | 2026-01-20 | 2026-01-20 | 0 |",
        "| 停源 | 停用 | — | — | 0 |",
    ]
    # later the same day nothing changes
    write_status(load_config(tmp_path), NOW + dt.timedelta(hours=3))
    assert page.read_text(encoding="utf-8") == text


def test_a_source_of_one_entry_a_month_has_not_none(tmp_path: Path) -> None:
    page = paper(tmp_path)
    with Store.open(tmp_path / ".ribao/items.db") as store:
        store.add([item("甲", "https://a.example/1", feed="好|源 *x*", at=NOW - dt.timedelta(days=3))], NOW)
    write_status(load_config(tmp_path), NOW)
    assert "| 2026-03-01 | 0.2 |" in page.read_text(encoding="utf-8")


def test_a_page_that_a_person_took_over_stays(tmp_path: Path) -> None:
    page = paper(tmp_path)
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: 我写的\n---\n\n都好。\n", encoding="utf-8")
    said = write_status(load_config(tmp_path), NOW)
    assert said.startswith("content/pages/sources.md: is edited by hand and stays")
    assert page.read_text(encoding="utf-8").endswith("都好。\n")


def test_without_the_setting_there_is_no_page(tmp_path: Path) -> None:
    page = paper(tmp_path, SETTINGS.replace('status_page = "sources"', ""))
    assert write_status(load_config(tmp_path), NOW) == "" and not page.exists()
