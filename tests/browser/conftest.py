"""A small site as a static host serves it below a path, and a browser to read it with; each once a module."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.config import load_config
from generator.site.build import Options, build
from tests.browser.driver import Browser, browsing


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, content: Mapping[str, str]) -> Path:
    """A built site of the module's `content`: its Markdown by its place below content/."""
    root = tmp_path_factory.mktemp("site")
    (root / "site.toml").write_text(
        '[site]\nbase_url = "http://localhost/news/"\n[build]\noutput = "www/news"\n', encoding="utf-8"
    )
    for name, text in content.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build(load_config(root), Options(now=dt.datetime(2030, 1, 1, tzinfo=dt.UTC)))
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(root / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/news/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield browser
