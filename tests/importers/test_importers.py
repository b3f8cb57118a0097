"""Posts of other systems arrive whole: their words, code, images, days and old addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pytest

from generator.importers import SYSTEMS, Moved, Old, Refused, detect, move

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
        ("{{% notice warning %}}\nHot\n{{% /notice %}}", "> **warning**\n>\n> Hot"),
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
        ("hexo", "{% note %}\n小心\n{% endnote %}", "> 小心"),
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
