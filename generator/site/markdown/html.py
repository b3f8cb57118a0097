"""The HTML of each element: the one place where it is written, for the fast path and the slow one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.site.markdown.links import is_outside, is_safe

_AMBIGUOUS_MARKS = "“”‘’…—–·‥※"
_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f"
    "\uff01-\uffdc\uffe0-\uffee\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_HANGUL = "\u1100-\u11ff\ua960-\ua97c\uffa0-\uffdc"
_IS_WIDE = re.compile(f"[{_WIDE}](?<![{_HANGUL}])")


def escape(text: str) -> str:
    """Return `text` for HTML text and quoted attributes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_marks(text: str) -> str:
    """Escape what `escape` does but `<`, for text in which that one still has to be looked for."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


def unescape_marks(text: str) -> str:
    """Undo `escape_marks`."""
    if "&" not in text:
        return text
    return text.replace("&quot;", '"').replace("&gt;", ">").replace("&amp;", "&")


def joins(before: str, after: str) -> bool:
    """Whether a line break between two characters is none in Chinese: no space is to show.

    Both are wide and not Hangul, or one is and the other is a mark such as `“` or `—` that
    Chinese sets wide though Unicode leaves its width open.
    """
    wide_before, wide_after = _IS_WIDE.match(before), _IS_WIDE.match(after)
    return bool(
        (wide_before and (wide_after or after in _AMBIGUOUS_MARKS))
        or (wide_after and before in _AMBIGUOUS_MARKS)
    )


def link(inner: str, url: str, title: str, base: str) -> str:
    """An anchor; the text alone when the address has a scheme that is not let through."""
    if not is_safe(url):
        return f'<span class="unsafe-link">{inner}</span>'
    titled = f' title="{escape(title)}"' if title else ""
    outside = ' rel="noopener"' if is_outside(url, base) else ""
    return f'<a href="{escape(url)}"{titled}{outside}>{inner}</a>'


def outside_link(inner: str, url: str, base: str) -> str:
    """`link` to an http address whose special characters are escaped."""
    outside = ' rel="noopener"' if not base or is_outside(url, base) else ""
    return f'<a href="{url}"{outside}>{inner}</a>'


STRONG = ("<strong>", "</strong>")
CODE = ("<code>", "</code>")


def strong(inner: str) -> str:
    return inner.join(STRONG)


def code(inner: str) -> str:
    return inner.join(CODE)


def every_second(parts: Sequence[str], marks: tuple[str, str]) -> str:
    """Put a text together whose every second part, of an odd number, stands between marks."""
    out = [marks[0]] * (2 * len(parts) - 1)
    out[::2] = parts
    out[3::4] = [marks[1]] * (len(parts) // 2)
    return "".join(out)


def image(url: str, alt: str, title: str) -> str:
    """An image; its alternative text alone when the address is not let through."""
    if not is_safe(url):
        return f'<span class="unsafe-link">{escape(alt)}</span>'
    titled = f' title="{escape(title)}"' if title else ""
    return f'<img src="{escape(url)}" alt="{escape(alt)}"{titled} loading="lazy">'


def figure(img: str, caption: str) -> str:
    return f"<figure>{img}<figcaption>{escape(caption)}</figcaption></figure>\n"


def paragraph(inner: str) -> str:
    return f"<p>{inner}</p>\n"


def heading(level: int, inner: str, id_: str) -> str:
    """A heading; ids hold only letters, digits and `-_.:`."""
    return f'<h{level} id="{id_}">{inner}</h{level}>\n'


def flat_list(items: Sequence[tuple[str, ...]], ordered: bool, start: int) -> str:
    """A list from its items, each of which begins with its inner HTML."""
    body = "</li>\n<li>".join([item[0] for item in items])
    if not ordered:
        return f"<ul>\n<li>{body}</li>\n</ul>\n"
    opening = "<ol>" if start == 1 else f'<ol start="{start}">'
    return f"{opening}\n<li>{body}</li>\n</ol>\n"


RULE = "<hr>\n"
