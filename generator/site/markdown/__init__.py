"""Markdown → HTML for posts: mistune's dialect with Chinese set right, and editions understood.

    rendered = render(body, Options(digest=True, title="…", base="https://example.com/news/"))

A pure function: equal text and options give equal bytes, under one `engine_version()`.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from pathlib import Path

from generator.errors import Problem
from generator.site.markdown.digest import story_id
from generator.site.markdown.digest_page import DigestPage
from generator.site.markdown.draw import Draw
from generator.site.markdown.fast import Reader
from generator.site.markdown.page import PlainPage
from generator.site.markdown.raw import MAX_DEPTH
from generator.site.markdown.values import (
    Heading,
    ImageMark,
    Options,
    RawHtml,
    Rendered,
    StoryMark,
    Words,
)

__all__ = [
    "Heading",
    "ImageMark",
    "Options",
    "RawHtml",
    "Rendered",
    "StoryMark",
    "Words",
    "engine_version",
    "render",
    "story_id",
]

DIALECT = 2
"""Number of our own rules; raised by every change that gives other HTML for the same text."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def render(body: str, options: Options = Options()) -> Rendered:  # noqa: B008 - frozen
    """Return `body`, Markdown without front matter, as HTML."""
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    body = _CONTROLS.sub("", body)
    if not body.endswith("\n"):
        body += "\n"
    page = DigestPage(options) if options.digest else PlainPage(options)
    draw = Draw(options)
    reader = Reader(page, draw, options.base)
    reader.read(body)
    shown, stories = page.finished()
    return Rendered(
        shown,
        tuple(page.headings),
        stories,
        "\n".join(page.texts),
        tuple(draw.images),
        draw.has_math,
        (_too_deep(options),) if draw.raw.too_deep else (),
        blocks_fast=reader.fast,
        blocks_total=reader.fast + reader.slow,
    )


def _too_deep(options: Options) -> Problem:
    message = f"HTML nests deeper than {MAX_DEPTH} elements; from there on it is shown as text: close what is opened"
    return Problem(options.path, options.first_line, 0, message, "warning")


@functools.cache
def engine_version() -> str:
    """Name what the HTML depends on besides text and options, for a cache's key; imports none of it."""
    return (
        f"ribao-{DIALECT} mistune-{_version('mistune')} pygments-{_version('pygments')} nh3-{_version('nh3')}"
    )


def _version(package: str) -> str:
    """Read a version off the folder an installer leaves beside the package: 50 ms faster than asking importlib."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return "none"
    for info in Path(spec.origin).parents[1].glob(f"{package}-*.dist-info"):
        return info.name.removeprefix(f"{package}-").removesuffix(".dist-info")
    return str(__import__(package).__version__)
