"""Trends are drawn from the archive alone: same days, same charts, and figures beside each."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

from generator.labels import labels_for
from generator.site.trends import Day, TrendsView, trends

LABELS = labels_for("zh-CN")
FIRST = dt.date(2026, 1, 1)


def archive(length: int) -> list[Day]:
    return [
        Day(
            FIRST + dt.timedelta(days=number),
            stories=10 + number % 7,
            tags=("AI", "大模型" if number % 2 else "机器人"),
            publishers=("36氪", "量子位", f"来源{number % 15}"),
        )
        for number in range(length)
    ]


def test_an_empty_archive_has_no_charts() -> None:
    assert trends([], LABELS) == TrendsView()


def test_the_order_of_days_does_not_matter() -> None:
    days = archive(40)
    assert trends(reversed(days), LABELS) == trends(days, LABELS)


def test_each_chart_is_well_formed_named_and_has_its_figures() -> None:
    view = trends(archive(120), LABELS)
    assert [chart.title for chart in view.charts] == ["每日新闻条数", "热门标签", "来源占比"]
    for chart in view.charts:
        svg = ET.fromstring(str(chart.svg))
        assert svg.get("role") == "img"
        assert svg[0].text == chart.title
        assert all(len(row) == len(chart.columns) for row in chart.rows)


def test_the_charts_reach_back_a_bounded_time() -> None:
    stories, tags, sources = trends(archive(2000), LABELS).charts
    assert len(stories.rows) == 91
    assert len(tags.rows) <= 8
    assert len(sources.rows) == 11


def test_a_tag_that_nearly_every_edition_carries_is_left_out() -> None:
    other = Day(FIRST + dt.timedelta(days=60), stories=1, tags=("访谈",))
    for days in (archive(60), [*archive(60), other]):
        names = [row[0] for row in trends(days, LABELS).charts[1].rows]
        assert names[:2] == ["大模型", "机器人"] and "AI" not in names


def test_the_name_of_a_month_that_has_just_begun_stays_inside_the_chart() -> None:
    svg = trends(archive(32), LABELS).charts[0].svg
    assert '<text x="480" text-anchor="end" y="184">2026年2月</text>' in svg


def test_shares_add_up() -> None:
    sources = trends(archive(60), LABELS).charts[2]
    assert sum(int(row[1]) for row in sources.rows) == 180
    assert abs(sum(float(row[2].rstrip("%")) for row in sources.rows) - 100) < 1


def test_names_from_outside_stay_text() -> None:
    day = Day(FIRST, 3, ("<b>", "a&b"), ("<script>alert(1)</script>",))
    for chart in trends([day], LABELS).charts:
        assert "<script" not in chart.svg
        ET.fromstring(str(chart.svg))


def test_scores_are_a_line_of_the_proven_editions_and_a_table() -> None:
    days = [Day(dt.date(2026, 1, n), 5, score=score) for n, score in ((1, 90), (2, None), (3, 72))]
    [chart] = [one for one in trends(days, LABELS).charts if one.id == "scores"]
    assert chart.rows == (("2026-01-03", "72"), ("2026-01-01", "90"))
    assert chart.svg.count("<circle") == 2
    assert "<title>2026-01-03 72</title>" in chart.svg
    assert not [one for one in trends([Day(dt.date(2026, 1, 1), 5)], LABELS).charts if one.id == "scores"]
