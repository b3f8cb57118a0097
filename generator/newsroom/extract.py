"""Which sentences of a source say what happened: overlap with the headline, position, facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from generator.news import Item
from generator.newsroom.boilerplate import body_of, is_boilerplate
from generator.newsroom.headline import headline
from generator.newsroom.marks import STOP
from generator.newsroom.suspicion import instructs
from generator.newsroom.wording import only_quoted, personal, runs_on, sets_scene
from generator.text.sentences import sentences
from generator.text.width import HAN, han_count

_TOKEN = re.compile(f"[A-Za-zÀ-ɏ0-9]+(?:[.'’-][A-Za-zÀ-ɏ0-9]+)*|[{HAN}]")
_FACT = re.compile(r"\d|[A-Z][a-z]+[A-Z]|[\"“《「]")
_VAGUE = re.compile(
    r"^(?:但|不过|然而|因此|所以|同时|此外|另外|其中|而且|并且|这|那|该|他|她|它|其|对此|据此|however|but|also|this|that|these|those|he|she|it|they|and|so|in this|i |we |my |our |hi |hello |hey )",
    re.IGNORECASE,
)
_ASKING = re.compile(r"[?？]\s*[\"”’」）)]?\s*$")  # says nothing
_CAPTION = re.compile(r"[△▲▽▼◆■]")
_BEHEADED = re.compile(r"月\d{1,2}日")  # a feed lost what stood before it
_ENDS = ("。", "！", "？", "!", "?", ".", "”", "」", "』", "…", ")", "）", "；", '"')
MAX_LOOKED_AT = 40  # sentences of one source


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and where it stands in its source's evidence."""

    text: str
    start: int
    end: int


def passages(item: Item, *, limit: int, characters: int) -> list[Passage]:
    """Return at most `limit` sentences of `item`, together at most `characters` long, in their order.

    Only whole sentences come out: a feed's cut-off last one never does. Each is located in
    `item.evidence`, letter by letter.
    """
    found = _sentences(item)
    title = headline(item.title)
    tokens = _tokens(title)
    scored = sorted(
        ((_worth(text, place, title, tokens), place) for place, text in enumerate(found)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    chosen: list[int] = []
    length = 0
    for worth, place in scored:
        text = found[place]
        if worth <= 0 or len(chosen) == limit:
            break
        if length + len(text) > characters and chosen:
            continue
        if len(text) > characters or any(_same(text, found[other]) for other in chosen):
            continue
        chosen.append(place)
        length += len(text)
    evidence = item.evidence
    located = []
    for place in sorted(chosen):
        start = evidence.find(found[place], len(item.title))
        if start >= 0:
            located.append(Passage(found[place], start, start + len(found[place])))
    return located


def _sentences(item: Item) -> list[str]:
    body = body_of(item.text or item.summary)
    if (said := item.title.strip()) and re.match(rf"{re.escape(said)}\s", body):
        body = body[len(said) :].lstrip()  # some feeds let their headline run into the text
    kept = []
    for text in sentences(body)[:MAX_LOOKED_AT]:
        if (
            is_boilerplate(text)
            or instructs(text)
            or _ASKING.search(text)
            or _BEHEADED.match(text)
            or _CAPTION.match(text)
            or only_quoted(text)
            or runs_on(text)
            or not text.endswith(_ENDS)
            or text.endswith(("...", "[…]"))
        ):
            continue
        if text.endswith("…") or len(text) < (12 if han_count(text) > 4 else 30):
            continue
        if text not in item.evidence:
            continue
        kept.append(text)
    return kept


def _tokens(text: str) -> set[str]:
    folded = text.lower()
    tokens = [token for token in _TOKEN.findall(folded) if token not in STOP]
    pairs = {a + b for a, b in pairwise(tokens) if len(a) == len(b) == 1}
    return pairs | {token for token in tokens if len(token) > 1}


def _worth(text: str, place: int, title: str, tokens: set[str]) -> float:
    mine = _tokens(text)
    overlap = len(mine & tokens) / (len(tokens) or 1)
    worth = 2.2 * overlap + 1.0 / (1.3 + place) + (0.3 if _FACT.search(text) else 0.0)
    if _VAGUE.match(text):
        worth -= 0.5  # it leans on a sentence that may not be printed, or on the headline
    if sets_scene(text, title):
        worth -= 0.6
    if personal(text):
        worth -= 0.6
    if _restates(mine, tokens, text):
        worth -= 0.7  # says the headline again and nothing more
    return worth


def _restates(mine: set[str], title: set[str], text: str) -> bool:
    return bool(mine) and len(mine & title) / len(mine) > 0.85 and not re.search(r"\d", text)


def _same(a: str, b: str) -> bool:
    one, other = _tokens(a), _tokens(b)
    return len(one & other) > 0.7 * min(len(one), len(other) or 1)
