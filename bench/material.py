"""Correct pairs of a printed story and its source: from the data folder when present, and a small set of our own."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from generator.lexicon.publishers import publisher_of
from generator.news import Article, Source
from generator.text.addresses import canonical_url, is_home
from generator.text.clean import one_line
from generator.text.language import language_of
from generator.text.sentences import sentences

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
MIN_SOURCE = 60  # characters below which a source says too little to prove anything


@dataclass(frozen=True, slots=True)
class Pair:
    """One correctly printed story; `set` names where it is from, `tongue` is zh, en or cross."""

    article: Article
    day: dt.date
    set: str
    tongue: str

    @property
    def source(self) -> Source:
        return self.article.sources[0]


def days(limit: int | None = None) -> Iterator[list[Pair]]:
    """Yield the pairs day by day: what stands in one list could be one edition and its window."""
    yield list(own())
    if not DATA.is_dir():
        return
    for maker in (_weeks, _labelled, _hacker_news, _traditional):
        for number, pairs in enumerate(maker()):
            if limit is not None and number >= limit:
                break
            if len(pairs) >= 5:
                yield pairs


def own() -> Iterator[Pair]:
    for number, line in enumerate((HERE / "pairs.jsonl").read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        published = dt.datetime.fromisoformat(row["published"])
        source = _source(f"own{number}", row["url"], row["title"], row["source"], published)
        tongue = "zh" if language_of(row["source"]) == "zh" else "cross"
        yield Pair(_article(source, row["headline"], row["text"]), published.date(), "own", tongue)


def _weeks() -> Iterator[list[Pair]]:
    """Items with summaries; where title and summary are in two languages, the title is a translation."""
    for path in sorted((DATA / "stream/weeks/2026-07-second").glob("*.jsonl")):
        pairs = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            title, summary = one_line(row["title"]), one_line(row.get("summary") or "")[:1500]
            published = _moment(row.get("published"))
            if len(summary) < MIN_SOURCE or published is None or not row["url"].startswith("http"):
                continue
            titled, told = language_of(title), language_of(summary)
            if "zh" not in (titled, told) and titled != told:
                continue
            same = titled == told
            source = _source(f"w{number}", row["url"], title if same else "", summary, published)
            text = _opening(summary) if same else ""
            pairs.append(
                Pair(_article(source, title, text), published.date(), "weeks", titled if same else "cross")
            )
        yield pairs


def _labelled() -> Iterator[list[Pair]]:
    for path in sorted((DATA / "selection/labelled-digest").glob("*.json")):
        if path.stem <= "2026-01-11":
            continue
        value = json.loads(path.read_text(encoding="utf-8"))
        pairs = []
        for number, row in enumerate((*value["domestic"], *value["international"])):
            summary = re.sub(
                r"^\d+月\d+日(?:消息)?，|arXiv:\S+ Announce Type: \S+ Abstract: ",
                "",
                one_line(row["summary"]),
            )
            summary = re.sub(r"^arXiv:\S+ Announce Type: \S+ Abstract: ", "", summary)
            title, published = one_line(row["title"]), _moment(row["original_pub_date"])
            if published is None:
                continue
            source = _source(f"l{number}", row["url"], title, summary, published)
            tongue = language_of(title)
            if tongue != language_of(summary):
                continue
            pairs.append(
                Pair(_article(source, title, _opening(summary)), published.date(), "labelled", tongue)
            )
        yield pairs


def _hacker_news() -> Iterator[list[Pair]]:
    """English headlines and addresses, told in Chinese."""
    for path in sorted((DATA / "stream/hacker-news-zh").glob("*.json")):
        pairs = []
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            summary = (row.get("summary_zh") or "").strip()
            if len(summary) < MIN_SOURCE or not (row.get("url") or "").startswith("http"):
                continue
            published = dt.datetime.fromtimestamp(row["time"], dt.UTC)
            source = _source(f"h{number}", row["url"], row["title"], one_line(summary)[:3000], published)
            told = _opening(one_line(summary))
            pairs.append(Pair(_article(source, "", told), published.date(), "hacker-news", "cross"))
        yield pairs


def _traditional() -> Iterator[list[Pair]]:
    for path in sorted((DATA / "stream/traditional-zh").glob("*.json")):
        pairs = []
        for number, row in enumerate(json.loads(path.read_text(encoding="utf-8"))[:60]):
            summary, published = one_line(row.get("summary") or ""), _moment(row.get("published_at"))
            if len(summary) < MIN_SOURCE or published is None:
                continue
            source = _source(f"t{number}", row["url"], one_line(row["title"]), summary, published)
            pairs.append(
                Pair(_article(source, source.title, _opening(summary)), published.date(), "traditional", "zh")
            )
        yield pairs


_WHOLE = re.compile(r"(?<![.…])[。！？；.!?;][”’」』）)\"'\]]*$")
# What feeds put around their texts; a correct story would not print it.
_BOILERPLATE = re.compile(
    r"^(?:原创 )?关注前沿科技.{0,80}?(?:QbitAI|允中|北京)?\s|submitted by /u/\S+.*$|\*\*|^arXiv:\S+ Announce Type: \S+ Abstract: "
)


def _source(name: str, url: str, title: str, text: str, published: dt.datetime) -> Source:
    return Source(name, url, publisher_of(url).name, title, published, text=text)


def _article(source: Source, headline: str, text: str) -> Article:
    return Article(source.id, headline=html.unescape(headline), text=text, sources=(source,))


def _opening(text: str) -> str:
    """The first whole sentences, as the offline editor prints them; what a feed cut off is no sentence."""
    found = ""
    for sentence in sentences(_BOILERPLATE.sub("", html.unescape(text))):
        if (found and len(found) + len(sentence) > 200) or not _WHOLE.search(sentence):
            break
        found += ("" if not found or not sentence[:1].isascii() else " ") + sentence
    return found[:400]


def _moment(raw: object) -> dt.datetime | None:
    if isinstance(raw, int | float):
        return dt.datetime.fromtimestamp(raw if raw < 10**11 else raw / 1000, dt.UTC)
    if not isinstance(raw, str) or not raw.strip():
        return None
    try:
        moment = dt.datetime.fromisoformat(raw.strip().replace("Z", "+00:00"))
    except ValueError:
        try:
            moment = parsedate_to_datetime(raw)
        except (ValueError, TypeError):
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


_NOT_ONE_STORY = re.compile(
    r"早报|晚报|日报|周报|早参|8点1氪|9点1氪|要闻|一周|盘点|汇总|热点导览|The Download|newsletter|roundup|weekly",
    re.IGNORECASE,
)


def distinct(pairs: list[Pair]) -> list[Pair]:
    """Leave out later pairs of the same address: which of them is right cannot be told from it."""
    seen: set[str] = set()
    kept = []
    for pair in pairs:
        address = canonical_url(pair.source.url)
        if is_home(pair.source.url):
            continue  # it proves nothing, and is reported as such
        if not pair.article.headline and not pair.article.text:
            continue  # its feed cut it off in its first sentence
        if address not in seen and not _NOT_ONE_STORY.search(pair.article.headline + pair.article.text[:60]):
            seen.add(address)
            kept.append(pair)
    return kept
