"""Chinese beside Markdown's marks: emphasis, bare links, line breaks."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path

import pytest

from generator.site.markdown import Options, render

DATA = Path(__file__).parents[4] / "shared/data/markdown"


def shown(text: str) -> str:
    return render(text, Options(raw_html="allow")).html.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**影响：**对行业", "<p><strong>影响：</strong>对行业</p>"),
        ("称其为**“拐点”**之年", "<p>称其为<strong>“拐点”</strong>之年</p>"),
        ("价格**（含税）**不变", "<p>价格<strong>（含税）</strong>不变</p>"),
        ("**一：**甲**二**乙", "<p><strong>一：</strong>甲<strong>二</strong>乙</p>"),
        ("gpt_oss_20b 与 snake_case", "<p>gpt_oss_20b 与 snake_case</p>"),
        ("** 空格不算 **", "<p>** 空格不算 **</p>"),
    ],
)
def test_emphasis_works_beside_full_width_punctuation(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "url", "after"),
    [
        ("见 https://e.com/x，后文", "https://e.com/x", "，后文"),
        ("见https://e.com/x。", "https://e.com/x", "。"),
        ("（https://e.com/a(b)）", "https://e.com/a(b)", "）"),
        ("**https://e.com/x**中文", "https://e.com/x", "</strong>中文"),
        ("(see https://e.com/x.)", "https://e.com/x", ".)"),
    ],
)
def test_a_bare_link_ends_where_chinese_begins(text: str, url: str, after: str) -> None:
    assert f'<a href="{url}" rel="noopener">{url}</a>{after}' in shown(text)


def test_a_line_break_between_han_is_no_space_but_one_beside_latin_is() -> None:
    assert shown("大模型\n发布") == "<p>大模型发布</p>"
    assert shown("他说\n“好”") == "<p>他说“好”</p>"
    assert shown("发布 GPT\n模型") == "<p>发布 GPT\n模型</p>"
    assert shown("한국\n사람") == "<p>한국\n사람</p>"


def test_money_is_no_formula() -> None:
    assert "math" not in shown("以 $5 亿收购，估值 $20 亿")
    assert '<span class="math">\\(a_1+b\\)</span>' in shown("设 $a_1+b$ 为和")
    assert render("$$\nx^2\n$$").has_math


def test_the_cases_of_the_amendment() -> None:
    path = DATA / "cjk-friendly/strong.json"
    if not path.exists():
        pytest.skip("the cases are not here")
    cases = json.loads(path.read_text(encoding="utf-8"))
    wrong = [
        case["markdown"]
        for case in cases
        if html.unescape(shown(case["markdown"]).replace(' rel="noopener"', ""))
        != html.unescape(case["html"])
    ]
    assert len(cases) == 85
    assert wrong == []


def test_of_the_lines_found_in_the_wild_at_most_14_keep_their_asterisks() -> None:
    path = DATA / "cjk-emphasis-in-the-wild.jsonl"
    if not path.exists():
        pytest.skip("the lines are not here")
    lines = [json.loads(line)["line"] for line in path.read_text(encoding="utf-8").splitlines()]
    left = [line for line in lines if "**" in re.sub(r"<code>.*?</code>|<a [^>]*>", "", shown(line))]
    assert len(lines) == 161
    assert len(left) <= 14


def test_commonmark_stays_what_it_is() -> None:
    """The specification's examples (CC-BY-SA) are read from an installed `commonmark-spec`."""
    spec = Path(os.environ.get("COMMONMARK_SPEC", "node_modules/commonmark-spec/spec.txt"))
    if not spec.exists():
        pytest.skip("set COMMONMARK_SPEC to the specification's spec.txt")
    import mistune
    from mistune.core import BlockState
    from mistune.renderers.html import HTMLRenderer

    from generator.site.markdown.engine import parser

    class Plain(HTMLRenderer):
        def literal(self, text: str) -> str:
            return mistune.escape(text)

    draw = Plain(escape=False, allow_harmful_protocols=True)
    found = re.findall(
        r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", spec.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    right = 0
    for source, expected in found:
        tokens, state = parser(extensions=False).parse(source.replace("→", "\t"), BlockState())
        assert isinstance(tokens, list)
        right += _folded(draw.render_tokens(tokens, state)) == _folded(expected.replace("→", "\t"))
    assert (len(found), right >= 648) == (652, True), right


def _folded(page: str) -> str:
    page = re.sub(r"\s*/>", ">", page)
    page = re.sub(r"\s+</code>", "</code>", page)
    page = re.sub(r"\s+(</?(?:ul|ol|li|p|pre|blockquote|h\d|hr)\b)", r"\1", page)
    return (
        re.sub(r"\s+", " ", re.sub(r">\s+<", "><", page)).replace("&quot;", '"').replace("%20", " ").strip()
    )
