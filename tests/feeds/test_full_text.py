"""`full_text = true`: articles read from their pages, each once, under the limits of feeds."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

import pytest

from bench.fulltext import f1, pages, read
from generator.config.schema import CollectConfig
from generator.feeds import FeedError, Page, ParsePool, Wanted, read_pages
from generator.feeds.article import NEEDS, article
from generator.store import Store
from tests.feeds.conftest import DATA, NOW
from tests.feeds.hostile import Hostile, Request
from tests.feeds.test_run import AHEAD, AT, collect, paper
from tests.store.conftest import EVER

PARAGRAPHS = [
    "智元机器人周三宣布，第五千台人形机器人在临港工厂下线，比原计划早了两个月，全年产量有望翻一番。",
    "公司表示，关节模组的良率在半年里由百分之七十一升到百分之九十四，是提前完成的主要原因。",
    "分析人士认为，产能不再是瓶颈之后，真正的考验是订单：目前的客户仍以科研机构和展厅为主。",
]


def page(*paragraphs: str, head: str = '<meta charset="utf-8">') -> str:
    """An article's page with the usual things around the article."""
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "科技", "财经", "体育"))
    return (
        f"<!doctype html><html><head>{head}<title>第五千台下线</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>第五千台人形机器人下线</h1>{told}</article>"
        "<div class='comments'><h3>网友评论</h3><p>沙发！前排围观，楼主好人一生平安。</p></div>"
        "<footer>版权所有 未经许可不得转载</footer></body></html>"
    )


def feed(server: Hostile, *paths: str) -> bytes:
    entries = "".join(
        f"<item><title>第{number}条</title><link>{server.url(path) if path[0] == '/' else path}</link>"
        f"<description>摘要</description><pubDate>Wed, 07 Jan 2026 08:30:00 +0800</pubDate></item>"
        for number, path in enumerate(paths)
    )
    return f"<rss version='2.0'><channel><title>甲报</title>{entries}</channel></rss>".encode()


