"""The model as chief editor: title, summary lines and impact, from the finished stories only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from generator.markup.escape import escape
from generator.markup.escape import plain as unmarked
from generator.news import Article, ClaimKind, Edition, Insight
from generator.newsroom.claude.material import language_name, mark_of, marked, rules
from generator.newsroom.claude.replies import entries, plain
from generator.newsroom.claude.write import Check
from generator.newsroom.model import Answer, Model, Prompt

MAX_SUMMARY, MAX_IMPACT = 8, 2


def schema(ids: Sequence[str]) -> dict[str, Any]:
    identity = {"type": "string", "enum": list(ids)}
    listed = {"type": "array", "items": identity}
    line = {
        "type": "object",
        "properties": {"id": identity, "line": {"type": "string"}},
        "required": ["id", "line"],
        "additionalProperties": False,
    }
    impact = {
        "type": "object",
        "properties": {"section": {"type": "integer"}, "text": {"type": "string"}, "ids": listed},
        "required": ["section", "text", "ids"],
        "additionalProperties": False,
    }
    properties = {
        "title": {"type": "string"},
        "lead_ids": {"type": "array", "items": identity},
        "summary": {"type": "array", "items": line},
        "impact": {"type": "array", "items": impact},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def front_page(
    edition: Edition, model: Model, check: Check, *, name: str, language: str
) -> tuple[Edition, list[str]]:
    """Give `edition` the model's title, summary and impact, each only if it holds against its stories."""
    articles = {article.id: article for article in edition.articles}
    if not articles:
        return edition, []
    prompt = _prompt(edition, name, language)
    answer = model.ask_all([prompt])[0]
    if not isinstance(answer, Answer):
        return edition, [f"front page by rule: {answer}"]
    notes: list[str] = []
    title = _title(answer.data, articles, check, notes)
    summary = _summary(answer.data, prompt.schema, articles, check, notes)
    return (
        replace(
            edition,
            title=title or edition.title,
            summary=tuple(summary) or edition.summary,
            sections=_sections(edition, answer.data, prompt.schema, articles, check, notes),
        ),
        notes,
    )


def _says(text: str, of: Sequence[Article]) -> Article:
    """Return a line of the front page as an article, so that it is checked as one."""
    sources = tuple({source.id: source for article in of for source in article.sources}.values())
    return replace(
        of[0], headline=text, text="", insights=(), points=(), groups=(), claims=(), sources=sources
    )


def _title(data: Any, articles: dict[str, Article], check: Check, notes: list[str]) -> str:
    leads = [articles[identity] for identity in data["lead_ids"] if identity in articles][:3]
    title = plain(data["title"], 60).rstrip("。.")
    complaints = check(_says(title, leads)) if title and leads else ["it names no story"]
    if complaints:
        notes.append(f"title by rule: {complaints[0]}")
        return ""
    return title


def _summary(
    data: Any, wanted: Any, articles: dict[str, Article], check: Check, notes: list[str]
) -> list[str]:
    rows, wrong = entries(data, "summary", wanted)
    notes += [f"summary: {problem}" for problem in wrong]
    lines: dict[str, str] = {}
    for row in rows[:MAX_SUMMARY]:
        article = articles[row["id"]]
        line = plain(row["line"], 80).rstrip("。.")
        if row["id"] in lines or not line:
            continue
        if complaints := check(_says(line, [article])):
            notes.append(f"summary line of {row['id']} by rule: {complaints[0]}")
            line = article.headline
        lines[row["id"]] = line
    return list(lines.values())


def _sections(
    edition: Edition, data: Any, wanted: Any, articles: dict[str, Article], check: Check, notes: list[str]
) -> tuple[Any, ...]:
    rows, wrong = entries(data, "impact", wanted)
    notes += [f"impact: {problem}" for problem in wrong]
    sections = list(edition.sections)
    for row in rows:
        number, text = row["section"] - 1, plain(row["text"], 160)
        if not 0 <= number < len(sections) or not text or len(sections[number].impact) >= MAX_IMPACT:
            continue
        here = {article.id for article in sections[number].articles}
        of = [articles[identity] for identity in row["ids"] if identity in here]
        complaints = check(_says(text, of)) if of else ["it rests on no story of its section"]
        if complaints:
            notes.append(f"impact line left out: {complaints[0]}")
            continue
        impact = (*sections[number].impact, Insight(escape(text), ClaimKind.INFERENCE))
        sections[number] = replace(sections[number], impact=impact)
    return tuple(sections)


def _prompt(edition: Edition, name: str, language: str) -> Prompt:
    texts = [f"{article.headline}\n{unmarked(article.text)}" for article in edition.articles]
    mark = mark_of(texts)
    lines = [f"The mark of this request is {mark}."]
    rest = iter(texts)
    for number, section in enumerate(edition.sections, start=1):
        lines.append(f"Section {number}: {section.name}")
        lines += [marked(mark, "story", article.id, next(rest)) for article in section.articles]
    system = rules("front").replace("{language}", language_name(language))
    ids = [article.id for article in edition.articles]
    return Prompt("front", name, system, "\n\n".join(lines), schema(ids), 6_000)
