"""How well two stories of one day are told to be one event, on pairs that two readers labelled."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bench.newsroom_retold import UNSEEN
from bench.newsroom_streams import day_of, items_of, story_of
from generator.news import Story
from generator.newsroom.grouping.one_event import margin
from generator.newsroom.grouping.told import ground_of, told_of
from generator.newsroom.pick import event_of
from generator.text.vectors import encode

LABELS = Path(__file__).with_name("newsroom_twice.txt")


def twice_scores(data: Path) -> list[str]:
    """Return a line for the stream nobody had read when the thresholds were set, and one for the others."""
    by_day: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            stream, day, *pair = line.split("\t")
            by_day[stream, day].append(pair)
    streams = {stream: items_of(data, stream) for stream, _ in by_day}
    found: dict[bool, list[tuple[bool, set[str]]]] = defaultdict(list)
    for (stream, day), pairs in by_day.items():
        known = streams[stream]
        stories = {ids: story_of(ids.split(","), known) for a, b, *_ in pairs for ids in (a, b)}
        alone = [Story(item.id, (item,)) for item in known.values() if item.first_seen == day_of(day)]
        ground = ground_of([*alone, *filter(None, stories.values())], encode)
        told = {ids: told_of(one, event_of(one), encode) for ids, one in stories.items() if one}
        for a, b, *labels in pairs:
            if a in told and b in told:
                joined = margin(told[a], told[b], ground) >= 0
                found[stream == UNSEEN].append((joined, set(labels)))
    return [_line(name, found[unseen]) for unseen, name in ((True, UNSEEN), (False, "the other streams"))]


def _line(name: str, found: list[tuple[bool, set[str]]]) -> str:
    joined = [labels for said, labels in found if said]
    one = sum("S" in labels for labels in joined)
    affair = sum(labels != {"D"} for labels in joined)
    events = sum("S" in labels for _, labels in found)
    return f"{name}: {len(found)} pairs, {events} of one event; {len(joined)} joined, {one} of them of one event, {affair} of one affair"
