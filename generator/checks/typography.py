"""The look of Chinese text: half-width marks between Han, doubled full stops, stray spaces.

With the extra `typography`, autocorrect's rules for widths are asked as well. Its rules that put spaces
between Han and Latin are not: the theme sets that space, and a text need not be changed for it.
"""

from __future__ import annotations

import functools
import importlib
import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

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
_SPACES = ("space-word", "space-punctuation", "space-bracket", "space-dash", "space-backticks", "space-dollar", "spellcheck")  # fmt: skip
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
            marked: set[int] = set()
            for pattern, message in _RULES:
                for match in pattern.finditer(words):
                    line = block.line + words.count("\n", 0, match.start())
                    column = match.start() - words.rfind("\n", 0, match.start())
                    marked.add(line)
                    yield Problem(source.path, line, column, f"{match[0]!r}: {message}", "warning")
            yield from (
                found for found in _widths(words, block.line, source.path) if found.line not in marked
            )


def _widths(words: str, first: int, path: str) -> Iterator[Problem]:
    """Yield what autocorrect would write otherwise, at the first character that differs."""
    corrector = _corrector()
    for found in corrector.lint_for(words, "markdown").lines if corrector else ():
        changes = SequenceMatcher(None, found.old, found.new, autojunk=False).get_opcodes()
        at, end, start, stop = next(tuple(change[1:]) for change in changes if change[0] != "equal")
        wrong, right = found.old[at:end], found.new[start:stop]
        message = f"{wrong!r}: write {right!r}" if right else f"{wrong!r}: leave it out"
        yield Problem(path, first + found.line - 1, found.col + at, message, "warning")


@functools.cache
def _corrector() -> Any:
    """Return autocorrect with its rules for widths alone; None where the extra is not installed."""
    try:
        corrector: Any = importlib.import_module("autocorrect_py")
    except ImportError:
        return None
    corrector.load_config(json.dumps({"rules": dict.fromkeys(_SPACES, 0)}))
    return corrector
