"""Evidence at the newsroom's door: what the model may hand in, and what an unattended publish may print."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.commands import issues
from generator.config import Config
from generator.errors import GeneratorError
from generator.labels import labels_for
from generator.news import Article, Edition, Printed
from generator.newsroom.compose import without
from generator.newsroom.editor import Day, Issue

if TYPE_CHECKING:
    from generator.evidence.finding import Finding


def complaints_for(config: Config, date: dt.date) -> Callable[[Article], list[str]]:
    """Return the check of one article against its sources: what is wrong with it, in words for its writer."""

    def complaints(article: Article) -> list[str]:
        from generator.evidence.verify import check_article

        found = check_article(article, day=date, timezone=config.site.timezone, language=_language(config))
        return [
            f"{one.kind}: {one.message}: «{one.words}»"
            + (f"; the source says «{one.evidence}»" if one.evidence else "")
            for one in found
            if one.severity != "note"
        ]

    return complaints


def admitted(
    issue: Issue, day: Day, form: str, config: Config, earlier: Sequence[Printed]
) -> tuple[Edition, tuple[str, ...]]:
    """Return the issue's edition of `day` with its score and without what is refused, and what that was.

    Refused is what `[evidence] block` names; and of a story written by rule, which quotes its sources and can
    claim nothing of its own, every doubt: what the offline editor prints is clean or is not printed, unless a
    person pinned or joined it. A refused story is left out whole; a line of the front page is taken back to a
    story's own headline. What a person signed off in the record stands. Nothing of this is silent: every
    refusal is one note. Raises `GeneratorError` when leaving out does not help against what the settings block.
    """
    from generator import editions
    from generator.evidence.dossier import Context, prepare
    from generator.evidence.finding import blocked
    from generator.evidence.score import score
    from generator.evidence.verify import judged

    edition = issue.edition
    before = issues.read_record(issues.folder_of(config, edition.id))
    accepted = before.edition.accepted if before else ()
    context = Context(
        earlier=earlier,
        language=_language(config),
        window_hours=config.edition.window_hours,
        topics=config.edition.topics,
    )
    notes: list[str] = []
    while True:
        known = dataclasses.replace(edition, accepted=accepted)
        text = editions.FORMATS[form].write(edition, labels_for(config.site.language)).text
        dossier = prepare(editions.FORMATS[form].parse(text), _Known(known), context)
        findings = judged(dossier)
        errors = blocked(findings, config.evidence.block)
        # a format without headlines calls a story by its first words
        stories = {entry.name: entry.record.id for entry in dossier.entries if entry.record}
        doubts = _doubts(findings, stories, issue.by_rule)
        fewer = edition
        weighed = [finding for finding in doubts if stories.get(finding.article, "") not in day.by_hand]
        refused = _first(errors, one_only=False) or _first(weighed, one_only=True)
        for finding in refused:
            fewer = _without(fewer, finding, stories.get(finding.article, ""), day)
        if fewer == edition:
            break
        edition = fewer
        notes += [f"refused: {_said(finding)}" for finding in refused]
    if errors:
        raise GeneratorError(
            f"{edition.id}: not written: after leaving out what is refused it still is\n"
            + "\n".join([*notes, *map(_said, errors)])
        )
    notes += [f"doubtful, and printed: {_said(finding)}" for finding in doubts]
    return dataclasses.replace(edition, score=score(dossier, findings)), tuple(dict.fromkeys(notes))


def _doubts(
    findings: Sequence[Finding], stories: Mapping[str, str], by_rule: Collection[str]
) -> list[Finding]:
    """Return the findings above a note about what was written by rule; the front page is when all stories are.

    `stories` says which story, by id, findings call what.
    """
    ours = {name for name, story in stories.items() if story in by_rule}
    if len(ours) == len(stories):
        ours.add("")
    return [finding for finding in findings if finding.severity != "note" and finding.article in ours]


def _first(findings: Sequence[Finding], *, one_only: bool) -> list[Finding]:
    """Return what to leave out before the edition is looked at again: stories before lines, which speak of them.

    Some doubts are of a pair and name both its stories: with `one_only` the later one goes alone.
    Lines come last first, so that the places of the others stay.
    """
    of_stories = [finding for finding in findings if finding.article]
    return (of_stories[-1:] if one_only else of_stories) or list(reversed(findings))


def _said(finding: Finding) -> str:
    return f"{finding.article or finding.key}: {finding.kind}: {finding.message}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Known:
    edition: Edition


def _without(edition: Edition, finding: Finding, story: str, day: Day) -> Edition:
    """Return the edition without the story of this id, or without the line of the front page that a finding is about."""
    if finding.article:
        return without(edition, {story}, day)
    part, _, number = finding.key.rpartition(".")
    if part == "summary":
        place = int(number)
        return dataclasses.replace(edition, summary=edition.summary[:place] + edition.summary[place + 1 :])
    if finding.key == "title":
        first = next((article.headline for article in edition.articles), edition.title)
        return dataclasses.replace(edition, title=first)
    return dataclasses.replace(edition, lead="") if finding.key == "lead" else edition


def _language(config: Config) -> str:
    return config.site.language.split("-")[0].lower()
