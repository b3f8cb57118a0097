"""The look of Chinese text: half-width marks between Han, doubled full stops, brackets without a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.site import Site
from generator.errors import ContentError, Problem
from generator.markup import frontmatter
from generator.markup.blocks import scan

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"(?<=[{_HAN}])[,;:?!](?=[{_HAN}])"),
        "a half-width mark between Chinese characters; write ，；：？！",
    ),
    (re.compile(r"。。+|，，+|、、+"), "a doubled mark; write it once, or …… for a pause"),
    (re.compile(rf"(?<=[{_HAN}]) +(?=[，。；：？！、])"), "a space before a full-width mark; remove it"),
    (re.compile(rf"(?<=[{_HAN}])\.(?=\s|$)", re.MULTILINE), "a half-width full stop after Chinese; write 。"),
)
_CODE = re.compile(r"(`+).+?\1|<[^>]*>|\]\([^)]*\)|https?://\S+")
_SPOKEN = ("paragraph", "heading", "list", "quote")


def check(site: Site) -> Iterator[Problem]:
    """Yield a warning for each slip in the words of a source; code and addresses are left out."""
    for source in site.sources:
        try:
            document = frontmatter.split(source.text, source.path)
        except ContentError:
            continue
        for block in scan(document.body, document.body_line):
            if block.kind not in _SPOKEN:
                continue
            # what is left out keeps its length, so that columns stay right
            words = _CODE.sub(lambda code: "\u00b7" * len(code[0]), block.raw)
            for pattern, message in _RULES:
                for match in pattern.finditer(words):
                    line = block.line + words.count("\n", 0, match.start())
                    column = match.start() - words.rfind("\n", 0, match.start())
                    yield Problem(source.path, line, column, f"{match[0]!r}: {message}", "warning")
