"""A local HTTP server that speaks the Messages API as far as our tests need it, faults included."""

from __future__ import annotations

import http.server
import json
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

Seen = tuple[str, dict[str, str], Any]
Reply = tuple[int, Any, dict[str, str]]
Script = Reply | dict[str, Any] | str | Callable[[Seen], Any]


class FakeClaude(http.server.ThreadingHTTPServer):
    """Plays `replies` in order, then the last one for ever; `seen` holds every request."""

    daemon_threads = True

    def __init__(self, *replies: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.seen: list[Seen] = []
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> FakeClaude:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that hang up are part of the play


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: FakeClaude

    def log_message(self, *args: Any) -> None:
        pass

    def _any(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        seen: Seen = (
            self.path,
            {k.lower(): v for k, v in self.headers.items()},
            json.loads(raw) if raw else None,
        )
        with self.server.lock:
            self.server.seen.append(seen)
            reply = self.server.replies.pop(0) if len(self.server.replies) > 1 else self.server.replies[0]
        if callable(reply):
            reply = reply(seen)
        if reply == "hang":
            self.server.stopped.wait(30)
            return
        if reply == "reset":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if reply == "drip":
            self._drip()
            return
        status, body, headers = reply if isinstance(reply, tuple) else (200, reply, {})
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", "request-id": "req_fake", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "100000")
        self.end_headers()
        while not self.server.stopped.is_set():
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.02)

    do_GET = do_POST = _any


def message(
    text: Any = None, *, content: Any = None, stop: str | None = "end_turn", **usage: int
) -> dict[str, Any]:
    """A Messages API answer; `text` that is not a string is sent as JSON."""
    if text is not None and not isinstance(text, str):
        text = json.dumps(text, ensure_ascii=False)
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "fake",
        "content": content if content is not None else [{"type": "text", "text": text or ""}],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 100, "output_tokens": 50, **usage},
    }


def error(status: int, kind: str, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"type": "error", "error": {"type": kind, "message": "fake"}}, named
