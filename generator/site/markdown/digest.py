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

from generator.text.addresses import canonical_url

# Addresses of which it is plain what `canonical_url` makes; nearly all are, and it takes 30 times as long.
_PLAIN_URL = re.compile(
    r"https?://(?:www\.(?=.*\.))?([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~%+-][A-Za-z0-9_~%+.-]*)*)/?"
    r"(?:\?((?:id|idx|item|mid|p|sn|story|v)=[A-Za-z0-9_.~-]+(?:&(?:id|idx|item|mid|p|sn|story|v)=[A-Za-z0-9_.~-]+)*))?"
)
_PREFIXES = ("www.", "m.", "amp.")


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
