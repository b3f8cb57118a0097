"""Texts from outside inside a prompt: between marks that they cannot forge, bounded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from generator.news import Article, Pick
from generator.newsroom.boilerplate import body_of
from generator.text.clean import clean, one_line, shorten

MAX_SOURCES = 6  # of one story that are shown to the model, the lead first
MAX_SOURCE_CHARS = 6_000
MAX_BLURB_CHARS = 280


def mark_of(texts: Iterable[str]) -> str:
    """Return the word of this prompt's marks: a digest of every text inside.

    It is the same for the same prompt, so that answers can be kept, and no text can contain
    it: it would have to contain the digest of itself.
    """
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:12]


def marked(mark: str, kind: str, identity: str, text: str) -> str:
    return f"[{mark} {kind} {identity}]\n{text}\n[{mark} end]"


def blurb(pick: Pick) -> str:
    """Return a story in a few lines, for choosing: headline, who reported it, how it begins."""
    lead = pick.story.lead
    said = shorten(one_line(body_of(lead.summary or lead.text)), MAX_BLURB_CHARS)
    outlets = ", ".join(dict.fromkeys(item.feed for item in pick.story.items))
    return "\n".join(line for line in (one_line(lead.title), f"({outlets})", said) if line)


def sources(article: Article) -> dict[str, str]:
    """Return the texts of an article's sources by their ids."""
    return {
        source.id: shorten(clean(source.text or source.title), MAX_SOURCE_CHARS)
        for source in article.sources[:MAX_SOURCES]
        if (source.text or source.title).strip()
    }


@cache
def rules(task: str) -> str:
    """Return the text of `prompts/TASK.md`; `{language}` and `{mark}` stand in it."""
    return (Path(__file__).parent / "prompts" / f"{task}.md").read_text(encoding="utf-8")


LANGUAGES = {
    "zh": "Simplified Chinese",
    "zh-Hant": "Traditional Chinese",
    "en": "English",
    "ja": "Japanese",
    "ko": "Korean",
}


def language_name(tag: str) -> str:
    """Return the English name of a BCP 47 tag for a prompt; the tag itself when we know none."""
    if tag.lower().startswith(("zh-hant", "zh-tw", "zh-hk")):
        return LANGUAGES["zh-Hant"]
    return LANGUAGES.get(tag.split("-")[0].lower(), tag)
