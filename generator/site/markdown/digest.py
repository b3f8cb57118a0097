"""An edition's Markdown as a page: themes, stories with anchors, insights, impact, the list of more.

    ## theme             <section class="theme">
    ### [headline](url)  <article class="story" id="s-…">, until the next heading, impact or rule
    **深度解读：** + list  <div class="insight">, in its story
    **核心能力：** + list  <div class="group">, in its story
    **影响：** + list     <aside class="impact">, in its theme
    ## 更多动态           <section class="more">, each item of its lists with an anchor

People edit these files, so nothing has to be there and nothing is dropped: what fits no row is drawn
where it stands. The words that are known as labels are `Options.words`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.site.markdown import html
from generator.site.markdown.values import StoryMark
from generator.text.addresses import canonical_url

# Addresses of which it is plain what `canonical_url` makes; nearly all are, and it takes 30 times as long.
_PLAIN_URL = re.compile(
    r"https?://(?:www\.(?=.*\.))?([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~%+-][A-Za-z0-9_~%+.-]*)*)/?"
    r"(?:\?((?:id|idx|item|mid|p|sn|story|v)=[A-Za-z0-9_.~-]+(?:&(?:id|idx|item|mid|p|sn|story|v)=[A-Za-z0-9_.~-]+)*))?"
)
_PREFIXES = ("www.", "m.", "amp.")


@dataclass(frozen=True, slots=True)
class StoryData:
    """What a page adds to a story that its Markdown cannot say; everything may be left out.

    `start` and `end` are safe HTML for the beginning and the end of the story's element: an
    importance mark, the source and tags, other sources, 入选理由.
    """

    importance: str = ""  # high, medium or low: data-importance
    region: str = ""  # domestic or international: data-region
    language: str = ""  # lang, when it is not the page's
    start: str = ""
    end: str = ""


def story_id(url: str, headline: str) -> str:
    """Return a story's anchor: the same as long as its link (without one, its headline) is."""
    return "s-" + hashlib.sha256((_canonical(url) or f"\n{headline}").encode()).hexdigest()[:12]


def _canonical(url: str) -> str:
    """The same as `canonical_url`."""
    plain = _PLAIN_URL.fullmatch(url)
    if plain is None:
        return canonical_url(url) if url else ""
    host, path, query = plain.groups()
    if host.startswith(_PREFIXES) or "amp" in path or "index." in path:
        return canonical_url(url)
    return (
        f"https://{host}{path}"
        if query is None
        else f"https://{host}{path}?{'&'.join(sorted(query.split('&')))}"
    )


def dress(page: str, stories: Sequence[StoryMark], data: Mapping[str, StoryData]) -> str:
    """Return `Rendered.html` with each story's data, keyed by its id, written into its element."""
    out: list[str] = []
    done = 0
    for story in stories:
        known = data.get(story.id)
        if known is None:
            continue
        out += (page[done : story.attributes], _attributes(known, page, story))
        if known.start:
            out.append(f">{known.start}")
        done = story.attributes + (1 if known.start else 0)
        if known.end:
            out += (page[done : story.end], known.end)
            done = story.end
    out.append(page[done:])
    return "".join(out)


def _attributes(known: StoryData, page: str, story: StoryMark) -> str:
    found = ""
    if known.importance:
        found += f' data-importance="{html.escape(known.importance)}"'
    if known.region:
        found += f' data-region="{html.escape(known.region)}"'
    opening = page[page.rindex("<", 0, story.attributes) : story.attributes]
    if known.language and " lang=" not in opening:
        found += f' lang="{html.escape(known.language)}"'
    return found
