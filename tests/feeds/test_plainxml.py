"""The quick reader of plain feeds gives what feedparser gives, and leaves everything else to it."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from generator.feeds.charset import decode
from generator.feeds.plainxml import read_plain
from generator.feeds.xmlfeed import prepared, read_forgiving
from tests.feeds.conftest import DATA

BASE = "https://a.example/news/feed.xml"
ITEM = "<title>甲</title><link>https://a.example/1</link>"
NS = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    " xmlns:media='http://search.yahoo.com/mrss/' xmlns:atom='http://www.w3.org/2005/Atom'"
)


def rss(item: str, head: str = "<title>甲报</title>", root: str = "version='2.0'") -> str:
    return f"<rss {root} {NS}><channel>{head}<item>{item}</item></channel></rss>"


def atom(entry: str, head: str = "<title>甲报</title><id>urn:f</id>") -> str:
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='zh_CN'>{head}<entry>{entry}</entry></feed>"


PLAIN = {
    "all of rss": rss(
        f"{ITEM}<guid isPermaLink='false'>7</guid><pubDate>Wed, 07 Jan 2026 08:30:00 +0800</pubDate>"
        "<description> 摘要 &lt;b&gt;粗&lt;/b&gt; </description><content:encoded><![CDATA[<p>全文</p>]]></content:encoded>"
        "<dc:creator>王</dc:creator><dc:creator>李</dc:creator><category domain='d'>模型</category><category>模型</category><category/>"
        "<enclosure url='https://a.example/a.png' type='image/png'/><comments>x</comments>".replace("<category/>", ""),
        "<title>甲报</title><link>/</link><language>zh-cn</language><ttl>5</ttl><image><url>u</url><title>t</title></image>"
        "<atom:link rel='self' href='https://a.example/feed'/>",
    ),
    "guid before link": rss("<guid>https://a.example/g</guid><title>甲</title><link>/1</link>"),
    "guid as link": rss("<title>甲</title><guid>/g?a=1&amp;b=2</guid>"),
    "content before summary": rss(f"{ITEM}<content:encoded>全</content:encoded><description>摘</description>"),
    "content alone": rss(f"{ITEM}<content:encoded>全文</content:encoded>"),
    "media": rss(f"{ITEM}<media:content url='v' medium='video'/><media:content url='i'/><media:thumbnail url='t'/>"),
    "empty": rss("<title/><link/><description/>"),
    "doubly encoded": rss("<title>\u00e4\u00b8\u00ad</title><link>http:////a.example/x</link><author>a@b.c (王)</author>"),
    "windows-1252": rss("<title>a\x93b\x94</title><link>https://a.example/1</link>"),
    "atom": atom(
        "<title type='html'>&lt;i&gt;甲&lt;/i&gt;</title><id>urn:1</id><link rel='alternate' href='1.html'/>"
        "<link rel='enclosure' type='image/png' href='https://a.example/p.png'/><updated>2026-01-07T08:30:00Z</updated>"
        "<author><name>王</name><email>w@a.example</email></author><category term='模型'/><content type='html'>&lt;p&gt;文</content>"
    ),
    "atom by relation": atom("<title>甲</title><link rel='related' href='/r'/><id>/id</id><summary>s</summary>"),
    "rdf": "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    f"<channel><title>x</title></channel><item r:about='https://a.example/1'>{ITEM}</item></r:RDF>",
}  # fmt: skip
ODD = {
    "ill-formed": rss(f"{ITEM}<description>a<b></description>"),
    "markup in a text": rss(f"{ITEM}<description>a<b>c</b></description>"),
    "two titles": rss(f"{ITEM}<title>乙</title>"),
    "two summaries": rss(f"{ITEM}<description>1</description><description>2</description>"),
    "another vocabulary": rss(f"{ITEM}<x:y xmlns:x='urn:x'>1</x:y>"),
    "another base": rss(ITEM, root="version='2.0' xml:base='https://b.example/'"),
    "xhtml": atom("<title>甲</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></content>"),
    "another version": rss(ITEM, root="version='3.0'"),
    "a page": "<html><body>x</body></html>",
}  # fmt: skip


def forgiving(document: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_forgiving(document, BASE)


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_feed_is_read_as_feedparser_reads_it(name: str) -> None:
    plain = read_plain(PLAIN[name], BASE)
    assert plain is not None and plain == forgiving(PLAIN[name])


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_plain_is_left_to_feedparser(name: str) -> None:
    assert read_plain(ODD[name], BASE) is None


@pytest.mark.skipif(not (DATA / "feeds").is_dir(), reason="../shared/data/feeds is not here")
@pytest.mark.parametrize(("folder", "share"), [("published", 0.8), ("timeline", 1.0), ("suites", 0.3)])
def test_real_feeds_are_read_as_feedparser_reads_them(folder: str, share: float) -> None:
    files = [path for path in sorted((DATA / "feeds" / folder).rglob("*")) if path.is_file()]
    read = [path for path in files if _same(path)]
    assert len(read) >= share * len(files)


def _same(path: Path) -> bool:
    """Whether a file is read here; then as feedparser does, or the test ends."""
    body, _ = prepared(decode(path.read_bytes()).text)
    plain = read_plain(body, BASE)
    assert plain is None or plain == forgiving(body), path.name
    return plain is not None
