"""The preview over HTTP: loopback, pages of its own host only, reload by server-sent events."""

from __future__ import annotations

import html
import http.server
import ipaddress
import json
import mimetypes
import re
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.errors import GeneratorError, Problem
from generator.site.preview.excerpt import excerpt
from generator.site.preview.studio import State, Studio
from generator.site.urls import Addresses, escape_path

PING = 15.0  # seconds between signs of life on the reload channel
OWN = "/__ribao/"  # addresses of the preview itself; no site has them
_TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
_TYPES = {".md": "text/markdown", ".js": "text/javascript", ".json": "application/json", ".xml": "application/xml",
          ".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml", ".txt": "text/plain"}  # fmt: skip
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
Extra = Callable[[str], bytes | None]
"""Draws a page below `OWN`, such as the review of an edition; None when there is none."""


class Preview(http.server.ThreadingHTTPServer):
    """Serves a studio. One thread of its own draws; each visitor has another for waiting."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], studio: Studio, extra: Extra | None = None) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._artist = ThreadPoolExecutor(max_workers=1, thread_name_prefix="studio")
        self._studio, self._extra = studio, extra
        self.changed = threading.Condition()
        self.state = State()
        super().__init__(address, _Visitor)

    def refresh(self, changed: frozenset[str] | None = None) -> State:
        """Take in what was saved and tell every open page."""
        studio = self._studio
        work = (lambda: studio.refresh()) if changed is None else (lambda: studio.refresh(changed))
        state = self._artist.submit(work).result()
        with self.changed:
            self.state = state
            self.changed.notify_all()
        return state

    def draw(self, path: str) -> bytes | None:
        return self._artist.submit(self._studio.draw, path).result()

    def own_page(self, path: str) -> bytes | None:
        return self._artist.submit(self._extra, path).result() if self._extra else None

    @property
    def ready(self) -> bool:
        return self._studio.ready

    @property
    def root(self) -> Path:
        return self._studio.root

    @property
    def base(self) -> str:
        """The sub-path the site lives under, as `/news/`; no character of it is escaped."""
        config = self._studio.config
        return unquote(Addresses(config.site.base_url).path) if config else "/"

    def message(self, state: State) -> str:
        problems = [excerpt(self.root, problem) for problem in state.problems[:20]]
        return json.dumps({"version": state.version, "problems": problems}, ensure_ascii=False)

    def allows(self, host: str) -> bool:
        """Whether a Host header, or the host of an Origin, is this server's own.

        A foreign name that was made to point here (DNS rebinding) must not read drafts.
        """
        bound = str(self.server_address[0])
        name = urlsplit(f"//{host}").hostname or ""
        if not _is_loopback(bound):
            return bool(name)  # asked for: whoever reaches the machine may read
        return name == bound or name == "localhost" or name.endswith(".localhost") or _is_loopback(name)

    def end(self) -> None:
        """Let every open page and the studio go. Call when no request is taken any more."""
        with self.changed:
            self.state = State(-1)
            self.changed.notify_all()
        self._artist.submit(self._studio.close).result()
        self._artist.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # a visitor who hangs up is no error
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


class _Visitor(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # without these two every answer waits 40 ms for the other side's delayed acknowledgement
    disable_nagle_algorithm = True
    wbufsize = 65536
    timeout = 60
    server_version, sys_version = "ribao", ""
    server: Preview

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        origin = self.headers.get("Origin")
        if not self.server.allows(self.headers.get("Host", "")):
            self._send(HTTPStatus.FORBIDDEN, b"This preview answers to its own name only.\n", "text/plain")
        elif origin and not self.server.allows(urlsplit(origin).netloc):
            self._send(HTTPStatus.FORBIDDEN, b"This preview is not for other sites' pages.\n", "text/plain")
        else:
            path = unquote(urlsplit(self.path).path, errors="replace")
            if path.startswith(OWN):
                self._own(path.removeprefix(OWN))
            else:
                self._page(path)

    def _own(self, path: str) -> None:
        if path == "events":
            self._events()
        elif path == "reload.js":
            data = (Path(__file__).with_name("reload.js")).read_bytes()
            self._send(HTTPStatus.OK, data, "text/javascript")
        elif (page := self.server.own_page(path)) is not None:
            self._send(HTTPStatus.OK, self._live(page), "text/html")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such page.\n", "text/plain")

    def _page(self, path: str) -> None:
        base = self.server.base
        if not path.startswith(base):
            home = path in ("", "/") or f"{path}/" == base
            self._redirect(escape_path(base)) if home else self._missing()
            return
        inner = path.removeprefix(base)
        if ".." in inner.split("/") or "\\" in inner or "\0" in inner:
            self._missing()
            return
        try:
            data = self.server.draw(inner)
            if data is None and not inner.endswith("/") and self.server.draw(f"{inner}/") is not None:
                self._redirect(urlsplit(self.path).path + "/")
                return
        except GeneratorError as error:
            self._broken(error.problems)
            return
        if data is None:
            self._missing()
            return
        name = inner.rpartition("/")[2] or "index.html"
        self._send(HTTPStatus.OK, data, _type_of(name))

    def _missing(self) -> None:
        if not self.server.ready:
            self._broken(list(self.server.state.problems))
            return
        try:
            page = self.server.draw("404.html")
        except GeneratorError as error:
            self._broken(error.problems)
            return
        self._send(HTTPStatus.NOT_FOUND, page or b"Not found\n", "text/html" if page else "text/plain")

    def _broken(self, problems: list[Problem]) -> None:
        shown = "".join(f"<p><code>{html.escape(str(problem))}</code></p>" for problem in problems)
        page = f"<!doctype html><meta charset=utf-8><title>ribao</title><body><h1>This page cannot be drawn</h1>{shown}"
        self._send(HTTPStatus.INTERNAL_SERVER_ERROR, page.encode(), "text/html")

    def _redirect(self, where: str) -> None:
        # one slash only: `//host/` would lead to another server
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/" + where.lstrip("/\\"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _live(self, page: bytes) -> bytes:
        script = f'<script src="{OWN}reload.js" data-version="{self.server.state.version}"></script>'.encode()
        before, end, after = page.rpartition(b"</body>")
        return before + script + end + after if end else page + script

    def _send(self, status: HTTPStatus, data: bytes, media: str) -> None:
        if media == "text/html":
            data = self._live(data)
        part = self._part(len(data)) if status is HTTPStatus.OK else None
        if part == ():
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{len(data)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(HTTPStatus.PARTIAL_CONTENT if part else status)
        self.send_header("Content-Type", f"{media}; charset=utf-8" if media.startswith(_TEXT) else media)
        if part:
            self.send_header("Content-Range", f"bytes {part[0]}-{part[1] - 1}/{len(data)}")
            data = data[part[0] : part[1]]
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _part(self, size: int) -> tuple[int, int] | tuple[()] | None:
        """The range asked for as (start, end); () when it cannot be given, None for the whole."""
        match = _RANGE.match(self.headers.get("Range", ""))
        if match is None or match[0] == "bytes=-":
            return None
        if not match[1]:
            return (max(0, size - int(match[2])), size) if int(match[2]) else ()
        start = int(match[1])
        end = min(int(match[2]) + 1 if match[2] else size, size)
        return (start, end) if start < end else ()

    def _events(self) -> None:
        """Tell the state now and whenever it changes. A page that was away learns what it missed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        told = None
        while True:
            with self.server.changed:
                if self.server.state == told:
                    self.server.changed.wait(PING)
                state = self.server.state
            if state.version < 0:
                return
            text = (
                ": still here\n\n"
                if state == told
                else f"id: {state.version}\ndata: {self.server.message(state)}\n\n"
            )
            self.wfile.write(text.encode())
            self.wfile.flush()
            told = state


def _type_of(name: str) -> str:
    suffix = f".{name.rpartition('.')[2].lower()}"
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
