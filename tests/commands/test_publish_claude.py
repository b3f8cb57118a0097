"""`ribao publish --editor claude` as a user runs it, against a local server that plays the model."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fake_claude import FakeClaude, error, message

KEY = "sk-canary-7f3a"
ITEMS = [
    ("星桥科技完成约2亿元A轮融资", "星桥科技宣布完成约2亿元A轮融资。资金将用于人形机器人量产。", "https://news.example.com/1"),
    ("天枢大模型开源", "天枢团队开源了天枢大模型，参数规模为70亿。许可允许商用。", "https://news.example.com/2"),
    ("Orbit Labs releases Orbit-3 model", "Orbit Labs released its AI model Orbit-3 on Tuesday. It has about 7 billion parameters.", "https://news.example.org/3"),
    ("某市计划建成三座智算中心", "某市计划到2027年建成三座智算中心，服务人工智能企业。", "https://news.example.com/4"),
    ("海岳芯片公布推理芯片路线图", "海岳芯片公布了AI推理芯片路线图。首款产品拟于明年三月交付。", "https://news.example.com/5"),
    ("云帆机器人获得汽车厂订单", "云帆机器人获得汽车厂订单，将交付120台人形机器人。", "https://news.example.com/6"),
]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    rows = [
        {
            "title": title,
            "url": url,
            "source": "示例",
            "published": f"2026-01-07T0{n}:10:00+08:00",
            "summary": text,
        }
        for n, (title, text, url) in enumerate(ITEMS)
    ]
    (tmp_path / "items.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8"
    )
    settings(tmp_path, "http://127.0.0.1:9")
    done = ribao(tmp_path, "collect", "--from", "items.jsonl", "--at", "2026-01-07T09:00")
    assert done.returncode == 0, done.stderr
    return tmp_path


def settings(folder: Path, url: str, more: str = "") -> None:
    (folder / "site.toml").write_text(
        f'[site]\ntitle = "测试日报"\n[edition]\nmin_stories = 2\ncover = false\n'
        f'[claude]\nbase_url = "{url}"\nmax_wait = 0.05\ntimeout = 5.0\n{more}',
        encoding="utf-8",
    )


def ribao(folder: Path, *arguments: str, key: str = "") -> subprocess.CompletedProcess[str]:
    clean = {
        n: v
        for n, v in os.environ.items()
        if not n.startswith("ANTHROPIC_") and not n.lower().endswith("_proxy")
    }
    environment = {**clean, **({"ANTHROPIC_API_KEY": key} if key else {})}
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )  # fmt: skip


def publish(folder: Path, *arguments: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
    return ribao(folder, "publish", "--date", "2026-01-07", "--at", "2026-01-07T18:00", *arguments, key=key)


def answer(seen: tuple[str, dict[str, str], Any]) -> Any:
    """Play a model that tells the truth: Chinese sentences that its quotations carry."""
    _, _, body = seen
    user, names = body["messages"][0]["content"], body["output_config"]["format"]["schema"]["properties"]
    blocks = dict(
        re.findall(r"^\[\w{12} (?:story|source) (\w+)\]\n(.*?)\n\[\w{12} end\]$", user, re.M | re.S)
    )
    if "stories" in names:
        row = {
            "keep": True,
            "region": "domestic",
            "importance": "high",
            "theme": "模型与机器人",
            "reason": "有实质进展",
            "suspicious": False,
        }
        return message({"stories": [{"id": identity, **row} for identity in blocks]})
    if "title" in names:
        heads = {identity: text.splitlines()[0] for identity, text in blocks.items()}
        first = next(iter(heads))
        return message({
            "title": heads[first], "lead_ids": [first],
            "summary": [{"id": identity, "line": head} for identity, head in heads.items()], "impact": [],
        })  # fmt: skip
    (identity, text), *_ = blocks.items()
    title, body_text = text.split("\n", 1)
    if "Orbit" in title:
        said = [
            ("Orbit Labs 发布 Orbit-3 模型", title),
            ("Orbit Labs 周二发布了人工智能模型 Orbit-3，参数约70亿。", body_text),
        ]
    else:
        said = [(title, title), (re.split(r"(?<=。)", body_text)[0], re.split(r"(?<=。)", body_text)[0])]
    proofs = [{"text": words, "evidence": [{"source": identity, "quote": quote}]} for words, quote in said]
    return message({"headline": proofs[0], "sentences": proofs[1:], "insights": [], "tags": []})


def edition(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(
        (folder / "content/posts/2026-01-07/edition.json").read_text(encoding="utf-8")
    )
    return record["edition"]  # type: ignore[no-any-return]


def test_an_edition_by_the_model_is_full_translated_and_verifies(site: Path) -> None:
    with FakeClaude(answer) as server:
        settings(site, server.url)
        done = publish(site, "--json")
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        assert report["mode"] == "full", report
        assert report["stories"] == 6 and report["costs"]["calls"] == len(server.seen) == 8
        text = (site / "content/posts/2026-01-07/index.md").read_text(encoding="utf-8")
        assert "### [Orbit Labs 发布 Orbit-3 模型](https://news.example.org/3)" in text
        assert "参数约70亿" in text and "mode: offline" not in text
        proven = ribao(site, "verify", "2026-01-07")
        assert proven.returncode == 0, proven.stdout

        before = text, len(server.seen)
        again = publish(site, "--json")
        assert json.loads(again.stdout)["changed"] is False and json.loads(again.stdout)["costs"]["usd"] == 0
        assert (text, len(server.seen)) == before
        for path in site.rglob("*"):
            assert not path.is_file() or KEY.encode() not in path.read_bytes(), path
        assert KEY not in done.stdout + done.stderr


def test_a_wrong_number_is_sent_back_then_the_story_is_told_by_rule(site: Path) -> None:
    def wrong(seen: tuple[str, dict[str, str], Any]) -> Any:
        reply = answer(seen)
        text = reply["content"][0]["text"]
        return {**reply, "content": [{"type": "text", "text": text.replace("参数约70亿", "参数约7亿")}]}

    with FakeClaude(wrong) as server:
        settings(site, server.url)
        done = publish(site, "--json")
    report = json.loads(done.stdout)
    complaint = [body["messages"][2]["content"] for _, _, body in server.seen if len(body["messages"]) > 1]
    assert report["mode"] == "degraded" and len(complaint) == 1 and "number" in complaint[0]
    text = (site / "content/posts/2026-01-07/index.md").read_text(encoding="utf-8")
    assert "7亿" not in text.replace("70亿", "") and "about 7 billion parameters" in text


def test_without_a_key_the_edition_is_made_and_says_so_once(site: Path) -> None:
    done = publish(site, "--editor", "claude", key="")
    assert done.returncode == 0 and done.stderr.count("ANTHROPIC_API_KEY is not set") == 1
    assert edition(site)["mode"] == "offline"


def test_a_refused_key_ends_in_an_offline_edition_after_one_call(site: Path) -> None:
    with FakeClaude(error(401, "authentication_error")) as server:
        settings(site, server.url, "workers = 1\n")
        done = publish(site)
    assert done.returncode == 0 and len(server.seen) == 1 and KEY not in done.stdout + done.stderr
    assert edition(site)["mode"] == "offline" and "key refused" in done.stderr


def test_a_spent_budget_leaves_the_rest_to_the_rules_and_says_so(site: Path) -> None:
    def dear(seen: tuple[str, dict[str, str], Any]) -> Any:
        return {**answer(seen), "usage": {"input_tokens": 1_500, "output_tokens": 800}}

    with FakeClaude(dear) as server:
        # triage and the first stories fit; what another call might take does not
        settings(site, server.url, "workers = 1\nmax_tokens = 2000\nbudget_tokens = 9000\n")
        done = publish(site, "--json")
    report = json.loads(done.stdout)
    used = report["costs"]["input_tokens"] + report["costs"]["output_tokens"]
    assert done.returncode == 0 and report["mode"] == "degraded" and report["stories"] == 6
    assert 0 < used <= 9000 and "budget" in " ".join(report["notes"])
    assert 0 < len(server.seen) < 8
