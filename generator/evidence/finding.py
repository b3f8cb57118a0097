"""What a check found: where, what, against which evidence, and what would mend it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from generator.text.clean import shorten

Severity = Literal["error", "warning", "note"]
_ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one place. Lines and columns count from 1; 0 means the file as a whole."""

    kind: str  # a key of CHECKS
    message: str
    severity: Severity = "error"
    file: str = ""
    line: int = 0
    column: int = 0
    words: str = ""  # the words of the file in doubt
    evidence: str = ""  # the nearest thing a source says
    fix: str = ""  # what would mend it
    article: str = ""  # the headline of the story; empty for the edition as a whole
    key: str = ""  # the passage, as "s0.a2.text"

    @property
    def id(self) -> str:
        """8 hex digits that stay while kind, story and words stay, wherever the lines move to."""
        return hashlib.sha256("\n".join((self.kind, self.article, self.words)).encode()).hexdigest()[:8]

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.file else ""
        named = f": «{shorten(self.words, 60)}»" if self.words and self.words not in self.message else ""
        parts = [f"{place}{self.severity}: {self.kind}: {self.message}{named}"]
        if self.evidence:
            parts.append(f"    source: {self.evidence}")
        if self.fix:
            parts.append(f"    fix: {self.fix}")
        return "\n".join(parts)

    def row(self) -> dict[str, Any]:
        """Return the finding as `ribao verify --json` prints it."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "words": self.words,
            "message": self.message,
            "evidence": self.evidence,
            "fix": self.fix,
            "id": self.id,
            "article": self.article,
            "key": self.key,
        }


def finding_of(row: dict[str, Any]) -> Finding:
    """Return the finding that `row` was made from."""
    return Finding(**{name: value for name, value in row.items() if name != "id"})


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by file and line, the graver first at one place, each only once."""
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda f: (f.file, f.line, f.column, _ORDER[f.severity], f.kind, f.words))


def blocked(findings: Iterable[Finding], kinds: Collection[str]) -> list[Finding]:
    """Return the findings that stop an unattended publish or a build: errors of one of `kinds`."""
    return [finding for finding in findings if finding.kind in kinds and finding.severity == "error"]
