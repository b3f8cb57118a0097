"""`images.fetch_remote_covers`: a cover elsewhere is asked for once, politely, and stays a link when it fails."""

from __future__ import annotations

import datetime as dt
import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from generator.commands.building import build_site
from generator.config import load_config
from generator.site.build import Options
from generator.site.verify import differences

NOW = Options(now=dt.datetime(2026, 1, 31, tzinfo=dt.UTC))


class Pictures(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        buffer = io.BytesIO()
        Image.effect_noise((200, 100), 60).save(buffer, "PNG")
        data = buffer.getvalue() if self.path == "/c.png" else b"<html>login</html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    Pictures.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pictures) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_remote_cover_is_fetched_once_when_the_setting_asks_for_it(tmp_path: Path, host: str) -> None:
    posts = tmp_path / "content/posts"
    posts.mkdir(parents=True)
    for name in ("c", "login"):
        (posts / f"{name}.md").write_text(
            f"---\ntitle: 题\ndate: 2026-01-07\ncoverImage: http://{host}/{name}.png\n---\n\n文\n",
            encoding="utf-8",
        )
    settings = f'[site]\nbase_url = "https://e.com/"\n[collect]\nallow_hosts = ["{host}"]\n[images]\n'
    (tmp_path / "site.toml").write_text(settings, encoding="utf-8")
    told: list[str] = []

    def made() -> str:
        build_site(load_config(tmp_path), NOW, told.append)
        return (tmp_path / "public/posts/c/index.html").read_text(encoding="utf-8")

    assert f'content="http://{host}/c.png"' in made()  # a link, as written
    assert Pictures.asked == []
    (tmp_path / "site.toml").write_text(settings + "fetch_remote_covers = true\n", encoding="utf-8")
    text = made()
    assert (
        'og:image" content="https://e.com/assets/images/' in text and 'og:image:width" content="200"' in text
    )
    assert len(told) == 1 and f"http://{host}/login.png" in told[0] and "no image" in told[0]
    login = (tmp_path / "public/posts/login/index.html").read_text(encoding="utf-8")
    assert f'content="http://{host}/login.png"' in login  # stays a link
    made()
    assert sorted(Pictures.asked) == ["/c.png", "/login.png"] and len(told) == 1
    assert differences(load_config(tmp_path), NOW) == []
