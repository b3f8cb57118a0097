"""One feed over the network: conditional, bounded, redirected by hand, and polite."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import httpx2

from generator.config.schema import CollectConfig
from generator.feeds import schedule
from generator.feeds.address import checked_url, shown
from generator.feeds.body import ACCEPTED, unpacked
from generator.feeds.transport import Deadline, Transport
from generator.feeds.values import FeedError
from generator.sources import FeedState

_REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}  # status → for good
_PAUSE = 0.3  # seconds before the one new try after a broken connection
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


class TryLater(FeedError):
    """The server asked to be left alone until `until`."""

    def __init__(self, word: str, message: str, until: dt.datetime) -> None:
        super().__init__(word, message)
        self.until = until


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: a body, or that nothing changed."""

    raw: bytes = b""
    changed: bool = True
    url: str = ""  # where it answered
    moved_to: str = ""  # after permanent redirects only; empty when it did not move
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    notes: tuple[str, ...] = field(default=())


class Fetcher:
    """Asks for feeds and pages; one for a run, used by many threads."""

    def __init__(self, limits: CollectConfig, agent: str, now: dt.datetime) -> None:
        self._limits, self._agent, self._now = limits, agent, now
        self._allowed = frozenset(limits.allow_hosts)
        self._deadline = Deadline()
        self._transport = Transport(self._deadline, self._allowed, limits.workers)

    def close(self) -> None:
        self._transport.close()

    def get(
        self, url: str, state: FeedState | None = None, *, accept: str = _ACCEPT, named_by: str = ""
    ) -> Answer:
        """Ask for `url`, with the validators of `state`. Raises `FeedError` with what went wrong.

        `named_by` is the feed that named the address, when the settings did not.
        """
        self._deadline.at = time.monotonic() + self._limits.deadline
        validators = self._validators(state) if state else {}
        try:
            if named_by:
                self._check_led(named_by, url, "links")
            return self._follow(url, validators, accept)
        except FeedError as error:
            if error.word == "deadline":
                raise FeedError("deadline", f"took longer than {self._limits.deadline:g} s in all") from None
            raise

    def _validators(self, state: FeedState) -> dict[str, str]:
        """Return the headers of a conditional request; none when what they stand for is too old.

        A server that answers 304 for ever is found out by asking without them now and then.
        """
        age = self._now - state.full_at if state.full_at else None
        if age is None or not dt.timedelta() <= age <= dt.timedelta(hours=self._limits.validators_max_age):
            return {}
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in headers.items() if value}

    def _follow(self, url: str, validators: dict[str, str], accept: str) -> Answer:
        moved_to, for_good = "", True
        visited = [url]
        for _hop in range(self._limits.max_redirects + 1):
            with self._ask(url, validators, accept) as response:
                status = response.status_code
                location = response.headers.get("location", "")
                if status not in _REDIRECTS or not location:
                    return self._answer(response, url, moved_to, bool(validators))
                # its body is never read: unpacking it could cost gigabytes
            target = self._redirected(url, location)
            for_good = for_good and _REDIRECTS[status]
            moved_to = target if for_good else moved_to
            if target in visited:
                raise FeedError(
                    "redirect-loop", f"redirects in a loop: {shown(url)} leads back to {shown(target)}"
                )
            visited.append(target)
            url = target
        raise FeedError("redirect-loop", f"redirects more than {self._limits.max_redirects} times")

    def _redirected(self, url: str, location: str) -> str:
        try:
            target = urljoin(url, location.strip())
        except ValueError:
            raise FeedError("bad-redirect", "redirects to something that is no address") from None
        scheme = urlsplit(target).scheme
        if scheme not in ("http", "https"):
            raise FeedError(
                "bad-redirect", f"redirects to a {scheme[:20]}: address; only http and https are followed"
            )
        if scheme == "http" and urlsplit(url).scheme == "https":
            raise FeedError("bad-redirect", f"redirects from https down to {shown(target)}")
        self._check_led(url, target, "redirects")
        return target.partition("#")[0]

    def _check_led(self, url: str, target: str, how: str) -> None:
        """Refuse to be led from a public address to a private one that the settings allow for itself."""
        before, after = ("{}:{}".format(*checked_url(one)) for one in (url, target))
        if after in self._allowed and before not in self._allowed:
            raise FeedError("private-address", f"{how} to {after}, which only the settings may name")

    @contextmanager
    def _ask(self, url: str, validators: dict[str, str], accept: str) -> Iterator[httpx2.Response]:
        host, port = checked_url(url)
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": ACCEPTED, **validators}
        headers |= _authorization(url)
        limit = self._limits.timeout
        request = httpx2.Request(
            "GET",
            _without_credentials(url),
            headers=headers,
            extensions={"timeout": {"connect": limit, "read": limit, "write": limit, "pool": limit}},
        )
        with _named_errors(f"{host}:{port}"):
            try:
                response = self._transport.handle_request(request)
            except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError):
                # a connection that broke before it answered is worth one more try
                time.sleep(min(_PAUSE, self._deadline.left(None)))
                response = self._transport.handle_request(request)
            try:
                yield response
            finally:
                response.close()

    def _answer(self, response: httpx2.Response, url: str, moved_to: str, conditional: bool) -> Answer:
        status, headers = response.status_code, response.headers
        if status == 304:
            if not conditional:
                raise FeedError("status", "answered 304 (not modified) to a request that did not ask for it")
            return Answer(changed=False, url=url, moved_to=moved_to)
        if status != 200:
            raise self._refusal(status, headers)
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:18]) > self._limits.max_bytes:
            raise FeedError(
                "too-long", f"announces {int(length[:18]):,} bytes; the limit is {self._limits.max_bytes:,}"
            )
        raw = unpacked(_chunks(response), headers.get("content-encoding", ""), self._limits.max_bytes)
        return Answer(
            raw=raw,
            body_hash=hashlib.sha256(raw).hexdigest(),
            url=url,
            moved_to=moved_to,
            content_type=headers.get("content-type", ""),
            etag=_header(headers.get("etag", "")),
            last_modified=_header(headers.get("last-modified", "")),
        )

    def _refusal(self, status: int, headers: Any) -> FeedError:
        until = None
        if status in (429, 503) and "retry-after" in headers:
            until = schedule.retry_after(
                headers["retry-after"], headers.get("date", ""), self._now, self._limits.retry_after_cap
            )
        if until:
            when = until.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
            return TryLater("server", f"answered {status} and asks to be left alone until {when}", until)
        if status == 410:
            return FeedError("gone", "answered 410: it is gone for good; remove it from site.toml")
        meanings = {
            401: "wants a password",
            403: "refuses us",
            404: "is not there",
            429: "asks for fewer requests",
        }
        meaning = meanings.get(status, "its server has a fault" if status >= 500 else "is no feed")
        passing = status == 429 or status >= 500
        return FeedError("server" if passing else "status", f"answered {status}: {meaning}")


