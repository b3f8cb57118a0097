"""The model as writer: one story at a time, every sentence with its quotations, checked before it counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.markup.escape import escape
from generator.news import Article, Claim, ClaimKind, Insight, Quotation
from generator.newsroom.claude.material import language_name, mark_of, marked, rules, sources
from generator.newsroom.claude.replies import plain, violations
from generator.newsroom.model import Answer, Model, ModelFailure, Prompt
from generator.text.quotes import locate

Check = Callable[[Article], list[str]]
"""Says what is wrong with an article held against its sources; nothing means it may be printed."""

MAX_SENTENCES, MAX_INSIGHTS = 4, 3


def schema(ids: Sequence[str], tags: Sequence[str]) -> dict[str, Any]:
    def thing(properties: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def listed(items: dict[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": items}

    text = {"type": "string"}
    evidence = listed(thing({"source": {"type": "string", "enum": list(ids)}, "quote": text}))
    kind = {"type": "string", "enum": [str(kind) for kind in ClaimKind]}
    label = {"type": "string", "enum": list(tags)} if tags else text
    return thing(
        {
            "headline": thing({"text": text, "evidence": evidence}),
            "sentences": listed(thing({"text": text, "evidence": evidence})),
            "insights": listed(thing({"text": text, "kind": kind, "evidence": evidence})),
            "tags": listed(label),
        }
    )


def rewrite(
    articles: Sequence[Article],
    model: Model,
    check: Check,
    *,
    name: str,
    language: str,
    max_tokens: int,
    earlier: Mapping[str, str] | None = None,
) -> tuple[list[Article], list[str]]:
    """Have the model write `articles` anew; one it cannot write stays as the offline editor made it, marked.

    `earlier` is what an earlier edition printed of the same matter, by the article's id. An answer that does not hold gets one more turn, with the exact complaints.
    """
    before = earlier or {}
    prompts = [
        _prompt(article, name, language, max_tokens, before.get(article.id, "")) for article in articles
    ]
    written: list[Article | None] = [None] * len(articles)
    notes: list[str] = []
    again: list[tuple[int, Prompt]] = []
    for number, answer in enumerate(model.ask_all(prompts)):
        article, complaints = _accept(articles[number], answer, prompts[number], check, language)
        written[number] = article
        if article is None and isinstance(answer, Answer):
            said = json.dumps(answer.data, ensure_ascii=False)
            again.append((number, replace(prompts[number], turns=((said, _complaint(complaints)),))))
        elif article is None:
            notes.append(f"story {articles[number].id} by rule: {complaints[0]}")
    for (number, prompt), answer in zip(again, model.ask_all([prompt for _, prompt in again]), strict=True):
        article, complaints = _accept(articles[number], answer, prompt, check, language)
        written[number] = article
        outcome = "mended in one more turn" if article else f"by rule: {complaints[0]}"
        notes.append(f"story {articles[number].id} {outcome}")
    return [new or _fallen_back(old) for new, old in zip(written, articles, strict=True)], notes


def _fallen_back(article: Article) -> Article:
    return replace(article, marks=(*article.marks, "fallback"))


def _complaint(complaints: Sequence[str]) -> str:
    return (
        "A program that compared your answer with the sources found this:\n- "
        + "\n- ".join(complaints)
        + "\nAnswer again, whole, with these faults mended. Leave out what the sources do not carry."
    )


def _accept(
    article: Article, answer: Answer | ModelFailure, prompt: Prompt, check: Check, language: str
) -> tuple[Article | None, list[str]]:
    """Return the article an answer makes, or None and why not."""
    if isinstance(answer, ModelFailure):
        return None, [str(answer)]
    try:
        new, lost = applied(article, answer.data, prompt.schema, language)
    except ModelFailure as failure:
        return None, [str(failure)]
    complaints = lost + check(new)
    return (None, complaints) if complaints else (new, [])


def applied(
    article: Article, data: Any, wanted: dict[str, Any] | Any, language: str
) -> tuple[Article, list[str]]:
    """Return `article` with the words of `data`, and the sentences that could not be proven.

    Links, sources, times and the id stay those of `article`: an answer holds words only.
    Raises `ModelFailure` "wrong answer" when no headline or no sentence is left.
    """
    parts = wanted["properties"]
    problems: list[str] = []
    headline, problem = _claim(data["headline"], article, parts["headline"], 90)
    problems += problem
    sentences: list[Claim] = []
    for row in data["sentences"][:MAX_SENTENCES]:
        claim, problem = _claim(row, article, parts["sentences"]["items"], 300)
        problems += problem
        sentences += [claim] if claim else []
    insights: list[Claim] = []
    for row in data["insights"][:MAX_INSIGHTS]:
        claim, problem = _claim(row, article, parts["insights"]["items"], 200)
        problems += problem
        insights += [claim] if claim else []
    if headline is None or not sentences:
        raise ModelFailure("wrong answer", problems[0] if problems else "there is no sentence in it")
    joint = "" if language.startswith(("zh", "ja")) else " "
    tags = [tag for tag in data["tags"] if not violations(tag, parts["tags"]["items"])]
    return (
        replace(
            article,
            headline=headline.text.rstrip("。."),
            text=escape(joint.join(claim.text for claim in sentences)),
            insights=tuple(Insight(escape(claim.text), claim.kind) for claim in insights),
            groups=(),
            points=(),
            tags=tuple(dict.fromkeys((*article.tags, *map(str, tags))))[:5],
            claims=(headline, *sentences, *insights),
            language=language,
            marks=tuple(mark for mark in article.marks if mark not in ("foreign", "title-only")),
        ),
        problems,
    )


def _claim(row: Any, article: Article, wanted: Any, limit: int) -> tuple[Claim | None, list[str]]:
    """Return a sentence with its located quotations; None and why when it has none."""
    shape = violations(row, wanted, "a sentence")
    if shape:
        return None, shape
    text = plain(row["text"], limit)
    kind = ClaimKind(row.get("kind", ClaimKind.FACT))
    texts = {source.id: source.text or source.title for source in article.sources}
    quotations: list[Quotation] = []
    missed: list[str] = []
    for evidence in row["evidence"]:
        said = texts.get(evidence.get("source", ""), "") if isinstance(evidence, dict) else ""
        place = locate(str(evidence.get("quote", "")), said) if said else None
        if place:
            quotations.append(Quotation(evidence["source"], said[slice(*place)], *place))
        else:
            missed.append(str(evidence)[:80])
    if not text:
        return None, ["a sentence is empty"]
    if not quotations:
        why = f"its quotation {missed[0]!r} stands in no source" if missed else "it has no quotation"
        return None, [f"«{text[:40]}»: {why}"]
    return Claim(text, kind, tuple(quotations)), []


def _prompt(article: Article, name: str, language: str, max_tokens: int, earlier: str = "") -> Prompt:
    texts = sources(article)
    mark = mark_of([*texts.values(), earlier])
    tags = tuple(dict.fromkeys(article.tags))
    user = "\n\n".join(
        [
            f"The mark of this request is {mark}. Tags to choose from: {', '.join(tags) or 'none'}.",
            *(marked(mark, "source", identity, text) for identity, text in texts.items()),
            *([f"[{mark} earlier]\n{earlier}\n[{mark} end]"] if earlier else []),
        ]
    )
    system = rules("write").replace("{language}", language_name(language))
    return Prompt("write", name, system, user, schema(list(texts), tags), max_tokens)
