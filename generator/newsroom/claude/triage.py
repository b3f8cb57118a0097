"""The model as desk editor: which stories, where they belong, how much they matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.news import Importance, Pick, Region
from generator.newsroom.claude.material import blurb, language_name, mark_of, marked, rules
from generator.newsroom.claude.replies import entries, plain
from generator.newsroom.model import Answer, Model, Prompt
from generator.parallel import batches

THINKING = 3_000  # tokens of an answer that a model may think before it writes
CHUNK = 120  # stories in one prompt: about 25,000 tokens, and themes are named once for all


def schema(ids: Sequence[str]) -> dict[str, Any]:
    story = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "enum": list(ids)},
            "keep": {"type": "boolean"},
            "region": {"type": "string", "enum": [str(region) for region in Region]},
            "importance": {"type": "string", "enum": [str(importance) for importance in Importance]},
            "theme": {"type": "string"},
            "reason": {"type": "string"},
            "suspicious": {"type": "boolean"},
        },
        "required": ["id", "keep", "region", "importance", "theme", "reason", "suspicious"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"stories": {"type": "array", "items": story}},
        "required": ["stories"],
        "additionalProperties": False,
    }


def triage(picks: Sequence[Pick], model: Model, *, name: str, language: str) -> tuple[list[Pick], list[str]]:
    """Let the model judge `picks`; return them as judged, without those it would not print, and notes.

    A story that the answer leaves out, names twice or names wrongly keeps what the rules
    said of it: an answer can be ignored, never lose a story.
    """
    chunks = list(batches(picks, CHUNK))
    prompts = [_prompt(chunk, name, language) for chunk in chunks]
    judged: list[Pick] = []
    notes: list[str] = []
    for chunk, prompt, answer in zip(chunks, prompts, model.ask_all(prompts), strict=True):
        if not isinstance(answer, Answer):
            notes.append(f"triage of {len(chunk)} stories by rule: {answer}")
            judged += chunk
            continue
        rows, wrong = entries(answer.data, "stories", prompt.schema)
        notes += [f"triage: {problem}" for problem in wrong]
        by_id: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row["id"] in by_id:
                notes.append(f"triage: story {row['id']} was judged twice; the first judgement counts")
            by_id.setdefault(row["id"], row)
        for pick in chunk:
            if pick.story.id not in by_id:
                notes.append(f"triage: story {pick.story.id} was left out; judged by rule")
                judged.append(pick)
            elif by_id[pick.story.id]["keep"] or "pinned" in pick.marks:
                judged.append(_judged(pick, by_id[pick.story.id]))
            else:
                notes.append(
                    f"triage: story {pick.story.id} is not for this paper: {pick.story.lead.title[:60]}"
                )
    return judged, notes


def _judged(pick: Pick, row: dict[str, Any]) -> Pick:
    marks = dict.fromkeys((*pick.marks, "suspicious")) if row["suspicious"] else pick.marks
    return replace(
        pick,
        region=Region(row["region"]),
        importance=Importance(row["importance"]),
        theme=plain(row["theme"], 24) or pick.theme,
        reason=plain(row["reason"], 80) or pick.reason,
        marks=tuple(marks),
    )


def _prompt(picks: Sequence[Pick], name: str, language: str) -> Prompt:
    texts = [blurb(pick) for pick in picks]
    mark = mark_of(texts)
    body = [marked(mark, "story", pick.story.id, text) for pick, text in zip(picks, texts, strict=True)]
    system = rules("triage").replace("{language}", language_name(language))
    user = f"The mark of this request is {mark}.\n\n" + "\n\n".join(body)
    return Prompt(
        "triage", name, system, user, schema([pick.story.id for pick in picks]), THINKING + 140 * len(picks)
    )
