"""A small paper to publish from: six stories of one day, and the command line as a person calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

DAY, MOMENT = "2026-01-07", "2026-01-07T18:00"
STORIES = [
    ("星桥科技完成约2亿元A轮融资", "星桥科技宣布完成约2亿元A轮融资。资金将用于人形机器人量产。", "https://news.example.com/1"),
    ("天枢大模型开源", "天枢团队开源了天枢大模型，参数规模为70亿。许可允许商用。", "https://news.example.com/2"),
    ("Orbit Labs releases Orbit-3 model", "Orbit Labs released its AI model Orbit-3 on Tuesday. It has about 7 billion parameters.", "https://news.example.org/3"),
    ("某市计划建成三座智算中心", "某市计划到2027年建成三座智算中心，服务人工智能企业。", "https://news.example.com/4"),
    ("海岳芯片公布推理芯片路线图", "海岳芯片公布了AI推理芯片路线图。首款产品拟于明年三月交付。", "https://news.example.com/5"),
    ("云帆机器人获得汽车厂订单", "云帆机器人获得汽车厂订单，将交付120台人形机器人。", "https://news.example.com/6"),
]  # fmt: skip


def found(folder: Path, more: str = "", zone: str = "Asia/Shanghai") -> None:
    """Write the settings: no cover, two stories are a full day."""
    (folder / "site.toml").write_text(
        f'[site]\ntitle = "测试日报"\ntimezone = "{zone}"\n[edition]\nmin_stories = 2\ncover = false\n{more}',
        encoding="utf-8",
    )


def collect(
    folder: Path,
    stories: list[tuple[str, str, str]],
    *,
    day: str = DAY,
    at: str = f"{DAY}T09:00",
    hour: int = 0,
) -> None:
    """Put stories into the store, published an hour apart from `hour` of `day` on."""
    rows = [
        {
            "title": title,
            "url": url,
            "source": "示例新闻",
            "published": f"{day}T{hour + number % 8:02}:10:00+08:00",
            "summary": text,
        }
        for number, (title, text, url) in enumerate(stories)
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "items.jsonl").write_text(lines, encoding="utf-8")
    done = ribao(folder, "collect", "--from", "items.jsonl", "--at", at)
    assert done.returncode == 0, done.stderr


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "generator", *arguments]


def environment(**more: str) -> dict[str, str]:
    """Return this environment without a key of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ANTHROPIC_")} | more


def ribao(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def publish(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return ribao(folder, "publish", "--date", DAY, "--at", MOMENT, *arguments, **more)


def post(folder: Path, edition: str = DAY) -> Path:
    return folder / "content" / "posts" / edition / "index.md"


def record(folder: Path, edition: str = DAY) -> dict[str, Any]:
    path = folder / "content" / "posts" / edition / "edition.json"
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["edition"]
    return value


def articles(folder: Path, edition: str = DAY) -> dict[str, dict[str, Any]]:
    """Return the stories of an edition's record by headline."""
    return {a["headline"]: a for s in record(folder, edition)["sections"] for a in s["articles"]}
