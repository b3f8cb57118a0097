"""A headline for a story of a format that has none: its own first words, never new ones."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from generator.lexicon.publishers import publishers
from generator.markup.escape import plain
from generator.news import Article, Edition, SectionKind
from generator.text.clean import fold, one_line, shorten
from generator.text.dateline import behind_day
from generator.text.dates import dates

LONG = 44  # characters a headline may have
# who reports it, where no outlet is named
_NAMELESS = ("媒体", "外媒", "国外媒体", "多家媒体", "媒體", "外媒體", "知情人士")
_SAID = re.compile(r"[据據]?(?P<name>.*?)(?:[独獨]家|最新)?(?:[报報]道|消息|[获獲]悉|透露|披露|[讯訊电電])")
_NUMBER = re.compile(
    r"[$¥€£]?\d[\d.,]*\s?[%％]?[十百千万萬亿億]*\s?(?:美元|欧元|元|人|名|家|个|個|款|台|倍|million|billion)?"
)
_SINCE = re.compile(
    r"当地时间|當地時間|截[至止]|早在|[自从從在于於起]|\b(?:on|since|by|as of)\b", re.IGNORECASE
)
_BARE = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[^。！？!?；;]+")
_CLAUSES = re.compile(r"[^，,：:]+[，,：:]?")


def with_headlines(edition: Edition) -> tuple[Edition, tuple[str, ...]]:
    """Return `edition` with a headline for every story that has a text of its own; and in words, what was made."""
    count = 0

    def named(article: Article) -> Article:
        nonlocal count
        if article.headline or not (article.text or article.url):
            return article
        count += 1
        return replace(article, headline=headline_from(article))

    sections = tuple(
        section
        if section.kind is SectionKind.MORE  # its lines need none
        else replace(section, articles=tuple(map(named, section.articles)))
        for section in edition.sections
    )
    if not count:
        return edition, ()
    stories = "1 story" if count == 1 else f"{count} stories"
    return replace(edition, sections=sections), (f"headline of {stories}, from the first words",)


def headline_from(article: Article) -> str:
    """Return the story's first sentence, as far as whole clauses of it fit a headline; its address without a text.

    The dateline is left out, and more than a day, a number or an outlet is said, where the text says more.
    """
    sentences = _SENTENCE.findall(behind_day(one_line(plain(article.text))))
    if not sentences:
        return article.publisher or article.url
    sentence = next((one for one in sentences if _tells(one, article)), sentences[0])
    found: list[str] = []
    for clause in _CLAUSES.findall(sentence):
        if _tells("".join(found), article) and len("".join(found)) + len(clause) > LONG:
            while not _tells(found[-1], article):
                found.pop()  # a day or an outlet leads on to what does not fit
            break
        found.append(clause)
    return shorten("".join(found).lstrip("”’」』 ").rstrip("，,：: "), LONG)


def _tells(words: str, article: Article) -> bool:
    """Whether words are more than a day, a number or who reports it."""
    said = _SAID.fullmatch(_BARE.sub("", words))
    name = fold(said["name"] if said else _BARE.sub("", words))
    if name in _outlets() or name == fold(_BARE.sub("", article.publisher)):
        return False
    for one in reversed(dates(words)):
        words = words[: one.start] + words[one.end :]
    return bool(_BARE.sub("", _SINCE.sub("", _NUMBER.sub("", words))))


@functools.cache
def _outlets() -> frozenset[str]:
    """The names of outlets, folded and without blanks."""
    names = (name for one in publishers().values() for name in (one.name, *one.also))
    return frozenset(fold(_BARE.sub("", name)) for name in (*names, *_NAMELESS))
