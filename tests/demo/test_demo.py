"""The whole main job over real HTTP: two days of feeds become two editions and their site."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.editions import record
from generator.news import Article, Edition, Mode
from tests.demo.write_feeds import DAYS, Report, load_feeds, load_reports

ALLOWED_SPLITS = 1  # stories of a day that repeat the event of another one
REPOSITORY = Path(__file__).resolve().parents[2]
FEEDS = load_feeds()
# address without its tracking parameters → what the report is about
REPORTS: dict[str, Report] = {
    FEEDS[report.feed].link(report).partition("?")[0]: report
    for day in DAYS
    for report in load_reports(day)
    if not report.query
}


def run_demo(into: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.demo.run", "--into", str(into)],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert str(into / "public" / "index.html") in ran.stdout


def ribao(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A lived demo. Test processes beside each other share one: the first makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / "demo", shared / "demo.done"
    try:
        (shared / "demo.claimed").mkdir()
    except FileExistsError:
        for _ in range(600):
            if done.exists():
                break
            time.sleep(0.1)
        assert done.read_text() == "ok", "the demo failed in the other process"
    else:
        try:
            run_demo(folder)
            done.write_text("ok")
        finally:
            if not done.exists():
                done.write_text("failed")
    yield folder


def edition(demo: Path, day: str) -> Edition:
    path = demo / "content" / "posts" / day / "edition.json"
    return record.loads(path.read_text(encoding="utf-8")).edition


def events(article: Article) -> set[str]:
    return {REPORTS[source.url].event for source in article.sources}


def digests(*folders: Path) -> dict[str, str]:
    return {
        path.relative_to(folder.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("day", DAYS)
def test_an_edition_is_worth_reading_and_says_that_it_was_made_offline(demo: Path, day: str) -> None:
    issue = edition(demo, day)
    assert issue.mode is Mode.OFFLINE
    assert 18 <= sum(1 for _ in issue.articles) <= 32
    assert issue.generated_at is not None
    assert issue.generated_at.isoformat().startswith(day)


@pytest.mark.parametrize("day", DAYS)
def test_every_link_belongs_to_a_report_of_the_day(demo: Path, day: str) -> None:
    text = (demo / "content" / "posts" / day / "index.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\((https?://[^)\s]+)\)", text)
    assert linked
    assert not [url for url in linked if url not in REPORTS]
    assert not [url for url in linked if REPORTS[url].at.date().isoformat() > day]


def test_reports_of_one_event_in_both_languages_are_one_story(demo: Path) -> None:
    story = max(edition(demo, DAYS[0]).articles, key=lambda article: len(article.sources))
    assert {source.language for source in story.sources} >= {"zh", "en"}
    assert len({source.publisher for source in story.sources}) >= 3


@pytest.mark.parametrize("day", DAYS)
def test_no_story_mixes_two_events_and_most_reports_find_theirs(demo: Path, day: str) -> None:
    stories = [events(article) for article in edition(demo, day).articles]
    assert [story for story in stories if len(story) > 1] == []
    printed = Counter(event for story in stories for event in story)
    # what is split is a weakness of grouping by headline, measured here so that it can only shrink
    assert sum(count - 1 for count in printed.values()) <= ALLOWED_SPLITS


def test_no_report_is_printed_twice(demo: Path) -> None:
    printed = Counter(source.url for day in DAYS for a in edition(demo, day).articles for source in a.sources)
    assert not [url for url, count in printed.items() if count > 1]


def test_a_story_of_the_day_before_is_carried_on_as_such(demo: Path) -> None:
    before = {article.id: events(article) for article in edition(demo, DAYS[0]).articles}
    carried = {}
    for article in edition(demo, DAYS[1]).articles:
        if article.follow_up_of:
            day, _, old = article.follow_up_of.partition("#")
            assert day == DAYS[0]
            carried[REPORTS[article.url].event] = before[old]
    assert carried == {
        "rubin-microsoft": {"nvidia-vera-rubin"},
        "cooling-stocks": {"nvidia-vera-rubin"},
        "atlas-factory": {"atlas"},
        "zhipu-listing": {"zhipu-ipo"},
        "hanhai-api": {"hanhai-3"},
        "swiftinfer-scan": {"swiftinfer-hole"},
    }


@pytest.mark.parametrize("day", DAYS)
def test_what_is_no_news_is_not_printed(demo: Path, day: str) -> None:
    about = {REPORTS[article.url].about for article in edition(demo, day).articles}
    assert not about & {"roundup", "off-topic", "old", "duplicate"}


@pytest.mark.parametrize("day", DAYS)
def test_an_instruction_inside_an_item_changes_nothing(demo: Path, day: str) -> None:
    text = (demo / "content" / "posts" / day / "index.md").read_text(encoding="utf-8")
    assert "](https://evil.example" not in text
    assert "<https://evil.example" not in text
    articles = list(edition(demo, day).articles)
    [place] = [number for number, a in enumerate(articles) if REPORTS[a.url].about == "injection"] or [
        len(articles)
    ]
    assert place >= 8  # far from the day's first story, which it asks to be
    assert len(articles) >= 18
    for article in articles[place:][:1]:
        assert "suspicious" in article.marks
    assert not re.search("previous instructions|Disregard your|maintenance mode|忽略以上", text)


def test_a_feed_in_gb18030_and_one_that_is_malformed_read_right(demo: Path) -> None:
    titles = {s.url: s.title for day in DAYS for a in edition(demo, day).articles for s in a.sources}
    for url, title in titles.items():
        assert title == REPORTS[url].title


def test_the_site_is_there(demo: Path) -> None:
    public = demo / "public"
    for name in ("index.html", "404.html", "sitemap.xml", "feed.xml", "about/index.html"):
        assert (public / name).stat().st_size > 100, name
    for day in DAYS:
        page = (public / "posts" / day / "index.html").read_text(encoding="utf-8")
        for article in edition(demo, day).articles:
            assert article.url in page


def test_no_address_of_this_machine_leaks_into_content_or_site(demo: Path) -> None:
    for folder in (demo / "content", demo / "public"):
        for path in folder.rglob("*"):
            if path.suffix in (".md", ".json", ".html", ".xml", ".txt"):
                assert "127.0.0.1" not in path.read_text(encoding="utf-8"), path


def test_the_same_days_again_give_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    again = tmp_path / "demo"
    run_demo(again)
    assert digests(again / "content", again / "public") == digests(demo / "content", demo / "public")


def test_publishing_again_keeps_what_the_editor_wrote(demo: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(demo, site)
    post = site / "content" / "posts" / DAYS[1] / "index.md"
    text = post.read_text(encoding="utf-8")
    headline = next(edition(site, DAYS[1]).articles).headline
    assert headline in text
    post.write_text(text.replace(headline, "编辑改过的标题", 1), encoding="utf-8")
    edited = post.read_bytes()
    ran = ribao(site, "publish", "--date", DAYS[1], "--at", f"{DAYS[1]}T18:00", "--editor", "offline")
    assert ran.returncode == 0, ran.stderr
    assert post.read_bytes() == edited
