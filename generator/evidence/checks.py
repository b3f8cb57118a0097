"""The table of checks: a new one is one module and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.evidence import (
    date,
    form,
    hedge,
    language,
    link,
    merged,
    modality,
    name,
    number,
    pairing,
    phantom,
    publisher,
    quotation,
    relevance,
    repeat,
    support,
)
from generator.evidence.dossier import Dossier
from generator.evidence.finding import Finding

Check = Callable[[Dossier], Iterable[Finding]]

CHECKS: dict[str, Check] = {
    "pairing": pairing.check,
    "link": link.check,
    "number": number.check,
    "hedge": hedge.check,
    "name": name.check,
    "quotation": quotation.check,
    "modality": modality.check,
    "date": date.check,
    "merged": merged.check,
    "repeat": repeat.check,
    "phantom": phantom.check,
    "relevance": relevance.check,
    "publisher": publisher.check,
    "language": language.check,
    "form": form.check,
    "support": support.check,
}
"""Kind of finding → what looks for it. A check that fails becomes a finding of its kind."""


def run(dossier: Dossier, checks: dict[str, Check]) -> list[Finding]:
    """Apply every check; one that raises yields an error of its kind, so that a gate never fails open."""
    found: list[Finding] = []
    for kind, check in checks.items():
        try:
            found.extend(check(dossier))
        except Exception as error:
            found.append(
                Finding(
                    kind,
                    f"this check could not run: {type(error).__name__}: {error}",
                    file=dossier.context.file,
                    words="check",
                    fix="report this as a bug of ribao; until then the edition is unproven in this respect",
                )
            )
    return found
