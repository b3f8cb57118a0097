"""How fast bodies are rendered: ours as a plain post, ours as an edition, and plain mistune, in turn.

    python bench/markdown.py [FOLDER_OF_MARKDOWN]

Without a folder it renders editions it makes itself. Milliseconds a post are medians of rounds of CPU time.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import mistune

from generator.site.markdown import Options, render

ROUNDS = 9


def edition(number: int) -> str:
    """A made-up edition of about 13 KB: 20 stories, 8 of them explained, and 16 short ones."""
    lines = [f"# 第{number}期", ""]
    for story in range(20):
        if story % 4 == 0:
            lines += [f"## 主题{story // 4}", ""]
        lines += [
            f"### [第{number}期的第{story}条新闻，说明一件事](https://example.com/{number}/{story})",
            "",
        ]
        lines += ["这一段说明发生了什么，由谁宣布，内部代号`a1-lite`，**规模比上一代大**。" * 3, ""]
        if story % 5 < 2:
            lines += [
                "**深度解读 & 洞察：**  ",
                "- 这意味着成本正在下降，也意味着竞争加剧。",
                "- 真正的变化还要等用户来证明。",
                "",
            ]
    lines += ["## 更多动态", ""]
    lines += [
        f"- [又一条消息{item}](https://example.org/{number}/{item})，以及它的下文。" for item in range(16)
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Print medians and the share of the fast path."""
    if len(sys.argv) > 1:
        files = sorted(Path(sys.argv[1]).rglob("*.md"))
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
        bodies = [text.partition("\n---\n")[2] if text.startswith("---\n") else text for text in texts]
    else:
        bodies = [edition(number) for number in range(60)]
    peer = mistune.create_markdown(
        escape=False, plugins=["table", "footnotes", "strikethrough", "task_lists"]
    )
    ways: dict[str, Callable[[str], object]] = {
        "mistune": peer,
        "a plain post": lambda body: render(body, Options()),
        "an edition": lambda body: render(body, Options(digest=True)),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.process_time()
            for body in bodies:
                way(body)
            taken[name].append((time.process_time() - begun) / len(bodies) * 1000)
    base = statistics.median(taken["mistune"])
    for name, times in taken.items():
        print(f"{name:14}{statistics.median(times):8.3f} ms a post{base / statistics.median(times):8.1f}x")
    rendered = [render(body, Options(digest=True)) for body in bodies]
    total = sum(one.blocks_total for one in rendered)
    fast = sum(one.blocks_fast for one in rendered)
    whole = sum(one.blocks_fast == one.blocks_total for one in rendered)
    print(
        f"without mistune: {fast / max(total, 1):.1%} of {total} blocks, {whole} of {len(bodies)} posts whole"
    )


if __name__ == "__main__":
    main()
