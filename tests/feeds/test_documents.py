"""The rows D-A1 to D-A14 of the fault battery: documents as hostile or careless hands write them."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from generator.config.schema import CollectConfig, FeedConfig
from generator.feeds import FeedError, ParsePool, plain
from generator.feeds.reading import Body, read
from generator.feeds.values import Reading
from generator.news import Item, Precision
from tests.feeds.conftest import NOW, rss

FEED = FeedConfig("甲报", "https://a.example/news/feed.xml")


def reading(document: str | bytes, feed: FeedConfig = FEED, *, first: bool = False) -> Reading:
    raw = document.encode() if isinstance(document, str) else document
    return read(Body(raw, feed, first=first), CollectConfig(), NOW)


def of(entry: str) -> Reading:
    """Read an RSS feed of this one entry."""
    return reading(
        f"<rss version='2.0'><channel><title>甲</title><link>https://a.example/</link>{entry}</channel></rss>"
    )


def only(entry: str) -> Item:
    (item,) = of(entry).items
    return item


ENTRY = "<title>甲发布模型</title><link>https://a.example/1</link>"
KINDS = {
    "rss 0.91": f"<rss version='0.91'><channel><title>x</title><item>{ENTRY}</item></channel></rss>",
    "rss 0.92": f"<rss version='0.92'><channel><item>{ENTRY}</item></channel></rss>",
    "rss 2.0": f"<rss version='2.0'><channel><item>{ENTRY}</item></channel></rss>",
    "rss 0.90": f"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://channel.netscape.com/rdf/simple/0.9/'><channel><title>x</title></channel><item>{ENTRY}</item></r:RDF>",
    "rss 1.0": f"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item r:about='https://a.example/1'>{ENTRY}</item></r:RDF>",
    "atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>甲发布模型</title><link rel='alternate' href='https://a.example/1'/></entry></feed>",
    "atom 1.0": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>甲发布模型</title><id>urn:1</id><link href='https://a.example/1'/></entry></feed>",
    "json 1.0": '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","url":"https://a.example/1","title":"甲发布模型","author":{"name":"王"}}]}',
    "json 1.1": '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"https://a.example/1","title":"甲发布模型","authors":[{"name":"王"}]}]}',
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_feed_is_read(kind: str) -> None:
    assert [(item.title, item.url) for item in reading(KINDS[kind]).items] == [
        ("甲发布模型", "https://a.example/1")
    ]


def test_items_of_an_ill_formed_feed_are_kept_and_its_line_is_named() -> None:
    found = reading(
        "<?xml version='1.0'?>\n<rss version='2.0'><channel>\n"
        "<item><title>R&D 投入</title><link>https://a.example/1?a=1&b=2</link></item>\n"
        "<item><title>乙</title><link>https://a.example/2</link></item></channel></rss>"
    )
    assert [item.title for item in found.items] == ["R&D 投入", "乙"]
    assert found.items[0].link == "https://a.example/1?a=1&b=2"
    assert found.notes[0] == "is not well-formed XML (line 3: an & that is not written &amp;)"


@pytest.mark.parametrize(
    "prolog",
    [
        "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://127.0.0.1:1/x'> %a;]>",
        "<!-- <rss> --><!DOCTYPE rss [<!-- --><!entity a 'x'>]>",
        "<?x <rss> ?><!DOCTYPE rss [<!ENTITY a 'x'>]>",
    ],
)
def test_a_document_that_declares_entities_is_refused_unread(prolog: str) -> None:
    with pytest.raises(FeedError, match="declares XML entities, which are refused unread") as caught:
        reading(
            f"<?xml version='1.0'?>{prolog}<rss version='2.0'><channel><item><title>&b;</title></item></channel></rss>"
        )
    assert caught.value.word == "entities"


def test_an_entry_that_writes_about_entities_is_read() -> None:
    item = only(
        "<item><title>XML 漏洞</title><description><![CDATA[<!ENTITY a 'x'> 是危险的]]></description></item>"
    )
    assert item.title == "XML 漏洞"


LIVE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='https://evil.example/'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1) ",
    "<ScRiPt\n>alert(1)</sCrIpT >",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
]


def escaped(text: str, times: int) -> str:
    for _ in range(times):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
    return text


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("live", LIVE)
def test_nothing_live_is_left_anywhere(live: str, times: int) -> None:
    evil = escaped(f"前{live}后", times)
    found = of(
        f"<item><title>{evil}</title><link>https://a.example/1</link><description>{evil}</description><author>{evil}</author>"
        f"<category>{evil}</category><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{evil}</content:encoded></item>"
    )
    (item,) = found.items
    for said in (item.title, item.summary, item.text, item.author, *item.tags, found.title):
        lowered = said.lower()
        for sign in (
            "<script",
            "<img",
            "<iframe",
            "<svg",
            "<style",
            "<a ",
            "<math",
            "onerror=alert(1)>",
            "</",
        ):
            assert sign not in lowered, said


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "https://", "http://[::1"],
)  # fmt: skip
def test_a_link_that_is_no_address_of_the_web_is_none(link: str) -> None:
    item = only(f"<item><title>甲</title><link>{link}</link><guid>{link}</guid></item>")
    assert (item.url, item.link) == ("", "")


def test_html_that_was_escaped_twice_is_readable() -> None:
    item = only(
        "<item><title>AI &amp;amp; 芯片：List&amp;lt;T&amp;gt;</title><description>&amp;lt;p&amp;gt;一段&amp;lt;/p&amp;gt;</description></item>"
    )
    assert (item.title, item.summary) == ("AI & 芯片：List<T>", "一段")


@pytest.mark.parametrize(
    ("entry", "title", "url"),
    [
        ("<description>只有摘要。第二句。</description><link>https://a.example/1</link>", "只有摘要。", "https://a.example/1"),
        ("<title>无链接</title><guid isPermaLink='false'>tag:1</guid>", "无链接", ""),
        ("<title>有永久链接</title><guid>https://a.example/9</guid>", "有永久链接", "https://a.example/9"),
        ("<title>什么都没有</title>", "什么都没有", ""),
    ],
)  # fmt: skip
def test_an_entry_that_lacks_something_becomes_an_item_by_rule(entry: str, title: str, url: str) -> None:
    found = of(f"<item>{entry}</item>")
    (item,) = found.items
    assert (item.title, item.url, item.published, item.precision) == (title, url, NOW, Precision.INFERRED)
    assert found.notes == ("1 entries have no date",)


def test_an_entry_of_nothing_is_left_out_with_its_reason() -> None:
    found = of("<item></item><item><title> </title><link>https://a.example/2</link></item>")
    assert found.items == ()
    assert {entry.why for entry in found.dropped} == {"has neither title nor text"}


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://a.example/a"),
        ("//b.example/x", "https://b.example/x"),
        ("c.html", "https://a.example/news/c.html"),
        ("../up", "https://a.example/up"),
        ("?id=7", "https://a.example/news/feed.xml?id=7"),
        ("https://A.example:443/x?utm_source=rss&id=1#top", "https://a.example/x?id=1"),
    ],
)
def test_links_are_made_absolute_from_the_feeds_address(link: str, url: str) -> None:
    link = link.replace("&", "&amp;")
    assert only(f"<item><title>甲</title><link>{link}</link></item>").url == url


@pytest.mark.parametrize("date", ["", "sometime", "Thu, 01 Jan 2099 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "0001-01-01T00:00:00Z"])  # fmt: skip
def test_a_date_that_cannot_be_is_the_time_first_seen(date: str) -> None:
    found = of(f"<item><title>甲</title><link>https://a.example/1</link><pubDate>{date}</pubDate></item>")
    (item,) = found.items
    assert (item.published, item.precision) == (NOW, Precision.INFERRED)
    assert ("date that cannot be" in found.notes[0]) == bool(date)


def test_characters_that_deceive_or_break_are_removed() -> None:
    odd = "甲\x00乙\x1b[31m丙\u202e丁\u200b戊\ufeff\x07"
    item = only(f"<item><title>{odd}</title><description>{odd}</description></item>")
    assert item.title.startswith("甲乙") and item.title.endswith("丁戊")
    assert not set(odd) & set("\x00\x1b\u202e\u200b\ufeff\x07") & set(item.title + item.summary)


@pytest.mark.parametrize("part", ["title", "description"])
def test_ten_megabytes_are_cut_between_characters(part: str) -> None:
    item = only(
        f"<item><title>短</title><link>https://a.example/1</link><{part}>{'长🚀' * 1_500_000}</{part}></item>"
    )
    assert len(item.title) <= 300 and len(item.summary) <= 5_000
    (item.title + item.summary).encode()


def test_twenty_thousand_entries_are_capped() -> None:
    found = reading(rss(*(f"第{number}条" for number in range(20_000))))
    assert len(found.items) == 500
    assert any("has more than 2000 entries" in note for note in found.notes)
    assert sum("is beyond the newest 500" in entry.why for entry in found.dropped) > 0


@pytest.mark.parametrize(
    "document",
    [
        KINDS["json 1.1"][:-20],
        '{"version":"https://jsonfeed.org/version/1.1"}',
        '{"version":"https://jsonfeed.org/version/1.1","items":"x"}',
        "[" * 100_000,
        '{"a":' * 50_000,
        "{}",
        "null",
        "%PDF-1.7",
        "\x00\x01\x02",
    ],
)
def test_what_is_no_feed_is_refused_by_name(document: str) -> None:
    with pytest.raises(FeedError) as caught:
        reading(document)
    assert caught.value.word in ("not-a-feed", "empty")


def test_null_and_wrong_types_in_a_json_feed_are_passed_over() -> None:
    rows: list[object] = [None, 7, [], {"title": None, "url": 3}, {"title": "甲", "url": "https://a.example/1", "tags": [None, {}, "t"], "authors": "x"}]  # fmt: skip
    found = reading(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": 5, "items": rows}))
    assert [(item.title, item.tags) for item in found.items] == [("甲", ("t",))]


@pytest.mark.parametrize("nested", ["<div>", "<b><i>", "<ul><li>", "<table><tr><td>", "<a href=x>"])
def test_ten_thousand_levels_end_in_time(nested: str) -> None:
    deep = escaped(nested * 10_000 + "底", 1)
    with ParsePool(CollectConfig(), 1) as pool:
        document = f"<rss version='2.0'><channel><item><title>深</title><description>{deep}</description></item></channel></rss>"
        found = pool.run(read, Body(document.encode(), FEED), CollectConfig(), NOW)
    assert found.items[0].summary in ("底", "")


def test_elements_nested_without_end_cost_their_feed_alone() -> None:
    with ParsePool(CollectConfig(parse_timeout=2.0), 1) as pool:
        deep = b"<rss version='2.0'><channel>" + b"<x>" * 300_000
        try:
            assert pool.run(read, Body(deep, FEED), CollectConfig(), NOW).items == ()
        except FeedError as error:
            assert error.word == "too-long"
        assert len(pool.run(read, Body(rss("甲"), FEED), CollectConfig(), NOW).items) == 1


def test_only_the_first_undated_entries_of_a_new_feed_are_news() -> None:
    entries = "".join(
        f"<item><title>第{n}条</title><link>https://a.example/{n}</link></item>" for n in range(30)
    )
    document = f"<rss version='2.0'><channel>{entries}</channel></rss>"
    assert len(reading(document, first=True).shelved) == 20
    assert reading(document).shelved == frozenset()


def test_the_feeds_own_rules_leave_entries_out_by_name() -> None:
    feed = FEED._replace(include=("AI|模型",), exclude=("广告",))
    found = reading(rss("甲发布模型", "模型广告", "天气"), feed)
    assert [item.title for item in found.items] == ["甲发布模型"]
    assert [(entry.title, entry.why) for entry in found.dropped] == [
        ("模型广告", "matches the `exclude` pattern '广告'"),
        ("天气", "matches no `include` pattern of the feed"),
    ]


def test_dates_that_are_the_servers_clock_are_not_believed() -> None:
    entries = "".join(
        f"<item><title>第{n}条</title><pubDate>{NOW + dt.timedelta(seconds=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for n in range(6)
    )
    found = reading(f"<rss version='2.0'><channel>{entries}</channel></rss>")
    assert {item.precision for item in found.items} == {Precision.INFERRED}
    assert found.notes == ("dates every entry with the time of the request: the first time seen counts",)


@pytest.mark.parametrize(
    "inside",
    [
        "<" * 1_000_000,
        "<category>x</category>" * 100_000,
        "<category>x</category>" * 100_000 + "<b>",
        "<x " + " ".join(f"a{number}='1'" for number in range(100_000)) + "/>",
        "<x " + "a='1' " * 100_000 + "/><b>",
        "<x>" * 100_000,
        "".join(f"<a{number}:x xmlns:a{number}='u'/>" for number in range(20_000)),
        "</item><item>" * 1_000 + "<item>" * 100_000,
    ],
    ids=[
        "brackets",
        "categories",
        "ill-formed",
        "attributes",
        "one attribute",
        "nested",
        "prefixes",
        "items",
    ],
)
def test_what_parsers_are_slow_at_is_refused_by_counting(inside: str) -> None:
    with pytest.raises(FeedError) as caught:
        of(f"<item>{ENTRY}{inside}</item>")
    assert caught.value.word == "too-long" and str(caught.value).endswith("it was not parsed")


def test_a_long_article_with_its_markup_is_not_refused() -> None:
    markup = "<p>段<b>落</b><a href='/x' title='=='>链接</a></p>" * 600
    for article in (markup, f"<![CDATA[{markup * 20}]]>"):
        assert len(of(f"<item>{ENTRY}<description>{article}</description></item>").items) == 1


def test_an_entry_without_a_picture_has_none() -> None:
    assert only(f"<item>{ENTRY}</item>").image == ""
    assert (
        only(f"<item>{ENTRY}<enclosure url='/p.png' type='image/png'/></item>").image
        == "https://a.example/p.png"
    )


def test_a_figure_that_a_feed_broke_is_read_whole() -> None:
    assert plain.headline("裁决涵盖48. 2 万本图书", 200) == "裁决涵盖48.2 万本图书"
    assert plain.prose("<p>约合77. 28 亿元。</p>", 200, 50) == "约合77.28 亿元。"
