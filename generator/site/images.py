"""Local images: upright, in sizes and encodings a browser can choose from, or refused by name.

`process(data, settings, name)` is pure: the same bytes and settings give the same `Variants`,
whose files are named by their content. `imageshelf.Shelf` keeps results on the disk; `pictures`
makes those a post shows.
"""

from __future__ import annotations

import base64
import io
import struct
import warnings
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.config.schema import ImagesConfig
from generator.errors import GeneratorError
from generator.site import svg
from generator.text.slug import slugify

if TYPE_CHECKING:
    from PIL import Image

VERSION = 2
"""Part of the key of remembered results; counts up when the same input is to give other files."""

SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "SVG": "svg"}
_READABLE = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")


_WORTH = 4_096
"""Bytes from which on other sizes and encodings save more than asking for them costs."""

_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, IndexError, MemoryError, OverflowError, struct.error)


class ImageError(GeneratorError):
    """An image that cannot be shown, and why."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One file of an image. `name` holds a hash of the bytes, so it may be cached for ever."""

    name: str
    data: bytes
    width: int
    height: int
    encoding: str  # a suffix: jpg, png, webp, …


@dataclass(frozen=True, slots=True)
class Variants:
    """An image as readers get it: `fallback` for every browser, `better` for those that can.

    The fallback of an image that needs no change has the bytes that were given.
    """

    fallback: ImageFile
    better: tuple[ImageFile, ...] = ()  # smaller encodings and sizes, each encoding from narrow to wide
    placeholder: str = ""  # a data: address of a picture 16 pixels wide; empty for transparent images
    animated: bool = False

    @property
    def width(self) -> int:
        return self.fallback.width

    @property
    def height(self) -> int:
        return self.fallback.height

    @property
    def files(self) -> tuple[ImageFile, ...]:
        return (self.fallback, *self.better)


def process(data: bytes, settings: ImagesConfig, name: str = "image") -> Variants:
    """Return what readers get for an image file. Raises `ImageError`, whose message begins with `name`."""
    if len(data) > settings.max_bytes:
        raise ImageError(
            f"{name}: has {len(data):,} bytes; at most {settings.max_bytes:,} are allowed (images.max_bytes)"
        )
    stem = slugify(PurePosixPath(name).stem)
    if svg.looks_like(data):
        try:
            width, height = svg.checked(data)
        except ValueError as error:
            raise ImageError(f"{name}: {error}") from None
        return Variants(_file(stem, data, width, height, "SVG"))
    picture = _opened(data, settings, name)
    encoding = str(picture.format)
    if getattr(picture, "n_frames", 1) > 1:
        # re-encoding would cost frames or their timing: a moving picture stays as it is
        return Variants(_file(stem, data, *picture.size, encoding), animated=True)
    upright = _normal(picture)
    same = (
        upright.size == picture.size and upright.mode == picture.mode and _orientation(picture) == 1
    ) or picture.mode == "P"
    if same and encoding != "BMP":
        fallback = _file(stem, data, *picture.size, encoding)
    else:
        fallback = _encoded(stem, upright, "jpg" if encoding == "JPEG" else "png", settings.quality + 7)
    if len(fallback.data) < _WORTH:
        return Variants(fallback)
    return Variants(fallback, _better(stem, upright, fallback, settings), _placeholder(upright))


def measure(data: bytes, settings: ImagesConfig, name: str) -> tuple[int, int]:
    """Return width and height as shown, without decoding the picture. Raises `ImageError`."""
    if len(data) > settings.max_bytes or svg.looks_like(data):
        variants = process(data, settings, name)
        return variants.width, variants.height
    try:
        _identified(data, settings, name).verify()
    except _DAMAGE as error:
        raise ImageError(f"{name}: is damaged: {error}; export it again") from None
    picture = _identified(data, settings, name)  # one that was verified can be asked nothing more
    width, height = picture.size
    return (height, width) if _orientation(picture) in range(5, 9) else (width, height)


def key(data: bytes, settings: ImagesConfig) -> str:
    """Return the key of a result: everything that `process` depends on but the name."""
    made_with = (VERSION, settings.formats, settings.widths, settings.quality, _pillow())
    return blake2b(repr(made_with).encode() + data, digest_size=16).hexdigest()


def _opened(data: bytes, settings: ImagesConfig, name: str) -> Image.Image:
    """Return the decoded first frame, once its announced size is known to be bearable."""
    picture = _identified(data, settings, name)
    try:
        picture.load()
    except _DAMAGE as error:
        raise ImageError(f"{name}: is damaged: {error}; export it again") from None
    return picture


