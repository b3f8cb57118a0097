"""The recorded days are what the README says they are."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from urllib.request import Request, urlopen

from tests.demo import write_feeds
from tests.demo.server import serving
from tests.demo.write_feeds import DAYS, HERE, load_feeds, load_reports

REPORTS = [report for day in DAYS for report in load_reports(day)]


def test_the_feed_files_are_those_of_the_reports() -> None:
    stale = [path.name for path, data in write_feeds.files().items() if path.read_bytes() != data]
    assert not stale, f"{stale}: run python tests/demo/write_feeds.py"


def test_two_days_hold_about_a_hundred_reports_of_about_sixty_events() -> None:
    news = [report for report in REPORTS if report.about in ("news", "foreign")]
    reports_of = Counter(report.event for report in news)
    assert 80 <= len(REPORTS) <= 120
    assert 40 <= len(reports_of) <= 60
    assert sum(count > 1 for count in reports_of.values()) >= 30
    assert len(load_feeds()) >= 12


def test_some_events_are_reported_in_both_languages() -> None:
    feeds = load_feeds()
    languages: dict[str, set[str]] = {}
    for report in REPORTS:
        languages.setdefault(report.event, set()).add(feeds[report.feed].language)
    assert sum({"zh", "en"} <= spoken for spoken in languages.values()) >= 25


def test_what_follows_names_an_event_of_the_day_before() -> None:
    yesterday = {report.event for report in load_reports(DAYS[0])}
    follows = {report.follows for report in load_reports(DAYS[1]) if report.follows}
    assert len(follows) >= 4
    assert follows <= yesterday


def test_every_kind_of_feed_is_there() -> None:
    kinds = {feed.kind for feed in load_feeds().values()}
    assert kinds == set(write_feeds.KINDS)
    chips = (HERE / "feeds" / DAYS[0] / "xinpian.xml").read_bytes()
    assert chips.startswith(b'<?xml version="1.0" encoding="gb2312"?>')
    assert "李喆" in chips.decode("gb18030")
    finance = (HERE / "feeds" / DAYS[0] / "caijing.xml").read_text(encoding="utf-8")
    assert re.search(r"R&D", finance)


def test_no_link_of_a_report_leads_to_a_real_site_or_holds_a_port() -> None:
    feeds = load_feeds()
    links = {feeds[report.feed].link(report) for report in REPORTS}
    assert all(re.match(r"https://[a-z-]+\.example\.(com|org|net)/20", link) for link in links)


def test_the_settings_name_every_feed() -> None:
    settings = tomllib.loads(Path(HERE / "site.toml").read_text(encoding="utf-8"))
    served = {feed["url"].rpartition("/")[2]: feed["name"] for feed in settings["feeds"]}
    assert served == {feed.file: feed.title for feed in load_feeds().values()}


def test_the_server_answers_like_an_outlet_that_knows_what_you_have() -> None:
    with serving(0) as server:
        server.day = DAYS[0]
        address = f"http://127.0.0.1:{server.port}/keji.xml"
        with urlopen(address) as answer:
            tag = answer.headers["ETag"]
            assert answer.headers["Content-Type"] == "application/rss+xml"
            assert answer.headers["Last-Modified"] == "Tue, 06 Jan 2026 09:30:00 GMT"
        server.day = DAYS[1]
        with urlopen(Request(address, headers={"If-None-Match": tag})) as answer:
            assert answer.headers["ETag"] != tag
