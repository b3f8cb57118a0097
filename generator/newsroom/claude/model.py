"""The one module that calls the model: the anthropic SDK, its failures as values, answers kept on disk.

Written against SDK 2.x. The SDK's own retries are off, because it obeys `retry-after` up to
49 days; ours are bounded by tries, by the wait between them, and by the stage's deadline.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from generator.config.schema import ClaudeConfig
from generator.newsroom.claude.answers import Answers
from generator.newsroom.claude.batch import Batches
from generator.newsroom.claude.budget import Budget
from generator.newsroom.claude.wire import data_of, failure_of, request_of, usage_of
from generator.newsroom.model import Answer, ModelFailure, Prompt, Usage


class ClaudeModel:
    """Answers prompts through the Messages API, or any address that speaks it.

    Answers are kept under `answers` by the digest of their prompt: a second run, or one
    that follows a crash, pays only for what was not answered yet.
    """

    def __init__(
        self, config: ClaudeConfig, key: str, *, answers: Path, budget: Budget | None = None
    ) -> None:
        self.config, self._key = config, key
        self.budget = budget or Budget(config.budget_tokens, config.budget_usd)
        self._answers = Answers(answers, config.base_url, config.structured, config.effort)
        self._deadline = time.monotonic() + config.stage_minutes * 60
        self._client: Any = None
        self._lock = threading.Lock()
        self._final: ModelFailure | None = None

    def ask_all(self, prompts: list[Prompt]) -> list[Answer | ModelFailure]:
        """Answer all prompts, some at a time; results stand in the order of the prompts."""
        if not prompts:
            return []
        if self.config.batch and len(prompts) > 1:
            batches = Batches(self.config, self._answers, self.budget, self._connected, self._left)
            return batches.ask(prompts)
        closer = threading.Timer(max(0.0, self._left()) + 1.0, self._hang_up)
        closer.daemon = True
        closer.start()
        try:
            # the first one alone: the server then holds the rules that it shares with the others
            first = self._ask(prompts[0])
            with ThreadPoolExecutor(max(1, self.config.workers), thread_name_prefix="claude") as pool:
                return [first, *pool.map(self._ask, prompts[1:])]
        finally:
            closer.cancel()

    def _ask(self, prompt: Prompt) -> Answer | ModelFailure:
        if kept := self._answers.get(prompt):
            return kept
        if self._final is not None:
            return self._final
        try:
            return self._paid(prompt)
        except ModelFailure as failure:
            if failure.final:
                self._final = failure
            return failure

    def _paid(self, prompt: Prompt) -> Answer:
        guess = self.budget.reserve(prompt)
        used = Usage()
        try:
            message = self._message(prompt)
            used = usage_of(message)
            data = data_of(message, prompt)
        except ModelFailure as failure:
            self._answers.keep(prompt, failure, used)
            raise
        finally:
            self.budget.settle(prompt, guess, used)
        self._answers.keep(prompt, data, used)
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
                return client.messages.create(**request_of(prompt, self.config), timeout=timeout)
            except Exception as error:  # the SDK also raises JSONDecodeError, AttributeError, ValueError
                failure, wait = failure_of(error, attempt, self.config)
            if wait is None or attempt + 1 >= self.config.tries or wait > self._left():
                break
            time.sleep(wait)
        raise failure

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
