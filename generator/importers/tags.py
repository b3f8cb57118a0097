"""Template tags inside bodies: those with a counterpart become Markdown, the others stay and are listed.

Code is left alone: fences and inline spans are set aside first. A tag that names another post
becomes a link to `POST` and its name, which `links` turns into that post's new address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from generator.importers.values import Body
from generator.markup.blocks import scan

POST = "ribao-import:"
"""Stands before the name of a post where its address is wanted."""

Rule = tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]]

_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_HOLE = re.compile("\ue000(\\d+)\ue001")
_PARAMETER = re.compile(r"""(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s"'`=]+))""")


def translate(text: str, code: Iterable[Rule], rules: Iterable[Rule], left: re.Pattern[str]) -> Body:
    """Apply `rules` outside of code, that which the rules `code` make of tags included.

    What matches `left` afterwards is listed as kept, by its first group.
    """
    changed: Counter[str] = Counter()
    kept: Counter[str] = Counter()

    def apply(words: str, some: Iterable[Rule]) -> str:
        for name, pattern, rewrite in some:
            words, count = pattern.subn(rewrite, words)
            if count:
                changed[name] += count
        return words

    def change(words: str) -> str:
        words = apply(words, rules)
        kept.update(match[1] for match in left.finditer(words))
        return words

    if any(pattern.search(text) for _, pattern, _ in code):
        text = outside_code(text, lambda words: apply(words, code))
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


def quote(text: str, *, foot: str = "") -> str:
    """Return a block quotation, with its source below where there is one."""
    lines = "\n\n".join(part for part in (text.strip(), f"— {foot}" if foot else "") if part).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def apart(tag: re.Match[str], block: str) -> str:
    """Return the block that stands in for `tag`, with the empty lines around it that the text does not have."""
    before, after = tag.string[max(0, tag.start() - 2) : tag.start()], tag.string[tag.end() : tag.end() + 2]
    head = "" if before in ("", "\n", "\n\n") else "\n" if before.endswith("\n") else "\n\n"
    foot = "" if after in ("", "\n", "\n\n") else "\n" if after.startswith("\n") else "\n\n"
    return f"{head}{block}{foot}"


_ALERTS = {
    "TIP": "tip success hint done check example",
    "IMPORTANT": "important question help faq abstract tldr summary",
    "WARNING": "warning attention failure fail bug missing",
    "CAUTION": "danger error caution",
}


def alert(kind: str, text: str, title: str = "") -> str:
    """Return a note in a box, with a bold head where it has a title of its own."""
    mark = next((mark for mark, kinds in _ALERTS.items() if kind.lower() in kinds.split()), "NOTE")
    head = f"**{title}**\n\n" if title else ""
    return "\n".join(f"> {line}".rstrip() for line in f"[!{mark}]\n{head}{text.strip()}".split("\n"))


def details(text: str, summary: str) -> str:
    """Return a part that a reader unfolds."""
    shown = summary.replace("<", "&lt;") or "…"
    return f"<details>\n<summary>{shown}</summary>\n\n{text.strip()}\n\n</details>"


def _counted(names: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{name} ×{count}" if count > 1 else name for name, count in sorted(names.items()))
