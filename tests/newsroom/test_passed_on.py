"""A feed that carries another's page adds to the event's weight, but no second source at one address."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from newsroom_items import NOON, item

from generator.newsroom.grouping.cluster import cluster
from generator.newsroom.importance import score
from generator.store import Store

PAGE = "https://a.example/1"
DAY = dt.timedelta(days=1)


def test_each_feed_that_passes_a_page_on_is_a_vote_for_its_event() -> None:
    feeds = ["甲报", "论坛", "聚合"]
    points = []
    for count in (1, 2, 3):
        items = [item("甲公司发布新模型", url=PAGE, feed=feed) for feed in feeds[:count]]
        (story,) = cluster(items, within=DAY)
        assert (len(story.items), story.feeds) == (1, tuple(sorted(feeds[:count])))
        points.append(score(story, now=NOON, weights={}, event="").total)
    assert points[0] < points[1] < points[2]


def test_a_story_keeps_its_name_whichever_feed_was_read_first(tmp_path: Path) -> None:
    early = item("甲公司发布新模型", url=PAGE, feed="甲报", hours=3)
    late = item("甲公司新模型来了", url=PAGE, feed="论坛", hours=1)
    names = []
    for number, order in enumerate(((early, late), (late, early))):
        with Store.open(tmp_path / str(number)) as store:
            for one in order:
                # both feeds know the entry by its address alone
                store.add([dataclasses.replace(one, id="0123456789ab")], NOON)
            (story,) = cluster(store.items(NOON - DAY, NOON), within=DAY)
            names.append((story.id, [(one.feed, one.published) for one in story.items]))
    assert names[0] == names[1]
