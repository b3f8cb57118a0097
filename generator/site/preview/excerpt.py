"""A problem with the lines around its place, as the error overlay shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.errors import Problem

AROUND, WIDEST, LARGEST = 2, 200, 2_000_000  # lines, characters, bytes


def excerpt(root: Path, problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON, with numbered lines of its file if that is one of the site."""
    row: dict[str, Any] = {
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "lines": [],
    }
    if not problem.path or not problem.line:
        return row
    path = (root / problem.path).resolve()
    try:
        if not path.is_relative_to(root.resolve()) or path.stat().st_size > LARGEST:
            return row
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return row
    first = max(1, problem.line - AROUND)
    row["lines"] = [
        {"number": number, "text": lines[number - 1][:WIDEST]}
        for number in range(first, min(len(lines), problem.line + AROUND) + 1)
    ]
    return row
