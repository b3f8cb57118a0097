"""The fast path gives the bytes that mistune's path gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.site.markdown import Options, Rendered, render
from generator.site.markdown.fast import Reader

SHARED = Path(__file__).parents[4] / "shared"

DIGEST = """# 一天的标题

## 主题一

### [甲公司发布 A&B 模型](https://www.example.com/a?id=1&idx=2)

第一句说明`code`，**重点**在此。价格 $5，共 5~10 个，"引号" 与 x > y。

**深度解读 & 洞察：**
- 第一点。
- **要点**：第二点，见[链接](https://example.com/b)。

**核心能力：**
- 甲

### 没有链接的标题 C#

2026年的段落
第二行继续

**影响：**
- 影响一

```python
def f(xs: list[int]) -> list[int]:
    return xs

# 结束
```

## 更多动态

- [消息](https://example.com/c)，后文。
- [又一](https://example.com/d)。

---

<div class="card">
  <a href="https://example.com">加入</a>
</div>
""".replace("洞察：**\n", "洞察：**  \n")


def both(text: str, options: Options) -> tuple[Rendered, Rendered]:
    """The same body with the fast path and with mistune alone."""
    quick = render(text, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "read", _read_slowly)
        slow = render(text, options)
    return quick, slow


def _read_slowly(self: Reader, body: str) -> None:
    self._body = body
    self._rest(0)


def same(text: str) -> Rendered:
    quick = Rendered("")
    for options in (Options(digest=True, base="https://example.com/"), Options(raw_html="allow")):
        quick, slow = both(text, options)
        assert (quick.html, quick.headings, quick.stories, quick.plain, quick.images, quick.has_math) == (
            slow.html,
            slow.headings,
            slow.stories,
            slow.plain,
            slow.images,
            slow.has_math,
        )
    return quick


def test_a_digest_needs_no_mistune_at_all() -> None:
    rendered = same(DIGEST)
    assert rendered.blocks_fast == rendered.blocks_total > 15
    script = f"import sys; from generator.site.markdown import render; render({DIGEST!r}); print('mistune' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "# 题",
            "## 主题 {#x}",
            "### [甲](https://e.com/a)",
            "### 乙 #",
            "中文段落。",
            "English text",
            "***",
            "---",
        ),
        *(
            "- 甲",
            "- [乙](https://e.com/b)，后",
            "  - 丙",
            "* 丁",
            "+ 戊",
            "1. 一",
            "2. 二",
            "3) 三",
            "  继续",
            "    代码",
            "\t制表",
        ),
        *(
            "**影响：**",
            "**深度解读：** 文",
            "**核心：**",
            "**更多动态**",
            "**a**b**c**",
            "**“x”**y",
            "`a` **b** [c](https://e.com)",
        ),
        *(
            "> 引",
            "> - a",
            "```",
            "~~~",
            "```py",
            "| a | b |",
            "|---|---|",
            "a | b",
            "词",
            ": 释",
            "[r]: /u",
            "[r]",
            "[^1]",
            "[^1]: 注",
        ),
        *(
            "<div>",
            "</div>",
            "<p>x</p>",
            "<!-- c -->",
            "<!--",
            "<b>x</b>",
            "![i](a.png)",
            "![i](a.png 't')",
            "===",
            "==",
            "-",
            "- ",
        ),
        *(
            "$a$ $b$",
            "$5",
            "$$",
            "~~x~~",
            "a~b",
            "a_b_c",
            "_x_",
            "\\*x",
            "&amp; & &lt;",
            "a  ",
            "https://e.com/x，后",
            "\u3000缩进",
            "- [x] t",
        ),
        *(
            "[a](https://e.com/?a=1&b=2)",
            "[a](javascript:x)",
            "![x][r]",
            "<https://e.com>",
            "２．全角",
            "2026年",
            "5. 五",
            "*斜*",
            "a*b",
            "***",
        ),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_any_order_of_lines_gives_the_same_page(lines: list[str]) -> None:
    same("\n".join(lines))


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet='中文，。“a b*_`[]()!<>&;#-:~$|\\"/h1\n', max_size=60))
def test_any_characters_give_the_same_page(text: str) -> None:
    same(text)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "**",
                "*",
                "`",
                "[",
                "](https://e.com/a)",
                "中",
                "a",
                "：",
                "“",
                " ",
                "_",
                "~~",
                "&",
                '"',
                ".",
                "https://e.com",
            ]
        ),
        max_size=16,
    )
)
def test_any_marks_in_a_line_give_the_same_page(parts: list[str]) -> None:
    same("- 首 " + "".join(parts) + "\n\n段" + "".join(parts))


def posts() -> Iterator[Path]:
    for folder in (
        "digests/themed-posts",
        "digests/bubble-daily",
        "digests/radar-reports",
        "blogs/jekyll-zh",
    ):
        yield from sorted((SHARED / "data" / folder).rglob("*.md"))[::12]


def test_posts_that_nobody_here_wrote_give_the_same_page() -> None:
    found = list(posts())
    if not found:
        pytest.skip("the posts are not here")
    for path in found:
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        same(text.partition("\n---\n")[2] or text)
