"""The block scanner loses nothing and numbers its lines right."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup.blocks import scan
from generator.markup.escape import escape, escape_start, plain

PIECES = [
    *(
        "# 题\n",
        "## 节\n",
        "### [a](https://e.com)\n",
        "正文，",
        "一段。\n",
        "\n",
        "\n\n",
        "- 项\n",
        "  续\n",
        "1. 一\n",
    ),
    *(
        "```\n",
        "~~~py\n",
        "> 引\n",
        "---\n",
        "***\n",
        "===\n",
        "|a|b|\n|-|-|\n",
        "<div>\n",
        "</div>\n",
        "<!-- x -->\n",
    ),
    *(
        "    代码\n",
        "\t制表\n",
        "**影响：**\n",
        "[x]: https://e.com\n",
        "$$\n",
        " ",
        "\\\n",
        "* * *\n",
        "+ 加\n",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
@settings(max_examples=400, deadline=None)
def test_the_blocks_of_a_text_are_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    blocks = scan(text, 5)
    assert "".join(block.raw for block in blocks) == text
    line = 5
    for block in blocks:
        assert block.line == line
        line += block.raw.count("\n")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("# 题\n\n正文\n续\n", ["heading", "blank", "paragraph"]),
        ("**影响：**\n- 一\n- 二\n\n文\n", ["paragraph", "list", "blank", "paragraph"]),
        ("```\n# 不是标题\n", ["fence"]),
        ("<div>\n<p>\n\n文\n", ["html", "blank", "paragraph"]),
        ("文\n---\n", ["heading"]),
        ("|a|\n|-|\n|1|\n", ["table"]),
    ],
)
def test_a_block_ends_where_commonmark_ends_it(text: str, kinds: list[str]) -> None:
    assert [block.kind for block in scan(text)] == kinds


@pytest.mark.parametrize("unit", ["- a\n", "> ", "[", "**a ", "<div>\n", "|", "1. a\n", "`", "\n"])
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def spent(count: int) -> float:
        begun = time.process_time()
        scan(unit * count)
        return time.process_time() - begun

    assert spent(20_000) < max(8 * spent(5_000), 0.5)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    words = " ".join(plain(escape(text)).split())
    assert words == plain(escape(words))
    assert plain(escape_start(escape(text))) == plain(escape(text))


@pytest.mark.parametrize(
    "text",
    ["a*b*c", "正文*重点*。", "[x](y)", "`code`", "<b>", "&lt;", "1. 一", "# 题", "a_b_c", "$5 和 $6", "=="],
)
def test_marks_in_plain_text_stay_text(text: str) -> None:
    assert plain(escape_start(escape(text))) == text
    (block,) = scan(escape_start(escape(text)) + "\n")
    assert block.kind == "paragraph"
