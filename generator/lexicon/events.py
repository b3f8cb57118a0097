"""What a headline states: the kind of event, who does it, and whether it is done, ahead, or only heard.

Event extraction has names for these three: the trigger, its agent, and its modality (ACE English annotation
guidelines for events, 2005). A reason is printed as a fact, so what the words do not carry is left out.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from generator.lexicon.agents import able, of_kind

DATA = Path(__file__).with_name("events.toml")
_CLAUSE = re.compile(r"(?:[^，。；：！？,;:!?|｜\u2014]|(?<=\d)[,:](?=\d))+[，。；：！？,;:!?|｜\u2014]?")
_HIDDEN = "\ufffc"  # stands for a character that states nothing, so that places stay the same
# 发布的模型, 入股后, 上线首日: a clause that only tells which, or when
_RELATIVE = re.compile(
    r"了?的(?!是)|之?后(?![端台续])|之?前(?![端沿景])|时(?![代刻间])|首[日周月]|以来|[一两半][年周天]"
)
_NOUNS = frozenset({"results", "market", "ipo"})
_SHOWN = re.compile(r"^(?:introducing|launching|announcing)\s", re.IGNORECASE)


class Standing(StrEnum):
    """How sure a headline is of what it states."""

    DONE = "done"
    PLANNED = "plan"
    HEARD = "rumour"


@dataclass(frozen=True, slots=True)
class Event:
    """What a headline states; `kind` is a key of `topics.events()` or "", `agent` a canonical name or ""."""

    kind: str = ""
    agent: str = ""
    standing: Standing = Standing.DONE


@dataclass(frozen=True, slots=True)
class _Trigger:
    kind: str
    start: int
    end: int
    clause: tuple[int, int]


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


@functools.lru_cache(maxsize=20_000)
def reported(title: str) -> Event:
    """Return what the headline `title` states; of one that states nothing, only who is spoken of."""
    if title.count("；") > 1:  # several stories in one line
        return Event()
    told = _stated(title)
    clauses = [match.span() for match in _CLAUSE.finditer(told)]
    of = patterns()
    concrete = next((one for span in clauses if (one := _first(of.concrete, told, span))), None)
    speech = next((one for span in clauses if (one := _first(of.speech, told, span))), None)
    heard = bool(of.standing["heard"].search(told))
    attributed = not heard and of.aside["attributed"].search(told)
    if concrete and speech and (speech.start < concrete.start or attributed):
        concrete = None
    trigger = (
        concrete or speech or next((one for span in clauses if (one := _first(of.loose, told, span))), None)
    )
    if trigger is concrete and trigger and _denied(told, trigger):
        trigger = None
    if trigger is None:
        return Event("plan", _spoken_of(title), Standing.HEARD) if heard else Event("", _spoken_of(title))
    agent = _agent(title, trigger)
    if trigger is not concrete and trigger.kind != "plan":
        return Event(trigger.kind, agent)
    if heard:
        return Event(trigger.kind, agent, Standing.HEARD)
    if trigger.kind == "plan":
        return Event(trigger.kind, agent, Standing.PLANNED)
    # 出货量预计将增长, IPO 在即: of what is no verb the doubt may come after
    end = trigger.clause[1] if trigger.kind in _NOUNS else trigger.end
    ahead = of.standing["ahead"].search(told, trigger.clause[0], end)
    return Event(trigger.kind, agent, Standing.PLANNED if ahead else Standing.DONE)


def _stated(title: str) -> str:
    """Return `title` with quotations, questions, and what is told by the way made unreadable."""
    told = patterns().aside["quoted"].sub(_but_its_end, title)
    told = patterns().aside["circumstance"].sub(lambda match: _HIDDEN * len(match[0]), told)
    for match in _CLAUSE.finditer(told):
        if patterns().aside["question"].search(match[0]):
            told = told[: match.start()] + _HIDDEN * len(match[0]) + told[match.end() :]
    return told


def _but_its_end(match: re.Match[str]) -> str:
    """Hide a quotation; of a title's the last word stays, which says what it is: 《…管理办法》."""
    text = match[0]
    if not text.endswith("》") or len(text) < 6:
        return _HIDDEN * len(text)
    return text[0] + _HIDDEN * (len(text) - 4) + text[-3:]


def _first(of: Mapping[str, re.Pattern[str]], told: str, clause: tuple[int, int]) -> _Trigger | None:
    """Return what the clause states first; the longer of two at one place."""
    found = [
        _Trigger(kind, match.start(), match.end(), clause)
        for kind, pattern in of.items()
        for match in pattern.finditer(told, *clause)
        if not _RELATIVE.match(told, match.end())
    ]
    return min(found, key=lambda one: (one.start, -one.end), default=None)


def _denied(told: str, trigger: _Trigger) -> bool:
    """Whether the clause takes back what it states: before it says so, or after, as of talks that have stalled."""
    of = patterns().standing
    return bool(
        of["denied"].search(told, trigger.clause[0], trigger.end)
        or of["failed"].search(told, *trigger.clause)
    )


def _agent(title: str, trigger: _Trigger) -> str:
    """Return who does it: named before it in its clause, else the one of whom the headline speaks; "" for nobody."""
    named = able(title)
    if shown := _SHOWN.match(title):
        return next((one.name for one in named if one.start == shown.end()), "")
    start, _ = trigger.clause
    # 白宫加快制定: an office is part of what states an act of its own
    place = trigger.end if trigger.kind == "policy" else trigger.start
    here = [one for one in named if start <= one.start < place]
    if here or trigger.kind == "statement":
        return of_kind(here, trigger.kind)
    return of_kind([one for one in named if one.start < min(start, len(title) / 2)], trigger.kind)


def _spoken_of(title: str) -> str:
    """Return of whom a headline speaks that states nothing; named at its end are customers, examples and rivals."""
    return of_kind([one for one in able(title) if one.start <= len(title) / 2], "")