def asked(server: Hostile, *paths: str, **settings: object) -> dict[str, Page]:
    """Ask for pages of the server; returns what they gave by path."""
    limits = CollectConfig(**{"timeout": 2.0, "deadline": 2.0, **settings}, allow_hosts=(server.authority,))  # type: ignore[arg-type]
    wanted = [Wanted(path, server.url(path), "甲报", server.url("/feed")) for path in paths]
    return {one.wanted.url: one for one in read_pages(wanted, limits, NOW, agent="ribao/test")}


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030", "big5"])
def test_the_article_is_read_and_nothing_around_it(charset: str) -> None:
    paragraphs = (
        PARAGRAPHS if charset != "big5" else ["台積電週四表示，第四季營收年增三成，遠高於先前預估。" * 4]
    )
    raw = page(*paragraphs, head=f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">')
    found = article(raw.encode(charset, "xmlcharrefreplace"), "text/html", "https://a.example/1", 50_000)
    assert found.split("\n")[-len(paragraphs) :] == paragraphs
    assert not any(word in found for word in ("首页", "沙发", "版权所有", "<p>"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"%PDF-1.7 \0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b'{"json": true}',
        page().encode(),
        page("请先登录。").encode(),
        b"<p>" * 100_000,
    ],
)
def test_what_holds_no_article_is_refused_by_name(raw: bytes) -> None:
    with pytest.raises(FeedError) as caught:
        article(raw, "text/html", "", 50_000)
    assert caught.value.word == "no-article"


HOSTILE = (
    "<div>" * 50_000 + PARAGRAPHS[0],
    "<p>" + "x" * 9_000_000,
    "<a " + "x=1 " * 500_000 + ">",
    "<table><tr><td>" * 15_000,
    "<!--" * 1_000_000,
    "&amp;" * 1_500_000,
    "<p>" + "<b><i><u>" * 15_000 + PARAGRAPHS[0],
)


def test_hostile_pages_end_in_their_time_and_cost_no_other() -> None:
    with ParsePool(CollectConfig(), 1, imports=NEEDS) as pool:
        for hostile in HOSTILE:
            try:
                assert len(pool.run(article, hostile.encode(), "text/html", "", 50_000)) <= 50_000
            except FeedError as error:
                assert error.word in ("no-article", "parse-timeout", "parser")
        assert PARAGRAPHS[1] in pool.run(article, page(*PARAGRAPHS).encode(), "text/html", "", 50_000)


def test_a_failed_page_is_a_value_beside_a_good_one(server: Hostile) -> None:
    server.scripts = {
        "/good": lambda request: request.answer(200, page(*PARAGRAPHS).encode()),
        "/404": lambda request: request.answer(404),
        "/500": lambda request: request.answer(500),
        "/away": lambda request: request.answer(302, Location="http://169.254.169.254/latest/meta-data"),
        "/endless": endless,
        "/slow": slow,
    }
    found = asked(server, *server.scripts, max_bytes=1_000_000, per_host=8)
    late = found.pop("/slow")
    assert late.word in ("timeout", "deadline") and not late.settled
    assert {path: one.word for path, one in found.items()} == {
        "/good": "read", "/404": "status", "/500": "server", "/away": "private-address", "/endless": "too-long",
    }  # fmt: skip
    assert [path for path, one in found.items() if not one.settled] == ["/500"]
    assert PARAGRAPHS[2] in found["/good"].text
    assert found["/404"].error == f"{server.url('/404')}: answered 404: is not there"


def endless(request: Request) -> None:
    request.send(b"HTTP/1.1 200 X\r\n\r\n")
    request.drip(iter(lambda: b"x" * 100_000, None), 0)


def slow(request: Request) -> None:
    request.send(b"HTTP/1.1 200 X\r\n\r\n")
    request.drip(iter(lambda: b"x", None), 0.2)


def test_a_feed_of_the_world_cannot_have_a_private_page_read(server: Hostile) -> None:
    server.scripts = {"/1": lambda request: request.answer(200, page(*PARAGRAPHS).encode())}
    limits = CollectConfig(allow_hosts=(server.authority,))
    outside = Wanted("u", server.url("/1"), "甲报", "https://feeds.example/rss")
    inside = Wanted("u", "http://127.0.0.1:1/1", "甲报", server.url("/feed"))
    words = [one.word for one in read_pages([outside, inside], limits, NOW, agent="ribao/test")]
    assert words == ["private-address"] * 2 and server.seen == []


def test_each_page_is_asked_for_once_and_a_failure_leaves_the_feeds_text(
    server: Hostile, tmp_path: Path
) -> None:
    server.scripts = {
        "/feed": lambda request: request.answer(200, feed(server, "/1", "/2", "/3")),
        "/1": lambda request: request.answer(200, page(*PARAGRAPHS).encode()),
        "/2": lambda request: request.answer(404),
        "/3": lambda request: request.answer(503) if request.number == 1 else request.answer(200, page(*PARAGRAPHS[::-1]).encode()),
    }  # fmt: skip
    site = paper(tmp_path, server, "/feed")
    with (site / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write("full_text = true\n")
    code, out, err = collect(site, "--at", AT, "--json")
    told = {one["url"][-1]: one["outcome"] for one in json.loads(out)["articles"]}
    assert (code, told) == (0, {"1": "read", "2": "status", "3": "server"})
    assert f"feed: {server.url('/2')}: answered 404: is not there; the feed's text serves" in err
    collect(site, "--at", "2026-01-07T21:00")
    collect(site, "--at", "2026-01-07T22:00")
    assert [len(server.of(path)) for path in ("/feed", "/1", "/2", "/3")] == [3, 1, 1, 2]
    with Store.open(site / ".ribao/items.db") as store:
        texts = [one.text for one in sorted(store.items(EVER, AHEAD), key=lambda one: one.title)]
    assert [text.split("\n")[-1] for text in texts] == [PARAGRAPHS[2], "", PARAGRAPHS[0]]


def test_feeds_that_do_not_ask_for_it_have_no_page_read(server: Hostile, tmp_path: Path) -> None:
    server.scripts = {"/feed": lambda request: request.answer(200, feed(server, "/1"))}
    assert collect(paper(tmp_path, server, "/feed"), "--at", AT)[0] == 0
    assert [request.path for request in server.seen] == ["/feed"]


def test_no_more_pages_than_the_limit_and_none_of_old_entries(server: Hostile, tmp_path: Path) -> None:
    answer = page(*PARAGRAPHS).encode()
    paths = [f"/{number}" for number in range(5)]
    server.scripts = {path: lambda request: request.answer(200, answer) for path in paths}
    server.scripts["/feed"] = lambda request: request.answer(200, feed(server, *paths))
    site = paper(tmp_path, server, "/feed", more="max_pages = 2")
    with (site / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write("full_text = true\n")
    for hour, read_so_far in (("20:00", 2), ("21:00", 4)):
        collect(site, "--at", f"2026-01-07T{hour}")
        assert len(server.seen) - len(server.of("/feed")) == read_so_far
    collect(site, "--at", "2026-01-09T21:00")
    assert len(server.seen) - len(server.of("/feed")) == 4


@pytest.mark.skipif(not (DATA / "articles").is_dir(), reason="../shared/data/articles is not here")
def test_real_articles_are_read_about_as_well_as_their_gold() -> None:
    scores: dict[str, list[float]] = {}
    for name, known in pages(DATA / "articles"):
        # a share of each collection; python -m bench.fulltext reads all
        scores[name] = [f1(read(one), one.gold) for one in known[:8] if one.gold]
    assert statistics.median(scores["benchmark-en"]) > 0.95
    assert statistics.median(scores["chinese-news"]) > 0.95
    assert statistics.median(scores["with-text"] + scores["readability"]) > 0.9
