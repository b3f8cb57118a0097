"""The cover of an edition as publish draws it: in the theme's colours, and never over a person's."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.commands.paper import STORIES, collect, found, publish


def painted(path: Path) -> tuple[int, int, int]:
    """The colour of a cover's paper."""
    colour = Image.open(path).convert("RGB").getpixel((0, 0))
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


def test_a_cover_wears_its_theme_until_a_person_puts_another_there(tmp_path: Path) -> None:
    found(tmp_path)
    settings = (tmp_path / "site.toml").read_text(encoding="utf-8").replace("cover = false", "cover = true")
    (tmp_path / "site.toml").write_text(
        settings.replace("[site]", '[site]\ntheme = "blue"'), encoding="utf-8"
    )
    theme = tmp_path / "themes" / "blue" / "theme.toml"
    theme.parent.mkdir(parents=True)
    theme.write_text('extends = "ribao"\n[cover]\npaper = "#0000ff"\n', encoding="utf-8")
    collect(tmp_path, STORIES)
    assert publish(tmp_path).returncode == 0
    cover = tmp_path / "content" / "posts" / "2026-01-07" / "cover.png"
    assert painted(cover) == (0, 0, 255)

    theme.write_text('extends = "ribao"\n[cover]\npaper = "#00ff00"\n', encoding="utf-8")
    assert publish(tmp_path).returncode == 0
    assert painted(cover) == (0, 255, 0)  # ours follows the theme

    own = Image.open(cover).convert("RGB")
    own.putpixel((3, 3), (255, 0, 0))  # one touch is enough to make it hers
    buffer = io.BytesIO()
    own.save(buffer, "PNG")
    cover.write_bytes(buffer.getvalue())
    theme.write_text('extends = "ribao"\n', encoding="utf-8")
    assert publish(tmp_path).returncode == 0
    assert cover.read_bytes() == buffer.getvalue()
