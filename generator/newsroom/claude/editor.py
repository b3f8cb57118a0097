"""The Claude editor: the model chooses among the day's stories, writes each, and makes the front page.

Whatever it does not do, or does not do provably, the offline editor has done already: the
model only ever replaces the words of an edition that is complete without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.config.schema import ClaudeConfig
from generator.markup.escape import plain as unmarked
from generator.news import Article, Edition, Importance, Mode, Pick
from generator.newsroom.claude.front import front_page
from generator.newsroom.claude.model import ClaudeModel
from generator.newsroom.claude.triage import triage
from generator.newsroom.claude.write import Check, rewrite
from generator.newsroom.compose import compose
from generator.newsroom.editor import Day, Issue
from generator.newsroom.fates import Fate, Why
from generator.newsroom.model import Model
from generator.newsroom.offline import article_of
from generator.newsroom.pick import FLOOR, choose
from generator.newsroom.repository import headline_of
from generator.text.clean import shorten

SHORTLIST = 2.0  # stories shown to the model for each that may be printed
MAX_EARLIER = 400  # characters of what an earlier edition printed
LIFT = {Importance.HIGH: 3.0, Importance.MEDIUM: 1.5, Importance.LOW: 0.0}  # points of the model's judgement


class ClaudeEditor:
    """Triage, writing and front page as separate calls, each falling back alone."""

    def __init__(self, model: Model, check: Check, config: ClaudeConfig) -> None:
        self._model, self._check, self._config = model, check, config

    def write(self, day: Day) -> Issue:
        shown = day.picks[: round(day.settings.max_stories * SHORTLIST)]
        language = "zh" if day.language.lower() in ("zh", "zh-cn", "zh-hans") else day.language
        kept, notes = triage(shown, self._model, name=self._config.triage_model, language=language)
        refused = {pick.story.id for pick in shown} - {pick.story.id for pick in kept}
        chosen = choose([_lifted(pick) for pick in kept], day.settings, day.standing)
        full, said = self._written(chosen.full, language)
        brief, more_said = self._headlines(chosen.brief, language)
        notes += said + more_said
        mode, note = _mode([article for _, article in full], notes, day)
        edition = compose(day, full, brief, mode=mode, note=note)
        if mode is not Mode.OFFLINE:
            edition, said = front_page(
                edition, self._model, self._check, name=self._config.model, language=language
            )
            notes += said
            edition = _degraded(edition, said, day)
        others = [
            Why(item.id, Fate.OFF_TOPIC, "triage")
            for p in shown
            if p.story.id in refused
            for item in p.story.items
        ]
        others += [
            Why(item.id, Fate.BELOW, "not on the shortlist")
            for p in day.picks[len(shown) :]
            for item in p.story.items
        ]
        by_rule = {article.id for _, article in full if "fallback" in article.marks}
        by_rule |= {article.id for pick, article in brief if article.headline == headline_of(pick.story.lead)}
        return Issue(edition, frozenset(by_rule), (*others, *chosen.others), tuple(notes))

    def _written(self, picks: Sequence[Pick], language: str) -> tuple[list[tuple[Pick, Article]], list[str]]:
        drafts = [article_of(pick, language) for pick in picks]
        articles, notes = rewrite(
            drafts,
            self._model,
            self._check,
            name=self._config.model,
            language=language,
            max_tokens=self._config.max_tokens,
            earlier={pick.story.id: _printed(pick) for pick in picks if pick.story.follow_up_of},
        )
        return list(zip(picks, articles, strict=True)), notes

    def _headlines(
        self, picks: Sequence[Pick], language: str
    ) -> tuple[list[tuple[Pick, Article]], list[str]]:
        """Translate the headlines of stories in a line; those in the paper's language stay as they are."""
        drafts = [article_of(pick, language, brief=True) for pick in picks]
        foreign = [number for number, draft in enumerate(drafts) if "foreign" in draft.marks]
        articles, notes = rewrite(
            [drafts[number] for number in foreign],
            self._model,
            self._check,
            name=self._config.model,
            language=language,
            max_tokens=self._config.max_tokens,
        )
        for number, article in zip(foreign, articles, strict=True):
            drafts[number] = replace(article, text="", insights=(), claims=article.claims[:1])
        return list(zip(picks, drafts, strict=True)), notes


def _printed(pick: Pick) -> str:
    """Return what an earlier edition printed of the matter that a story carries on, in short."""
    old = pick.story.follow_up_of
    return shorten(unmarked(f"{old.headline}\n{old.text}".strip()), MAX_EARLIER) if old else ""


def _lifted(pick: Pick) -> Pick:
    """Raise a story by the model's judgement; what it keeps is worth a line even on a quiet day."""
    return replace(pick, score=round(max(pick.score, FLOOR) + LIFT[pick.importance], 3))


def _mode(articles: Sequence[Article], notes: Sequence[str], day: Day) -> tuple[Mode, str]:
    """Return how the edition was made, and what the reader is told of it."""
    fallen = sum("fallback" in article.marks for article in articles)
    if articles and fallen == len(articles):
        return Mode.OFFLINE, ""
    if fallen or any(note.startswith("triage of") for note in notes):
        return Mode.DEGRADED, day.labels.degraded_note
    return Mode.FULL, ""


def _degraded(edition: Edition, notes: Sequence[str], day: Day) -> Edition:
    if edition.mode is Mode.FULL and any(note.startswith("front page by rule") for note in notes):
        return replace(edition, mode=Mode.DEGRADED, mode_note=day.labels.degraded_note)
    return edition


def claude_editor(
    config: ClaudeConfig, key: str, *, answers: Path, check: Check
) -> tuple[ClaudeEditor, ClaudeModel]:
    """Return the editor and its model, whose budget knows the costs."""
    model = ClaudeModel(config, key, answers=answers)
    return ClaudeEditor(model, check, config), model


def costs(model: ClaudeModel) -> Mapping[str, Any]:
    """Return what the run has used, for the run report."""
    budget, used = model.budget, model.budget.used
    return {
        "calls": budget.calls,
        "input_tokens": used.input,
        "output_tokens": used.output,
        "cache_read_tokens": used.cache_read,
        "cache_write_tokens": used.cache_write,
        "usd": round(budget.usd, 4),
    }
