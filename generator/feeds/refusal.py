"""XML that is refused before a parser sees it: what only attacks are made of, found by counting."""

from __future__ import annotations

import re

from generator.feeds.values import FeedError

_ROOT = re.compile(r"<[A-Za-z_]")
_ENTRY = re.compile(r"<(?:[\w.\-]{1,40}:)?(?:item|entry)\b", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}

# Parsers take quadratic time in some of these. A long article whose markup is not escaped has
# a thousand tags; the longest tags hold an image's data.
_MAX_TAGS = 4_000  # of one entry, or before the first
_MAX_ATTRIBUTES = 500  # of one tag


def refuse_entities(text: str) -> None:
    """Raise `FeedError` when a document declares entities: no feed needs them, bombs are made of them."""
    if "<!ENTITY" not in text and "<!entity" not in text:
        return
    prolog = _without(text, r"<!--|<\?")
    root = _ROOT.search(prolog)
    prolog = prolog[: root.start()] if root else prolog
    if "<!ENTITY" in prolog.upper():
        raise FeedError("entities", "declares XML entities, which are refused unread")


def refuse_slow(text: str, max_entries: int) -> None:
    """Raise `FeedError` when a document has more entries, tags or attributes than any feed; linear."""
    if text.count("<") < _MAX_TAGS and text.count("=") < _MAX_ATTRIBUTES:
        return
    markup = _without(text, r"<!--|<\?|<!\[CDATA\[")
    parts = _ENTRY.split(markup)
    if len(parts) > max_entries + 1:
        raise FeedError("too-long", f"begins more than {max_entries:,} entries; it was not parsed")
    if max(part.count("<") for part in parts) > 2 * _MAX_TAGS:
        raise FeedError("too-long", f"has more than {_MAX_TAGS:,} tags in one entry; it was not parsed")
    if max(tag.partition(">")[0].count("=") for tag in markup.split("<")) > _MAX_ATTRIBUTES:
        raise FeedError("too-long", f"has a tag of more than {_MAX_ATTRIBUTES} attributes; it was not parsed")


def _without(text: str, opening: str) -> str:
    """Return `text` without comments and their like, in linear time however many are left open."""
    kept: list[str] = []
    done = 0
    for match in re.finditer(opening, text):
        if match.start() < done:
            continue
        end = text.find(_ENDS[match[0]], match.end())
        if end < 0:
            break  # nothing of this kind ends any more: what follows is read as it stands
        kept.append(text[done : match.start()])
        done = end + len(_ENDS[match[0]])
    return "".join([*kept, text[done:]])
