"""A story that two posts print: the same address as a headline's link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.checks.site import Site
from generator.errors import Problem
from generator.text.addresses import canonical_url

_HEADLINE = re.compile(r"^(?:#{2,4} |- )\[[^\n]*?\]\((https?://[^)\s]+)\)", re.MULTILINE)


def check(site: Site) -> Iterator[Problem]:
    """Yield a warning at the second and each further headline that leads to one address."""
    first: dict[str, str] = {}
    for source in sorted(site.sources, key=lambda source: source.path):
        for match in _HEADLINE.finditer(source.text):
            address = canonical_url(match[1]) or match[1]
            if urlsplit(address).path in ("", "/"):
                continue  # the front page of a project or paper, not a story
            line, column = source.text.count("\n", 0, match.start()) + 1, 1
            place = f"{source.path}:{line}"
            if address in first:
                yield Problem(
                    source.path,
                    line,
                    column,
                    f"this story is printed already at {first[address]}; keep one of them",
                    "warning",
                )
            first.setdefault(address, place)
