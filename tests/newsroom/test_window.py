from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from newsroom_items import NOON, item

from generator.news import Precision
from generator.newsroom.window import MAX_UNDATED, Window, fresh, window_of

ZONE = ZoneInfo("Asia/Shanghai")
WINDOW = Window(NOON - dt.timedelta(hours=24), NOON)


def test_todays_edition_covers_up_to_now() -> None:
    window = window_of(dt.date(2026, 1, 7), at=None, now=NOON, hours=24, zone=ZONE)
    assert window.end == NOON


def test_a_past_days_edition_ends_when_its_day_ends_in_the_papers_zone() -> None:
    window = window_of(dt.date(2026, 1, 5), at=None, now=NOON, hours=24, zone=ZONE)
    assert window.end == dt.datetime(2026, 1, 5, 16, tzinfo=dt.UTC)


def test_just_after_midnight_in_shanghai_it_is_the_next_day() -> None:
    now = dt.datetime(2026, 1, 6, 16, 1, tzinfo=dt.UTC)
    assert window_of(dt.date(2026, 1, 7), at=None, now=now, hours=24, zone=ZONE).end == now


def test_what_is_dated_before_the_window_is_back_catalogue() -> None:
    kept, stale = fresh([item("旧闻", hours=30, seen=1), item("新闻", hours=2)], WINDOW, ZONE)
    assert [one.title for one in kept] == ["新闻"]
    assert [why.fate for why in stale] == ["stale"]


def test_an_item_dated_to_the_day_counts_when_its_day_reaches_into_the_window() -> None:
    yesterday = item("只有日期", hours=36, seen=2, precision=Precision.DAY)
    assert fresh([yesterday], WINDOW, ZONE)[0] == [yesterday]


def test_a_new_feed_without_dates_does_not_flood() -> None:
    flood = [item(f"第{n}条没有日期的消息", precision=Precision.INFERRED) for n in range(50)]
    assert len(fresh(flood, WINDOW, ZONE)[0]) == MAX_UNDATED
