"""Old addresses follow the old site's own settings, and links between posts follow the posts."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.importers import SYSTEMS, Moved, Old, move, settings
from generator.importers.permalinks import Settings

WHEN = dt.datetime(2020, 2, 3, tzinfo=dt.UTC)


def moved(
    system: str, texts: dict[str, str], *, base: str = "/", files: tuple[str, ...] = ()
) -> dict[str, Moved]:
    """Import the files of `texts` by the configuration among them; return what they became by their path."""
    config = {path: text for path, text in texts.items() if path in settings.NAMES}
    said, unread = settings.read(config, system)
    assert unread == []
    results = move(
        [Old(path, text, WHEN) for path, text in texts.items() if path.endswith(".md")],
        SYSTEMS[system],
        files=frozenset({*texts, *files}),
        settings=said,
        address=lambda kind, slug, day: f"{base}posts/{slug}/" if kind == "posts" else f"{base}{slug}/",
        base=base,
    )
    assert all(isinstance(one, Moved) for one in results), results
    return {one.source: one for one in results if isinstance(one, Moved)}


def post(title: str = "A", body: str = "文。", **more: str) -> str:
    head = "".join(
        f"{key}: {value}\n" for key, value in {"title": title, "date": "2019-05-04 08:09:10", **more}.items()
    )
    return f"---\n{head}---\n{body}\n"


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ("title: x", "/java/web/2019/05/04/a-bug.html"),
        ("permalink: pretty", "/java/web/2019/05/04/a-bug/"),
        ("permalink: none", "/java/web/a-bug.html"),
        ("permalink: ordinal", "/java/web/2019/124/a-bug.html"),
        ("permalink: /blog/:year/:i_month/:title", "/blog/2019/5/a-bug"),
        ("permalink: none\ncollections:\n  posts:\n    permalink: /c/:title/", "/c/a-bug/"),
        ("defaults:\n  - scope: {path: '', type: posts}\n    values: {permalink: '/d/:slug/'}", "/d/a-bug/"),
    ],
)  # fmt: skip
def test_jekyll(config: str, address: str) -> None:
    text = post(categories="[Java, Web]")
    [one] = moved("jekyll", {"_config.yml": config, "_posts/2019-05-04-a-bug.md": text}).values()
    assert one.aliases == (address,)


@pytest.mark.parametrize(
    ("config", "fields", "address"),
    [
        ("title: x", {}, "/2019/05/04/tools/2018-01-01-猫/"),
        ("permalink: ':category/:name.html'", {"categories": "[编程, Go]"}, "/编程/go/2018-01-01-猫.html"),
        ("permalink: ':year/:title/'\nnew_post_name: ':year-:month-:day-:title.md'", {}, "/2019/tools/猫/"),
        ("permalink: 'posts/:abbrlink/'", {"abbrlink": "3af1"}, "/posts/3af1/"),
    ],
)
def test_hexo(config: str, fields: dict[str, str], address: str) -> None:
    texts = {"_config.yml": config, "source/_posts/tools/2018-01-01-猫.md": post(**fields)}
    [one] = moved("hexo", texts).values()
    assert one.aliases == (address,)


@pytest.mark.parametrize(
    ("system", "path", "fields", "aliases"),
    [
        ("hexo", "source/_posts/a.md", {"permalink": "special/place/"}, ("/special/place/",)),
        ("hugo", "content/p/a.md", {"url": "/own/place/"}, ("/own/place/",)),
        ("hugo", "content/p/a.md", {"aliases": "[/old/, beside]"}, ("/old/", "/p/beside", "/p/a/")),
        ("jekyll", "_posts/2019-05-04-a.md", {"redirect_from": "older.html"}, ("/older.html", "/2019/05/04/a.html")),
        ("markdown", "a.md", {"permalink": "/own/place/"}, ("/own/place/",)),
    ],
)  # fmt: skip
def test_addresses_that_a_post_says_itself(
    system: str, path: str, fields: dict[str, str], aliases: tuple[str, ...]
) -> None:
    [one] = moved(system, {path: post(**fields)}).values()
    assert one.aliases == aliases


@pytest.mark.parametrize(
    ("system", "name", "config", "path", "other"),
    [
        ("jekyll", "_config.yml", "baseurl: /blog", "_posts/2019-05-04-a.md", "/blog/2018/01/01/b.html"),
        ("hexo", "_config.yml", "root: /blog/\npermalink: ':title/'", "source/_posts/a.md", "/blog/b/"),
        ("hugo", "hugo.toml", 'baseURL = "https://x.example/blog/"', "content/p/a.md", "/blog/p/b/"),
    ],
)
def test_the_path_the_old_site_was_below_leads_into_the_new_one(
    system: str, name: str, config: str, path: str, other: str
) -> None:
    second = path.replace("2019-05-04", "2018-01-01").replace("a.md", "b.md")
    static = {"jekyll": "img/c.png", "hexo": "source/img/c.png", "hugo": "static/img/c.png"}[system]
    texts = {
        name: config,
        path: post(body=f"[b]({other}) ![c](/blog/img/c.png)"),
        second: post(date="2018-01-01"),
    }
    one = moved(system, texts, base="/news/", files=(static,))[path]
    assert one.text.endswith("---\n[b](/news/posts/b/) ![c](/news/img/c.png)\n")
    assert one.images == ((static, "static/img/c.png"),)


def test_an_address_of_a_post_outside_of_a_link_is_written_out() -> None:
    texts = {
        "_posts/2019-05-04-a.md": post(body="{% post_url 2018-01-01-b %} {% post_url gone %}"),
        "_posts/2018-01-01-b.md": post(),
    }
    one = moved("jekyll", texts)["_posts/2019-05-04-a.md"]
    assert one.text.endswith("---\n/posts/b/ gone\n")
    assert one.lost == ("link to gone",)


def test_a_pattern_with_a_placeholder_nobody_knows_makes_no_address() -> None:
    texts = {"_config.yml": "permalink: ':hash/'", "source/_posts/a.md": post()}
    assert moved("hexo", texts)["source/_posts/a.md"].aliases == ()


@pytest.mark.parametrize(
    ("name", "config", "path", "address"),
    [
        ("hugo.toml", 'title = "x"', "content/blog/A Cat.md", "/blog/a-cat/"),
        ("hugo.toml", '[permalinks]\nblog = "/:year/:month/:title/"', "content/blog/b.md", "/2019/05/论猫/"),
        ("config.yaml", "permalinks:\n  page:\n    blog: /p/:slug/", "content/blog/b/index.md", "/p/论猫/"),
        ("config/_default/permalinks.toml", 'blog = "/:section/:filename/"', "content/blog/b.md", "/blog/b/"),
        ("config.toml", "uglyURLs = true", "content/blog/b.md", "/blog/b.html"),
        ("hugo.toml", 'defaultContentLanguage = "zh-cn"', "content/blog/b.zh-cn.md", "/blog/b/"),
        ("hugo.toml", 'title = "x"', "content/blog/b.zh-cn.md", "/zh-cn/blog/b/"),
    ],
)
def test_hugo(name: str, config: str, path: str, address: str) -> None:
    [one] = moved("hugo", {name: config, path: post("论猫")}).values()
    assert one.aliases == (address,)


def test_a_slug_of_its_own_is_the_address_then_and_now() -> None:
    [one] = moved("hugo", {"content/blog/b.md": post(slug="The-Cat")}).values()
    assert one.aliases == ("/blog/the-cat/",)
    assert "slug: the-cat\n" in one.text


def test_a_jekyll_page_leads_on_from_its_address() -> None:
    texts = {"_config.yml": "title: x", "about.md": post(), "links.md": post(permalink="/links/")}
    pages = moved("jekyll", texts)
    assert pages["about.md"].aliases == ("/about.html",)
    assert pages["links.md"].aliases == ()  # the same as before


@pytest.mark.parametrize(
    ("system", "path", "other", "words", "link"),
    [
        ("jekyll", "_posts/2019-05-04-a.md", "_posts/2018-01-01-b.md", "[b]({% post_url 2018-01-01-b %})", "[b](/news/posts/b/)"),
        ("jekyll", "_posts/2019-05-04-a.md", "_posts/2018-01-01-b.md", "[b]({% link _posts/2018-01-01-b.md %}#c)", "[b](/news/posts/b/#c)"),
        ("jekyll", "_posts/2019-05-04-a.md", "_posts/2018-01-01-b.md", "[b](/2019/05/04/b.html)", "[b](/news/posts/b/)"),
        ("hugo", "content/p/a.md", "content/p/b.md", '[b]({{< relref "b.md" >}})', "[b](/news/posts/b/)"),
        ("hugo", "content/p/a.md", "content/p/b.md", "[b](../b/)", "[b](/news/posts/b/)"),
        ("hexo", "source/_posts/a.md", "source/_posts/b.md", "{% post_link b %}", "[论猫](/news/posts/b/)"),
        ("hexo", "source/_posts/a.md", "source/_posts/b.md", "{% post_link b 看猫 %}", "[看猫](/news/posts/b/)"),
        ("markdown", "a.md", "sub/b.md", "[b](sub/b.md#c) ![x](/x.png) <a href=\"/y/\">y</a>", '[b](/news/posts/b/#c) ![x](/news/x.png) <a href="/news/y/">y</a>'),
        ("markdown", "a.md", "sub/b.md", "`[b](sub/b.md)` [c](https://c.example/b.md)", "`[b](sub/b.md)` [c](https://c.example/b.md)"),
    ],
)  # fmt: skip
def test_links_between_posts_lead_to_their_new_addresses(
    system: str, path: str, other: str, words: str, link: str
) -> None:
    texts = {path: post(body=words), other: post("论猫")}
    assert moved(system, texts, base="/news/")[path].text.endswith(f"---\n{link}\n")


def test_a_link_to_a_post_that_is_not_there_is_named() -> None:
    [one] = moved(
        "jekyll", {"_posts/2019-05-04-a.md": post(body="[b]({% post_url 2018-01-01-gone %})")}
    ).values()
    assert "link to 2018-01-01-gone" in one.lost


def test_a_moment_keeps_its_zone_and_one_without_gets_the_old_sites() -> None:
    texts = {
        "_config.yml": "timezone: Asia/Tokyo",
        "_posts/2019-05-04-a.md": post(),
        "_posts/2019-05-04-b.md": post(date="2019-05-04 08:09:10 -0300"),
    }
    one, other = moved("jekyll", texts).values()
    assert "date: 2019-05-04T08:09:10+09:00\n" in one.text
    assert "-03:00\n" in other.text or "date: 2019-05-04T11:09:10+00:00\n" in other.text


def test_the_mark_of_the_excerpt_goes_and_its_words_describe_the_post() -> None:
    [one] = moved("hexo", {"source/_posts/a.md": post(body="**开头**。\n\n<!-- more -->\n\n后文。")}).values()
    assert "description: 开头。\n" in one.text
    assert one.text.endswith("---\n**开头**。\n\n\n后文。\n")


def test_an_asset_folder_comes_whole_and_a_linked_file_too() -> None:
    files = ("source/_posts/a/cat.png", "source/_posts/a/data.csv", "source/files/b.pdf")
    texts = {"source/_posts/a.md": post(body="{% asset_img cat.png %} [b](/files/b.pdf)")}
    [one] = moved("hexo", texts, files=files).values()
    assert one.target == "content/posts/a/index.md"
    assert dict(one.images) == {
        "source/_posts/a/cat.png": "content/posts/a/cat.png",
        "source/_posts/a/data.csv": "content/posts/a/data.csv",
        "source/files/b.pdf": "static/files/b.pdf",
    }


def test_keys_that_mean_something_else_elsewhere_do_not_break_the_build() -> None:
    head = {"menu": "main", "template": "x.html", "weight": "3", "cover": "{image: c.png}"}
    [one] = moved("hugo", {"content/p/a.md": post(**head)}).values()
    assert "menu: true\n" in one.text and "weight: 3\n" in one.text and "coverImage: c.png\n" in one.text
    assert "template" not in one.text
    assert "front matter template" in one.lost


@pytest.mark.parametrize(
    "text", ["a: [", "- 1", "!ruby/object:X {}", "permalink: [1, 2]", "defaults: 7\ncollections: x"]
)
def test_a_configuration_that_cannot_be_read_is_named_and_never_a_crash(text: str) -> None:
    said, unread = settings.read({"_config.yml": text}, "jekyll")
    assert unread == (["_config.yml"] if text in ("a: [", "!ruby/object:X {}") else [])
    assert said == Settings()
