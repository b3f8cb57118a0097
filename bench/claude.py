"""Tokens and money of a 650-item day with Claude, played by a local server that speaks the Messages API.

python -m bench.claude            # single calls without and with prompt caching, batches, and a rerun of each

The items are Chinese entries with a summary from ../shared/data/stream/weeks, all dated to one day. The
played model keeps every story and writes its headline and up to three sentences of its first source,
each with its quotation. Tokens are counted by rule, one a Han character and one for three others, as
the budget does; a prefix is cached once an answer that began with it has come back, from MINIMUM tokens on.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.text.width import han_count
from tests.fake_claude import FakeClaude, Seen, message

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "stream" / "weeks"
DAY, ITEMS = "2026-07-20", 650
MINIMUM = 1_024  # tokens below which a server caches nothing
_BLOCK = re.compile(r"^\[\w{12} (?:story|source) (\w+)\]\n(.*?)\n\[\w{12} end\]$", re.MULTILINE | re.DOTALL)


def tokens(text: str) -> int:
    han = han_count(text)
    return han + (len(text) - han) // 3


def answer(user: str, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the played model says to one prompt whose answer has the fields `names`."""
    blocks = dict(_BLOCK.findall(user))
    if "stories" in names:
        levels = ("high", "medium", "low")
        return {
            "stories": [
                {
                    "id": identity,
                    "keep": True,
                    "region": "domestic",
                    "importance": levels[place % 3],
                    "theme": ("大模型", "芯片与算力", "机器人", "应用", "资本市场")[place % 5],
                    "reason": "产品发布，影响开发者的选择与成本。",
                    "suspicious": False,
                }
                for place, identity in enumerate(blocks)
            ]
        }
    heads = {identity: text.split("\n")[0] for identity, text in blocks.items()}
    first = next(iter(heads))
    if "title" in names:
        lines = [{"id": identity, "line": head} for identity, head in list(heads.items())[:8]]
        return {"title": heads[first], "lead_ids": [first], "summary": lines, "impact": []}
    body = blocks[first].partition("\n")[2]
    said = re.findall(r"[^。！？\n]{8,140}[。！？]", body)[:3] or [heads[first]]
    proofs = [
        {"text": text, "evidence": [{"source": first, "quote": text}]} for text in (heads[first], *said)
    ]
    return {"headline": proofs[0], "sentences": proofs[1:], "insights": [], "tags": []}


class Played:
    """The server's side: answers, and counts what it would charge for."""

    def __init__(self) -> None:
        self.held: set[str] = set()  # prefixes in the cache
        self.lock = threading.Lock()
        self.batch: list[dict[str, Any]] = []
        self.url = ""

    def __call__(self, seen: Seen) -> Any:
        path, _, body = seen
        if path == "/v1/messages":
            return self.message(body)
        if path.endswith("/results"):
            rows = (
                {"custom_id": one["custom_id"], "result": {"type": "succeeded", "message": self.message(one["params"])}}
                for one in self.batch
            )  # fmt: skip
            return 200, "\n".join(map(json.dumps, rows)).encode(), {"content-type": "application/x-jsonl"}
        self.batch = body["requests"] if body else self.batch
        moment = f"{DAY}T00:00:00Z"
        return {
            "id": "batch_1", "type": "message_batch", "processing_status": "ended", "created_at": moment,
            "expires_at": moment, "ended_at": moment, "archived_at": None, "cancel_initiated_at": None,
            "results_url": f"{self.url}/results",
            "request_counts": {"processing": 0, "succeeded": len(self.batch), "errored": 0, "canceled": 0, "expired": 0},
        }  # fmt: skip

    def message(self, body: dict[str, Any]) -> dict[str, Any]:
        rules = body["system"][0]
        prefix = tokens(rules["text"])
        rest = sum(tokens(turn["content"]) for turn in body["messages"])
        said = answer(body["messages"][0]["content"], body["output_config"]["format"]["schema"]["properties"])
        usage = {
            "input_tokens": rest + prefix,
            "output_tokens": tokens(json.dumps(said, ensure_ascii=False)),
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
        }
        if "cache_control" in rules and prefix >= MINIMUM:
            key = body["model"] + rules["text"]
            usage["input_tokens"] = rest
            usage["cache_read_input_tokens" if key in self.held else "cache_creation_input_tokens"] = prefix
            time.sleep(0.05)  # answers take time: what begins meanwhile finds no prefix
            with self.lock:
                self.held.add(key)
        return message(said, **usage)


def items() -> list[dict[str, Any]]:
    rows = [row for path in sorted(DATA.glob("*/*")) for row in map(json.loads, path.open(encoding="utf-8"))]
    chinese = [row for row in rows if row["lang"] == "zh" and row["url"]]
    chinese.sort(key=lambda row: -len(row["summary"] or ""))
    spread = 86_000 / ITEMS
    return [
        {
            **{name: row[name] for name in ("title", "url", "source", "summary")},
            "published": time.strftime(f"{DAY}T%H:%M:%S+08:00", time.gmtime(place * spread)),
        }
        for place, row in enumerate(chinese[:ITEMS])
    ]


def ribao(site: Path, *arguments: str) -> Any:
    environment = {**os.environ, "ANTHROPIC_API_KEY": "sk-played"}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments, "--json"],
        cwd=site, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def day(folder: Path, name: str, settings: str) -> None:
    """Make the edition twice on a fresh site, and print what each run cost."""
    site = folder / name.replace(" ", "-")
    site.mkdir()
    played = Played()
    with FakeClaude(played) as server:
        played.url = server.url
        (site / "site.toml").write_text(
            '[site]\ntitle = "日报"\n[edition]\ncover = false\nmax_per_source = 40\n[claude]\n'
            f'base_url = "{server.url}"\n{settings}\n',
            encoding="utf-8",
        )
        (site / "items.jsonl").write_text(
            "\n".join(json.dumps(row, ensure_ascii=False) for row in items()), encoding="utf-8"
        )
        ribao(site, "collect", "--from", "items.jsonl", "--at", f"{DAY}T23:59")
        for run in (name, f"{name}, again"):
            before = len(server.seen)
            done = ribao(site, "publish", "--date", DAY, "--editor", "claude")
            costs = done["costs"]
            print(
                f"{run:28} {done['stories']:3} stories {done['mode']:8} {len(server.seen) - before:3} requests"
                f" {costs['input_tokens']:7,} in {costs['cache_write_tokens']:6,} written"
                f" {costs['cache_read_tokens']:6,} read {costs['output_tokens']:6,} out  US${costs['usd']:.4f}",
                flush=True,
            )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        day(Path(name), "single calls", "prompt_cache = false")
        day(Path(name), "prompt cache", "")
        day(Path(name), "batches", "batch = true\nmax_wait = 0.1")