def _identified(data: bytes, settings: ImagesConfig, name: str) -> Image.Image:
    """Return the picture as its header announces it, of a bearable size, not yet decoded."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow's own limit is a warning at a fixed size; ours is a setting, and comes next
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=_READABLE)
    except UnidentifiedImageError:
        raise ImageError(f"{name}: is no image we can read; use PNG, JPEG, WebP, AVIF, GIF or SVG") from None
    except Image.DecompressionBombError:
        raise ImageError(f"{name}: announces more pixels than the {settings.max_pixels:,} allowed") from None
    except _DAMAGE as error:
        raise ImageError(f"{name}: is damaged: {error}; export it again") from None
    width, height = picture.size
    if width * height > settings.max_pixels:
        raise ImageError(
            f"{name}: is {width} × {height} pixels; at most {settings.max_pixels:,} in all are allowed"
        )
    if width < 1 or height < 1:
        raise ImageError(f"{name}: has no width or no height")
    return picture


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(0x0112, 1))
    except (ValueError, TypeError, SyntaxError, OSError, AttributeError):
        return 1  # damaged metadata does not make a damaged picture


def _normal(picture: Image.Image) -> Image.Image:
    """Return the picture upright, 8 bits a channel, in L, RGB or RGBA."""
    from PIL import Image, ImageOps

    with_alpha = "transparency" in picture.info or picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"}
    turned = picture
    if _orientation(picture) in range(2, 9):
        turned = ImageOps.exif_transpose(picture)
    if turned.mode.startswith("I"):
        # 16 bits a channel: keep the upper eight, a plain conversion would clip to white
        wide = turned.convert("I")
        return wide.point(lambda value: value * (1 / 256)).convert("L")
    if turned.mode == "CMYK":
        return _from_cmyk(turned)
    if turned.mode == "F":
        return turned.convert("L")
    wanted = "RGBA" if with_alpha else "L" if turned.mode in {"1", "L"} else "RGB"
    result = turned if turned.mode == wanted else turned.convert(wanted)
    return result if isinstance(result, Image.Image) else turned


def _from_cmyk(picture: Image.Image) -> Image.Image:
    """Convert printing colours by the profile the file carries, else by the plain rule."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted is not None:
                converted.info.pop("icc_profile", None)
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # a damaged profile: colours come out a little off, the picture is there
    plain = picture.convert("RGB")
    plain.info.pop("icc_profile", None)
    return plain


def _better(
    stem: str, upright: Image.Image, fallback: ImageFile, settings: ImagesConfig
) -> tuple[ImageFile, ...]:
    from PIL import Image

    widths = sorted({min(width, upright.width) for width in settings.widths})
    files = []
    for encoding in settings.formats:
        for width in widths:
            height = max(1, round(upright.height * width / upright.width))
            sized = (
                upright
                if width == upright.width
                else upright.resize((width, height), Image.Resampling.LANCZOS)
            )
            file = _encoded(stem, sized, encoding, settings.quality)
            if len(file.data) < len(fallback.data):
                files.append(file)
    return tuple(files)


def _encoded(stem: str, picture: Image.Image, encoding: str, quality: int) -> ImageFile:
    options: dict[str, Any] = {
        "jpg": {"format": "JPEG", "quality": min(quality, 95), "optimize": True, "progressive": True},
        "png": {"format": "PNG", "optimize": True},
        "webp": {"format": "WEBP", "quality": quality, "method": 4},
        # AVIF counts quality otherwise: 58 looks like the 78 of WebP. One thread: the bytes must not depend on the machine's cores
        "avif": {"format": "AVIF", "quality": max(quality - 20, 1), "speed": 8, "max_threads": 1},
    }[encoding]
    if profile := picture.info.get("icc_profile"):
        options["icc_profile"] = profile
    buffer = io.BytesIO()
    # metadata of the original (place, camera, thumbnails) is not for readers
    clean = picture.copy()
    clean.info.clear()
    clean.save(buffer, exif=b"", **options) if encoding != "png" else clean.save(buffer, **options)
    return _file(stem, buffer.getvalue(), *picture.size, str(options["format"]))


def _file(stem: str, data: bytes, width: int, height: int, encoding: str) -> ImageFile:
    suffix = SUFFIXES[encoding]
    mark = blake2b(data, digest_size=6).hexdigest()
    return ImageFile(f"{stem}.{mark}.{suffix}", data, width, height, suffix)


def _placeholder(upright: Image.Image) -> str:
    from PIL import Image

    if upright.mode == "RGBA" or upright.width < 64:
        return ""
    size = (16, max(1, round(16 * upright.height / upright.width)))
    if size[1] > 64:
        return ""
    buffer = io.BytesIO()
    upright.convert("RGB").resize(size, Image.Resampling.BOX).save(buffer, "WEBP", quality=20, method=6)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def _pillow() -> str:
    from PIL import __version__

    return __version__
