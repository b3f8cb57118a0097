"""Tokens and money of one edition: counted, and stopped before they pass the limit."""

from __future__ import annotations

import functools
import threading
import tomllib
from pathlib import Path

from generator.newsroom.model import ModelFailure, Prompt, Usage
from generator.text.width import han_count

# A write to the prompt cache costs a quarter more than plain input, a read a tenth of it.
CACHE_WRITE, CACHE_READ = 1.25, 0.1
# Headroom on estimates: tokenisers differ by this much on mixed text.
MARGIN = 1.2


@functools.cache
def _prices() -> dict[str, dict[str, float]]:
    text = (Path(__file__).parent / "prices.toml").read_text(encoding="utf-8")
    models: dict[str, dict[str, float]] = tomllib.loads(text)["models"]
    return models


def cost(usage: Usage, model: str, rate: float = 1.0) -> float:
    """Return US$ of `usage` by the price table; `rate` is the share of the price, for batches."""
    price = _prices().get(model, _prices()["default"])
    inputs = usage.input + usage.cache_write * CACHE_WRITE + usage.cache_read * CACHE_READ
    return rate * (inputs * price["input"] + usage.output * price["output"]) / 1_000_000


def estimate(prompt: Prompt) -> Usage:
    """Return an upper guess of a call's tokens: one a Han character, one for three others, and all of `max_tokens`."""
    text = prompt.system + prompt.user + "".join(part for turn in prompt.turns for part in turn)
    han = han_count(text)
    return Usage(input=int((han + (len(text) - han) / 3) * MARGIN), output=prompt.max_tokens)


class Budget:
    """What an edition may spend. Safe between threads: a call reserves before it is made."""

    def __init__(self, tokens: int, usd: float) -> None:
        self._tokens, self._usd = tokens, usd
        self._reserved_tokens, self._reserved_usd = 0, 0.0
        self._lock = threading.Lock()
        self.used = Usage()
        self.usd = 0.0
        self.calls = 0

    def reserve(self, prompt: Prompt, rate: float = 1.0) -> Usage:
        """Set aside an upper guess of the call. Raises `ModelFailure` "budget" when it might pass a limit."""
        guess = estimate(prompt)
        price = cost(guess, prompt.model, rate)
        with self._lock:
            if self._tokens and self.used.total + self._reserved_tokens + guess.total > self._tokens:
                raise ModelFailure("budget", f"{self.used.total:,} of {self._tokens:,} tokens are used")
            if self._usd and self.usd + self._reserved_usd + price > self._usd:
                raise ModelFailure("budget", f"US${self.usd:.2f} of US${self._usd:.2f} are used")
            self._reserved_tokens += guess.total
            self._reserved_usd += price
        return guess

    def settle(self, prompt: Prompt, guess: Usage, used: Usage, rate: float = 1.0) -> None:
        """Replace what was set aside by what the call really used."""
        with self._lock:
            self._reserved_tokens -= guess.total
            self._reserved_usd -= cost(guess, prompt.model, rate)
            self.used += used
            self.usd += cost(used, prompt.model, rate)
            self.calls += bool(used.total)
