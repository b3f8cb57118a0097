"""How fast sites are built: ribao's plain-bench and default themes, and Hugo when it is installed, in turn.

    python -m bench.build [--posts 1000] [--rounds 3] [--folder DIR] [--hugo PATH] [--default-theme]

Put DIR on a tmpfs: making thousands of folders on a shared disk measures the disk. Every tool gets the
same posts and makes the same pages. Times are wall seconds / CPU seconds of the process tree; the ratio
is the median of the pairs, so that a busy machine slows both. Memory is the largest sum over all processes
of a tool, in MB, where the system tells it (Linux).

"restored" is a new machine's day: a clone whose files have new times, with the cache and the output put
back by an archive, and one post more.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bench.markdown import edition
from bench.sites import DEFAULT, HUGO, NO_SEARCH, PLAIN

TAGS = [f"标签{number:03d}" for number in range(400)]
WEIGHTS = [1 / (number + 1) for number in range(400)]
Seconds = tuple[float, float]

CODE = """## 代码速览

```python
from dataclasses import dataclass, field

@dataclass
class Item:
    \"\"\"One headline.\"\"\"
    title: str
    tags: list[str] = field(default_factory=list)

def count(items):
    seen = {}
    for item in items:
        for tag in item.tags:
            seen[tag] = seen.get(tag, 0) + 1
    return sorted(seen.items(), key=lambda pair: (-pair[1], pair[0]))
```

"""
CARD = """
---

<div class="card">
  <p>欢迎加入读者群 <a href="https://chat.example.com/news">@news_daily</a>，每日推送。</p>
</div>
"""


def post(number: int) -> str:
    """A post of about 13 KB with eight tags, in every seventh code; the same for a number, however many there are."""
    chance = random.Random(number)
    tags: dict[str, None] = {}
    while len(tags) < 8:
        tags[chance.choices(TAGS, WEIGHTS)[0]] = None
    day = date(1999, 1, 1) + timedelta(days=number // 6)
    listed = ", ".join(f'"{tag}"' for tag in tags)
    head = f'title: "第{number}期日报"\ndate: {day}\ntags: [{listed}]\nsummary: "第{number}期的要点"'
    body = edition(number)
    if number % 7 == 0:
        body = body.replace("## 更多动态", f"{CODE}## 更多动态")
    return f"---\n{head}\n---\n{body}{CARD}"


@dataclass(slots=True)
class Tool:
    """One builder with its site."""

    name: str
    folder: Path
    command: list[str]
    leftovers: tuple[str, ...]
    times: dict[str, list[Seconds]] = field(default_factory=dict)
    memory: float = 0  # MB, the most at any time

    @property
    def posts(self) -> Path:
        return self.folder / "content" / "posts"

    def run(self, what: str, folder: Path | None = None) -> None:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        process = subprocess.Popen(
            self.command,
            cwd=folder or self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        ended = threading.Event()
        watch = threading.Thread(target=self._watch, args=(process.pid, ended))
        watch.start()
        said, _ = process.communicate()
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        ended.set()
        watch.join()
        if process.returncode:
            sys.exit(f"{self.name}: {said}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if what:
            self.times.setdefault(what, []).append((wall, cpu))

    def _watch(self, pid: int, ended: threading.Event) -> None:
        while not ended.wait(0.05):
            self.memory = max(self.memory, memory_of(pid) / 2**20)

    def forget(self) -> None:
        for name in self.leftovers:
            shutil.rmtree(self.folder / name, ignore_errors=True)


def memory_of(pid: int) -> int:
    """Bytes that a process and all it started hold; 0 where /proc does not say."""
    total = 0
    with contextlib.suppress(OSError):
        total = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
        for task in os.listdir(f"/proc/{pid}/task"):
            children = Path(f"/proc/{pid}/task/{task}/children").read_text().split()
            total += sum(memory_of(int(child)) for child in children)
    return total


def restored(tool: Tool) -> Path:
    """A clone of a tool's site: files of new times, with what an archive put back."""
    clone = tool.folder.with_name(f"{tool.folder.name}-clone")
    shutil.rmtree(clone, ignore_errors=True)
    kept = shutil.ignore_patterns(*tool.leftovers)
    shutil.copytree(tool.folder, clone, ignore=kept, copy_function=shutil.copyfile)
    for name in tool.leftovers:
        if (tool.folder / name).exists():
            shutil.copytree(tool.folder / name, clone / name)
    return clone


