"""The one module that calls the model: the anthropic SDK, its failures as values, answers kept on disk.

Written against SDK 2.x. The SDK's own retries are off, because it obeys `retry-after` up to
49 days; ours are bounded by tries, by the wait between them, and by the stage's deadline.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from generator.config.schema import ClaudeConfig
from generator.errors import DiskError
from generator.files import write_atomic
from generator.newsroom.budget import Budget
from generator.newsroom.model import Answer, ModelFailure, Prompt, Usage
from generator.newsroom.replies import read_json

_RETRYABLE = {408, 409, 429, 500, 502, 503, 504, 529}
_BATCH_POLL = 20.0  # seconds between looks at a batch


class ClaudeModel:
    """Answers prompts through the Messages API, or any address that speaks it.

    Answers are kept under `answers` by the digest of their prompt: a second run, or one
    that follows a crash, pays only for what was not answered yet.
    """

    def __init__(
        self,
        config: ClaudeConfig,
        key: str,
        *,
        answers: Path,
        budget: Budget | None = None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.config, self._key, self._answers = config, key, answers
        self.budget = budget or Budget(config.budget_tokens, config.budget_usd)
        self._tick = tick
        self._deadline = time.monotonic() + config.stage_minutes * 60
        self._client: Any = None
        self._lock = threading.Lock()
        self._final: ModelFailure | None = None

    def ask_all(self, prompts: list[Prompt]) -> list[Answer | ModelFailure]:
        """Answer all prompts, some at a time; results stand in the order of the prompts."""
        if self.config.batch and len(prompts) > 1:
            return self._ask_batch(prompts)
        with ThreadPoolExecutor(max_workers=max(1, self.config.workers), thread_name_prefix="claude") as pool:
            closer = threading.Timer(max(0.0, self._left()) + 1.0, self._hang_up)
            closer.daemon = True
            closer.start()
            try:
                return list(pool.map(self._ask, prompts))
            finally:
                closer.cancel()

    def _ask(self, prompt: Prompt) -> Answer | ModelFailure:
        kept = self._kept(prompt)
        try:
            if kept is not None:
                return kept
            if self._final is not None:
                return self._final
            return self._paid(prompt)
        except ModelFailure as failure:
            if failure.final:
                self._final = failure
            return failure
        finally:
            self._tick()

    def _paid(self, prompt: Prompt) -> Answer:
        guess = self.budget.reserve(prompt)
        used = Usage()
        try:
            message = self._message(prompt)
            used = _usage(message)
            data = self._data(message, prompt)
        finally:
            self.budget.settle(prompt, guess, used)
        self._keep(prompt, data, used)
        return Answer(data, used)

    def _message(self, prompt: Prompt) -> Any:
        """Make the call, again after failures that pass. Raises `ModelFailure`."""
        client = self._connected()
        failure = ModelFailure("connection", "not tried")
        for attempt in range(max(1, self.config.tries)):
            if self._left() <= 0:
                raise ModelFailure("deadline", f"the stage took {self.config.stage_minutes:g} minutes")
            try:
                timeout = max(0.1, min(self.config.timeout, self._left()))
                return client.messages.create(**self._request(prompt), timeout=timeout)
            except Exception as error:  # the SDK also raises JSONDecodeError, AttributeError, ValueError
                failure, wait = self._failure(error, attempt)
            if wait is None or attempt + 1 >= self.config.tries or wait > self._left():
                break
            time.sleep(wait)
        raise failure

    def _failure(self, error: Exception, attempt: int) -> tuple[ModelFailure, float | None]:
        """Return the failure behind an exception of the SDK, and how long to wait before the next try."""
        import anthropic

        backoff = min(self.config.max_wait, 0.5 * 2**attempt)
        if isinstance(error, anthropic.APITimeoutError):
            return ModelFailure("timeout", f"no answer in {self.config.timeout:g} s"), backoff
        if isinstance(error, anthropic.APIConnectionError):
            return ModelFailure("connection", "the server cannot be reached or cut the line"), backoff
        if not isinstance(error, anthropic.APIStatusError):
            return ModelFailure(
                "not JSON", f"the server's answer is not a message ({type(error).__name__})"
            ), backoff
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
        reason = "rate limit" if status == 429 else "overloaded"
        asked = _seconds(error.response.headers.get("retry-after"))
        if asked is not None and asked > self.config.max_wait:
            return ModelFailure(reason, f"{detail}; the server asked to wait {asked:.0f} s"), None  # type: ignore[arg-type]
        return ModelFailure(reason, detail), backoff if asked is None else asked  # type: ignore[arg-type]

    def _data(self, message: Any, prompt: Prompt) -> dict[str, Any]:
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

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        messages: list[dict[str, Any]] = [{"role": "user", "content": prompt.user}]
        for said, complaint in prompt.turns:
            messages += [{"role": "assistant", "content": said}, {"role": "user", "content": complaint}]
        request: dict[str, Any] = {
            "model": prompt.model,
            "max_tokens": prompt.max_tokens,
            "system": [{"type": "text", "text": prompt.system, "cache_control": {"type": "ephemeral"}}],
            "messages": messages,
        }
        if self.config.structured == "schema":
            request["output_config"] = {
                "format": {"type": "json_schema", "schema": prompt.schema},
                "effort": self.config.effort,
            }
        elif self.config.structured == "tool":
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

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                # 1.3 s and 60 MB: paid only by who really calls the model
                import anthropic

                options: dict[str, Any] = {}
                if self.config.base_url:
                    options = {"base_url": self.config.base_url, "default_headers": {"X-Api-Key": self._key}}
                self._client = anthropic.Anthropic(
                    api_key=self._key, timeout=self.config.timeout, max_retries=0, **options
                )
            return self._client

    def _hang_up(self) -> None:
        # a server that sends a byte a second never meets a read timeout; without its connection it must
        with self._lock:
            if self._client is not None:
                self._client.close()

    def _left(self) -> float:
        return self._deadline - time.monotonic()

    # --- answers kept on disk ---

    def _path(self, prompt: Prompt) -> Path:
        key = prompt.key(self.config.base_url, self.config.structured, self.config.effort)
        return self._answers / key[:2] / f"{key}.json"

    def _kept(self, prompt: Prompt) -> Answer | None:
        try:
            row = json.loads(self._path(prompt).read_text(encoding="utf-8"))
            return Answer(read_json(json.dumps(row["data"]), prompt.schema), cached=True)
        except (OSError, ValueError, KeyError, TypeError, ModelFailure):
            return None  # not there, or damaged: it is asked again

    def _keep(self, prompt: Prompt, data: Mapping[str, Any], used: Usage) -> None:
        row = {"task": prompt.task, "model": prompt.model, "tokens": used.total, "data": data}
        try:
            write_atomic(self._path(prompt), json.dumps(row, ensure_ascii=False, indent=1).encode())
        except DiskError:
            return  # an answer that cannot be kept is still an answer

    # --- Message Batches: half the price, up to a day late ---

    def _ask_batch(self, prompts: list[Prompt]) -> list[Answer | ModelFailure]:
        results: dict[int, Answer | ModelFailure] = {}
        guesses: dict[int, Usage] = {}
        requests = []
        for number, prompt in enumerate(prompts):
            kept = self._kept(prompt)
            if kept is not None:
                results[number] = kept
                continue
            try:
                guesses[number] = self.budget.reserve(prompt)
            except ModelFailure as failure:
                results[number] = failure
                continue
            requests.append({"custom_id": str(number), "params": self._request(prompt)})
        if requests:
            for number, outcome in self._run_batch(requests).items():
                results[number] = self._batched(outcome, prompts[number], guesses.pop(number))
        for number, guess in guesses.items():
            self.budget.settle(prompts[number], guess, Usage())
            results[number] = ModelFailure("empty", "the batch has no answer for this story")
        return [results[number] for number in range(len(prompts))]

    def _run_batch(self, requests: list[dict[str, Any]]) -> dict[int, Any]:
        try:
            client = self._connected()
            batch = client.messages.batches.create(requests=requests)
            while client.messages.batches.retrieve(batch.id).processing_status != "ended":
                if self._left() <= 0:
                    client.messages.batches.cancel(batch.id)
                    failure = ModelFailure("deadline", f"batch {batch.id} is not done; its price is lost")
                    return {int(request["custom_id"]): failure for request in requests}
                time.sleep(min(_BATCH_POLL, self.config.max_wait, max(0.1, self._left())))
            return {int(line.custom_id): line.result for line in client.messages.batches.results(batch.id)}
        except Exception as error:  # see _message
            failure, _ = self._failure(error, 0)
            return {int(request["custom_id"]): failure for request in requests}

    def _batched(self, outcome: Any, prompt: Prompt, guess: Usage) -> Answer | ModelFailure:
        used = Usage()
        try:
            if isinstance(outcome, ModelFailure):
                return outcome
            if outcome.type != "succeeded":
                return ModelFailure("bad request", f"the batch says {outcome.type}")
            used = _usage(outcome.message)
            data = self._data(outcome.message, prompt)
            self._keep(prompt, data, used)
            return Answer(data, used)
        except ModelFailure as failure:
            return failure
        finally:
            self.budget.settle(prompt, guess, used)
            self._tick()


def _usage(message: Any) -> Usage:
    usage = getattr(message, "usage", None)
    names = ("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")
    return Usage(*(int(getattr(usage, name, 0) or 0) for name in names))


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
