"""The network under httpx2: connects to checked addresses only, and never past a feed's deadline."""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from generator.feeds.address import resolve
from generator.feeds.values import FeedError


class Deadline(threading.local):
    """When the feed this thread is fetching has to be done, by the monotonic clock."""

    at: float = float("inf")

    def left(self, limit: float | None) -> float:
        """Return the seconds that one operation may take. Raises `FeedError` when none are left."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise FeedError("deadline", "took longer than its time in all")
        return min(left, limit) if limit is not None else left


class _Stream(httpcore2.NetworkStream):
    """A connection whose every read and write ends by the deadline: a byte a second is no way around it."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, deadline: Deadline, allowed: frozenset[str]) -> None:
        self._deadline, self._allowed = deadline, allowed
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = self._look_up(host, port, timeout)[:4]
        # each address gets a share of what is left: a dead IPv6 must not eat the deadline
        error: Exception | None = None
        for number, address in enumerate(addresses):
            share = self._deadline.left(timeout) / (2 if number + 1 < len(addresses) else 1)
            try:
                stream = self._sockets.connect_tcp(address, port, share, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failure:
                error = failure
        raise error or httpcore2.ConnectError(f"no address of {host} answers")

    def _look_up(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Return the addresses of a host; the system's resolver itself knows no deadline."""
        answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(resolve(host, port, self._allowed))
            except Exception as error:
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=self._deadline.left(timeout))
        except queue.Empty:
            raise FeedError("unknown-host", f"the name {host} cannot be looked up in time") from None
        if isinstance(found, Exception):
            raise found
        return found


class Transport(httpx2.HTTPTransport):
    """httpx2's own transport on our network: no proxy, no address that is not checked."""

    def __init__(self, deadline: Deadline, allowed: frozenset[str], connections: int) -> None:
        context = httpx2.create_ssl_context()  # obeys SSL_CERT_FILE and SSL_CERT_DIR
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=5.0,
            network_backend=_Backend(deadline, allowed),
        )
