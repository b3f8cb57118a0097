"""How fast sites are built: ribao's plain-bench and default themes, and Hugo when it is installed, in turn.

    python -m bench.build [--posts 1000] [--rounds 3] [--folder DIR] [--hugo PATH] [--default-theme]

Put DIR on a tmpfs: making thousands of folders on a shared disk measures the disk. Every tool gets the
same posts and makes the same pages. Times are wall seconds / CPU seconds of the process tree; the ratio
is the median of the pairs, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from bench.markdown import edition

TAGS = [f"标签{number:03d}" for number in range(400)]
WEIGHTS = [1 / (number + 1) for number in range(400)]
Seconds = tuple[float, float]

HUGO = {
    "hugo.toml": """baseURL = "https://site.example.com/"
title = "每日简报"
disableKinds = ["section", "404"]
[pagination]
pagerSize = 20
[taxonomies]
tag = "tags"
[outputs]
home = ["html", "rss"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 20
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
noClasses = false
""",
    "layouts/baseof.html": """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{{ .Title }} - {{ .Site.Title }}</title><meta name="description" content="{{ .Params.summary }}">
<link rel="canonical" href="{{ .Permalink }}"><link rel="alternate" type="application/rss+xml" href="/index.xml">
</head><body><nav><a href="/">首页</a> <a href="/tags/">标签</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/home.html": """{{ define "main" }}{{ $p := .Paginate .Site.RegularPages }}{{ range $p.Pages }}<section>
<h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><time>{{ .Date.Format "2006-01-02" }}</time><p>{{ .Params.summary }}</p></section>
{{ end }}{{ if $p.HasPrev }}<a href="{{ $p.Prev.URL }}">←</a>{{ end }} {{ if $p.HasNext }}<a href="{{ $p.Next.URL }}">→</a>{{ end }}{{ end }}
""",
    "layouts/page.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1><p><time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>{{ .Content }}</article>
<p>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>{{ end }}
""",
    "layouts/term.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><time>{{ .Date.Format "2006-01-02" }}</time>
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
    "layouts/taxonomy.html": """{{ define "main" }}<ul>{{ range .Data.Terms.ByCount }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a>
{{ .Count }}</li>{{ end }}</ul>{{ end }}
""",
}
PLAIN = """[site]
title = "每日简报"
base_url = "https://site.example.com/"
theme = "plain-bench"
[markdown]
raw_html = "allow"
[build]
formats = ["rss"]
search = false
markdown_copies = false
related = 0
"""
DEFAULT = '[site]\ntitle = "每日简报"\nbase_url = "https://site.example.com/"\n'


def post(number: int) -> str:
    """A post of about 13 KB with eight tags; the same for a number, however many there are."""
    chance = random.Random(number)
    tags: dict[str, None] = {}
    while len(tags) < 8:
        tags[chance.choices(TAGS, WEIGHTS)[0]] = None
    day = date(1999, 1, 1) + timedelta(days=number // 6)
    listed = ", ".join(f'"{tag}"' for tag in tags)
    return f'---\ntitle: "第{number}期日报"\ndate: {day}\ntags: [{listed}]\nsummary: "第{number}期的要点"\n---\n{edition(number)}'


@dataclass(slots=True)
class Tool:
    """One builder with its site."""

    name: str
    folder: Path
    command: list[str]
    leftovers: tuple[str, ...]
    times: dict[str, list[Seconds]] = field(default_factory=dict)

    @property
    def posts(self) -> Path:
        return self.folder / "content" / "posts"

    def run(self, what: str) -> None:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(self.command, cwd=self.folder, capture_output=True, text=True, check=False)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(f"{self.name}: {done.stderr or done.stdout}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if what:
            self.times.setdefault(what, []).append((wall, cpu))

    def forget(self) -> None:
        for name in self.leftovers:
            shutil.rmtree(self.folder / name, ignore_errors=True)


def scenarios(tool: Tool, count: int) -> None:
    """One round: cold, nothing changed, a body edited, a post added."""
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
    new.write_text(post(count), encoding="utf-8")
    tool.run("one post added")
    new.unlink()


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
    lines = ["| wall s / CPU s | " + " | ".join(whats) + " |", "| --- |" + " --- |" * len(whats)]
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
        lines.append(f"| {tool.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


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
        makers.append(
            lambda: Tool(
                "ribao, default theme",
                make(folder / "default", asked.posts, {"site.toml": DEFAULT}),
                ours,
                ("public", ".ribao"),
            )
        )
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
