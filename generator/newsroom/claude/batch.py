"""Message Batches: half the price, up to a day late. A batch that outlives its run is taken up by the next one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.config.schema import ClaudeConfig
from generator.newsroom.claude.answers import Answers
from generator.newsroom.claude.budget import Budget
from generator.newsroom.claude.wire import data_of, failure_of, request_of, usage_of
from generator.newsroom.model import Answer, ModelFailure, Prompt, Usage

_POLL = 20.0  # seconds between looks at a batch
RATE = 0.5  # of the price of single calls


class Batches:
    """Asks for answers in batches. `client` gives the SDK's client, `left` the seconds that are left."""

    def __init__(
        self,
        config: ClaudeConfig,
        answers: Answers,
        budget: Budget,
        client: Callable[[], Any],
        left: Callable[[], float],
    ) -> None:
        self._config, self._answers, self._budget = config, answers, budget
        self._client, self._left = client, left

    def ask(self, prompts: Sequence[Prompt]) -> list[Answer | ModelFailure]:
        """Answer all prompts; results stand in the order of the prompts."""
        keys = [self._answers.key(prompt) for prompt in prompts]
        results: dict[str, Answer | ModelFailure] = {}
        guesses: dict[str, tuple[Prompt, Usage]] = {}
        for key, prompt in zip(keys, prompts, strict=True):
            if kept := self._answers.get(prompt):
                results[key] = kept
                continue
            try:
                guesses.setdefault(key, (prompt, self._budget.reserve(prompt, RATE)))
            except ModelFailure as failure:
                results[key] = failure
        asked = {key: prompt for key, (prompt, _) in guesses.items()}
        outcomes, done = self._outcomes(asked)
        for key, (prompt, guess) in guesses.items():
            results[key] = self._settled(outcomes.get(key), prompt, guess)
        for batch in done:  # only now: its answers are kept
            self._answers.forget_batch(batch)
        return [results[key] for key in keys]

    def _outcomes(self, prompts: Mapping[str, Prompt]) -> tuple[dict[str, Any], list[str]]:
        """Return the outcome of each prompt by its key, and the batches that have been read."""
        awaited = self._answers.awaited()
        batches = {key: awaited[key] for key in prompts if key in awaited}
        outcomes: dict[str, Any] = {}
        if new := {key: prompt for key, prompt in prompts.items() if key not in batches}:
            try:
                requests = [
                    {"custom_id": key, "params": request_of(prompt, self._config)}
                    for key, prompt in new.items()
                ]
                batch = str(self._client().messages.batches.create(requests=requests).id)
            except Exception as error:  # the SDK raises more than its own errors
                outcomes |= dict.fromkeys(new, failure_of(error, 0, self._config)[0])
            else:
                self._answers.await_batch(batch, new.keys())
                batches |= dict.fromkeys(new, batch)
        done = []
        for batch in dict.fromkeys(batches.values()):
            try:
                outcomes |= self._read(batch)
                done.append(batch)
            except ModelFailure as failure:
                outcomes |= {key: failure for key, one in batches.items() if one == batch}
                if failure.reason == "unknown model":  # 404: the server has forgotten it
                    done.append(batch)
        return outcomes, done

    def _read(self, batch: str) -> dict[str, Any]:
        """Wait for a batch and return its results by their key. Raises `ModelFailure`."""
        try:
            client = self._client()
            while client.messages.batches.retrieve(batch).processing_status != "ended":
                if self._left() <= 0:
                    raise ModelFailure(
                        "deadline", f"batch {batch} goes on; the next publish of this day takes its answers"
                    )
                time.sleep(min(_POLL, self._config.max_wait, max(0.1, self._left())))
            return {str(line.custom_id): line.result for line in client.messages.batches.results(batch)}
        except ModelFailure:
            raise
        except Exception as error:  # see _outcomes
            raise failure_of(error, 0, self._config)[0] from None

    def _settled(self, outcome: Any, prompt: Prompt, guess: Usage) -> Answer | ModelFailure:
        used = Usage()
        try:
            if isinstance(outcome, ModelFailure):
                return outcome
            if outcome is None:
                return ModelFailure("empty", "the batch has no answer for this story")
            if outcome.type != "succeeded":
                return ModelFailure("bad request", f"the batch says {outcome.type}")
            used = usage_of(outcome.message)
            data = data_of(outcome.message, prompt)
            self._answers.keep(prompt, data, used)
            return Answer(data, used)
        except ModelFailure as failure:
            self._answers.keep(prompt, failure, used)
            return failure
        finally:
            self._budget.settle(prompt, guess, used, RATE)
