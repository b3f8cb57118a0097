"""Taking a story back: out of the post and the record, a notice in its place; it is not printed again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from generator.editions import FORMATS
from generator.editions.corrections import notice
from generator.editions.merge.pieces import Piece, pieces, weave
from generator.editions.record import Record
from generator.editions.summary import without_lines
from generator.labels import Labels
from generator.markup.emit import emit
from generator.markup.escape import escape, plain
from generator.markup.frontmatter import split
from generator.markup.headkeys import chunks
from generator.news import Article, Edition, Retraction, item_id
from generator.text.addresses import canonical_url
from generator.text.clean import fold


@dataclass(frozen=True, slots=True)
class Target:
    """What identifies the story: article ids, canonical addresses, headlines."""

    ids: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    headlines: frozenset[str] = frozenset()

    def is_(self, article: Article) -> bool:
        urls = [canonical_url(source.url) for source in article.sources if source.url]
        # a page's anchor is made from the linked address, whatever the story's id is
        anchor = item_id(urls[0]) if urls else ""
        return not self.ids.isdisjoint((article.id, anchor)) or not self.urls.isdisjoint(urls)

    def and_(self, article: Article) -> Target:
        """The target, now that it is known to be `article`: by its linked address and its headline too."""
        urls = {canonical_url(source.url) for source in article.sources[:1] if source.url}
        heads = {article.headline} - {""}
        return Target(self.ids | {article.id}, self.urls | urls, self.headlines | heads)


@dataclass(frozen=True, slots=True)
class Cut:
    """A post without the story: its text, the headlines that went, and where it may still be spoken of."""

    text: str
    headlines: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def cut(text: str, form: str, target: Target, block: str, labels: Labels) -> Cut:
    """Take the story out of a post in format `form`; a `block` of "" leaves no notice."""
    if form == "themed":
        return _cut_markdown(text, target, block)
    edition = FORMATS[form].parse(text).edition
    gone = tuple(_name(article) for article in edition.articles if _matches(article, target))
    if not gone:
        return Cut(text)
    # these formats number and count their stories: write the rest anew; the page shows the notice
    rest = without(edition, [article.id for article in edition.articles if _matches(article, target)])
    return Cut(FORMATS[form].write(rest, labels).text, gone)


def without(edition: Edition, ids: Collection[str], urls: Collection[str] = ()) -> Edition:
    """Return `edition` without these stories, the lines that named them, and what was kept about them."""
    gone = [article for article in edition.articles if _is_of(article, ids, urls)]
    if not gone:
        return edition
    headlines = {fold(article.headline) for article in gone if article.headline}
    sections = (
        replace(section, articles=tuple(one for one in section.articles if one not in gone))
        for section in edition.sections
    )
    addresses = {canonical_url(source.url) for article in gone for source in article.sources[:1]} | set(urls)
    first = next((one.headline for one in edition.articles if one not in gone and one.headline), "")
    title = retitled(edition.title, headlines, first)
    return replace(
        edition,
        title=title,
        lead="" if any(name in fold(edition.lead) for name in headlines) else edition.lead,
        cover_alt=edition.cover_alt.replace(edition.title, title) if edition.title else edition.cover_alt,
        sections=tuple(section for section in sections if section.articles or section.text or section.impact),
        summary=tuple(line for line in edition.summary if fold(line) not in headlines),
        candidates=tuple(one for one in edition.candidates if canonical_url(one.url) not in addresses),
    )


def retitled(title: str, gone: Collection[str], first: str) -> str:
    """Return a day's title without the headlines `gone`, folded; named after `first` where it was of nothing else."""
    if fold(title) in gone:
        return first or title
    mark = "；" if "；" in title else "; "
    parts = title.split(mark)
    kept = [part for part in parts if fold(part) not in gone]
    return title if len(kept) == len(parts) else mark.join(kept) or first or title


def retract(record: Record, target: Target, why: str, day: dt.date, labels: Labels, form: str) -> Record:
    """Return the record without the story, and with the retraction that keeps it from coming back."""
    gone = [article for article in record.edition.articles if target.is_(article)]
    urls = {canonical_url(source.url) for article in gone for source in article.sources if source.url}
    fresh = tuple(
        Retraction(article.id, tuple(sorted(urls)), why, day)
        for article in gone
        if article.id not in {one.article for one in record.edition.retractions}
    )
    rest = without(record.edition, [article.id for article in gone])
    base = record.text_as_written
    for article in gone:
        base = cut(base, form, target.and_(article), "", labels).text
    return replace(
        record,
        edition=replace(rest, retractions=(*rest.retractions, *fresh)),
        text_as_written=base,
    )


