"""The look of Chinese text: half-width marks between Han, doubled full stops, stray spaces.

With the extra `typography`, autocorrect's rules for widths are asked as well. Its rules that put spaces
between Han and Latin are not: the theme sets that space, and a text need not be changed for it.

What an edition quotes as its source wrote it is left alone: corrected, it would be no quotation any more.
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
from generator.editions import record
from generator.errors import ContentError, Problem
from generator.markup import frontmatter
from generator.markup.blocks import scan

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"(?<=[{_HAN}])[,;:?!](?=[{_HAN}])"),
        "a half-width mark between Chinese characters; write {full}",
    ),
    (re.compile(r"。。+|，，+|、、+"), "a doubled mark; write it once, or …… for a pause"),
    (re.compile(rf"(?<=[{_HAN}]) +(?=[，。；：？！、])"), "a space before a full-width mark; remove it"),
    (re.compile(rf"(?<=[{_HAN}])\.(?=\s|$)", re.MULTILINE), "a half-width full stop after Chinese; write 。"),
)
_FULL = dict(zip(",;:?!", "，；：？！", strict=True))
_BESIDE = 8  # characters on either side of a slip that a source has too where it is quoted
_CODE = re.compile(r"(`+).+?\1|<[^>]*>|\]\([^)]*\)|https?://\S+")
_MARKDOWN = re.compile(r"[\n\[\]*#>\u00b7]")  # where what stands beside a slip ends, code left out
_SPACES = ("space-word", "space-punctuation", "space-bracket", "space-dash", "space-backticks", "space-dollar", "spellcheck")  # fmt: skip
_SPOKEN = ("paragraph", "heading", "list", "quote")


def check(site: Site) -> Iterator[Problem]:
    """Yield a warning for each slip in the words of a source; code and addresses are left out."""
    for source in site.sources:
        try:
            document = frontmatter.split(source.text, source.path)
        except ContentError:
            continue
        quoted = _sources(site, source.path)
        for block in scan(document.body, document.body_line):
            if block.kind not in _SPOKEN:
                continue
            # what is left out keeps its length, so that columns stay right
            words = _CODE.sub(lambda code: "\u00b7" * len(code[0]), block.raw)
            marked: set[int] = set()
            for pattern, message in _RULES:
                for match in pattern.finditer(words):
                    if _is_quoted(words, match.start(), match.end(), quoted):
                        continue
                    line = block.line + words.count("\n", 0, match.start())
                    column = match.start() - words.rfind("\n", 0, match.start())
                    marked.add(line)
                    told = message.format(full=_FULL.get(match[0], ""))
                    yield Problem(source.path, line, column, f"{match[0]!r}: {told}", "warning")
            yield from (
                found for found in _widths(words, block.line, source.path, quoted) if found.line not in marked
            )


def _sources(site: Site, path: str) -> str:
    """Return all that the sources of a post say, as its edition's record has it; "" where it has none."""
    try:
        kept = record.loads((site.config.root / path).with_name("edition.json").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ContentError):
        return ""
    said = (source for article in kept.edition.articles for source in article.sources)
    return "\n".join(text for source in said for text in (source.title, source.text))


def _is_quoted(words: str, start: int, end: int, quoted: str) -> bool:
    """Whether a source has the slip at `start` with what stands on either side of it in its sentence."""
    before = _MARKDOWN.split(words[max(0, start - _BESIDE) : start])[-1].lstrip()
    after = _MARKDOWN.split(words[end : end + _BESIDE])[0].rstrip()
    return f"{before}{words[start:end]}{after}" in quoted


def _widths(words: str, first: int, path: str, quoted: str) -> Iterator[Problem]:
    """Yield what autocorrect would write otherwise, at the first character that differs and is not quoted."""
    corrector = _corrector()
    for found in corrector.lint_for(words, "markdown").lines if corrector else ():
        changes = SequenceMatcher(None, found.old, found.new, autojunk=False).get_opcodes()
        others = (
            (at, end, start, stop)
            for kind, at, end, start, stop in changes
            if kind != "equal" and not _is_quoted(found.old, at, end, quoted)
        )
        if (first_other := next(others, None)) is None:
            continue
        at, end, start, stop = first_other
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
