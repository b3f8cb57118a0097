"""Dates as feeds write them. `NOW` is noon of 2026-01-07 in London, the evening of it in Shanghai."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feeds.dates import read_date
from generator.news import Precision
from tests.feeds.conftest import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")

# text → UTC; a bare day is a day, at its noon in the feed's zone
CHINESE = """
2026-01-07 08:30:00 +0800               2026-01-07 00:30:00
2026-01-07 08:30:00  +0800              2026-01-07 00:30:00
2026-01-07 08:30:00 +08:00              2026-01-07 00:30:00
2026-01-07 08:30:00 +08                 2026-01-07 00:30:00
2026-01-07 08:30:00+08:00               2026-01-07 00:30:00
2026-01-07T08:30:00Z                    2026-01-07 08:30:00
2026-01-07T08:30:00z                    2026-01-07 08:30:00
2026-01-07t08:30:00z                    2026-01-07 08:30:00
2026-01-07T08:30Z                       2026-01-07 08:30:00
2026-01-07T08:30                        2026-01-07 00:30:00
2026-01-07T08:30:00.123456+08:00        2026-01-07 00:30:00
2026-01-07T08:30:00,5+0800              2026-01-07 00:30:00
2026-01-07T08:30:00+0800[Asia/Shanghai] 2026-01-07 00:30:00
2026-01-07T08:30:00-05:00               2026-01-07 13:30:00
2026-01-07T23:59:60Z                    2026-01-07 23:59:59
2026-01-06T24:00:00Z                    2026-01-07 00:00:00
20260107T083000Z                        2026-01-07 08:30:00
20260107083000                          2026-01-07 00:30:00
202601070830                            2026-01-07 00:30:00
2026-01-07 08:30:00                     2026-01-07 00:30:00
2026-01-07 08:30                        2026-01-07 00:30:00
2026-1-7 8:05                           2026-01-07 00:05:00
2026-01-07 08:30:00 CST                 2026-01-07 00:30:00
2026-01-07 08:30:00 UTC                 2026-01-07 08:30:00
2026-01-07 08:30:00 UTC+8               2026-01-07 00:30:00
2026/01/07 08:30:00                     2026-01-07 00:30:00
2026/1/7 8:30                           2026-01-07 00:30:00
2026.01.07 08:30                        2026-01-07 00:30:00
2026年1月7日 08:30                      2026-01-07 00:30:00
2026年01月07日 08时30分15秒             2026-01-07 00:30:15
2026年1月7日08:30                       2026-01-07 00:30:00
2026 年 1 月 7 日 8 点 30 分            2026-01-07 00:30:00
2026年1月7日 下午3:05                   2026-01-07 07:05:00
2026年1月7日 上午12:05                  2026-01-06 16:05:00
2026年1月7日（星期三）08:30             2026-01-07 00:30:00
2026-01-07 星期三 08:30                 2026-01-07 00:30:00
２０２６年１月７日 ０８：３０           2026-01-07 00:30:00
1月7日 08:30                            2026-01-07 00:30:00
12月31日 08:30                          2025-12-31 00:30:00
01-07 08:30                             2026-01-07 00:30:00
12-31 08:30                             2025-12-31 00:30:00
今天 08:30                              2026-01-07 00:30:00
昨天 08:30                              2026-01-06 00:30:00
3小时前                                 2026-01-07 09:00:00
5 分钟前                                2026-01-07 11:55:00
30秒前                                  2026-01-07 11:59:30
刚刚                                    2026-01-07 12:00:00
2 hours ago                             2026-01-07 10:00:00
1767745800                              2026-01-07 00:30:00
1767745800000                           2026-01-07 00:30:00
1767745800.25                           2026-01-07 00:30:00
Wed, 07 Jan 2026 08:30:00 +0800         2026-01-07 00:30:00
Wed, 7 Jan 2026 08:30:00 GMT            2026-01-07 08:30:00
Wed,07 Jan 2026 08:30:00 EST            2026-01-07 13:30:00
Wed, 07 Jan 2026 08:30:00 PDT           2026-01-07 15:30:00
Wed, 07 Jan 2026 08:30:00 JST           2026-01-06 23:30:00
Wed, 07 Jan 2026 08:30:00 GMT+8         2026-01-07 00:30:00
Wed, 07 Jan 2026 08:30:00 GMT+0800 (CST) 2026-01-07 00:30:00
Wed, 07 Jan 26 08:30:00 +0800           2026-01-07 00:30:00
Wed, 07 Jan 2026 08:30 +0800            2026-01-07 00:30:00
Wednesday, 07-Jan-26 08:30:00 GMT       2026-01-07 08:30:00
Wednesday, January 7, 2026 8:30 PM EST  2026-01-08 01:30:00
07 Jan 2026 08:30:00 Z                  2026-01-07 08:30:00
7th January 2026 08:30                  2026-01-07 00:30:00
Jan 7, 2026 8:30:00 AM                  2026-01-07 00:30:00
January 7, 2026 at 8:30 a.m.            2026-01-07 00:30:00
Wed Jan  7 08:30:00 2026                2026-01-07 00:30:00
Wed Jan 07 08:30:00 +0800 2026          2026-01-07 00:30:00
Wed Jan 7 08:30:00 CST 2026             2026-01-07 00:30:00
周三, 07 1月 2026 08:30:00 +0800        2026-01-07 00:30:00
星期三, 7 一月 2026 08:30               2026-01-07 00:30:00
07.01.2026 08:30                        2026-01-07 00:30:00
1/7/2026 08:30                          2026-01-07 00:30:00
2026-01-07                              2026-01-07 04:00:00 day
2026/01/07                              2026-01-07 04:00:00 day
20260107                                2026-01-07 04:00:00 day
2026年1月7日                            2026-01-07 04:00:00 day
周三, 07 1月 2026                       2026-01-07 04:00:00 day
Wed, 07 Jan 2026                        2026-01-07 04:00:00 day
Jan 7, 2026                             2026-01-07 04:00:00 day
1月7日                                  2026-01-07 04:00:00 day
昨天                                    2026-01-06 04:00:00 day
2天前                                   2026-01-05 04:00:00 day
2026-01-07+08:00                        2026-01-07 04:00:00 day
"""
NONE = [
    "", "soon", "2026", "2026-13-45", "2026-02-30", "2025-02-29", "0000-00-00", "2026-01-07T25:00:00Z", "2026年13月7日",
    "31 Feb 2026", "99 Foo 2026", "99999999999999999999999", "-", "08:30", "昨", "Wed,", "1", "2026-00-07", "2月30日", "x" * 10_000,
    "9" * 5_000,
]  # fmt: skip


def rows() -> list[tuple[str, str, Precision]]:
    found = []
    for line in CHINESE.strip().splitlines():
        words = line.removesuffix(" day").rsplit(maxsplit=2)
        precision = Precision.DAY if line.endswith(" day") else Precision.EXACT
        found.append((words[0], f"{words[1]} {words[2]}", precision))
    return found


def test_the_table_has_at_least_sixty_shapes() -> None:
    assert len({text for text, _, _ in rows()}) >= 60


@pytest.mark.parametrize(("text", "utc", "precision"), rows())
def test_a_date_in_a_chinese_feed(text: str, utc: str, precision: Precision) -> None:
    moment = read_date(text, SHANGHAI, NOW, chinese=True)
    assert moment is not None
    assert (moment.at.strftime("%Y-%m-%d %H:%M:%S"), moment.precision) == (utc, precision)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text, SHANGHAI, NOW, chinese=True) is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-07 08:30:00 CST", "2026-01-07 14:30"),
        ("2026-01-07 08:30:00", "2026-01-07 08:30"),
        ("Wed, 07 Jan 2026 08:30:00 CST", "2026-01-07 14:30"),
    ],
)
def test_cst_is_central_time_and_no_zone_is_utc_elsewhere(text: str, utc: str) -> None:
    moment = read_date(text, dt.UTC, NOW)
    assert moment is not None and moment.at.strftime("%Y-%m-%d %H:%M") == utc


@given(st.datetimes(dt.datetime(1991, 1, 1), dt.datetime(2100, 1, 1)), st.integers(-12, 14))
def test_what_the_standards_write_comes_back(naive: dt.datetime, hours: int) -> None:
    written = naive.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
    for text in (
        written.isoformat(),
        written.strftime("%a, %d %b %Y %H:%M:%S %z"),
        str(int(written.timestamp())),
    ):
        moment = read_date(text, SHANGHAI, NOW)
        assert moment is not None and moment.at == written


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_it(text: str) -> None:
    read_date(text, SHANGHAI, NOW, chinese=True)
