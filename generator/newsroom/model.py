"""What the newsroom asks of a model, whoever answers: a prompt with a schema in, checked JSON out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from generator.errors import ModelError

Reason = Literal[
    "no key",
    "key refused",
    "unknown model",
    "bad request",
    "spent",
    "rate limit",
    "overloaded",
    "connection",
    "timeout",
    "refusal",
    "cut off",
    "empty",
    "not JSON",
    "wrong shape",
    "wrong answer",
    "budget",
    "deadline",
]

# After one of these no further call of the run can work, so none is made.
FINAL: frozenset[Reason] = frozenset(
    {"no key", "key refused", "unknown model", "spent", "budget", "deadline"}
)


class ModelFailure(ModelError):
    """A call that gave nothing usable; `reason` is its fixed word for reports."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail

    @property
    def final(self) -> bool:
        return self.reason in FINAL


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or several calls."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0

    @property
    def total(self) -> int:
        return self.input + self.output + self.cache_read + self.cache_write

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input + other.input,
            self.output + other.output,
            self.cache_read + other.cache_read,
            self.cache_write + other.cache_write,
        )


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. `system` is the stable part, which a server may cache."""

    task: str  # triage, write, front
    model: str
    system: str
    user: str
    schema: Mapping[str, Any] = field(hash=False)
    max_tokens: int = 4_000
    turns: tuple[tuple[str, str], ...] = ()  # (our answer so far, the complaint about it)

    def key(self, *context: str) -> str:
        """Return the address of the answer: a digest of all that decides it, and of `context`."""
        parts = [
            self.task,
            self.model,
            self.system,
            self.user,
            json.dumps(self.schema, sort_keys=True, ensure_ascii=False),
            str(self.max_tokens),
            *(text for turn in self.turns for text in turn),
            *context,
        ]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an object that has the schema's top level, and what it cost."""

    data: Mapping[str, Any] = field(hash=False)
    usage: Usage = Usage()
    cached: bool = False


class Model(Protocol):
    """Answers prompts. A failure is a value of the list, never an exception."""

    def ask_all(self, prompts: list[Prompt]) -> list[Answer | ModelFailure]: ...
