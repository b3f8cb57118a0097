"""Evidence at the newsroom's door: what the model may hand in, and what an unattended publish may print."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

from generator.commands import issues
from generator.config import Config
from generator.errors import GeneratorError
from generator.labels import labels_for
from generator.news import Article, Edition, Printed

ROUNDS = 4  # leaving a story out can change what the rest must say; it settles in one or two


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
    edition: Edition, form: str, config: Config, earlier: Sequence[Printed]
) -> tuple[Edition, tuple[str, ...]]:
    """Return `edition` with its score and without what `[evidence] block` refuses, and what that was.

    A story with such a finding is left out whole; a line of the front page is taken back to
    a story's own headline. What a person signed off in the record stands. Nothing of this
    is silent: every refusal is one note. Raises `GeneratorError` when leaving out does not help.
    """
    from generator import editions
    from generator.evidence.dossier import Context, prepare
    from generator.evidence.finding import blocked
    from generator.evidence.score import score
    from generator.evidence.verify import judged

    before = issues.read_record(issues.folder_of(config, edition.id))
    accepted = before.edition.accepted if before else ()
    context = Context(
        earlier=earlier,
        language=_language(config),
        window_hours=config.edition.window_hours,
        topics=config.edition.topics,
    )
    refused: dict[str, None] = {}
    for _ in range(ROUNDS):
        known = dataclasses.replace(edition, accepted=accepted)
        text = editions.FORMATS[form].write(edition, labels_for(config.site.language)).text
        dossier = prepare(editions.FORMATS[form].parse(text), _Known(known), context)
        findings = judged(dossier)
        bad = blocked(findings, config.evidence.block)
        if not bad:
            return dataclasses.replace(edition, score=score(dossier, findings)), tuple(refused)
        for finding in bad:
            refused[f"refused: {finding.article or finding.key}: {finding.kind}: {finding.message}"] = None
            edition = _without(edition, finding.article, finding.key)
    raise GeneratorError(
        f"{edition.id}: not written: after leaving out what is refused it still is\n" + "\n".join(refused)
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Known:
    edition: Edition


def _without(edition: Edition, headline: str, key: str) -> Edition:
    if headline:
        sections = [
            dataclasses.replace(
                section,
                articles=tuple(a for a in section.articles if (a.headline or a.text[:40]) != headline),
            )
            for section in edition.sections
        ]
        told = tuple(line for line in edition.summary if line != headline)
        kept = tuple(section for section in sections if section.articles)
        return dataclasses.replace(edition, sections=kept, summary=told)
    if key.startswith("summary"):
        place = int(key.rpartition(".")[2]) if key.rpartition(".")[2].isdigit() else -1
        return dataclasses.replace(
            edition, summary=tuple(line for number, line in enumerate(edition.summary) if number != place)
        )
    if key == "title":
        first = next((article.headline for article in edition.articles), edition.title)
        return dataclasses.replace(edition, title=first)
    return dataclasses.replace(edition, lead="")


def _language(config: Config) -> str:
    return config.site.language.split("-")[0].lower()
