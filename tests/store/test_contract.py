"""What every store keeps, whatever it is made of."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from generator.news import Precision
from generator.sources import FeedState
from generator.store import Store
from tests.store.conftest import EVER, NOW, item

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
LATER = NOW + HOUR


def counts(store: Store, *items: object, at: dt.datetime = LATER) -> tuple[int, int, int]:
    added = store.add(items, at)  # type: ignore[arg-type]
    return added.new, added.updated, added.unchanged


def titles(store: Store, since: dt.datetime = EVER, until: dt.datetime = NOW + DAY) -> list[str]:
    return [one.title for one in store.items(since, until)]


def test_an_item_comes_back_as_it_was(store: Store) -> None:
    whole = item(
        "“引号”与 emoji 🚀",
        "https://a.example/1?q=1",
        precision=Precision.DAY,
        summary="一行\n两行",
        text="全文",
        language="zh",
        author="王'某",
        tags=("大模型", 'a"b'),
        image="https://a.example/1.png",
        link="https://a.example/1?q=1&utm_source=x",
    )
    store.add([whole], NOW)
    assert store.items(EVER, NOW) == [whole]


def test_the_same_items_again_are_unchanged(store: Store) -> None:
    two = item("甲", "https://a.example/1"), item("乙", "https://a.example/2")
    assert counts(store, *two) == (2, 0, 0)
    assert counts(store, *two, at=NOW + DAY) == (0, 0, 2)
    assert store.count() == 2


def test_a_changed_entry_is_updated_and_keeps_its_times(store: Store) -> None:
    first = dataclasses.replace(item("甲发布模型", "https://a.example/1", summary="旧"), first_seen=LATER)
    store.add([first], LATER)
    restamped = dataclasses.replace(first, summary="新", published=NOW + 5 * HOUR)
    assert counts(store, restamped, at=NOW + DAY) == (0, 1, 0)
    (kept,) = store.items(EVER, NOW + DAY)
    assert (kept.summary, kept.published, kept.first_seen) == ("新", NOW, LATER)


def test_an_inferred_date_gives_way_to_a_real_one(store: Store) -> None:
    guessed = item("甲", "https://a.example/1", precision=Precision.INFERRED)
    store.add([guessed], LATER)
    dated = dataclasses.replace(guessed, precision=Precision.EXACT, published=NOW - 3 * HOUR)
    assert counts(store, dated) == (0, 1, 0)
    assert counts(store, guessed) == (0, 0, 1)
    (kept,) = store.items(EVER, NOW)
    assert (kept.published, kept.precision) == (NOW - 3 * HOUR, Precision.EXACT)


def test_a_full_text_is_not_lost_when_the_feed_shows_less(store: Store) -> None:
    full = item("甲", "https://a.example/1", text="全文")
    store.add([full], NOW)
    store.add([dataclasses.replace(full, summary="改了", text="")], LATER)
    assert store.items(EVER, NOW)[0].text == "全文"


def test_later_entries_at_one_address_are_entries_of_their_own(store: Store) -> None:
    notes = "https://a.example/release-notes"
    first = item("Version 1.2 of the tool", notes)
    later = item("Version 1.3 of the tool", notes, at=NOW + 2 * DAY)
    assert counts(store, first) == (1, 0, 0)
    assert counts(store, later, at=NOW + 2 * DAY) == (1, 0, 0)
    assert counts(store, first, later, at=NOW + 3 * DAY) == (0, 0, 2)
    assert titles(store, until=NOW + 3 * DAY) == ["Version 1.2 of the tool", "Version 1.3 of the tool"]


def test_another_feed_at_the_same_address_is_a_report_of_its_own(store: Store) -> None:
    page = "https://a.example/1"
    first = item("甲发布模型", page, feed="快讯")
    fuller = item("甲公司发布新模型", page, feed="甲报", at=NOW + 9 * HOUR, summary="长得多的摘要")
    assert [counts(store, first), counts(store, fuller), counts(store, first, fuller)] == [
        (1, 0, 0), (1, 0, 0), (0, 0, 2)
    ]  # fmt: skip
    assert [(one.feed, one.url, one.summary) for one in store.items(EVER, NOW + DAY)] == [
        ("快讯", page, ""), ("甲报", page, "长得多的摘要")
    ]  # fmt: skip


def test_a_feed_that_passes_a_page_on_days_later_does_not_make_it_news(store: Store) -> None:
    page = "https://a.example/1"
    store.add([item("甲发布模型", page)], NOW)
    assert counts(store, item("甲发布模型", page, feed="论坛", at=NOW + 3 * DAY), at=NOW + 3 * DAY) == (
        1,
        0,
        0,
    )
    assert titles(store, NOW + HOUR, NOW + 4 * DAY) == []


def test_a_range_leaves_its_start_out_and_takes_its_end_in(store: Store) -> None:
    store.add(
        [item(f"第{hour}条", f"https://a.example/{hour}", at=NOW + hour * HOUR) for hour in range(5)], NOW
    )
    assert titles(store, NOW + HOUR, NOW + 3 * HOUR) == ["第2条", "第3条"]


def test_items_of_one_moment_stand_in_one_order(store: Store, tmp_path: Path) -> None:
    items = [item(f"第{number}条", f"https://a.example/{number}") for number in range(50)]
    store.add(items, NOW)
    with Store.open(tmp_path / "other") as other:
        other.add(items[::-1], NOW)
        assert titles(store) == titles(other)


def test_times_of_other_zones_are_sorted_as_times(store: Store) -> None:
    china = dt.timezone(8 * HOUR)
    early = item("早", "https://a.example/1", at=dt.datetime(2026, 1, 7, 19, 59, tzinfo=china))
    store.add([item("晚", "https://a.example/2"), early], NOW)
    assert titles(store) == ["早", "晚"]


def test_an_item_that_left_its_feed_stays(store: Store) -> None:
    store.add([item("甲", "https://a.example/1"), item("乙", "https://a.example/2")], NOW)
    store.add([item("乙", "https://a.example/2")], LATER)
    assert sorted(titles(store)) == ["乙", "甲"]


def test_a_back_catalogue_is_kept_and_is_no_news(store: Store) -> None:
    new, old = item("新", "https://a.example/1"), item("旧", "https://a.example/2")
    assert store.add([new, old], NOW, shelved=frozenset({old.id})).new == 2
    assert titles(store) == ["新"]
    assert sorted((kept.item.title, kept.shelved) for kept in store.export()) == [("新", False), ("旧", True)]
    assert counts(store, old) == (0, 0, 1)  # and it stays on the shelf
    assert titles(store) == ["新"]


def test_the_clock_going_back_loses_and_doubles_nothing(store: Store) -> None:
    one = item("甲", "https://a.example/1")
    store.add([one], NOW)
    yesterday = dataclasses.replace(one, first_seen=NOW - DAY)
    other = item("乙", "https://a.example/2", at=NOW - DAY)
    assert counts(store, yesterday, other, at=NOW - DAY) == (1, 0, 1)
    assert titles(store) == ["乙", "甲"]


def test_what_is_both_old_and_long_known_is_forgotten(store: Store) -> None:
    long_ago = NOW - 500 * DAY
    store.add([item("旧闻", "https://a.example/1", at=long_ago)], long_ago)
    store.add(
        [dataclasses.replace(item("旧闻新见", "https://a.example/2", at=long_ago), first_seen=NOW)], NOW
    )
    store.add([item("新闻", "https://a.example/3")], NOW)
    store.add([item("无日期", "https://a.example/4", at=long_ago, precision=Precision.INFERRED)], long_ago)
    assert store.forget(NOW - 400 * DAY) == 1
    assert sorted(kept.item.title for kept in store.export()) == ["新闻", "无日期", "旧闻新见"]


def test_a_state_comes_back_as_it_was(store: Store) -> None:
    state = FeedState(
        "甲报", configured="https://a.example/", url="https://b.example/", etag='W/"甲"', last_modified="x",
        full_at=NOW, succeeded_at=NOW, not_before=LATER, wait_reason="backoff", failures=3, error="错", pace_hours=1.5,
    )  # fmt: skip
    store.save_feed(FeedState("甲报", failures=9))
    store.save_feed(state)
    store.save_feed(FeedState("乙报"))
    assert store.feed_states() == {"甲报": state, "乙报": FeedState("乙报")}


def test_all_items_of_an_add_are_stored_or_none(store: Store) -> None:
    def broken() -> object:
        yield item("甲", "https://a.example/1")
        raise RuntimeError("the parser died")

    with pytest.raises(RuntimeError, match="the parser died"):
        store.add(broken(), NOW)  # type: ignore[arg-type]
    assert store.count() == 0
    assert counts(store, item("甲", "https://a.example/1")) == (1, 0, 0)


def test_odd_characters_do_not_end_a_run(store: Store) -> None:
    odd = item("100% 「?」 \U0010ffff", "https://a.example/1", summary="a'); drop table items; -- %s ?")
    store.add([odd, item("nul \0", "https://a.example/2")], NOW)
    assert odd in store.items(EVER, NOW)
    assert store.count() == 2


def test_the_order_of_arrival_does_not_decide_which_report_is_first(store: Store, tmp_path: Path) -> None:
    page = "https://a.example/1"
    reports = [item("甲发布模型", page, feed=f"{hour}点报", at=NOW + hour * HOUR) for hour in (2, 1, 3)]
    reports.append(item("甲发布模型", page, feed="同时报", at=NOW + HOUR))
    for report in reports:
        store.add([report], NOW)
    with Store.open(tmp_path / "other") as other:
        for report in reports[::-1]:
            other.add([report], NOW)
        assert store.items(EVER, NOW + DAY) == other.items(EVER, NOW + DAY)
    assert counts(store, *reports) == (0, 0, 4)
    assert next(one.feed for one in store.items(EVER, NOW + DAY) if one.id == reports[0].id) == "1点报"


def test_an_export_is_complete_whatever_its_length(store: Store) -> None:
    store.add([item(f"第{number}条", f"https://a.example/{number}") for number in range(1201)], NOW)
    assert len({kept.item.id for kept in store.export()}) == 1201


def test_the_text_of_a_page_serves_every_item_at_its_address(store: Store) -> None:
    page = "https://a.example/1"
    store.add([item("甲", page, text="短", link=f"{page}?from=rss"), item("甲", page, feed="乙报")], NOW)
    assert store.unread_pages("甲报", NOW - DAY, 10) == {page: f"{page}?from=rss"}
    assert store.unread_pages("甲报", NOW, 10) == {}
    store.save_page(page, LATER, "read", "页面上的全文")
    assert [one.text for one in store.items(EVER, NOW + DAY)] == ["页面上的全文"] * 2
    assert store.unread_pages("甲报", NOW - DAY, 10) == store.unread_pages("乙报", NOW - DAY, 10) == {}


def test_a_page_is_asked_for_once_and_a_shorter_one_hides_no_text(store: Store) -> None:
    page = "https://a.example/1"
    store.add([item("甲", page, text="摘要里的全文")], NOW)
    store.save_page(page, LATER, "status", "")
    store.save_page(page, LATER, "read", "后来的、更长的全文")
    assert [one.text for one in store.items(EVER, NOW)] == ["摘要里的全文"]


def test_pages_are_asked_for_newest_first_and_not_for_a_back_catalogue(store: Store) -> None:
    items = [item(f"第{hour}条", f"https://a.example/{hour}", at=NOW + hour * HOUR) for hour in range(4)]
    store.add([*items, item("无链接")], NOW, shelved=frozenset({items[3].id}))
    assert list(store.unread_pages("甲报", EVER, 2)) == ["https://a.example/2", "https://a.example/1"]


def test_pages_are_forgotten_with_their_items(store: Store) -> None:
    long_ago = NOW - 500 * DAY
    store.add([item("旧闻", "https://a.example/1", at=long_ago)], long_ago)
    store.save_page("https://a.example/1", long_ago, "read", "全文")
    assert store.forget(NOW - 400 * DAY) == 1
    store.add([item("旧闻", "https://a.example/1")], NOW)
    assert list(store.unread_pages("甲报", EVER, 10)) == ["https://a.example/1"]
