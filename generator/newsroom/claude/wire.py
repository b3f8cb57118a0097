"""What goes to the Messages API and what comes back: a prompt as a request, an answer as data, an error as a failure."""

from __future__ import annotations

import json
from typing import Any

from generator.config.schema import ClaudeConfig
from generator.newsroom.claude.replies import read_json
from generator.newsroom.model import ModelFailure, Prompt, Reason, Usage

_RETRYABLE = {408, 409, 429, 500, 502, 503, 504, 529}


def request_of(prompt: Prompt, config: ClaudeConfig) -> dict[str, Any]:
    """Return the body of the request. The rules come first and are marked, so that the server can keep them."""
    messages: list[dict[str, Any]] = [{"role": "user", "content": prompt.user}]
    for said, complaint in prompt.turns:
        messages += [{"role": "assistant", "content": said}, {"role": "user", "content": complaint}]
    rules: dict[str, Any] = {"type": "text", "text": prompt.system}
    if config.prompt_cache:
        rules["cache_control"] = {"type": "ephemeral"}
    request: dict[str, Any] = {
        "model": prompt.model,
        "max_tokens": prompt.max_tokens,
        "system": [rules],
        "messages": messages,
    }
    if config.structured == "schema":
        request["output_config"] = {
            "format": {"type": "json_schema", "schema": prompt.schema},
            "effort": config.effort,
        }
    elif config.structured == "tool":
        request["tools"] = [
            {"name": "answer", "description": "Give the answer.", "input_schema": prompt.schema}
        ]
        request["tool_choice"] = {"type": "tool", "name": "answer"}
    else:
        shape = json.dumps(prompt.schema, ensure_ascii=False)
        messages[0]["content"] += (
            f"\n\nAnswer with one JSON object and nothing else. Its JSON Schema:\n{shape}"
        )
    return request


def data_of(message: Any, prompt: Prompt) -> dict[str, Any]:
    """Return what a message answers. Raises `ModelFailure` for a refusal, a cut-off answer, or no answer."""
    content = getattr(message, "content", None)
    if not isinstance(content, list):
        raise ModelFailure("not JSON", "the server's answer is not a message")
    stop = getattr(message, "stop_reason", None)
    if stop == "refusal":
        raise ModelFailure("refusal", "the model declined")
    if stop in ("max_tokens", "model_context_window_exceeded", None):
        raise ModelFailure("cut off", f"the answer ended early ({stop or 'no stop reason'})")
    for block in content:
        if getattr(block, "type", "") == "tool_use":
            return read_json(json.dumps(block.input, ensure_ascii=False), prompt.schema)
    text = "".join(block.text for block in content if getattr(block, "type", "") == "text")
    return read_json(text, prompt.schema)


def usage_of(message: Any) -> Usage:
    usage = getattr(message, "usage", None)
    names = ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    return Usage(*(int(getattr(usage, name, 0) or 0) for name in names))


def failure_of(error: Any, attempt: int, config: ClaudeConfig) -> tuple[ModelFailure, float | None]:
    """Return the failure behind an exception of the SDK, and how long to wait before the next try; None for none."""
    backoff = min(config.max_wait, 0.5 * 2**attempt)
    kinds = {kind.__name__ for kind in type(error).__mro__}  # by name: only the caller imports the SDK
    if "APITimeoutError" in kinds:
        return ModelFailure("timeout", f"no answer in {config.timeout:g} s"), backoff
    if "APIConnectionError" in kinds:
        return ModelFailure("connection", "the server cannot be reached or cut the line"), backoff
    if "APIStatusError" not in kinds:
        what = f"the server's answer is not a message ({type(error).__name__})"
        return ModelFailure("not JSON", what), backoff
    status, kind = error.status_code, str(getattr(error, "type", "") or "")
    detail = f"status {status}" + (f", {kind}" if kind else "")
    if "billing" in kind or "credit" in kind or status == 402:
        return ModelFailure("spent", detail), None
    if status in (401, 403):
        return ModelFailure("key refused", detail), None
    if status == 404:
        return ModelFailure("unknown model", detail), None
    if status not in _RETRYABLE:
        return ModelFailure("bad request", detail), None
    reason: Reason = "rate limit" if status == 429 else "overloaded"
    asked = _seconds(error.response.headers.get("retry-after"))
    if asked is not None and asked > config.max_wait:
        return ModelFailure(reason, f"{detail}; the server asked to wait {asked:.0f} s"), None
    return ModelFailure(reason, detail), backoff if asked is None else asked


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
