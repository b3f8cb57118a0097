"""What our Markdown knows besides CommonMark, and what it never lets through."""

from __future__ import annotations

import time

import pytest

from generator.site.markdown import Heading, Options, engine_version, render


def test_ids_of_headings_keep_han_and_are_given_once() -> None:
    found = render("## 一、GPT-5.2 发布！\n\n## 同\n\n## 同\n\n## 同-1\n\n## 名 {#own}\n\n## ！？\n").headings
    assert [heading.id for heading in found] == ["一gpt-52-发布", "同", "同-1", "同-1-1", "own", "section"]
    assert found[0] == Heading(2, "一gpt-52-发布", "一、GPT-5.2 发布！")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("> [!WARNING]\n> 小心", '<div class="alert warning" role="note">'),
        ("- [x] 做完", '<li class="task"><label><input type="checkbox" disabled checked> 做完</label></li>'),
        ("~~旧~~", "<del>旧</del>"),
        ("词\n: 释义", "<dl>\n<dt>词</dt>\n<dd>释义</dd>\n</dl>"),
        ("| 甲 | 乙 |\n|:-:|--:|\n| 1 | 2 |", '<td class="center">1</td>\n<td class="right">2</td>'),
        ("注[^a]\n\n[^a]: 文", '<li id="fn-1"><p>文 <a class="footnote-back" href="#fnref-1"'),
        ("| 甲 | 乙 |\n|-|-|\n| `a\\|b` | c\\|d |", "<td><code>a|b</code></td>\n<td>c|d</td>"),
        ('![图](a.png "题")', "<figcaption>题</figcaption>"),
        ("![图](a.png)", '<img src="a.png" alt="图" loading="lazy">'),
        ("**标签：**\n- 甲", "<p><strong>标签：</strong></p>\n<ul>\n<li>甲</li>\n</ul>"),
        ("[a](https://o.com/)", '<a href="https://o.com/" rel="noopener">a</a>'),
        ("[a](https://e.com/x/)", '<a href="https://e.com/x/">a</a>'),
    ],
)
def test_the_dialect(text: str, part: str) -> None:
    assert part in render(text, Options(base="https://e.com/", raw_html="allow")).html


def test_code_has_classes_marked_lines_and_numbers_and_unknown_languages_stay_plain() -> None:
    page = render("```python {hl_lines=[2]} linenos=true\nx = 1\ny = 2\n```\n").html
    assert '<div class="highlight numbered" data-lang="python">' in page
    assert '<span class="line hl" data-line="2"><span class="n">y</span>' in page
    assert "<code>a &lt; b\n</code>" in render("```nosuch\na < b\n```\n").html
    assert '"><script' not in render('```x"><script>alert(1)</script>\na\n```\n').html


def test_code_too_long_for_a_lexer_is_plain() -> None:
    assert "<span" not in render("```make\n" + "a" * 20_000 + "\n```\n").html
    assert "<span" not in render("```python\n" + "x = 1\n" * 10_000 + "```\n").html


LIVE = (
    "javascript:",
    "vbscript:",
    "data:text",
    "file:",
    "<script",
    "onerror",
    "onclick",
    "<iframe",
    "<form",
    "<object",
    "<style",
)


@pytest.mark.parametrize("policy", ["sanitise", "escape"])
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "文 <img src=x onerror=alert(1)> 字",
        "<div onclick=x>\n\n文\n\n</div>",
        "<iframe src=https://e.com></iframe>",
        "<form action=x><input name=a></form>",
        "<a href=javascript:alert(1)>x</a>",
        "[a](javascript:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](JAVASCRIPT&colon;alert(1))",
        "[a](%6aavascript:alert(1))",
        "![a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "[r]\n\n[r]: vbscript:x",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_of_it_is_live(text: str, policy: str) -> None:
    page = render(text, Options(raw_html=policy)).html.lower()  # type: ignore[arg-type]
    for mark in LIVE:
        assert f'="{mark}' not in page and (not mark.startswith("<") or mark not in page)
    assert "onerror" not in page or "&lt;img" in page


@pytest.mark.parametrize("text", ["[a](javascript:alert(1))", "![a](data:text/html,x)"])
def test_links_of_markdown_are_safe_even_where_raw_html_is_allowed(text: str) -> None:
    assert "href" not in (page := render(text, Options(raw_html="allow")).html) and "src" not in page


def test_what_is_not_closed_leaves_the_rest_of_the_page_whole() -> None:
    page = render("<div>\n\n前\n\n```\n没有结束").html
    assert page.count("<div") == page.count("</div>") and "前" in page and "没有结束" in page


HOSTILE = {
    "pairs": lambda n: "*a " * n + "b* " * n,
    "threes": lambda n: "***" * n + "x" + "**](u)" * n,
    "quoted": lambda n: "**" * n + "x" + '"*' * n,
    "brackets": lambda n: "[" * n,
    "images": lambda n: "![" * n + "](u)" * n,
    "quotes": lambda n: "> " * n + "a",
    "comments": lambda n: "<!-- " * n,
    "tags": lambda n: "<div>" * n,
    "tables": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * n,
    "footnotes": lambda n: (
        "".join(f"[^{i}]" for i in range(n)) + "\n\n" + "".join(f"[^{i}]: [^{i + 1}]\n" for i in range(n))
    ),
    "loop": lambda n: "[^a]\n\n[^a]: [^a]\n" * n,
    "headings": lambda n: "# a\n\n" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_time_that_grows_with_its_size(name: str) -> None:
    def once(text: str) -> float:
        begun = time.process_time()
        render(text)
        return time.process_time() - begun

    def cost(count: int) -> float:  # the least of three: what a busy machine adds is not the text's
        text = HOSTILE[name](count)
        return min(once(text) for _ in range(3))

    once(HOSTILE[name](10))
    assert cost(4_000) < 10 * max(cost(1_000), 0.05)


def test_nested_quotes_and_lists_end() -> None:
    assert "a" in render(">" * 5_000 + " a").html
    assert "a" in render("\n".join("  " * depth + "- a" for depth in range(500))).html


def test_html_nested_past_the_limit_is_shown_as_text_and_reported() -> None:
    rendered = render("<div>" * 600, Options(path="a.md", first_line=9))
    assert "&lt;div&gt;" in rendered.html
    assert str(rendered.problems[0]).startswith("a.md:9: warning: HTML nests deeper than 500 elements")


def test_the_version_of_the_engine_is_known_without_importing_it() -> None:
    import mistune
    import pygments

    assert f"mistune-{mistune.__version__} pygments-{pygments.__version__}" in engine_version()
