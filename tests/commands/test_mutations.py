"""The pipeline with one thing wrong: each ends in an edition that is labelled and holds, or in a loud stop."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.commands.proving import prove
from generator.commands.publish import publish
from generator.commands.published import Published
from generator.config import load_config
from generator.errors import GeneratorError
from tests.commands import paper
from tests.commands.paper import STORIES
from tests.commands.test_publish_claude import KEY, answer, settings
from tests.fake_claude import FakeClaude, message

Seen = tuple[str, dict[str, str], Any]
ADDRESS = {title: url for title, _, url in STORIES} | {"Orbit Labs 发布 Orbit-3 模型": STORIES[2][2]}
EVENING = dt.datetime(2026, 1, 7, 10, tzinfo=dt.UTC)  # 18:00 in Beijing


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected")
    paper.found(folder)
    paper.collect(folder, STORIES)
    return folder


@pytest.fixture
def site(collected: Path, tmp_path: Path) -> Path:
    return shutil.copytree(collected, tmp_path / "site")


def published(site: Path, at: dt.datetime = EVENING, editor: str = "claude") -> Published:
    config = load_config(site)
    day = at.astimezone(config.site.zone).date()
    return publish(config, date=day, at=at, now=at, form="themed", editor=editor)


def holds(site: Path, done: Published) -> None:
    """No story under another's address, none lost in silence, and the proof finds nothing."""
    printed = {article.headline: article.url for article in done.edition.articles}
    assert printed.items() <= ADDRESS.items()
    assert sum(done.report["counts"].values()) == len(STORIES)
    [result] = prove(load_config(site), [], None)
    assert result.findings == ()


def rows(reply: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(reply["content"][0]["text"])
    return value


def reordered(seen: Seen) -> Any:
    value = rows(answer(seen))
    return message({name: part[::-1] if isinstance(part, list) else part for name, part in value.items()})


def fewer(seen: Seen) -> Any:
    value = rows(answer(seen))
    return message({**value, "stories": value["stories"][:2]} if "stories" in value else value)


def doubled(seen: Seen) -> Any:
    value = rows(answer(seen))
    if "stories" in value:
        first, *others = value["stories"]
        value["stories"] = [first, *({**other, "id": first["id"]} for other in others)]
    return message(value)


def cut(seen: Seen) -> Any:
    text = answer(seen)["content"][0]["text"]
    return message(text[: len(text) // 2])


def another_storys(seen: Seen) -> Any:
    """Every story is answered with what was written for the first one."""
    value = rows(answer(seen))
    if "headline" not in value:
        return message(value)
    quote = STORIES[0][1].split("。")[0] + "。"
    said = {"text": quote, "evidence": [{**value["headline"]["evidence"][0], "quote": quote}]}
    return message({**value, "headline": {**said, "text": STORIES[0][0]}, "sentences": [said]})


@pytest.mark.parametrize(
    ("play", "modes"),
    [
        (reordered, {"full"}),
        (fewer, {"full", "degraded"}),
        (doubled, {"full", "degraded"}),
        (cut, {"offline"}),
        (another_storys, {"degraded"}),
    ],
)
def test_whatever_is_wrong_with_the_answers_each_story_keeps_its_link(
    site: Path, play: Callable[[Seen], Any], modes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    with FakeClaude(play) as server:
        settings(site, server.url)
        done = published(site)
    holds(site, done)
    assert str(done.edition.mode) in modes
    assert {article.url for article in done.edition.articles} == {url for _, _, url in STORIES}


def test_without_a_key_the_edition_is_offline_and_holds(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    done = published(site)
    holds(site, done)
    assert str(done.edition.mode) == "offline"


class Feeds(http.server.BaseHTTPRequestHandler):
    """A feed of one story, and one that stands but has none any more."""

    def do_GET(self) -> None:
        title, text, url = STORIES[1]
        entry = (
            f"<item><title>{title}</title><link>{url}</link><description>{text}</description>"
            "<pubDate>Wed, 07 Jan 2026 09:00:00 +0800</pubDate></item>"
        )
        body = f"""<rss version="2.0"><channel><title>源</title>{entry if self.path == "/one" else ""}</channel></rss>"""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


def collected_from(folder: Path, *names: str) -> str:
    """Collect the feeds of these names over HTTP; five stories are a full day. Returns what was printed."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feeds) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_port}"
        feeds = "".join(f'[[feeds]]\nname = "{name}"\nurl = "http://{host}/{name}"\n' for name in names)
        paper.found(folder, f'[collect]\nallow_hosts = ["{host}"]\n{feeds}')
        settings_file = folder / "site.toml"
        settings_file.write_text(
            settings_file.read_text("utf-8").replace("min_stories = 2", "min_stories = 5"), "utf-8"
        )
        done = paper.ribao(folder, "collect", "--at", f"{paper.DAY}T10:00")
        server.shutdown()
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_feed_that_came_back_empty_leaves_an_edition_that_says_it_is_short(tmp_path: Path) -> None:
    assert "none" in collected_from(tmp_path, "one", "none")
    done = published(tmp_path, editor="offline")
    assert [article.headline for article in done.edition.articles] == [STORIES[1][0]]
    assert str(done.edition.mode) == "quiet"
    [result] = prove(load_config(tmp_path), [], None)
    assert result.findings == ()


def test_when_every_feed_came_back_empty_nothing_is_published(tmp_path: Path) -> None:
    collected_from(tmp_path, "none")
    with pytest.raises(GeneratorError) as stop:
        published(tmp_path, editor="offline")
    assert stop.value.kind == "nothing"
    assert not (tmp_path / "content" / "posts").exists()


def test_the_clock_across_midnight_in_beijing_prints_no_story_twice(site: Path) -> None:
    midnight = dt.datetime(2026, 1, 7, 16, tzinfo=dt.UTC)
    done = published(site, midnight - dt.timedelta(seconds=1), "offline")
    holds(site, done)
    assert done.edition.id == "2026-01-07"
    with pytest.raises(GeneratorError) as stop:
        published(site, midnight + dt.timedelta(seconds=1), "offline")
    assert stop.value.kind == "nothing"
    assert [path.name for path in (site / "content" / "posts").iterdir()] == ["2026-01-07"]
