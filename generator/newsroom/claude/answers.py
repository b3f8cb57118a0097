"""Answers that were paid for, kept on disk by the digest of their prompt: no run pays twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from generator.errors import DiskError
from generator.files import write_atomic
from generator.newsroom.claude.replies import read_json
from generator.newsroom.model import Answer, ModelFailure, Prompt, Usage


class Answers:
    """The folder of kept answers. `context` is what else decides an answer: the server, how it is asked."""

    def __init__(self, folder: Path, *context: str) -> None:
        self._folder, self._context = folder, context

    def key(self, prompt: Prompt) -> str:
        """Return the answer's address, 64 hex digits."""
        return prompt.key(*self._context)

    def get(self, prompt: Prompt) -> Answer | ModelFailure | None:
        """Return what was paid for, be it an answer without use; None when it must be asked for."""
        try:
            row = json.loads(self._path(prompt).read_text(encoding="utf-8"))
            if "failure" in row:
                return ModelFailure(row["failure"], str(row["detail"]))
            return Answer(read_json(json.dumps(row["data"]), prompt.schema), cached=True)
        except (OSError, ValueError, KeyError, TypeError, ModelFailure):
            return None  # not there, or damaged

    def keep(self, prompt: Prompt, outcome: Mapping[str, Any] | ModelFailure, used: Usage) -> None:
        """Keep an answer, or a refusal or the like: asked again it would cost again, and differ."""
        row: dict[str, Any] = {"task": prompt.task, "model": prompt.model, "tokens": used.total}
        if isinstance(outcome, ModelFailure):
            row |= {"failure": outcome.reason, "detail": outcome.detail}
        else:
            row["data"] = outcome
        if used.total:
            self._write(self._path(prompt), row)

    # --- answers that a batch will bring

    def awaited(self) -> dict[str, str]:
        """Return the batch that will bring each answer, by the answer's key."""
        found: dict[str, str] = {}
        for path in sorted((self._folder / "batches").glob("*.json")):
            try:
                found |= dict.fromkeys(map(str, json.loads(path.read_text(encoding="utf-8"))), path.stem)
            except (OSError, ValueError, TypeError):
                continue
        return found

    def await_batch(self, batch: str, keys: Collection[str]) -> None:
        """Remember a batch before its answers are there, so that a later run takes them."""
        self._write(self._folder / "batches" / f"{batch}.json", sorted(keys))

    def forget_batch(self, batch: str) -> None:
        (self._folder / "batches" / f"{batch}.json").unlink(missing_ok=True)

    def _path(self, prompt: Prompt) -> Path:
        key = self.key(prompt)
        return self._folder / key[:2] / f"{key}.json"

    def _write(self, path: Path, value: Any) -> None:
        try:
            write_atomic(path, json.dumps(value, ensure_ascii=False, indent=1).encode())
        except DiskError:
            return  # an answer that cannot be kept is still an answer
