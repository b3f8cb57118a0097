"""How a headline states an event: the patterns of its kinds, of what is said by the way, and of how sure it is."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).with_name("events.toml")


class Patterns(NamedTuple):
    """The patterns of `events.toml`, compiled; the keys of the first three are kinds of `topics.events()`."""

    concrete: Mapping[str, re.Pattern[str]]
    speech: Mapping[str, re.Pattern[str]]
    loose: Mapping[str, re.Pattern[str]]
    aside: Mapping[str, re.Pattern[str]]
    standing: Mapping[str, re.Pattern[str]]


@functools.cache
def patterns() -> Patterns:
    """Return the patterns; line breaks between alternatives are no part of them."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return Patterns(
        *(
            {key: re.compile(text.replace("\n", ""), re.IGNORECASE) for key, text in data[part].items()}
            for part in Patterns._fields
        )
    )
