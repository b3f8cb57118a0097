"""A response's body, unpacked under a limit: a bomb costs its limit, a cut one is an error."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from generator.feeds.values import FeedError

_PIECE = 262_144  # bytes unpacked at a time
_MAX_LAYERS = 2


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Join the chunks of a body that is packed as `encoding` says (a Content-Encoding header).

    Raises `FeedError` when it is longer than `limit` bytes, is not packed that way, or ends
    in the middle.
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > _MAX_LAYERS:
        raise FeedError("bad-encoding", f"is packed {len(names)} times over")
    stream: Iterable[bytes] = chunks
    for name in reversed(names):
        if name not in _UNPACKERS:
            raise FeedError("bad-encoding", f"is packed as {name[:20]!r}, which was not asked for")
        stream = _UNPACKERS[name](stream)
    body = bytearray()
    for piece in stream:
        body += piece
        if len(body) > limit:
            raise FeedError("too-long", f"is longer than {limit:,} bytes; it was stopped there")
    return bytes(body)


def _gzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return _zlib(chunks, zlib.MAX_WBITS | 16)


def _deflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = iter(chunks)
    first = next(rest, b"")
    # the standard means zlib's format; some servers send the bare one
    wrapped = len(first) >= 2 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
    return _zlib(_chained(first, rest), zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _chained(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _zlib(chunks: Iterable[bytes], bits: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(bits)
    began = False
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if unpacker.eof:
                    if not data.strip(b"\0"):
                        break  # padding
                    unpacker = zlib.decompressobj(bits)
                began = True
                if piece := unpacker.decompress(data, _PIECE):
                    yield piece
                data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        # what the window still holds comes without further input
        while began and not unpacker.eof and (piece := unpacker.decompress(b"", _PIECE)):
            yield piece
    except zlib.error as error:
        raise FeedError("bad-encoding", f"cannot be unpacked ({error})") from None
    if began and not unpacker.eof:
        raise FeedError("incomplete", "ends in the middle of its packed body")


def _brotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    unpacker = brotli.Decompressor()
    began = False
    try:
        for chunk in chunks:
            began = began or bool(chunk)
            piece = unpacker.process(chunk, output_buffer_limit=_PIECE)
            while piece:
                yield piece
                piece = unpacker.process(b"", output_buffer_limit=_PIECE)
    except brotli.error:
        raise FeedError("bad-encoding", "cannot be unpacked as brotli") from None
    if began and not unpacker.is_finished():
        raise FeedError("incomplete", "ends in the middle of its packed body")


_UNPACKERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli}
ACCEPTED = "gzip, deflate, br"
