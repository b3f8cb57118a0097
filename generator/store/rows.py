"""Items and feed states as rows, and whether a row and a new item are one entry."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

from generator.news import Item, Precision, item_id
from generator.sources import FeedState
from generator.text.clean import fold

_SAME_DAY = dt.timedelta(hours=12)


def stamp(moment: dt.datetime) -> str:
    """Write a moment so that text order is time order."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def digest(item: Item) -> str:
    """Fingerprint of what an entry says, to tell a changed one from the same one."""
    said = "\0".join((item.title, item.summary, item.text))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def item_row(item: Item) -> tuple[str, ...]:
    return (
        item.id,
        item.url,
        item.link,
        item.title,
        item.feed,
        stamp(item.published),
        stamp(item.first_seen),
        str(item.precision),
        item.summary,
        item.text,
        item.language,
        item.author,
        json.dumps(item.tags, ensure_ascii=False),
        item.image,
    )


def item_of(row: Sequence[Any]) -> Item:
    return Item(
        id=row[0],
        url=row[1],
        link=row[2],
        title=row[3],
        feed=row[4],
        published=moment(row[5]),
        first_seen=moment(row[6]),
        precision=Precision(row[7]),
        summary=row[8],
        text=row[9],
        language=row[10],
        author=row[11],
        tags=tuple(json.loads(row[12])),
        image=row[13],
    )


def state_json(state: FeedState) -> str:
    values = {
        field.name: stamp(value) if isinstance(value := getattr(state, field.name), dt.datetime) else value
        for field in dataclasses.fields(state)
    }
    return json.dumps(values, ensure_ascii=False)


def state_of(name: str, text: str) -> FeedState:
    """Read a state; keys of another version are left out rather than refused."""
    data = json.loads(text)
    fields = {field.name: field for field in dataclasses.fields(FeedState)}
    values = {key: value for key, value in data.items() if key in fields}
    for key, value in values.items():
        if isinstance(value, str) and "datetime" in str(fields[key].type):
            values[key] = moment(value)
    return FeedState(**{**values, "name": name})


def another_entry(old: Item, new: Item) -> bool:
    """Whether `new` is another entry at the address of `old`, as on a page of release notes.

    Same feed, clearly later, and another title: other numbers in it, or mostly other words.
    """
    if old.feed != new.feed or new.published - old.published <= _SAME_DAY:
        return False
    before, after = fold(old.title), fold(new.title)
    if before == after:
        return False
    if re.findall(r"\d+", before) != re.findall(r"\d+", after):
        return True
    one, two = _bigrams(before), _bigrams(after)
    return len(one & two) < 0.5 * len(one | two)


def renamed(item: Item) -> Item:
    """Return an entry under its feed and title instead of its address."""
    return dataclasses.replace(item, id=item_id("", item.feed, item.title))


def precedes(item: Item, known: Item) -> bool:
    """Whether of two feeds' entries at one address `item` is the first report."""
    return (item.published, item.feed) < (known.published, known.feed)


def second_report(first: Item, item: Item) -> Item:
    """Return what another feed says at the address of `first`, as that feed's own item.

    A page is published once: a feed that passes it on days later does not make it new. A second
    later than `first`, it leaves that one the story's first report.
    """
    published = item.published
    if first.precision is not Precision.INFERRED:
        published = min(published, first.published + dt.timedelta(seconds=1))
    return dataclasses.replace(item, id=item_id("", item.feed, item.url), published=published)


def _bigrams(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)} or {text}
