"""Pictures without what cameras and programs write into them: places, serial numbers, thumbnails, comments.

The picture itself is copied byte for byte. What turns it upright and what its
colours mean (orientation, colour profile) stays. Formats: JPEG (ITU T.81, segments), PNG (chunks),
WebP (RIFF chunks). AVIF with metadata is encoded again; GIF and SVG carry none.
"""

from __future__ import annotations

import re
import struct
import zlib

_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED = frozenset([b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"])
_WEBP_DROPPED = frozenset([b"EXIF", b"XMP "])
_ORIENTATION = 0x0112


def without_metadata(data: bytes) -> bytes:
    """Return a picture's bytes without its metadata; anything that is no whole picture as it is."""
    try:
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        if data[4:12] in (b"ftypavif", b"ftypavis"):
            return _avif(data)
    except (struct.error, IndexError, ValueError):
        pass  # damaged: whoever shows it says so
    return data


def _jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker where one belongs")
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xD9:
            # what follows the end is no part of the picture: a moving one, with its place, from a phone
            kept.append(data[at : at + 2])
            return b"".join(kept)
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at:end]
        if marker == 0xDA:
            found = _AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
            segment = data[at:end]
        elif (
            marker == 0xE1 and (turned := _orientation(segment[10:] if segment[4:8] == b"Exif" else b"")) > 1
        ):
            body = b"Exif\0\0" + _only_orientation(turned)
            segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
        elif marker == 0xFE or (0xE1 <= marker <= 0xEF and not _needed(marker, segment)):
            segment = b""
        kept.append(segment)
        at = end
    return b"".join(kept)


def _needed(marker: int, segment: bytes) -> bool:
    """Whether an application segment says how colours are meant."""
    return (marker == 0xE2 and segment[4:15] == b"ICC_PROFILE") or (
        marker == 0xEE and segment[4:9] == b"Adobe"
    )


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        chunk = data[at : at + 12 + length]
        if kind == b"eXIf" and (turned := _orientation(chunk[8:-4])) > 1:
            body = kind + _only_orientation(turned)
            kept.append(struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))
        elif kind not in _PNG_DROPPED:
            kept.append(chunk)
        if kind == b"IEND":
            break
        at += 12 + length
    return b"".join(kept)


def _webp(data: bytes) -> bytes:
    kept = []
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        chunk = data[at:end]
        if kind == b"EXIF" and (turned := _orientation(chunk[8:].removeprefix(b"Exif\0\0"))) > 1:
            body = _only_orientation(turned)
            chunk = kind + struct.pack("<I", len(body)) + body
        elif kind in _WEBP_DROPPED:
            chunk = b""
        kept.append(chunk)
        at = end
    if kept and kept[0][:4] == b"VP8X":
        has_exif = any(chunk[:4] == b"EXIF" for chunk in kept)
        flags = kept[0][8] & ~0x0C | (0x08 if has_exif else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _avif(data: bytes) -> bytes:
    """Its boxes name each other by offset: one with metadata is encoded again."""
    import io

    from PIL import Image, ImageOps

    try:
        picture = Image.open(io.BytesIO(data), formats=("AVIF",))
        if not (picture.info.get("exif") or picture.info.get("xmp")) or getattr(picture, "n_frames", 1) > 1:
            return data
        buffer = io.BytesIO()
        ImageOps.exif_transpose(picture).save(
            buffer,
            "AVIF",
            quality=80,
            speed=8,
            max_threads=1,
            exif=b"",
            xmp=b"",
            icc_profile=picture.info.get("icc_profile"),
        )
    except (OSError, SyntaxError, ValueError):
        return data
    return buffer.getvalue()


def _orientation(tiff: bytes) -> int:
    """The orientation a TIFF header's first directory names, 1 to 8; 1 when it names none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * number)
            if tag == _ORIENTATION and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return 1


def _only_orientation(turned: int) -> bytes:
    """A TIFF header with one directory of one entry."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
