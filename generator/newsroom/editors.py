"""Which editor makes the edition: the one asked for, else Claude where there is a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.config import Config
from generator.news import Article
from generator.newsroom.editor import Editor
from generator.newsroom.offline import OfflineEditor

KEY = "ANTHROPIC_API_KEY"


def _no_costs() -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Appointed:
    """An editor, what there is to say about the choice, and what it has cost so far."""

    editor: Editor
    notes: tuple[str, ...] = ()
    costs: Callable[[], Mapping[str, Any]] = _no_costs


def editor_for(
    asked: str | None, config: Config, environment: Mapping[str, str], check: Callable[[Article], list[str]]
) -> Appointed:
    """Return the editor called `asked`; None takes Claude when the environment holds its key.

    Without a key, Claude was asked for in vain: the offline editor does it, and that is said.
    `check` says what is wrong with an article held against its sources.
    """
    key = environment.get(KEY, "").strip()
    if asked == "offline" or (asked is None and not key):
        return Appointed(OfflineEditor())
    if not key:
        return Appointed(OfflineEditor(), (f"{KEY} is not set; the offline editor made this edition",))
    from generator.newsroom.claude.editor import claude_editor, costs

    editor, model = claude_editor(config.claude, key, answers=config.state / "answers", check=check)
    return Appointed(editor, costs=lambda: costs(model))
