"""docs/writing.md tells what is so: its keys are those that are read, its examples come out as it says."""

from __future__ import annotations

import re
from pathlib import Path

from generator.markup.frontmatter import split
from generator.site.fields import NAMES
from generator.site.images import _WORTH
from generator.site.markdown import render

GUIDE = (Path(__file__).parents[2] / "docs" / "writing.md").read_text(encoding="utf-8")


def test_the_keys_of_the_guide_are_those_that_are_read() -> None:
    table = GUIDE.partition("| key | what it says")[2].partition("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| `")]
    told = [re.findall("`([^`]+)`", row[0])[0] for row in rows]
    also = [re.findall(r"`(\w+)`", row[-1].rpartition("|")[0]) for row in rows]
    assert [{name, *others} for name, others in zip(told, also, strict=True)] == [
        set(spellings) for spellings in NAMES.values()
    ]


def test_its_example_is_front_matter_without_a_fault() -> None:
    example = GUIDE.partition("```yaml\n")[2].partition("```")[0]
    assert split(example + "正文\n").warnings == ()


def test_its_numbers_are_those_of_the_program() -> None:
    from generator.config.schema import MarkdownConfig
    from generator.markup.frontmatter import MAX_HEAD

    limits = MarkdownConfig()
    for number in (limits.max_bytes, limits.max_code_bytes, _WORTH, MAX_HEAD):
        assert f"{number:,}" in GUIDE
    assert f"{limits.max_seconds:g} seconds" in GUIDE


def test_its_marks_give_what_it_says() -> None:
    code = GUIDE.partition("````markdown\n")[2].partition("````")[0]
    assert 'class="highlight numbered"' in render(code).html and "a.py" in render(code).html
    for text, part in {
        "**影响：**对行业": "<strong>影响：</strong>对行业",
        "见 https://e.com/x，后文": '">https://e.com/x</a>，后文',
        "- [x] 做完": 'type="checkbox"',
        "> [!TIP]\n> 文": 'class="alert tip"',
        "$a^2$": 'class="math"',
        "$5 和 $8": "$5 和 $8",
        "## 标题 {#own}": 'id="own"',
        '![说明](p.jpg "题注")': "<figcaption>题注",
        "词\n: 释义": "<dd>释义",
    }.items():
        assert part in render(text).html, text