def scenarios(tool: Tool, count: int) -> None:
    """One round: cold, nothing changed, a body edited, a post added here and to a restored clone."""
    tool.forget()
    tool.run("cold")
    tool.run("nothing changed")
    middle = tool.posts / f"daily-{count // 2:05d}.md"
    text = middle.read_text(encoding="utf-8")
    middle.write_text(f"{text}\n补充一句。\n", encoding="utf-8")
    tool.run("one body edited")
    middle.write_text(text, encoding="utf-8")
    tool.run("")
    new = tool.posts / f"daily-{count:05d}.md"
    clone = restored(tool)
    for folder, what in ((tool.folder, "one post added"), (clone, "one post added, restored")):
        (folder / new.relative_to(tool.folder)).write_text(post(count), encoding="utf-8")
        tool.run(what, folder)
    new.unlink()
    shutil.rmtree(clone)


def make(folder: Path, count: int, files: dict[str, str]) -> Path:
    """Write a site and its posts."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    posts = folder / "content" / "posts"
    posts.mkdir(parents=True)
    for number in range(count):
        (posts / f"daily-{number:05d}.md").write_text(post(number), encoding="utf-8")
    return folder


def table(tools: list[Tool]) -> str:
    """The medians as Markdown; ratios are Hugo's wall time by ours, pair by pair."""
    whats = list(tools[0].times)
    lines = ["| wall s / CPU s | " + " | ".join(whats) + " | MB |", "| --- |" + " --- |" * (len(whats) + 1)]
    peer = next((tool for tool in tools if tool.name == "Hugo"), None)
    for tool in tools:
        cells = []
        for what in whats:
            walls, cpus = zip(*tool.times[what], strict=True)
            cell = f"{statistics.median(walls):.2f} / {statistics.median(cpus):.2f}"
            if peer and tool is not peer:
                pairs = zip(peer.times[what], tool.times[what], strict=True)
                cell += f" ({statistics.median(theirs[0] / ours[0] for theirs, ours in pairs):.1f}×)"
            cells.append(cell)
        lines.append(f"| {tool.name} | " + " | ".join(cells) + f" | {tool.memory:.0f} |")
    return "\n".join(lines)


def default_site(name: str, folder: Path, count: int, settings: str, command: list[str]) -> Tool:
    """A site with the default theme."""
    return Tool(name, make(folder, count, {"site.toml": settings}), command, ("public", ".ribao"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--hugo", default=shutil.which("hugo") or "")
    parser.add_argument("--default-theme", action="store_true", help="measure the default theme too")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=asked.folder))
    ours = [sys.executable, "-m", "generator", "build"]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    makers: list[Callable[[], Tool]] = [
        lambda: Tool(
            "ribao, equal pages",
            make(folder / "plain", asked.posts, {"site.toml": PLAIN}),
            ours,
            ("public", ".ribao"),
        )
    ]
    if asked.hugo:
        makers.insert(
            0,
            lambda: Tool(
                "Hugo",
                make(folder / "hugo", asked.posts, HUGO),
                [asked.hugo, "--quiet"],
                ("public", "resources"),
            ),
        )
    if asked.default_theme:
        for name, place, settings in (
            ("ribao, default theme", "default", DEFAULT),
            ("the same without search", "unsearched", NO_SEARCH),
        ):
            makers.append(partial(default_site, name, folder / place, asked.posts, settings, ours))
    try:
        tools = [maker() for maker in makers]
        for _ in range(asked.rounds):
            for tool in tools:
                scenarios(tool, asked.posts)
        print(f"{asked.posts} posts, {asked.rounds} rounds, {os.cpu_count()} processors\n\n{table(tools)}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