def unnoticed(text: str, retractions: Iterable[Retraction], labels: Labels) -> str:
    """Return a post's text without the notices of these retractions: as it was written, had nothing been taken back."""
    for one in retractions:
        text = text.replace(f"{notice(one.why, one.date, labels)}\n\n", "")
    return text


def carried(before: Edition | None, fresh: Edition, retractions: Iterable[Retraction]) -> Edition:
    """Return what is written now: without the stories taken back anywhere, with what people said about the last one."""
    all_of_them = tuple(retractions)
    ids = {one.article for one in all_of_them}
    rest = without(fresh, ids, {url for one in all_of_them for url in one.urls})
    if before is None:
        return rest
    return replace(
        rest,
        retractions=before.retractions or rest.retractions,
        corrections=before.corrections or rest.corrections,
        accepted=before.accepted or rest.accepted,
    )


def _is_of(article: Article, ids: Collection[str], urls: Collection[str]) -> bool:
    return article.id in ids or bool(article.url and canonical_url(article.url) in urls)


def _matches(article: Article, target: Target) -> bool:
    return target.is_(article) or bool(article.headline and article.headline in target.headlines)


def _name(article: Article) -> str:
    return article.headline or article.text[:40]


def _cut_markdown(text: str, target: Target, block: str) -> Cut:
    document = split(text)
    body = document.body
    found, end = pieces(body)
    gone: list[Piece] = []
    kept: list[Piece] = []
    section = -1
    for piece in found:
        if piece.kind == "story" and (piece.url in target.urls or piece.name in target.headlines):
            gone.append(piece)
            if block and not _noticed(kept, section, block):
                at = max(section, 0)
                kept[at] = replace(kept[at], parts=(*kept[at].parts, Piece("quote", block, "\n\n")))
            continue
        kept.append(piece)
        if piece.kind == "section":
            section = len(kept) - 1
    if not gone:
        return Cut(text)
    names = {fold(piece.name) for piece in gone}
    title = next((piece.name for piece in kept if piece.kind == "story"), "")
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    unix = without_lines(unix, names)
    out = unix[: len(unix) - len(body)] + weave(kept, end)
    old = str(document.fields.get("title", ""))
    if (renamed := retitled(old, names, title)) != old:
        out = _renamed(out, old, renamed)
    if "\r\n" in text:
        out = out.replace("\n", "\r\n")
    left = tuple(
        f"line {number} still names it: {line.strip()[:60]}"
        for number, line in enumerate(out.splitlines(), 1)
        if any(name and name in fold(line) for name in names)
    )
    return Cut(out, tuple(piece.name for piece in gone), left)


def _renamed(text: str, old: str, new: str) -> str:
    """The post under a new title: in its front matter, its cover's words and its first heading."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        key = line.partition(":")[0]
        if key == "title":
            lines[number] = emit([("title", new)])[4:-5]
        elif line.startswith("# ") and plain(line[2:]) == old:
            lines[number] = f"# {escape(new)}"
            break
    return recaptioned("\n".join(lines), old, new)


def recaptioned(text: str, old: str, new: str) -> str:
    """The post with `new` for `old` in the words of its cover; nothing else changes."""
    unix = text.replace("\r\n", "\n")
    document = split(unix)
    alt = str(document.fields.get("coverAlt", ""))
    if not old or old not in alt:
        return text
    said = alt.replace(old, new)
    line = (
        f"coverAlt = {json.dumps(said, ensure_ascii=False)}\n"
        if document.toml
        else emit([("coverAlt", said)])[4:-4]
    )
    for key, was in chunks(document.head, toml=document.toml):
        if key == "coverAlt":
            above = [one for one in was.split("\n") if one.startswith("#")]
            unix = unix.replace(was, "".join(f"{one}\n" for one in above) + line, 1)
    return unix.replace("\n", "\r\n") if "\r\n" in text else unix


def _noticed(kept: list[Piece], section: int, block: str) -> bool:
    return any(part.text == block for part in kept[max(section, 0)].parts) if kept else True
