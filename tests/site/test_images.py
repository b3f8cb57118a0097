"""Images of posts: upright, right in colour, sized, safe; the others refused by name."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.config.schema import ImagesConfig
from generator.site.images import ImageError, key, process
from generator.site.imageshelf import Shelf

SETTINGS = ImagesConfig(formats=("avif", "webp"), widths=(64, 128))
REAL = Path(__file__).parents[3] / "shared" / "data" / "images"


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def photo(width: int = 200, height: int = 100) -> Image.Image:
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_photo_gets_sizes_and_encodings_smaller_than_itself() -> None:
    noise = Image.effect_noise((200, 100), 60).convert("RGB")
    variants = process(encoded(noise, "JPEG", quality=98), SETTINGS, "a photo.jpg")
    assert [(file.encoding, file.width) for file in variants.better] == [
        ("avif", 64),
        ("avif", 128),
        ("webp", 64),
        ("webp", 128),
    ]
    assert all(opened(file.data).size == (file.width, file.height) for file in variants.files)
    assert all(len(file.data) < len(variants.fallback.data) for file in variants.better)


def test_names_follow_the_content() -> None:
    one, two = (process(encoded(photo(width), "PNG"), SETTINGS, "p.png").fallback.name for width in (70, 80))
    assert one != two
    assert process(encoded(photo(70), "PNG"), SETTINGS, "p.png").fallback.name == one


def test_a_turned_photo_is_turned_back() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    red_left = Image.new("RGB", (40, 20), "blue")
    red_left.paste("red", (0, 0, 20, 20))
    variants = process(encoded(red_left, "JPEG", exif=exif, quality=95), SETTINGS)
    upright = opened(variants.fallback.data).convert("RGB")
    assert (variants.width, variants.height) == (20, 40)
    red, _, blue = upright.getpixel((10, 5))  # type: ignore[misc]
    assert red > 200 > 100 > blue
    assert not opened(variants.fallback.data).getexif()


def test_printing_colours_become_screen_colours() -> None:
    red = Image.new("CMYK", (80, 80), (0, 255, 255, 0))
    variants = process(encoded(red, "JPEG", quality=95), SETTINGS)
    shown = opened(variants.fallback.data)
    assert shown.mode == "RGB"
    assert shown.getpixel((40, 40))[0] > 150 > shown.getpixel((40, 40))[2]  # type: ignore[index]


def test_sixteen_bits_keep_their_shades() -> None:
    grey = Image.new("I;16", (80, 80), 32768)
    variants = process(encoded(grey, "PNG"), SETTINGS)
    level = opened(variants.fallback.data).convert("L").getpixel((0, 0))
    assert isinstance(level, int | float)
    assert abs(level - 128) < 3


def test_transparency_survives() -> None:
    variants = process(encoded(Image.new("RGBA", (200, 100), (255, 0, 0, 0)), "PNG"), SETTINGS)
    assert variants.placeholder == ""
    for file in variants.better:
        assert opened(file.data).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_moving_picture_keeps_moving() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "green", "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)
    variants = process(data, SETTINGS, "a.gif")
    assert variants.animated
    assert variants.fallback.data == data
    assert variants.better == ()


def bomb(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bomb(30_000), "announces more pixels"),
        (bomb(8_000), "8000 × 8000 pixels"),
        (encoded(photo(), "PNG")[:150], "damaged"),
        (b"not a picture", "no image we can read"),
        (b"", "no image we can read"),
        (encoded(photo(), "TIFF"), "no image we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG with a script"),
        (b"<svg onload='x()'></svg>", "an event handler"),
        (b"<svg><image href='https://x.example/a.png'/></svg>", "a reference to outside"),
        (b"<!DOCTYPE svg><svg><style>@import 'x'</style></svg>", "a reference to outside"),
    ],
    ids=range(10),
)
def test_what_cannot_be_shown_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(ImageError, match=why) as raised:
        process(data, SETTINGS, "cover.png")
    assert str(raised.value).startswith("cover.png: ")


def test_a_file_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(ImageError, match="at most 10 are allowed"):
        process(b"x" * 11, ImagesConfig(max_bytes=10), "a.png")


def test_a_plain_svg_is_kept_with_its_size() -> None:
    variants = process(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0"/></svg>', SETTINGS
    )
    assert (variants.width, variants.height, variants.fallback.encoding) == (40, 30, "svg")


def test_the_shelf_remembers_and_survives_damage(tmp_path: Path) -> None:
    data = encoded(photo(), "PNG")
    shelf = Shelf(tmp_path / "images")
    first = shelf.process(data, SETTINGS, "p.png")
    assert shelf.process(data, SETTINGS, "p.png") == first
    for file in (tmp_path / "images").iterdir():
        file.write_bytes(b"{")
    assert shelf.process(data, SETTINGS, "p.png") == first


def test_the_key_depends_on_all_that_decides_the_result() -> None:
    keys = {
        key(data, settings)
        for data in (b"a", b"b")
        for settings in (SETTINGS, ImagesConfig(), ImagesConfig(quality=50))
    }
    assert len(keys) == 6


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the shared images")
def test_real_images_are_shown_or_refused_never_a_traceback() -> None:
    refused = set()
    for file in sorted(REAL.iterdir()):
        try:
            variants = process(file.read_bytes(), ImagesConfig(), file.name)
        except ImageError as error:
            refused.add(file.name)
            assert str(error).startswith(f"{file.name}: ")
        else:
            assert variants.width > 0
    assert refused == {
        "broken.png",
        "decompression_bomb.gif",
        "truncated_image.png",
        "truncated_jpeg.jpg",
        "zero_width.gif",
    }
