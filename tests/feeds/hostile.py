"""A local web server that misbehaves on purpose: raw sockets, one script of bytes a path."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType


@dataclass
class Request:
    """What a client asked, and the means to answer it."""

    path: str
    headers: dict[str, str]
    number: int  # of the requests for this path, from 1
    socket: socket.socket
    stop: threading.Event

    def send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.socket.sendall(data)

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def drip(self, pieces: Iterable[bytes], seconds: float) -> None:
        """Send pieces with a pause between them until the client has gone."""
        with contextlib.suppress(OSError):
            for piece in pieces:
                self.socket.sendall(piece)
                if self.stop.wait(seconds):
                    return

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Script = Callable[[Request], None]


@dataclass
class Hostile:
    """Serves `scripts` by path on a loopback address; `seen` keeps every request."""

    scripts: dict[str, Script] = field(default_factory=dict)
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    seen: list[Request] = field(default_factory=list)

    def __enter__(self) -> Hostile:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._listener = socket.create_server((self.host, 0), backlog=256)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @property
    def authority(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://{self.authority}{path}"

    def of(self, path: str) -> list[Request]:
        return [request for request in self.seen if request.path == path]

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError, ValueError):
            if self.tls:
                client = self.tls.wrap_socket(client, server_side=True)
            with client:
                request = self._read(client)
                if request is None:
                    return
                script = self.scripts.get(request.path)
                script(request) if script else request.answer(404)

    def _read(self, client: socket.socket) -> Request | None:
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(65536)
            if not more:
                return None
            head += more
        first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        path = first.split(" ")[1]
        with self._lock:
            self._counts[path] = self._counts.get(path, 0) + 1
            request = Request(path, headers, self._counts[path], client, self._stop)
            self.seen.append(request)
        return request
