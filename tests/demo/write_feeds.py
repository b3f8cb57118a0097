"""Makes the recorded feed files of `feeds/` from `feeds.toml` and `reports/`.

Run it after a change of those: python tests/demo/write_feeds.py
"""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
ZONE = ZoneInfo("Asia/Shanghai")
DAYS = ("2026-01-06", "2026-01-07")


@dataclass(frozen=True, slots=True)
class Report:
    """One entry of a feed, and what the newsroom must find out about it."""

    event: str
    feed: str
    at: dt.datetime
    title: str
    text: str
    about: str = "news"
    follows: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A made-up outlet."""

    name: str
    title: str
    home: str
    file: str
    kind: str
    language: str

    def link(self, report: Report) -> str:
        page = f"{self.home}{report.at:%Y/%m/%d}/{report.event}.html"
        return f"{page}?{report.query}" if report.query else page


def load_feeds() -> dict[str, Feed]:
    data = tomllib.loads((HERE / "feeds.toml").read_text(encoding="utf-8"))
    return {name: Feed(name=name, **entry) for name, entry in data["feeds"].items()}


def load_reports(day: str) -> list[Report]:
    """Return what is new on `day`."""
    data = tomllib.loads((HERE / "reports" / f"{day}.toml").read_text(encoding="utf-8"))
    return [
        Report(**{**entry, "at": dt.datetime.fromisoformat(entry["at"]).replace(tzinfo=ZONE)})
        for entry in data["reports"]
    ]


def _rss2(feed: Feed, reports: list[Report], *, html: bool = False, encoding: str = "utf-8") -> str:
    entries = []
    for report in reports:
        text = report.text if report.text.startswith("<p>") else f"<p>{escape(report.text)}</p>"
        body = f"<![CDATA[{text}]]>" if html else escape(report.text)
        # one outlet writes its times as many Chinese systems do: without a zone
        date = (
            f"{report.at:%Y-%m-%d %H:%M:%S}"
            if feed.name == "zaobao"
            else format_datetime(_time(feed, report))
        )
        # 喆 is in GB18030 and not in GB2312
        author = "\n      <dc:creator>李喆</dc:creator>" if encoding == "gb2312" else ""
        entries.append(
            f"    <item>\n      <title>{escape(report.title)}</title>\n"
            f"      <link>{escape(feed.link(report))}</link>\n"
            f'      <guid isPermaLink="false">{feed.name}-{report.event}{"-again" if report.query else ""}</guid>\n'
            f"      <pubDate>{date}</pubDate>{author}\n"
            f"      <description>{body}</description>\n    </item>\n"
        )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n  <channel>\n'
        f"    <title>{escape(feed.title)}</title>\n    <link>{feed.home}</link>\n"
        f"    <description>{escape(feed.title)}</description>\n    <language>{feed.language}</language>\n"
        + "".join(entries)
        + "  </channel>\n</rss>\n"
    )


def _malformed(feed: Feed, reports: list[Report]) -> str:
    return _rss2(feed, reports).replace("&amp;", "&")


def _rss1(feed: Feed, reports: list[Report]) -> str:
    links = [escape(feed.link(report)) for report in reports]
    listed = "".join(f'        <rdf:li rdf:resource="{link}"/>\n' for link in links)
    entries = "".join(
        f'  <item rdf:about="{link}">\n    <title>{escape(report.title)}</title>\n    <link>{link}</link>\n'
        f"    <dc:date>{_time(feed, report).isoformat()}</dc:date>\n"
        f"    <description>{escape(report.text)}</description>\n  </item>\n"
        for link, report in zip(links, reports, strict=True)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
        '         xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'  <channel rdf:about="{feed.home}">\n    <title>{feed.title}</title>\n    <link>{feed.home}</link>\n'
        f"    <description>{feed.title}</description>\n    <dc:language>{feed.language}</dc:language>\n"
        f"    <items>\n      <rdf:Seq>\n{listed}      </rdf:Seq>\n    </items>\n  </channel>\n"
        f"{entries}</rdf:RDF>\n"
    )


def _atom(feed: Feed, reports: list[Report]) -> str:
    entries = "".join(
        f"  <entry>\n    <title>{escape(report.title)}</title>\n"
        f'    <link rel="alternate" href="{escape(feed.link(report))}"/>\n'
        f"    <id>{escape(feed.link(report))}</id>\n"
        f"    <published>{_time(feed, report).isoformat()}</published>\n"
        f"    <updated>{_time(feed, report).isoformat()}</updated>\n"
        f'    <summary type="html">{escape(f"<p>{escape(report.text)}</p>")}</summary>\n  </entry>\n'
        for report in reports
    )
    newest = _time(feed, reports[0]).isoformat()
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">\n'
        f'  <title>{feed.title}</title>\n  <id>{feed.home}</id>\n  <link href="{feed.home}"/>\n'
        f"  <updated>{newest}</updated>\n  <author><name>{feed.title}</name></author>\n{entries}</feed>\n"
    )


def _jsonfeed(feed: Feed, reports: list[Report]) -> str:
    items = [
        {
            "id": feed.link(report),
            "url": feed.link(report),
            "title": report.title,
            "content_text": report.text,
            "date_published": _time(feed, report).isoformat(),
        }
        for report in reports
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "language": feed.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _time(feed: Feed, report: Report) -> dt.datetime:
    """English outlets write their times in UTC."""
    return report.at.astimezone(dt.UTC) if feed.language == "en" else report.at


KINDS: dict[str, Callable[[Feed, list[Report]], bytes]] = {
    "rss2": lambda feed, reports: _rss2(feed, reports).encode(),
    "rss2-html": lambda feed, reports: _rss2(feed, reports, html=True).encode(),
    "rss2-gb18030": lambda feed, reports: _rss2(feed, reports, encoding="gb2312").encode("gb18030"),
    "rss2-malformed": lambda feed, reports: _malformed(feed, reports).encode(),
    "rss1": lambda feed, reports: _rss1(feed, reports).encode(),
    "atom": lambda feed, reports: _atom(feed, reports).encode(),
    "jsonfeed": lambda feed, reports: _jsonfeed(feed, reports).encode(),
}


def files() -> dict[Path, bytes]:
    """Return every feed file of every day, by path."""
    made, published = {}, list[Report]()
    for day in DAYS:
        published += load_reports(day)
        for feed in load_feeds().values():
            own = sorted(
                (report for report in published if report.feed == feed.name),
                key=lambda report: (report.at, report.event, report.query),
                reverse=True,
            )
            made[HERE / "feeds" / day / feed.file] = KINDS[feed.kind](feed, own)
    return made


if __name__ == "__main__":
    for path, data in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
