"""Findings as SARIF 2.1.0, which code hosts show as annotations on a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.evidence.finding import Finding

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

# One line a kind, for the list of rules.
RULES: dict[str, str] = {
    "pairing": "The link belongs to another story",
    "link": "The address proves nothing or is malformed",
    "number": "A figure stands in no source",
    "hedge": "超, 约, 近 and their like differ from the source",
    "name": "A name is in no source",
    "quotation": "A quotation is in no source",
    "modality": "A plan, rumour or opinion is told as a fact",
    "date": "A date is wrong, or the story is not new",
    "merged": "One item holds several stories",
    "repeat": "The story was printed before",
    "phantom": "The edition speaks of a story it does not hold",
    "relevance": "The source does not speak of the paper's topics",
    "publisher": "The named publisher is not the one at the address",
    "language": "An item is not in the paper's language",
    "form": "The text does not read as it should",
    "support": "A sentence rests on no source",
}


def sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return one SARIF log of all findings."""
    rules = [{"id": kind, "shortDescription": {"text": text}} for kind, text in RULES.items()]
    driver = {"name": "ribao", "version": __version__, "rules": rules}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(one) for one in findings],
            }
        ],
    }


def _result(finding: Finding) -> dict[str, Any]:
    text = finding.message
    if finding.words:
        text += f" [{finding.words}]"
    if finding.evidence:
        text += f"\nsource: {finding.evidence}"
    if finding.fix:
        text += f"\nfix: {finding.fix}"
    # a reference by RFC 3986: names in Chinese and spaces are encoded, a file outside the folder is named whole
    uri = quote(finding.file, safe="/")
    if finding.file.startswith("/"):
        uri = f"file://{uri}"
    region = {"startLine": max(finding.line, 1), "startColumn": max(finding.column, 1)}
    return {
        "ruleId": finding.kind,
        "level": finding.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
        "partialFingerprints": {"ribao/v1": finding.id},
    }
