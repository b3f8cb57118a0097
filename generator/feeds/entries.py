"""Entries become items by a written rule.

An entry needs a title or a summary to be an item; the summary's first sentence serves as a
title. Without a link its permanent id serves if it is an address. Without a date, or with one
that cannot be, its time is the moment we first saw it, marked as inferred. Of a feed read for
the first time, only the first few of those count as news: the rest is its back catalogue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds.dates import EARLIEST, Moment, read_date
from generator.feeds.plain import first_image, headline, prose
from generator.feeds.values import Document, Dropped, Entry, Reading
from generator.news import Item, Precision, item_id
from generator.text.addresses import canonical_url, safe_url
from generator.text.language import language_of
from generator.text.sentences import sentences

NEWS_WITHOUT_DATE = 10
"""Undated entries of a new feed that count as news; feeds put the newest first."""

_STAMPED = 5  # entries at least, all dated within two minutes of the request: dates of the server's clock


def items_of(
    document: Document, feed: FeedConfig, limits: CollectConfig, now: dt.datetime, *, base: str, first: bool
) -> Reading:
    """Clean a document's entries into items, first seen `now`; `first` says the feed is new to us."""
    now = now.astimezone(dt.UTC).replace(microsecond=0)
    zone, chinese = _zone(document, feed)
    own = base
    base = safe_url(document.link, base) or base
    entries = document.entries
    moments = [_moment(entry, zone, now, chinese) for entry in entries]
    stamped = _stamped(moments, now)
    links = [_link(entry, base, own) for entry in entries]
    urls = [canonical_url(link) for link in links]
    shared = _shared_addresses(entries, urls) | {canonical_url(base)}
    kept: dict[str, Item] = {}
    dropped: list[Dropped] = []
    undated: list[str] = []
    odd_dates: list[str] = []
    for entry, moment, link, url in zip(entries, moments, links, urls, strict=True):
        title = headline(entry.title, limits.max_title)
        summary = prose(entry.summary or entry.content, limits.max_summary, limits.max_depth)
        if not title and summary:
            title = headline(sentences(summary)[0], limits.max_title)
        if not title:
            dropped.append(Dropped(entry.link or entry.guid or "(nothing)", "has neither title nor text"))
            continue
        if why := _unwanted(feed, title, summary):
            dropped.append(Dropped(title, why))
            continue
        known = "" if url in shared else url
        identity = item_id(known, feed.name, title)
        if identity in kept:
            dropped.append(Dropped(title, "is in the feed twice"))
            continue
        published, precision = (now, Precision.INFERRED) if stamped else _placed(moment, now)
        if precision is Precision.INFERRED:
            undated.append(identity)
            if not stamped and any(entry.dates):
                odd_dates.append(entry.dates[0])
        text = prose(entry.content, limits.max_text, limits.max_depth) if entry.content else ""
        kept[identity] = Item(
            id=identity,
            url=url,
            title=title,
            feed=feed.name,
            published=published,
            first_seen=now,
            precision=precision,
            summary=summary,
            text="" if text == summary else text,
            language=_language(entry, document, feed, f"{title}\n{summary}"),
            author=headline(entry.author, 100),
            tags=tuple(dict.fromkeys(filter(None, (headline(tag, 60) for tag in entry.tags)))),
            image=_image(entry, base),
            link=link,
        )
    items = _newest(kept.values(), limits.max_items)
    newest = {item.id for item in items}
    dropped += [
        Dropped(item.title, f"is beyond the newest {limits.max_items}")
        for item in kept.values()
        if item.id not in newest
    ]
    shelved = frozenset(undated[NEWS_WITHOUT_DATE:]) if first else frozenset()
    return Reading(
        feed=feed.name,
        title=headline(document.title, 200),
        link=safe_url(document.link, base),
        kind=document.kind,
        items=items,
        shelved=shelved,
        dropped=tuple(dropped),
        notes=tuple(_notes(document, undated, odd_dates, stamped)),
    )


