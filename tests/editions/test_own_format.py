"""A paper's own format: a template and one row of the settings; safe by default, read back as far as it can be."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.editions.own import MAX_CHARACTERS, Own
from generator.errors import ContentError
from generator.labels import labels_for
from generator.news import Article, Edition, Importance, Section, Source, item_id

LABELS = labels_for("zh")
TEMPLATE = """\
{{ front_matter }}
*{{ stats.raw_total }} 条里选出*

{% for section in sections %}
## {{ section.name }}

{% for story in section.stories %}
### {{ story.link }}
{{ story.marks }}

{{ story.text }}

{{ labels.reason }}：{{ story.reason }}（{{ story.importance }}）

{% endfor %}
{% endfor %}
"""


def edition(
    headline: str = "甲发布*模型*", reason: str = "产品[发布]", url: str = "https://e.com/1"
) -> Edition:
    source = Source(item_id(url), url, "示例社")
    article = Article(
        source.id, headline, "正文*重点*。", reason=reason, sources=(source,), importance=Importance.HIGH
    )
    return Edition(
        "2026-03-05", dt.date(2026, 3, 5), "题：目", sections=(Section("模型", articles=(article,)),)
    )


def test_a_template_makes_the_post_and_its_stories_are_read_back() -> None:
    form = Own(TEMPLATE, "formats/mine.md.j2")
    written = form.write(edition(), LABELS)
    assert written.text.startswith("---\ntitle: 题：目\ndate: 2026-03-05\n---\n")
    assert "### [甲发布\\*模型\\*](https://e.com/1)\n<!-- 重要性：高 -->\n" in written.text
    assert "入选理由：产品\\[发布\\]（高）" in written.text and written.dropped == ()
    (article,) = form.parse(written.text).edition.articles
    assert (article.headline, article.url, article.importance) == (
        "甲发布*模型*",
        "https://e.com/1",
        Importance.HIGH,
    )


def test_what_comes_from_outside_stays_text() -> None:
    form = Own(
        "{% for s in sections %}{% for x in s.stories %}{{ x.link }}|{{ x.reason }}{% endfor %}{% endfor %}",
        "t",
    )
    text = form.write(
        edition(headline="{{ 7*7 }}](javascript:x)", reason="<script>", url="javascript:alert(1)"), LABELS
    ).text
    assert "49" not in text and "](javascript" not in text.replace("\\]", "") and "\\<script>" in text


def test_stories_in_another_shape_are_said_to_be_unseen() -> None:
    written = Own(
        "{% for s in sections %}{% for x in s.stories %}* {{ x.text }}\n{% endfor %}{% endfor %}", "t"
    ).write(edition(), LABELS)
    assert written.dropped == ("1 stories in a shape that is read back; write each as ### {{ story.link }}",)


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("题\n{% for %}", "mine.j2:2", ""),
        ("题\n\n{{ titel }}", "mine.j2:3", "titel"),
        ("{{ title.__class__.__mro__ }}", "mine.j2:1", "unsafe"),
        ("{{ 1 // 0 }}", "mine.j2:1", "ZeroDivisionError"),
        ("{% for _ in range(99999999) %}{% endfor %}", "mine.j2:1", "Range too big"),
        ("{% for _ in range(90000) %}" + "x" * 100 + "{% endfor %}", "mine.j2:1", f"{MAX_CHARACTERS:,}"),
        ("{% include '/etc/passwd' %}", "mine.j2:1", ""),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(source: str, place: str, words: str) -> None:
    with pytest.raises(ContentError) as raised:
        Own(source, "mine.j2").write(edition(), LABELS)
    message = str(raised.value.problems[0])
    assert message.startswith(place) and words in message
