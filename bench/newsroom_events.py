"""How often a reason's first words are right: the kind of event, who does it, and whether it is done."""

from __future__ import annotations

import json
from pathlib import Path

from generator.lexicon import names
from generator.lexicon.events import Event, reported
from generator.newsroom.headline import headline

LABELS = Path(__file__).with_name("newsroom_events.txt")
OPEN = {"plan", "rumour"}  # what is planned is often only heard, and told as either


def reason_score(data: Path) -> str:
    """Return how many headlines are said to state an event, and of how many all three are right."""
    count = stated = right = 0
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        place, position, kinds, standing, agents = line.split("\t")
        event = reported(headline(_title(data, place, int(position))))
        count += 1
        if event.kind:
            stated += 1
            right += _right(event, kinds.split(","), standing.split("/"), agents)
    return (
        f"an event stated of {stated} of {count} headlines, all of it right of {right} ({right / stated:.3f})"
    )


def _right(event: Event, kinds: list[str], standings: list[str], agents: str) -> bool:
    if event.kind == "plan":
        kind = event.kind in kinds or bool(OPEN & set(standings))
    else:
        kind = event.kind in kinds or (event.kind == "market" and "results" in kinds)
    said = {"plan"} if event.kind == "plan" else {str(event.standing)}
    standing = (
        "-" in standings or bool(said & set(standings)) or (said <= OPEN and bool(OPEN & set(standings)))
    )
    known = {mention.name for mention in names.find(agents)}
    known |= {names.firm_of(name) for name in known}
    return kind and standing and (not event.agent or event.agent in known)


def _title(data: Path, place: str, position: int) -> str:
    folder, _, stem = place.partition("/")
    part = "selection" if folder == "labelled-digest" else "stream"
    told = json.loads((data / part / folder / f"{stem}.json").read_text(encoding="utf-8"))
    rows = told["items"] if "items" in told else [*told["domestic"], *told["international"]]
    return str(rows[position]["title"])
