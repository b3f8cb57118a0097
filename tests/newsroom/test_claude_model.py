"""The model's seam against a server that speaks its protocol: every fault ends as a named value."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from generator.config.schema import ClaudeConfig
from generator.newsroom.claude.budget import Budget, cost, estimate
from generator.newsroom.claude.model import ClaudeModel
from generator.newsroom.claude.replies import entries, plain, read_json
from generator.newsroom.model import Answer, ModelFailure, Prompt, Usage
from tests.fake_claude import FakeClaude, Script, error, message

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}
KEY = "sk-secret-canary"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("ANTHROPIC_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def prompt(user: str = "说一个词", **changes: Any) -> Prompt:
    return dataclasses.replace(Prompt("write", "claude-sonnet-5-5", "规则", user, SCHEMA, 500), **changes)


def ask(
    tmp_path: Path, *replies: Script, prompts: int = 1, **settings: Any
) -> tuple[list[Answer | ModelFailure], FakeClaude]:
    with FakeClaude(*replies) as server:
        options: dict[str, Any] = {
            "base_url": server.url,
            "max_wait": 0.05,
            "timeout": 2.0,
            "stage_minutes": 1.0,
        }
        config = ClaudeConfig(**{**options, **settings})
        model = ClaudeModel(config, KEY, answers=tmp_path)
        return model.ask_all([prompt(f"第{number}个") for number in range(prompts)]), server


def reason(result: Answer | ModelFailure) -> str:
    assert isinstance(result, ModelFailure), result
    return result.reason


def test_a_good_answer_is_data_with_its_usage(tmp_path: Path) -> None:
    (result,), server = ask(tmp_path, message({"word": "日报"}))
    assert isinstance(result, Answer) and result.data == {"word": "日报"} and result.usage == Usage(100, 50)
    path, headers, body = server.seen[0]
    assert (
        path == "/v1/messages" and headers["authorization"] == f"Bearer {KEY}" and headers["x-api-key"] == KEY
    )
    assert body["output_config"]["format"]["schema"] == SCHEMA
    assert body["system"][0]["cache_control"] == {"type": "ephemeral"}


def test_a_second_run_pays_nothing(tmp_path: Path) -> None:
    ask(tmp_path, message({"word": "日报"}))
    (result,), server = ask(tmp_path, message({"word": "别的"}))
    # the address of the server is part of the key, and each test server has its own port
    assert isinstance(result, Answer) and not result.cached
    with FakeClaude(message({"word": "日报"})) as one:
        model = ClaudeModel(ClaudeConfig(base_url=one.url), KEY, answers=tmp_path / "same")
        first = model.ask_all([prompt()])[0]
        second = ClaudeModel(ClaudeConfig(base_url=one.url), KEY, answers=tmp_path / "same").ask_all(
            [prompt()]
        )[0]
        assert isinstance(first, Answer) and isinstance(second, Answer)
        assert (first.cached, second.cached, second.data, second.usage) == (False, True, first.data, Usage())
        assert len(one.seen) == 1


def test_a_damaged_kept_answer_is_asked_again(tmp_path: Path) -> None:
    with FakeClaude(message({"word": "日报"})) as server:
        ClaudeModel(ClaudeConfig(base_url=server.url), KEY, answers=tmp_path).ask_all([prompt()])
        for path in tmp_path.rglob("*.json"):
            path.write_text('{"data": {"wo')
        result = ClaudeModel(ClaudeConfig(base_url=server.url), KEY, answers=tmp_path).ask_all([prompt()])[0]
        assert isinstance(result, Answer) and not result.cached and len(server.seen) == 2


@pytest.mark.parametrize(
    ("reply", "expected", "calls"),
    [
        (error(401, "authentication_error"), "key refused", 1),
        (error(404, "not_found_error"), "unknown model", 1),
        (error(400, "invalid_request_error"), "bad request", 1),
        (error(402, "billing_error"), "spent", 1),
        (error(429, "rate_limit_error", retry_after="3600"), "rate limit", 1),
        (error(529, "overloaded_error"), "overloaded", 4),
        (error(500, "api_error"), "overloaded", 4),
        ("reset", "connection", 4),
        (message({"word": "日"}, stop="max_tokens"), "cut off", 1),
        (message({"word": "日"}, stop=None), "cut off", 1),
        (message(content=[], stop="refusal"), "refusal", 1),
        (message(content=[]), "empty", 1),
        (message(content=[{"type": "thinking", "thinking": "想", "signature": "x"}]), "empty", 1),
        (message('{"word": "日'), "not JSON", 1),
        (message({"wort": "日"}), "wrong shape", 1),
        (message({"word": 7}), "wrong shape", 1),
        (message({"word": "日", "url": "https://evil.example"}), "wrong shape", 1),
        ((200, b"<html>login</html>", {"content-type": "text/html"}), "not JSON", 1),
    ],
)  # fmt: skip
def test_each_fault_has_its_name_and_its_number_of_calls(
    tmp_path: Path, reply: Script, expected: str, calls: int
) -> None:
    (result,), server = ask(tmp_path, reply)
    assert (reason(result), len(server.seen)) == (expected, calls)
    assert KEY not in str(result) + "".join(path.read_text() for path in tmp_path.rglob("*.json"))


@pytest.mark.parametrize(
    "reply", [message(content=[], stop="refusal"), message({"word": "日"}, stop="max_tokens"), message("日")]
)
def test_an_answer_without_use_is_not_paid_twice(tmp_path: Path, reply: Script) -> None:
    with FakeClaude(reply) as server:
        config = ClaudeConfig(base_url=server.url)
        first, again = (ClaudeModel(config, KEY, answers=tmp_path).ask_all([prompt()])[0] for _ in range(2))
    assert isinstance(first, ModelFailure) and str(first) == str(again) and len(server.seen) == 1


@pytest.mark.parametrize(("status", "kind"), [(529, "overloaded_error"), (429, "rate_limit_error")])
def test_overload_that_passes_is_waited_out(tmp_path: Path, status: int, kind: str) -> None:
    busy = error(status, kind, retry_after="0.01")
    (result,), server = ask(tmp_path, busy, busy, message({"word": "好"}))
    assert isinstance(result, Answer) and len(server.seen) == 3


def test_a_server_that_never_answers_ends_in_the_calls_own_time(tmp_path: Path) -> None:
    (result,), _ = ask(tmp_path, "hang", timeout=0.2, tries=2)
    assert reason(result) == "timeout"


def test_a_server_that_drips_ends_at_the_stages_deadline(tmp_path: Path) -> None:
    (result,), _ = ask(tmp_path, "drip", stage_minutes=0.01)
    assert isinstance(result, ModelFailure)


def test_after_a_refused_key_nothing_more_is_asked(tmp_path: Path) -> None:
    results, server = ask(tmp_path, error(401, "authentication_error"), prompts=12, workers=1)
    assert {reason(result) for result in results} == {"key refused"} and len(server.seen) == 1


def test_a_fenced_answer_and_words_around_it_are_read() -> None:
    assert read_json('好的：\n```json\n{"word": "日"}\n```\n以上。', SCHEMA) == {"word": "日"}
    assert read_json('答案是 {"word": "日"}，请查收', SCHEMA) == {"word": "日"}


def test_tool_and_prompt_modes_serve_addresses_without_schemas(tmp_path: Path) -> None:
    tool = message(
        content=[{"type": "tool_use", "id": "t", "name": "answer", "input": {"word": "工具"}}],
        stop="tool_use",
    )
    (by_tool,), server = ask(tmp_path, tool, structured="tool")
    assert (
        isinstance(by_tool, Answer)
        and by_tool.data == {"word": "工具"}
        and "output_config" not in server.seen[0][2]
    )
    (by_prompt,), server = ask(tmp_path, message({"word": "词"}), structured="prompt")
    assert isinstance(by_prompt, Answer) and "JSON Schema" in server.seen[0][2]["messages"][0]["content"]


def test_the_budget_stops_before_it_is_passed(tmp_path: Path) -> None:
    guess = estimate(prompt("第0个")).total
    results, server = ask(tmp_path, message({"word": "好"}), prompts=6, workers=1, budget_tokens=guess + 160)
    kinds = [isinstance(result, Answer) for result in results]
    assert kinds == [True, True, False, False, False, False] and len(server.seen) == 2
    assert reason(results[-1]) == "budget"


def test_money_counts_cached_input_a_tenth() -> None:
    full, cached = Usage(input=1_000_000), Usage(cache_read=1_000_000)
    assert cost(full, "claude-sonnet-5-5") == 2.0 and cost(cached, "claude-sonnet-5-5") == pytest.approx(0.2)
    assert cost(full, "some-other-model") == 10.0


def test_a_budget_of_money_stops_too() -> None:
    with pytest.raises(ModelFailure, match="budget"):
        Budget(0, 0.0001).reserve(prompt())


class PlayedBatch:
    """Plays one batch: `ended` says whether it is done, `outcomes` what it brings by the number of the request."""

    def __init__(self, *outcomes: Any, ended: bool = True) -> None:
        self.outcomes, self.ended = outcomes, ended
        self.keys: list[str] = []
        self.made = 0
        self.server: Any = None

    def __call__(self, seen: tuple[str, dict[str, str], Any]) -> Any:
        path, _, body = seen
        if body:
            self.keys = [request["custom_id"] for request in body["requests"]]
            self.made += 1
        if path == "/results":
            rows = [
                {"custom_id": key, "result": outcome}
                for key, outcome in reversed(list(zip(self.keys, self.outcomes, strict=False)))
            ]
            return 200, "\n".join(map(json.dumps, rows)).encode(), {"content-type": "application/x-jsonl"}
        return {
            "id": "batch_1", "type": "message_batch", "processing_status": "ended" if self.ended else "in_progress",
            "created_at": "2026-01-07T00:00:00Z", "expires_at": "2026-01-08T00:00:00Z",
            "ended_at": "2026-01-07T00:00:01Z", "archived_at": None,
            "cancel_initiated_at": None, "results_url": f"{self.server.url}/results",
            "request_counts": {"processing": 0, "succeeded": 2, "errored": 1, "canceled": 0, "expired": 0},
        }  # fmt: skip

    def model(self, server: FakeClaude, answers: Path, **settings: Any) -> ClaudeModel:
        self.server = server
        config = ClaudeConfig(base_url=server.url, batch=True, max_wait=0.05, **settings)
        return ClaudeModel(config, KEY, answers=answers)


def good(word: str) -> dict[str, Any]:
    return {"type": "succeeded", "message": message({"word": word})}


THREE = [prompt(f"第{number}个") for number in range(3)]


def test_batches_match_answers_by_their_id_and_cost_half(tmp_path: Path) -> None:
    batch = PlayedBatch(good("甲"), good("乙"), {"type": "expired"})
    with FakeClaude(batch) as server:
        model = batch.model(server, tmp_path)
        results = model.ask_all(THREE)
    words = [one.data["word"] if isinstance(one, Answer) else one.reason for one in results]
    assert words == ["甲", "乙", "bad request"]
    assert model.budget.usd == pytest.approx(cost(Usage(200, 100), "claude-sonnet-5-5") / 2)


def test_a_story_that_a_batch_leaves_out_falls_back(tmp_path: Path) -> None:
    batch = PlayedBatch(good("甲"), good("乙"))
    with FakeClaude(batch) as server:
        assert reason(batch.model(server, tmp_path).ask_all(THREE)[2]) == "empty"


def test_a_batch_that_outlives_its_run_is_taken_up_by_the_next(tmp_path: Path) -> None:
    batch = PlayedBatch(good("甲"), good("乙"), good("丙"), ended=False)
    with FakeClaude(batch) as server:
        late = batch.model(server, tmp_path, stage_minutes=0.002).ask_all(THREE)
        assert [reason(one) for one in late] == ["deadline"] * 3
        batch.ended = True
        again = batch.model(server, tmp_path).ask_all(THREE)
        assert [one.data["word"] for one in again if isinstance(one, Answer)] == ["甲", "乙", "丙"]
        asked = len(server.seen)
        kept = batch.model(server, tmp_path).ask_all(THREE)
    assert all(isinstance(one, Answer) and one.cached for one in kept)
    assert batch.made == 1 and len(server.seen) == asked


def test_a_batch_that_the_server_has_forgotten_is_made_anew(tmp_path: Path) -> None:
    batch = PlayedBatch(good("甲"), good("乙"), good("丙"), ended=False)
    with FakeClaude(batch) as server:
        batch.model(server, tmp_path, stage_minutes=0.002).ask_all(THREE)
        server.replies = [error(404, "not_found_error")]
        assert reason(batch.model(server, tmp_path).ask_all(THREE)[0]) == "unknown model"
        server.replies, batch.ended = [batch], True
        assert all(isinstance(one, Answer) for one in batch.model(server, tmp_path).ask_all(THREE))
    assert batch.made == 2


def test_one_wrong_entry_of_a_list_does_not_cost_the_others() -> None:
    schema = {
        "type": "object",
        "properties": {
            "stories": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"id": {"type": "string", "enum": ["a", "b"]}},
                    "required": ["id"],
                    "additionalProperties": False,
                },
            }
        },
        "required": ["stories"],
        "additionalProperties": False,
    }
    data = read_json('{"stories": [{"id": "a"}, {"id": "zzz"}, {"id": "b"}]}', schema)
    good, wrong = entries(data, "stories", schema)
    assert [entry["id"] for entry in good] == ["a", "b"] and "'zzz'" in wrong[0]


def test_text_fields_lose_tags_controls_and_length() -> None:
    assert "<" not in plain("<b>粗</b>体", 50) and "\u202e" not in plain("a\u202eb", 50)
    assert plain("第一句话说完了。第二句话还在继续说下去。", 12) == "第一句话说完了。"
