"""Stored items go out as JSON lines and come back the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys
from pathlib import Path

from generator.config.schema import CollectConfig
from generator.feeds import ParsePool, saved
from generator.feeds.lines import item_line
from generator.news import Precision
from generator.store import Kept, Store
from tests.feeds.conftest import NOW
from tests.store.conftest import item

DAY = dt.timedelta(days=1)
ITEMS = [
    item("List<T> 与 a < b &amp; 引号“”", "https://a.example/1", summary="一行\n两行 <b>", text="全文 & 更多", language="zh"),
    item("甲", "https://a.example/2?a=2&b=1", at=NOW - DAY, precision=Precision.DAY, tags=("模型", 'a"b'), author="王"),
    item("甲", "https://a.example/2?a=2&b=1", feed="乙报", link="https://a.example/2?b=1&utm_source=x"),
    item("没有链接", precision=Precision.INFERRED, at=NOW - 3 * DAY),
    item("第1版", "https://a.example/notes", at=NOW - 3 * DAY),
    item("第2版", "https://a.example/notes", at=NOW - DAY),
    item("旧", "https://a.example/old", image="https://a.example/p.png"),
]  # fmt: skip


def filled(path: Path) -> list[Kept]:
    with Store.open(path) as store:
        for number, one in enumerate(ITEMS):
            store.add([one], NOW, shelved=frozenset({one.id} if number == 6 else ()))
        return list(store.export())


def test_an_export_read_back_gives_the_same_store(tmp_path: Path) -> None:
    kept = filled(tmp_path / "one.db")
    assert len(kept) == len(ITEMS)
    lines = tmp_path / "items.jsonl"
    # in any order
    text = "\n".join(item_line(one.item, shelved=one.shelved) for one in kept[::-1])
    lines.write_text(text, encoding="utf-8")
    later = NOW + 30 * DAY
    with ParsePool(CollectConfig(), 1) as pool, Store.open(tmp_path / "other.db") as other:
        for _ in range(2):
            for fetched in saved(lines, [], CollectConfig(), later, pool):
                assert not fetched.error and not fetched.notes
                other.add(fetched.items, later, shelved=fetched.reading.shelved)
        assert list(other.export()) == kept


def test_the_command_writes_what_collect_reads(tmp_path: Path) -> None:
    site, other = tmp_path / "a", tmp_path / "b"
    for folder in (site, other):
        folder.mkdir()
        (folder / "site.toml").write_text('[site]\ntitle = "测"\n', encoding="utf-8")
    kept = filled(site / ".ribao/items.db")

    def ribao(folder: Path, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "generator", "--site", str(folder), *arguments],
            capture_output=True, check=True, encoding="utf-8", cwd=Path(__file__).parents[2],
        ).stdout  # fmt: skip

    (tmp_path / "out.jsonl").write_text(ribao(site, "feeds", "items"), encoding="utf-8")
    ribao(other, "collect", "--from", str(tmp_path / "out.jsonl"), "--at", "2026-02-01T00:00")
    with Store.open(other / ".ribao/items.db") as store:
        assert list(store.export()) == kept


def test_a_line_that_lies_is_bounded_like_any_other(tmp_path: Path) -> None:
    lie = dataclasses.replace(
        ITEMS[0],
        title="长" * 9_999,
        text="x" * 999_999,
        link="javascript:alert(1)",
        published=NOW + 400 * DAY,
        author="\x1b[31m",
    )
    (tmp_path / "items.jsonl").write_text(item_line(lie, shelved=False), encoding="utf-8")
    with ParsePool(CollectConfig(), 1) as pool:
        ((one,),) = (fetched.items for fetched in saved(tmp_path, [], CollectConfig(), NOW, pool))
    assert (len(one.title), len(one.text), one.link, one.published) == (300, 50_000, "", NOW)
    assert "\x1b" not in one.author
