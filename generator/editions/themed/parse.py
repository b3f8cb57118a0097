"""Read a themed post, also one that people edited by hand.

Headings without a link, free bold labels, 更多动态 as a bold line, extra prose, images, tables
and HTML are all survived: what is not understood stays as text where it stood, and the
spelling of every part is kept for as long as what it says stays the same (`spelling`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from generator.editions.form import Parsed
from generator.editions.headlines import with_headlines
from generator.editions.themed import head
from generator.editions.themed.lines import card_at_end
from generator.editions.themed.reader import Reader
from generator.editions.themed.spelling import spellings
from generator.editions.themed.write import parts
from generator.editions.words import labels_in
from generator.markup.blocks import Block, scan
from generator.markup.frontmatter import split
from generator.news import Edition


def matches(text: str) -> bool:
    """Front matter or a first heading, and themes with stories under them."""
    return bool(re.search(r"^##[ \t]+\S", text, re.MULTILINE)) and not re.search(
        r"^```\n.{20,}\n```\n+###[ \t]+\*\*", text, re.MULTILINE
    )


def parse(text: str, path: str = "") -> Parsed:
    """Read a themed post. Raises `ContentError` for broken front matter."""
    document = split(text, path)
    blocks = scan(document.body, document.body_line)
    tail = card_at_end(blocks)
    reader = Reader()
    reader.read(blocks[:tail])
    edition = Edition(**head.read(document))
    kept = head.extras(document, edition)
    if not edition.title and reader.title:
        edition = replace(edition, title=reader.title)
        kept |= {"front.title": "", "front.title.was": head.lines(edition, toml=document.toml)["title"]}
    if reader.intro:
        kept["themed.intro"] = "\n\n".join(reader.intro)
    if tail < len(blocks):
        kept["themed.tail"] = "".join(block.raw for block in blocks[tail:]).strip("\n")
    edition = replace(
        edition,
        mode=reader.mode or edition.mode,
        mode_note=reader.mode_note,
        sections=tuple(section.built() for section in reader.sections),
        corrections=reader.corrections,
        extras=MappingProxyType(kept),
    )
    ours = parts(with_headlines(edition)[0], labels_in(document.body))
    kept |= spellings(ours, _theirs(blocks, [0, *reader.starts, tail, len(blocks)]))
    places = head.places(document.fields, document) | dict(reader.places())
    return Parsed(replace(edition, extras=MappingProxyType(kept)), places, path, document.warnings)


def _theirs(blocks: list[Block], bounds: list[int]) -> list[str]:
    """The parts as they stand: the blocks between two bounds; without the card at the end when there is none."""
    found = ["".join(block.raw for block in blocks[start:end]) for start, end in pairwise(bounds)]
    return found if found[-1] else found[:-1]
