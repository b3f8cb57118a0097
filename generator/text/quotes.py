"""Find a quotation in its source: letter by letter, else with width, case, spacing and marks evened out."""

from __future__ import annotations

import functools
import unicodedata

# Marks that copying and translating programs exchange freely.
_SAME = str.maketrans("“”„‟「」『』《》〈〉‘’‚‛–—‒―−·・", '""""""""""""' + "''''" + "-----" + "··")
MIN_LENGTH = 2  # characters; shorter ones are found everywhere and prove nothing


def locate(quotation: str, text: str) -> tuple[int, int] | None:
    """Return where `quotation` stands in `text` as (start, end), or None.

    Exact first; then NFKC, caseless, without white space, with quotation marks and dashes
    made equal. The span returned is always one of `text` itself.
    """
    if len(quotation.strip()) < MIN_LENGTH:
        return None
    start = text.find(quotation)
    if start >= 0:
        return start, start + len(quotation)
    wanted, _ = _evened(quotation.strip(" \n\t\"'“”「」…."))
    if len(wanted) < MIN_LENGTH:
        return None
    evened, places = _evened(text)
    start = evened.find(wanted)
    if start < 0:
        return None
    return places[start], places[start + len(wanted) - 1] + 1


@functools.lru_cache(maxsize=512)
def _evened(text: str) -> tuple[str, tuple[int, ...]]:
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for even in unicodedata.normalize("NFKC", char).casefold().translate(_SAME):
            if not even.isspace():
                letters.append(even)
                places.append(place)
    return "".join(letters), tuple(places)
