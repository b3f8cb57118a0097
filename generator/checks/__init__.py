"""What must hold before publishing. A check is one row: its name and a function from the site to problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.checks import links, repeats, typography
from generator.checks.site import Site
from generator.errors import Problem

CHECKS: dict[str, Callable[[Site], Iterator[Problem]]] = {
    "links": links.check,
    "repeats": repeats.check,
    "typography": typography.check,
}


def check(site: Site) -> list[tuple[str, Problem]]:
    """Return every problem with the name of the check that found it, in the order of the files."""
    found = [(name, problem) for name, run in CHECKS.items() for problem in run(site)]
    return sorted(found, key=lambda one: (one[1], one[0]))


__all__ = ["CHECKS", "Site", "check"]
