"""How a person spelled the parts of a post, kept for as long as they say the same.

A part is the post's opening, a section with its stories, or the card at its end. Its spelling
is kept under the digest of the text that we would write for it: while that is the same, the
part goes back byte for byte; as soon as the edition says something else, it is written anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

_KEY = "themed.as."


def spellings(ours: Iterable[str], theirs: Iterable[str]) -> dict[str, str]:
    """Return what to keep of a post whose parts we would write as `ours` and that stand as `theirs`."""
    return {_key(own): written for own, written in zip(ours, theirs, strict=True) if own != written}


def spelled(ours: Iterable[str], kept: Mapping[str, str]) -> str:
    """Return the parts as one text, each in the spelling that was kept for it."""
    return "".join(kept.get(_key(own), own) for own in ours)


def _key(text: str) -> str:
    return _KEY + hashlib.sha256(text.encode()).hexdigest()[:16]
