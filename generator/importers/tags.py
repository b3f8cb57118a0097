"""Template tags inside bodies: those with a counterpart become Markdown, the others stay and are listed.

Code is left alone: fences and inline spans are set aside first. A tag that names another post
becomes a link to `import:NAME`, which `links` turns into that post's new address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from generator.importers.values import Body
from generator.markup.blocks import scan

Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]]

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_HOLE = re.compile("\ue000(\\d+)\ue001")
_PARAMETER = re.compile(r"""(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s"'`=]+))""")


def translate(text: str, rules: Iterable[Rule], left: re.Pattern[str]) -> Body:
    """Apply `rules` outside of code; what matches `left` afterwards is listed as kept, by its first group."""
    changed: Counter[str] = Counter()
    kept: Counter[str] = Counter()

    def change(words: str) -> str:
        for name, pattern, rewrite in rules:
            words, count = pattern.subn(rewrite, words)
            if count:
                changed[name] += count
        kept.update(match[1] for match in left.finditer(words))
        return words

    return Body(outside_code(text, change), _counted(changed), _counted(kept))


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return `text` after `change`, which sees fences and code spans as marks that it must leave alone."""
    aside: list[str] = []

    def set_aside(piece: str) -> str:
        aside.append(piece)
        return f"\ue000{len(aside) - 1}\ue001"

    text = text.replace("\ue000", "").replace("\ue001", "")
    text = "".join(set_aside(block.raw) if block.kind == "fence" else block.raw for block in scan(text))
    text = change(_CODE_SPAN.sub(lambda span: set_aside(span[0]), text))
    # a fence may hold the mark of a code span that was inside a tag, so twice
    for _ in range(2):
        text = _HOLE.sub(lambda hole: aside[int(hole[1])], text)
    return text


def parameters(text: str) -> tuple[list[str], dict[str, str]]:
    """Return the positional and the named parameters of a tag."""
    places, names = [], {}
    for match in _PARAMETER.finditer(text):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        if match[1]:
            names[match[1]] = value
        else:
            places.append(value)
    return places, names


def image(address: str, alt: str = "", title: str = "") -> str:
    """Return an image in Markdown."""
    shown = alt.replace("[", "").replace("]", "")
    quoted = title.replace('"', "'")
    target = f"<{address}>" if re.search(r"[\s()]", address) else address
    return f'![{shown}]({target} "{quoted}")' if title else f"![{shown}]({target})"


def fence(code: str, language: str = "") -> str:
    """Return a fenced code block whose fence no line of the code closes."""
    ticks = max((len(run) for run in re.findall(r"^ {0,3}(`{3,})", code, re.MULTILINE)), default=2) + 1
    return f"{'`' * ticks}{language}\n{code.strip(chr(10))}\n{'`' * ticks}"


def quote(text: str, *, head: str = "", foot: str = "") -> str:
    """Return a block quotation, with a bold head and a source where there are some."""
    parts = [f"**{head}**"] if head else []
    parts += [text.strip()]
    parts += [f"— {foot}"] if foot else []
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _counted(names: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{name} ×{count}" if count > 1 else name for name, count in sorted(names.items()))
