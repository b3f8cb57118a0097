"""What can go wrong in a way a person can mend: where, what, and what to do.

Anything that is raised and is not a `GeneratorError` is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "usage", "settings", "content", "theme", "store", "disk", "busy", "nothing", "model", "network"
]
"""The fixed words for what kind of failure it was; scheduled jobs tell them apart by `--json`."""

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong at one place. Lines and columns count from 1; 0 means unknown."""

    path: str
    line: int = 0
    column: int = 0
    message: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        label = "" if self.severity == "error" else f"{self.severity}: "
        return f"{place}: {label}{self.message}" if place else f"{label}{self.message}"


class GeneratorError(Exception):
    """A failure with one clear message; `kind` is its fixed word."""

    kind: Kind = "content"

    def __init__(self, message: str, *, kind: Kind | None = None) -> None:
        super().__init__(message)
        if kind is not None:
            self.kind = kind

    @property
    def exit_code(self) -> int:
        """2 when the call or the settings are wrong, else 1."""
        return 2 if self.kind in ("usage", "settings") else 1

    @property
    def problems(self) -> list[Problem]:
        """The problems one by one; a plain error is one without a place."""
        return [Problem("", message=str(self))]


class ProblemsError(GeneratorError):
    """Several problems found in one run, reported together."""

    def __init__(self, problems: Iterable[Problem], *, kind: Kind | None = None) -> None:
        self._problems = sorted(problems)
        super().__init__("\n".join(map(str, self._problems)), kind=kind)

    @property
    def problems(self) -> list[Problem]:
        return self._problems


class SettingsError(ProblemsError):
    """`site.toml` does not fit its schema."""

    kind: Kind = "settings"


class ContentError(ProblemsError):
    """Posts or pages that cannot be published as they stand."""

    kind: Kind = "content"


class ThemeError(ProblemsError):
    """A template or a theme's settings are wrong."""

    kind: Kind = "theme"


class StoreError(GeneratorError):
    """The store cannot be opened, read or written."""

    kind: Kind = "store"


class DiskError(GeneratorError):
    """A file or folder cannot be read or written."""

    kind: Kind = "disk"


class BusyError(GeneratorError):
    """Another run holds what this one needs."""

    kind: Kind = "busy"


class ModelError(GeneratorError):
    """The model did not answer, or not with what was asked for."""

    kind: Kind = "model"
