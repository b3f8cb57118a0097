"""Every kind of page of a site: it is there, it is right, and it goes when its reason goes."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from generator.config import load_config
from generator.site.build import Options, Report, build
from generator.site.verify import differences, files_of

NOW = Options(now=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(
        '[site]\nbase_url = "https://e.com/news/"\ntitle = "晨报"\n', encoding="utf-8"
    )
    return tmp_path


def write(site: Path, path: str, head: str, body: str = "正文") -> None:
    file = site / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{head}\n---\n\n{body}\n", encoding="utf-8")


def made(site: Path) -> Report:
    report = build(load_config(site), NOW)
    assert differences(load_config(site), NOW) == []
    return report


def text(site: Path, name: str) -> str:
    return (site / "public" / name).read_text(encoding="utf-8")


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def test_categories_are_bounded_by_year_and_link_both_ways(site: Path) -> None:
    write(site, "posts/a.md", "title: 甲\ndate: 2025-01-07\ncategory: 深度 观察")
    write(site, "posts/b.md", "title: 乙\ndate: 2026-01-07\ncategories: [深度 观察, 别的]")
    write(site, "posts/c.md", "title: 丙\ndate: 2026-01-08\ncategory: 快讯")
    made(site)
    page = text(site, "categories/深度-观察/index.html")
    assert "乙" in page and ">甲<" not in page and "丙" not in page
    assert "/news/categories/%E6%B7%B1%E5%BA%A6-%E8%A7%82%E5%AF%9F/2025/" in links(page)
    assert "甲" in text(site, "categories/深度-观察/2025/index.html")
    assert "深度 观察" in text(site, "categories/index.html") and "快讯" in text(
        site, "categories/index.html"
    )
    assert "/categories/%E5%BF%AB%E8%AE%AF/" in text(site, "sitemap-pages.xml")
    assert "/news/categories/%E5%BF%AB%E8%AE%AF/" in links(text(site, "posts/c/index.html"))
    (site / "content/posts/c.md").unlink()
    made(site)
    assert not (site / "public/categories/快讯").exists()
    assert "快讯" not in text(site, "categories/index.html")


def test_a_folder_of_content_is_a_section_with_what_is_written_about_it(site: Path) -> None:
    write(site, "essays/one.md", "title: 长文一\ndate: 2026-01-07\ntags: [AI]")
    write(site, "posts/a.md", "title: 甲\ndate: 2026-01-07\ntags: [AI]")
    made(site)
    page = text(site, "essays/index.html")
    assert "长文一" in page and "甲" not in page.partition("<main")[2]
    write(site, "essays/_index.md", "title: 随笔\nmenu: true", "写在前面。")
    made(site)
    page = text(site, "essays/index.html")
    assert "<h1" in page and "随笔" in page and "写在前面。" in page and "长文一" in page
    assert "/news/essays/" in links(text(site, "index.html"))  # menu: true
    assert "<loc>https://e.com/news/essays/</loc>" in text(site, "sitemap-pages.xml")
    write(site, "essays/old.md", "title: 长文零\ndate: 2024-01-07")
    made(site)
    assert "长文零" in text(site, "essays/2024/index.html")
    for name in ("one", "old"):
        (site / f"content/essays/{name}.md").unlink()
    made(site)
    assert "写在前面。" in text(site, "essays/index.html")
    assert not (site / "public/essays/2024").exists()
    (site / "content/essays/_index.md").unlink()
    made(site)
    assert not (site / "public/essays").exists()


def test_an_index_of_another_system_is_no_page(site: Path) -> None:
    write(site, "posts/_index.md", "title: Posts")
    write(site, "posts/a.md", "title: 甲\ndate: 2026-01-07")
    assert made(site).posts == 1


def test_a_page_of_its_own_has_an_address_below_its_folders(site: Path) -> None:
    write(site, "pages/about.md", "title: 关于\nmenu: true\nweight: 2")
    write(site, "pages/legal/privacy.md", "title: 隐私")
    write(site, "pages/team/index.md", "title: 团队\nmenu: true\nweight: 1", "![图](a.bin)")
    (site / "content/pages/team/a.bin").write_bytes(b"1")
    made(site)
    assert {"about/index.html", "legal/privacy/index.html", "team/index.html", "team/a.bin"} <= files_of(
        str(site / "public")
    )
    menu = links(text(site, "index.html"))
    assert menu.index("/news/team/") < menu.index("/news/about/")


def test_months_years_and_the_archive_are_calendars(site: Path) -> None:
    for day in ("2025-12-31", "2026-01-01", "2026-01-07"):
        write(site, f"posts/{day}.md", f"title: {day} 日报\ndate: {day}")
    made(site)
    month = text(site, "2026/01/index.html")
    assert "/news/posts/2026-01-07/" in links(month) and "/news/2025/12/" in links(month)
    assert '<link rel="prev" href="/news/2025/12/">' in month
    year = text(site, "2026/index.html")
    assert "/news/2026/01/" in links(year) and "/news/2025/" in links(year)
    assert {"/news/2026/", "/news/2025/"} <= set(links(text(site, "archive/index.html")))


def test_a_post_knows_its_neighbours_its_relatives_and_its_length(site: Path) -> None:
    for day in (1, 2, 3):
        write(
            site,
            f"posts/p{day}.md",
            f"title: 第{day}篇\ndate: 2026-01-0{day}\ntags: [芯片]",
            "汉" * 800 + " word" * 220,
        )
    made(site)
    page = text(site, "posts/p2/index.html")
    assert (
        '<link rel="prev" href="/news/posts/p1/">' in page
        and '<link rel="next" href="/news/posts/p3/">' in page
    )
    related = page.partition('class="related"')[2].partition("</section>")[0]
    assert links(related) == ["/news/posts/p1/"]
    assert "3 分钟" in page  # 800 Han at 400 a minute, 220 words at 220


def test_machines_find_everything(site: Path) -> None:
    write(
        site,
        "posts/a.md",
        'title: "甲 & <乙>"\ndate: 2026-01-07\ntags: [AI]\ndescription: 一句话\nauthor: 李',
        "见 [旁边](b.html)。",
    )
    made(site)
    page = text(site, "posts/a/index.html")
    assert '<link rel="canonical" href="https://e.com/news/posts/a/">' in page
    assert '<meta property="og:title" content="甲 &amp; &lt;乙&gt;">' in page
    assert '<meta name="twitter:card" content="summary">' in page
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["@graph"]  # type: ignore[index]
    article, crumbs = graph
    assert (article["@type"], article["headline"], article["datePublished"]) == (
        "NewsArticle",
        "甲 & <乙>",
        "2026-01-07T00:00:00+08:00",
    )
    assert crumbs["@type"] == "BreadcrumbList"
    assert [entry["item"] for entry in crumbs["itemListElement"]] == [
        "https://e.com/news/",
        "https://e.com/news/2026/01/",
        "https://e.com/news/posts/a/",
    ]
    assert "Sitemap: https://e.com/news/sitemap.xml" in text(site, "robots.txt")
    assert "https://e.com/news/posts/a/index.md" in text(site, "llms.txt")
    assert text(site, "posts/a/index.md").startswith(
        "# 甲 & <乙>\n\n2026-01-07 · <https://e.com/news/posts/a/>\n"
    )
    names = [
        node.text for node in ET.fromstring(text(site, "sitemap.xml")).iter() if node.tag.endswith("loc")
    ]
    assert names == ["https://e.com/news/sitemap-pages.xml", "https://e.com/news/sitemap-2026.xml"]
    assert "404" in {path.split(".")[0] for path in files_of(str(site / "public"))}
    for feed in ("feed.xml", "tags/ai/feed.xml"):
        entry = ET.fromstring(text(site, feed)).find(".//item")
        assert entry is not None and entry.findtext("link") == "https://e.com/news/posts/a/"
        content = entry.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
        # in full on the front, with addresses that work anywhere; a tag's with an excerpt
        assert (content is None) == feed.startswith("tags") and entry.findtext("description") == "一句话"
        assert content is None or 'href="https://e.com/news/posts/a/b.html"' in content
    assert json.loads(text(site, "feed.json"))["items"][0]["title"] == "甲 & <乙>"
    ET.fromstring(text(site, "atom.xml"))


def test_an_alias_leads_on_and_a_retired_one_is_gone(site: Path) -> None:
    write(site, "posts/a.md", "title: 甲\ndate: 2026-01-07\naliases: [/旧/地址/, old.html]")
    made(site)
    for name in ("旧/地址/index.html", "old.html"):
        assert 'content="0; url=https://e.com/news/posts/a/"' in text(site, name)
    write(site, "posts/a.md", "title: 甲\ndate: 2026-01-07\naliases: [/旧/地址/]")
    made(site)
    assert not (site / "public/old.html").exists()