@contextmanager
def _named_errors(where: str) -> Iterator[None]:
    """Turn the client's errors into ours; theirs may show addresses with passwords."""
    try:
        yield
    except httpx2.ConnectTimeout:
        raise FeedError("timeout", f"{where} does not accept a connection in time") from None
    except httpx2.TimeoutException:
        raise FeedError("timeout", f"{where} does not answer in time") from None
    except httpx2.ConnectError as error:
        text = str(error)
        if "certificate" in text.lower() or "ssl" in text.lower():
            raise FeedError("tls", f"{where} cannot prove who it is ({text[:160]})") from None
        raise FeedError("refused", f"{where} cannot be connected to ({text[:160]})") from None
    except httpx2.RemoteProtocolError as error:
        text = str(error)
        if "incomplete" in text or "without sending complete" in text or "disconnected" in text:
            raise FeedError("incomplete", f"{where} closed the connection in the middle") from None
        raise FeedError("protocol", f"{where} does not speak HTTP as it should ({text[:160]})") from None
    except httpx2.NetworkError as error:
        raise FeedError("reset", f"{where} broke the connection ({str(error)[:160]})") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise FeedError("protocol", f"{where} cannot be asked ({type(error).__name__})") from None


def _chunks(response: httpx2.Response) -> Iterator[bytes]:
    stream = response.stream
    assert isinstance(stream, httpx2.SyncByteStream)
    yield from stream


def _authorization(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return {"Authorization": "Basic " + base64.b64encode(pair).decode("ascii")}


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def _header(value: str) -> str:
    # sent back byte for byte, unless it could not be sent at all
    return value if len(value) <= 1000 and value.isascii() and value.isprintable() else ""
