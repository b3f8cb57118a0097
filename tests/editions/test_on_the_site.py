"""Posts in any of the formats, composed as the site builder does it: every field stands apart on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import Config, load_config
from generator.site.bodies import unpack
from generator.site.compose import Composed, compose
from generator.site.model import Body, Source

DATA = Path(__file__).parents[1] / "data/editions"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "site.toml").write_text('[site]\ntitle = "测试日报"\n', encoding="utf-8")
    return load_config(tmp_path)


def composed(config: Config, data: bytes) -> tuple[Composed, Body]:
    one = compose(config, Source("content/posts/2026-03-05/index.md", "post", data))
    assert one.row and isinstance(one.body, bytes), one.problems
    return one, unpack(one.body)


def test_a_report_has_its_stories_reasons_tags_and_sources(config: Config) -> None:
    one, body = composed(config, (DATA / "report.txt").read_bytes())
    assert one.row is not None and one.row.title == "AI每日动态 · 2026年3月5日"
    assert len(body.stories) == 3
    note = body.stories[0].note
    assert note is not None
    assert (note.reason, note.importance, note.region) == ("新品发布；有一手来源", "high", "domestic")
    assert note.tags == ("大模型", "开发工具")
    assert note.sources[0][0] == "星桥 | 新闻中心"
    assert "====" not in body.html and "║" not in body.html


def test_a_bulletin_has_its_fields_as_blocks_of_their_own(config: Config) -> None:
    _, body = composed(config, (DATA / "bulletin.txt").read_bytes())
    assert [story.headline for story in body.stories] == ["某市公布算力补贴办法", "星桥科技开放天枢 3 接口"]
    assert "<strong>背景：</strong>" in body.html
    assert "<li><strong>额度</strong>：每家每年不超过 50 万元。</li>" in body.html
    assert "style=" not in body.html


def test_a_digest_has_its_abstract_as_words_and_its_stories_as_a_list(config: Config) -> None:
    one, body = composed(config, (DATA / "digest.md").read_bytes())
    assert one.row is not None and one.row.title == "示例简报 - 2026-03-05"
    assert body.html.count("<li>") == 2
    assert "<code>" not in body.html
    assert "星桥科技开放接口，云帆交付首批机器人。" in one.row.blob


@pytest.mark.parametrize("name", ["report.txt", "bulletin.txt", "digest.md"])
def test_line_ends_and_a_bom_change_nothing(config: Config, name: str) -> None:
    data = (DATA / name).read_bytes()
    _, plain = composed(config, data)
    _, other = composed(config, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert other == plain


def test_a_report_that_is_cut_short_is_a_located_error(config: Config) -> None:
    one = compose(config, Source("content/posts/x.md", "post", b"=" * 70 + b"\nAI \n"))
    assert one.row is None and one.problems