def _notes(document: Document, undated: list[str], odd: list[str], stamped: bool) -> list[str]:
    notes = [document.flaw] if document.flaw else []
    if stamped:
        notes.append("dates every entry with the time of the request: the first time seen counts")
    elif odd:
        notes.append(f"{len(odd)} entries have a date that cannot be, such as {odd[0][:40]!r}")
    missing = len(undated) - len(odd)
    if missing and not stamped:
        notes.append(f"{missing} entries have no date")
    return notes


def _zone(document: Document, feed: FeedConfig) -> tuple[dt.tzinfo, bool]:
    """Return the zone of dates without one, and whether `CST` is China's."""
    language = (
        feed.language
        or document.language
        or language_of("\n".join([document.title, *(entry.title for entry in document.entries[:20])]))
    )
    chinese = language.lower().replace("_", "-").startswith("zh")
    name = feed.timezone or ("Asia/Shanghai" if chinese else "UTC")
    # America/Chicago and its neighbours mean their own CST, whatever language they write
    return ZoneInfo(name), chinese and not name.startswith("America/")


def _moment(entry: Entry, zone: dt.tzinfo, now: dt.datetime, chinese: bool) -> Moment | None:
    for text in entry.dates:
        moment = read_date(text, zone, now, chinese=chinese)
        if moment and EARLIEST <= moment.at <= now + dt.timedelta(days=1):
            return moment
    return None


def _placed(moment: Moment | None, now: dt.datetime) -> tuple[dt.datetime, Precision]:
    if moment is None:
        return now, Precision.INFERRED
    if moment.at <= now:
        return moment.at, moment.precision
    # Ahead of the clock by less than a day: a day whose noon is yet to come, or a zone that
    # was written wrongly. What we hold has been published.
    return now, Precision.DAY


def _stamped(moments: Sequence[Moment | None], now: dt.datetime) -> bool:
    dated = [moment.at for moment in moments if moment and moment.precision is Precision.EXACT]
    return (
        len(dated) >= _STAMPED
        and len(dated) == len(moments)
        and max(dated) - min(dated) <= dt.timedelta(minutes=2)
        and abs(now - max(dated)) <= dt.timedelta(minutes=10)
    )


def _shared_addresses(entries: Sequence[Entry], urls: Sequence[str]) -> set[str]:
    """Addresses that do not tell entries apart: several titles share them."""
    titles: dict[str, set[str]] = {}
    for entry, url in zip(entries, urls, strict=True):
        titles.setdefault(url, set()).add(" ".join(entry.title.split()))
    return {url for url, names in titles.items() if len(names) > 1}


def _link(entry: Entry, base: str, own: str) -> str:
    """Return an entry's absolute address, else its permanent id if that is one, else ""."""
    link = safe_url(entry.link, base) if entry.link.strip() else ""
    # the feed's own address is what an empty or broken link resolves to
    return next((found for found in (link, _permalink(entry)) if found and found != own), "")


def _image(entry: Entry, base: str) -> str:
    image = entry.image or first_image(entry.content or entry.summary)
    return safe_url(image, base) if image else ""


def _permalink(entry: Entry) -> str:
    return safe_url(entry.guid) if entry.guid.lower().startswith(("http://", "https://")) else ""


def _unwanted(feed: FeedConfig, title: str, summary: str) -> str:
    words = f"{title}\n{summary}"
    if feed.include and not any(re.search(pattern, words, re.IGNORECASE) for pattern in feed.include):
        return "matches no `include` pattern of the feed"
    for pattern in feed.exclude:
        if re.search(pattern, words, re.IGNORECASE):
            return f"matches the `exclude` pattern {pattern!r}"
    return ""


def _language(entry: Entry, document: Document, feed: FeedConfig, words: str) -> str:
    """Decide by the script of the text; what a feed says of itself tells Latin languages apart."""
    found = language_of(words)
    said = (entry.language or feed.language or document.language).replace("_", "-").lower().split("-")[0]
    if found == "en" and re.fullmatch("[a-z]{2,3}", said) and said not in ("zh", "ja", "ko"):
        return said
    return found or said


def _newest(items: Iterable[Item], limit: int) -> tuple[Item, ...]:
    ordered = list(items)
    if len(ordered) > limit:
        ordered.sort(key=lambda item: item.published, reverse=True)
        del ordered[limit:]
    return tuple(ordered)
