"""Serves the recorded feeds over HTTP as their outlets would, one day at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import threading
from collections.abc import Iterator
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FEEDS = Path(__file__).resolve().parent / "feeds"
PORT = 8701  # the one in site.toml
TYPES = {
    ".xml": "application/rss+xml",
    ".rdf": "application/rdf+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
}


class FeedServer(ThreadingHTTPServer):
    """A local server; `day` says which day's files it serves."""

    daemon_threads = True
    day = ""

    @property
    def port(self) -> int:
        return self.server_port

    def answers(self) -> dict[str, Path]:
        """Return the files of the day by address; nothing else can be asked for."""
        return {f"/{path.name}": path for path in (FEEDS / self.day).iterdir()}


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.server.answers().get(self.path)
        if path is None:
            self.send_error(404)
            return
        body = path.read_bytes()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        # an outlet's file changed at the end of the day it holds
        changed = format_datetime(
            dt.datetime.fromisoformat(self.server.day).replace(hour=9, minute=30, tzinfo=dt.UTC), usegmt=True
        )
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", TYPES[path.suffix])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", changed)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: the collector reports what it fetched."""


@contextlib.contextmanager
def serving(port: int = PORT) -> Iterator[FeedServer]:
    """Serve on 127.0.0.1 at `port`, or at a free port when that one is taken."""
    try:
        server = FeedServer(("127.0.0.1", port), _Handler)
    except OSError:
        server = FeedServer(("127.0.0.1", 0), _Handler)
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
