"""The search index: which terms a text has, which stories hold a term; exact for Chinese without segmenting.

A term is a CJK character, a pair of neighbouring ones, or a run of Latin letters and digits.
The stories that hold all terms of a query are candidates; a candidate is a hit when each word of
the query occurs in its text. The browser's side, assets/search.js of the theme, does the same.

    search/index.json            {"segments": [["2026-01", 16], ["2025", 64]]}: names and numbers of shards
    search/2026-01/posts.json    addresses of the segment's posts, the oldest first
    search/2026-01/7.json        {term: "post.story post.story …"} of the terms of shard 7
    <post>/stories.json          {"title", "date", "stories": [[anchor, headline, text, importance, region], …]}

A year that is over is one segment, which hardly ever changes; the newest year has one a month, and so has a year
of so many posts that a correction in one of them would cost seconds.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

MONTH_SHARDS, YEAR_SHARDS = 16, 64

YEAR_POSTS = 400
"""Posts of a year that is over that are one segment: a daily paper's year is."""

_CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN = "a-z0-9\u00df-\u00f6\u00f8-\u024f"
_RUN = re.compile(f"([{_CJK}]+)|([{_LATIN}]+)")
_CJK_RUN = re.compile(f"[{_CJK}]+")
_WORD = re.compile(f"[{_LATIN}]+")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Told(NamedTuple):
    """A story as search knows it."""

    anchor: str
    headline: str
    text: str
    importance: str = ""
    region: str = ""


def fold(text: str) -> str:
    """The form in which a query and a text are compared."""
    # what Chinese text is full of goes first: normalising takes ten times as long as seeing that it need not
    plain = text.translate(_NARROW)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", plain)
    return " ".join(plain.lower().split())


def terms(folded: str) -> set[str]:
    """All terms of a folded text."""
    runs = _CJK_RUN.findall(folded)
    found = set("".join(runs))
    found.update(_WORD.findall(folded))
    for run in runs:
        found.update(map(str.__add__, run, run[1:]))
    return found


def query_terms(word: str) -> set[str]:
    """The terms a text must have to hold the folded `word`: pairs where there are pairs."""
    found: set[str] = set()
    for cjk, latin in _RUN.findall(word):
        if latin:
            found.add(latin)
        elif len(cjk) == 1:
            found.add(cjk)
        else:
            found.update(map(str.__add__, cjk, cjk[1:]))
    return found


def shard_of(term: str, shards: int) -> int:
    return ord(term[0]) % shards


def postings(posts: Iterable[Sequence[Told]], shards: int) -> list[str]:
    """The shards of a segment as JSON; `posts` are its posts' stories, the oldest post first."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for number, stories in enumerate(posts):
        for place, story in enumerate(stories):
            mark = f"{number}.{place}"
            held = map(places.__getitem__, terms(fold(f"{story.headline} {story.text}")))
            deque(map(list.append, held, repeat(mark)), maxlen=0)  # a loop at the speed of C
    found: list[dict[str, list[str]]] = [{} for _ in range(shards)]
    for term, marks in places.items():
        found[shard_of(term, shards)][term] = marks
    return [
        json.dumps(
            {term: " ".join(marks) for term, marks in sorted(shard.items())},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for shard in found
    ]


def matches(words: Sequence[str], story: Told) -> bool:
    """Whether each folded word occurs in the story."""
    text = fold(f"{story.headline} {story.text}")
    return all(word in text for word in words)


def find(query: str, read: Callable[[str], Any], limit: int = 50) -> list[tuple[str, str, str]]:
    """Search a built site as the browser does: address, anchor and headline of the hits, newest first.

    `read` returns the parsed JSON of a site-relative path.
    """
    words = [word for word in fold(query).split(" ") if query_terms(word)]
    wanted = set().union(*map(query_terms, words)) if words else set()
    hits: list[tuple[str, str, str]] = []
    for name, shards in read("search/index.json")["segments"] if wanted else ():
        held = [
            set(read(f"search/{name}/{shard_of(term, shards)}.json").get(term, "").split())
            for term in sorted(wanted)
        ]
        marks = sorted(tuple(map(int, mark.split("."))) for mark in set.intersection(*held))
        posts = read(f"search/{name}/posts.json") if marks else []
        for number in sorted({mark[0] for mark in marks}, reverse=True):
            stories = [Told(*story) for story in read(f"{posts[number]}stories.json")["stories"]]
            for post, place in marks:
                if post == number and matches(words, stories[place]):
                    hits.append((posts[number], stories[place].anchor, stories[place].headline))
                    if len(hits) == limit:
                        return hits
    return hits
