"""Posts of other systems arrive whole: their words, code, images, days and old addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pytest

from generator.importers import SYSTEMS, Left, Moved, Old, Refused, detect, move

WHEN = dt.datetime(2020, 2, 3, tzinfo=dt.UTC)


def one(system: str, path: str, text: str, files: Mapping[str, str] | None = None) -> Moved:
    [moved] = move([Old(path, text, WHEN)], SYSTEMS[system], files=frozenset({path, *(files or {})}))
    assert isinstance(moved, Moved), moved
    return moved


def body(system: str, text: str) -> str:
    paths = {"hugo": "content/post/a.md", "hexo": "source/_posts/a.md", "jekyll": "_posts/2020-01-02-a.md"}
    return one(system, paths[system], f"---\ntitle: A\ndate: 2020-01-02\n---\n{text}").text.partition(
        "\n---\n"
    )[2]


def test_a_jekyll_post_takes_its_day_from_its_name_and_keeps_its_old_address() -> None:
    moved = one(
        "jekyll",
        "_posts/2019-05-25-a-bug.md",
        "---\nlayout: post\ntitle: 一个 Bug\ncategories: Java\nkeywords: Java, 缺陷\n---\n\n正文。\n",
    )
    assert moved.target == "content/posts/2019-05-25-a-bug.md"
    assert moved.text == (
        "---\ntitle: 一个 Bug\ndate: 2019-05-25\ncategory: Java\n"
        'keywords: ["Java","缺陷"]\naliases: ["/java/2019/05/25/a-bug.html"]\n---\n\n正文。\n'
    )
    assert moved.changed == ("date from the file's name",)


def test_a_hugo_bundle_brings_its_pictures_along() -> None:
    moved = one(
        "hugo",
        "content/post/trip/index.md",
        '+++\ntitle = "Trip"\ndate = 2024-09-20T16:01:23+08:00\ntags = ["a"]\n+++\n![sea](sea.jpg)\n![hill](/img/hill.png)\n',
        {"content/post/trip/sea.jpg": "", "static/img/hill.png": ""},
    )
    assert moved.target == "content/posts/trip/index.md"
    assert moved.images == (
        ("content/post/trip/sea.jpg", "content/posts/trip/sea.jpg"),
        ("static/img/hill.png", "static/img/hill.png"),
    )
    assert "date: 2024-09-20T16:01:23+08:00\n" in moved.text
    assert 'aliases: ["/post/trip/"]' in moved.text


def test_a_picture_that_is_not_there_is_named() -> None:
    moved = one("markdown", "a.md", "# A\n\n![x](gone.png) ![y](https://example.com/y.png)\n")
    assert moved.lost == ("image gone.png",)


def test_hugo_front_matter_in_json_is_read() -> None:
    moved = one(
        "hugo", "content/post/a.md", '{\n "title": "A",\n "date": "2020-01-02T03:04:05Z"\n}\n\nText.\n'
    )
    assert moved.text.startswith("---\ntitle: A\ndate: 2020-01-02T03:04:05+00:00\n")
    assert moved.text.endswith("---\nText.\n")


@pytest.mark.parametrize(
    ("tag", "markdown"),
    [
        ('{{< figure src="a b.png" alt="海" title="T" >}}', '![海](<a b.png> "T")'),
        ("{{< youtube w7Ft2ymGmfc >}}", "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>"),
        ("{{< gist spf13 7896402 >}}", "<https://gist.github.com/spf13/7896402>"),
        ('{{< highlight go "linenos=table" >}}\nx := 1\n{{< /highlight >}}', "```go\nx := 1\n```"),
        ("{{% notice warning %}}\nHot\n{{% /notice %}}", "> [!WARNING]\n> Hot"),
        ('{{< admonition tip "题" >}}好{{< /admonition >}}', "> [!TIP]\n> **题**\n>\n> 好"),
        ('{{< figure src="a.png" title="T" caption="注" >}}', '![T · 注](a.png "T · 注")'),
        (
            '{{< details summary="看" >}}\n里面\n{{< /details >}}',
            "<details>\n<summary>看</summary>\n\n里面\n\n</details>",
        ),
        ("{{< highlight go >}}\n{{< x >}}\n{{< /highlight >}}", "```go\n{{< x >}}\n```"),
        ("## 题 {#own .big}", "## 题 {#own}"),
        ('{{< blockquote author="鲁迅" >}}路{{< /blockquote >}}', "> 路\n>\n> — 鲁迅"),
        ("{{</* figure */>}}", "`{{< figure >}}`"),
        ("`{{< figure src=x >}}`", "`{{< figure src=x >}}`"),
        ("```\n{{< youtube x >}}\n```", "```\n{{< youtube x >}}\n```"),
    ],
)
def test_hugo_shortcodes_become_markdown_outside_of_code(tag: str, markdown: str) -> None:
    assert body("hugo", f"\n{tag}\n") == f"\n{markdown}\n"


@pytest.mark.parametrize(
    ("system", "tag", "markdown"),
    [
        ("jekyll", "{% highlight ruby %}\nputs 1\n{% endhighlight %}", "```ruby\nputs 1\n```"),
        ("jekyll", "{% raw %}\n```\n{{ x }}\n```\n{% endraw %}", "```\n{{ x }}\n```"),
        ("jekyll", "[a]({{ site.url }}/b/)", "[a](/b/)"),
        ("hexo", "{% codeblock lang:js %}\nlet a\n{% endcodeblock %}", "```js\nlet a\n```"),
        ("hexo", "{% asset_img sea.jpg 大海 %}", "![大海](sea.jpg)"),
        ("hexo", "{% note %}\n小心\n{% endnote %}", "> [!NOTE]\n> 小心"),
        ("hexo", "{% note danger 题 %}小心{% endnote %}", "> [!CAUTION]\n> **题**\n>\n> 小心"),
        ("hexo", "前\n{% cq %}甲{% endcq %}\n后", "前\n\n> 甲\n\n后"),
        ("hexo", '{% img left /a.png 200 100 "题" "替" %}', '![替](/a.png "题")'),
        ("hexo", "{% iframe https://e.example/x 100% 300 %}", "<https://e.example/x>"),
        (
            "hexo",
            "{% blockquote 鲁迅, 《故乡》 https://e.example/g 第一章 %}路{% endblockquote %}",
            "> 路\n>\n> — 鲁迅, 《故乡》, [第一章](https://e.example/g)",
        ),
        (
            "hexo",
            "{% codeblock a.js lang:js https://e.example/ 原文 %}\nlet a\n{% endcodeblock %}",
            "**a.js** [原文](https://e.example/)\n\n```js\nlet a\n```",
        ),
        ("jekyll", '![a]({{ "/a.png" | relative_url }})', "![a](/a.png)"),
        ("jekyll", "![a]({{ '/a.png' | prepend: site.baseurl }}){: .wide}", "![a](/a.png)"),
        ("jekyll", "甲{% comment %}不给看{% endcomment %}乙", "甲乙"),
        ("jekyll", "## 题\n{: #own .big}", "## 题 {#own}"),
        ("jekyll", "文\n{: .note}\n\n后", "文\n\n后"),
        ("jekyll", "{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}"),
    ],
)
def test_liquid_tags_become_markdown(system: str, tag: str, markdown: str) -> None:
    assert body(system, f"\n{tag}\n").strip("\n") == markdown


def test_a_tag_without_a_counterpart_stays_and_is_listed() -> None:
    moved = one(
        "hugo", "content/post/a.md", '---\ntitle: A\ndate: 2020-01-02\n---\n{{% music "28196554" %}}\n'
    )
    assert '{{% music "28196554" %}}' in moved.text
    assert moved.kept == ("{{% music",)


def test_what_raw_shows_is_not_listed_as_a_tag() -> None:
    moved = one(
        "jekyll", "_posts/2020-01-02-a.md", "---\ntitle: A\n---\n{% raw %}{{ x }}{% endraw %}{{ y }}\n"
    )
    assert moved.kept == ("{{ y",)


@pytest.mark.parametrize(
    ("system", "text"),
    [
        ("hexo", "title: 题\ndate: 2020-01-02 03:04:05\ntags:\n- a\n---\n文。\n"),
        ("hexo", '"title": "题",\n"date": "2020-01-02 03:04:05",\n"tags": ["a"]\n;;;\n文。\n'),
        ("hexo", "-----\ntitle: 题\ndate: 2020/01/02 03:04:05\ntags: a\n-----\n文。\n"),
        ("hexo", "---\ntitle: 题\ndate: 2020-01-02 03:04:05\ntags: [[a]]\n---\n文。\n"),
        ("hugo", '{"title": "题", "date": "2020-01-02T03:04:05", "tags": ["a"]}\n文。\n'),
        ("hugo", '+++\ntitle = "题"\ndate = 2020-01-02T03:04:05\ntags = ["a"]\n+++\n文。\n'),
    ],
)
def test_front_matter_is_read_in_every_way_it_may_be_written(system: str, text: str) -> None:
    paths = {"hugo": "content/post/a.md", "hexo": "source/_posts/a.md"}
    assert one(system, paths[system], text).text == (
        "---\ntitle: 题\ndate: 2020-01-02T03:04:05\n" + 'tags: ["a"]\n'
        f'aliases: ["{"/post/a/" if system == "hugo" else "/2020/01/02/a/"}"]\n---\n文。\n'
    )


def test_a_line_above_a_rule_is_no_front_matter() -> None:
    moved = one("markdown", "2020-01-02-a.md", "注意: 这是正文\n---\n后文。\n")
    assert moved.text.endswith("---\n注意: 这是正文\n---\n后文。\n")


def test_categories_in_lists_are_one_category_and_tags() -> None:
    text = "---\ntitle: A\ndate: 2020-01-02\ncategories:\n  - [技术, 前端]\n  - [007]\n---\n"
    assert 'category: 技术\ntags: ["前端","007"]\n' in one("hexo", "source/_posts/a.md", text).text


def test_jekyll_reads_words_between_spaces_and_folders_as_categories() -> None:
    words = "---\ntitle: A\ncategories: java web\ntags: one two\n---\n"
    moved = one("jekyll", "_posts/2020-01-02-a.md", words)
    assert 'category: java\ntags: ["one","two","web"]\n' in moved.text
    assert moved.aliases == ("/java/web/2020/01/02/a.html",)
    assert one("jekyll", "news/_posts/2020-01-02-a.md", "---\ntitle: A\n---\n").aliases == (
        "/news/2020/01/02/a.html",
    )


def test_an_impossible_day_refuses_the_file() -> None:
    text = "---\ntitle: A\ndate: 2020-13-01\n---\n"
    [refused] = move([Old("source/_posts/a.md", text, WHEN)], SYSTEMS["hexo"], files=())
    assert isinstance(refused, Refused)
    assert "date '2020-13-01' is not a day" in refused.why


@pytest.mark.parametrize(
    ("system", "path", "text", "left"),
    [
        ("jekyll", "README.md", "# repository\n", True),
        ("jekyll", "index.md", "---\nlayout: home\n---\n", True),
        ("jekyll", "tags.md", "---\ntitle: 标签\n---\n{% for tag in site.tags %}<li>{{ tag }}</li>{% endfor %}", True),
        ("hexo", "source/tags/index.md", "---\ntitle: 标签\ntype: tags\n---\n", True),
        ("hugo", "content/posts/_index.md", "---\ntitle: 文章\n---\n", True),
        ("hugo", "content/_index.md", "---\ntitle: 首页\n---\n欢迎。\n", False),
        ("jekyll", "_recipes/soup.md", "---\ntitle: 汤\n---\n水。\n", False),
    ],
)  # fmt: skip
def test_what_is_no_post_is_left_and_words_are_never_lost_in_silence(
    system: str, path: str, text: str, left: bool
) -> None:
    [result] = move([Old(path, text, WHEN)], SYSTEMS[system], files=())
    assert isinstance(result, Left if left else Refused), result


def test_the_text_of_a_bundle_in_another_language_has_the_bundles_name() -> None:
    texts = {f"content/post/trip/index.{language}.md": f"---\ntitle: {language}\ndate: 2020-01-02\n---\n" for language in ("en", "zh-cn")}  # fmt: skip
    moved = move(
        [Old(path, text, WHEN) for path, text in texts.items()],
        SYSTEMS["hugo"],
        files={*texts, "content/post/trip/a.png"},
    )
    assert [one.target for one in moved if isinstance(one, Moved)] == [
        "content/posts/trip.en/index.md",
        "content/posts/trip.zh-cn/index.md",
    ]
    assert all(len(one.images) == 1 for one in moved if isinstance(one, Moved))


def test_a_picture_named_with_its_asset_folder_stands_beside_the_post() -> None:
    text = "---\ntitle: A\ndate: 2020-01-02\n---\n![x](trip/a.png) ![y](./trip/a.png) ![z](trip/gone.png)\n"
    moved = one("hexo", "source/_posts/trip.md", text, {"source/_posts/trip/a.png": ""})
    assert moved.text.endswith("![x](a.png) ![y](a.png) ![z](trip/gone.png)\n")
    assert moved.images == (("source/_posts/trip/a.png", "content/posts/trip/a.png"),)


def test_two_files_of_one_name_get_two_addresses() -> None:
    olds = [Old(path, "# A\n", WHEN) for path in ("en/2025-06-02.md", "ja/2025-06-02.md")]
    targets = [
        moved.target for moved in move(olds, SYSTEMS["markdown"], files=()) if isinstance(moved, Moved)
    ]
    assert targets == ["content/posts/2025-06-02.md", "content/posts/ja-2025-06-02.md"]


def test_front_matter_that_cannot_be_read_refuses_the_file_with_the_place() -> None:
    [refused] = move([Old("a.md", "---\ntitle: [a\n---\n", WHEN)], SYSTEMS["markdown"], files=())
    assert isinstance(refused, Refused)
    assert re.match(r"a\.md:\d+:\d+: ", refused.why)


def test_a_hostile_path_cannot_leave_the_site() -> None:
    moved = one("markdown", "x/../../etc.md", "# A\n\n![a](../../../secret.png)\n", {"secret.png": ""})
    assert moved.target.startswith("content/posts/")
    assert ".." not in moved.target
    assert all(".." not in goal and goal.startswith(("content/", "static/")) for _, goal in moved.images)


@pytest.mark.parametrize(
    ("paths", "texts", "system"),
    [
        (["hugo.toml", "content/post/a.md"], {}, "hugo"),
        (["_config.yml", "_posts/2020-01-01-a.md"], {"_config.yml": "title: x"}, "jekyll"),
        (["_config.yml", "source/_posts/a.md"], {"_config.yml": "theme: landscape"}, "hexo"),
        (["2020-01-01-a.md"], {"2020-01-01-a.md": "---\nlayout: post\n---\n"}, "jekyll"),
        (["issue-1.md"], {"issue-1.md": "# 周刊\n"}, "markdown"),
    ],
)
def test_the_system_is_told_from_its_files(paths: list[str], texts: dict[str, str], system: str) -> None:
    assert detect(paths, texts) == system
