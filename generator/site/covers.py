"""Covers: the picture of an edition that is shared, drawn at publish; 1200 × 630, well under 150 KB.

The same words, day and fonts give the same bytes. Without a font that has the title's
characters the picture is drawn without words: never with boxes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import math
import random
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.labels import Labels
from generator.site.fonts import Font, candidates
from generator.site.linebreak import balanced, printable, set_tight
from generator.site.theme import Look

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
_TOP, _FOOT = 164, 540  # the title stands between them, in the middle
PLAIN = Look()
_SIZES = range(112, 43, -4)
_MAX_LINES = 4
_LEADING = 1.28
_MARK = "ribao"  # names what a drawn cover says of its pixels


def draw(
    title: str,
    date: dt.date,
    paper: str,
    labels: Labels,
    *,
    look: Look = PLAIN,
    font_folders: Iterable[Path] = (),
) -> bytes:
    """Return a PNG with the title, the day and the paper's name; without words where no font has them."""
    from PIL import Image, ImageDraw

    day = f"{labels.date_format.format(year=date.year, month=date.month, day=date.day)}　{labels.weekday(date.weekday())}"
    title, paper = printable(title), printable(paper)
    head = _face_for(paper + day, font_folders, labels.language)
    face = _face_for(title, font_folders, labels.language) if title else None

    picture = Image.new("RGB", (WIDTH, HEIGHT), look.paper)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((MARGIN, 128, WIDTH - MARGIN, 133), fill=look.ink)
    pen.rectangle((MARGIN, 139, WIDTH - MARGIN, 140), fill=look.ink)
    pen.rectangle((MARGIN, 60, MARGIN + 13, 108), fill=look.accent)
    if head is not None:
        _masthead(pen, head, paper, day, look)
    free = _title(pen, face, title, look, labels.language) if face is not None else _TOP
    _dots(picture, look, top=free + 16, seed=f"{date.isoformat()} {title}")
    return _png(picture)


def alternative(title: str, date: dt.date, paper: str, labels: Labels) -> str:
    """Return the cover's alternative text: what it shows, in the words of the paper."""
    day = labels.date_format.format(year=date.year, month=date.month, day=date.day)
    return labels.cover_alt.format(paper=paper, date=day, title=title)


def _masthead(pen: ImageDraw.ImageDraw, face: Font, paper: str, day: str, look: Look) -> None:
    small = _load(face, 30, 400)
    space = WIDTH - 2 * MARGIN - 34 - small.getlength(day) - 40
    for size in range(46, 20, -2):
        name = _load(face, size, 800)
        if name.getlength(paper) <= space:
            break
    while paper and name.getlength(paper) > space:
        paper = paper[:-2].rstrip() + "…"
    pen.text((MARGIN + 34, 84), paper, font=name, fill=look.ink, anchor="lm")
    pen.text((WIDTH - MARGIN, 86), day, font=small, fill=look.muted, anchor="rm")


def _title(pen: ImageDraw.ImageDraw, face: Font, title: str, look: Look, language: str) -> int:
    """Set the title as large as it fits, in at most four lines of like length; return where it ends."""
    for size in _SIZES:
        font = _load(face, size, 700)
        lines = balanced(title, font.getlength, WIDTH - 2 * MARGIN)
        # two lines may be as large as they like, more have to leave room for the tide
        if len(lines) <= _MAX_LINES and len(lines) * size * _LEADING <= (_FOOT - _TOP) * 0.86:
            break
    else:
        lines = [*lines[: _MAX_LINES - 1], _cut(lines[_MAX_LINES - 1], font)]
    height = len(lines) * size * _LEADING
    top = _TOP + (_FOOT - _TOP - height) * 0.35
    for number, line in enumerate(lines):
        middle = top + (number + 0.5) * size * _LEADING
        x = float(MARGIN)
        for place, piece in enumerate(set_tight(line, language)):
            # a font may have narrow marks: they have no white to give
            x -= size / 2 if place and font.getlength(piece[0]) > 0.9 * size else 0
            pen.text((x, middle), piece, font=font, fill=look.ink, anchor="lm")
            x += font.getlength(piece)
    return round(top + height)


def _cut(line: str, font: ImageFont.FreeTypeFont) -> str:
    while line and font.getlength(line + "…") > WIDTH - 2 * MARGIN:
        line = line[:-1]
    return line.rstrip("，、；：,;: ") + "…"


def _dots(picture: Image.Image, look: Look, *, top: int, seed: str) -> None:
    """Draw a halftone tide between `top` and the foot: each day and title gives its own waves."""
    from PIL import Image, ImageDraw

    chance = random.Random(seed)
    waves = [
        (chance.uniform(0.6, 2.2), chance.uniform(0, math.tau), chance.uniform(0.4, 1)) for _ in range(3)
    ]
    scale, step, height = 3, 18, HEIGHT - top
    layer = Image.new("L", (WIDTH * scale, height * scale), 0)
    pen = ImageDraw.Draw(layer)
    for column, x in enumerate(range(step // 2, WIDTH, step)):
        along = x / WIDTH
        tide = sum(size * math.sin(speed * math.tau * along + phase) for speed, phase, size in waves) / 3
        crest = height * (0.42 - 0.25 * along - 0.22 * tide)
        for row, y in enumerate(range(height - 4, 0, -step // 2)):
            if (row + column) % 2:
                continue
            depth = (y - crest) / (height - min(crest, height - 40))
            radius = min(1.0, max(0.0, depth)) * 6.4
            if radius > 0.6:
                box = [(x - radius) * scale, (y - radius) * scale, (x + radius) * scale, (y + radius) * scale]
                pen.ellipse(box, fill=255)
    mask = layer.resize((WIDTH, height), Image.Resampling.BOX)
    picture.paste(Image.new("RGB", (WIDTH, height), look.accent), (0, top), mask)


def _face_for(text: str, folders: Iterable[Path], language: str) -> Font | None:
    """Return the first font that has every character of `text`, or none."""
    for font in candidates(folders, language):
        try:
            loaded = _load(font, 24, 400)
            absent = bytes(loaded.getmask("\U0010fffe"))
            if all(bytes(loaded.getmask(char)) != absent for char in sorted({*text}) if not char.isspace()):
                return font
        except (OSError, ValueError):
            # a damaged or foreign file in a font folder is not a font: the next one may be
            continue
    return None


def _load(font: Font, size: int, weight: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    loaded = ImageFont.truetype(str(font.path), size, index=font.face)
    with contextlib.suppress(OSError):  # not a variable font: it has one weight
        loaded.set_variation_by_axes([weight])
    return loaded


def _png(picture: Image.Image) -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    buffer = io.BytesIO()
    # few flat colours: a palette keeps the picture sharp at a fifth of the size
    small = picture.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    told = PngInfo()
    told.add_text(_MARK, _pixels(small))
    small.save(buffer, "PNG", optimize=True, pnginfo=told)
    return buffer.getvalue()


def is_ours(data: bytes) -> bool:
    """Tell whether a picture was drawn here and no pixel of it was changed since."""
    from PIL import Image

    if f"tEXt{_MARK}".encode() not in data:
        return False
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if picture.size != (WIDTH, HEIGHT):
                return False
            return picture.info.get(_MARK) == _pixels(picture)
    except (OSError, ValueError, SyntaxError):
        return False  # damaged: whoever put it there may want it back


def _pixels(picture: Image.Image) -> str:
    return hashlib.sha256(picture.convert("RGB").tobytes()).hexdigest()[:32]
