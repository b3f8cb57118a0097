"""Which report of an event leads, and whose word counts as a report."""

from __future__ import annotations

import pytest
from newsroom_items import item, story

from generator.newsroom.lead import ordered
from generator.newsroom.outlets import points_on, reporter_of, reporters

REPORTS = [
    item("谷歌发布新款推理芯片", feed="a"),
    item("Google unveils a new inference chip", feed="b"),
    item("谷歌推出自研推理芯片，面向云客户", feed="c"),
]


def lead(*items: object) -> str:
    return ordered(items, "zh")[0].title  # type: ignore[arg-type]


def test_a_headline_beside_the_event_never_leads_however_weighty_its_outlet() -> None:
    beside = item(
        "谷歌前高管的家族基金转向农业与房地产投资",
        url="https://www.bloomberg.com/news/x",
        summary="基金" * 300,
    )
    assert lead(beside, *REPORTS) != beside.title
    assert beside in ordered([beside, *REPORTS], "zh")


def test_a_report_leads_over_a_page_that_points_at_it_and_over_a_products_name() -> None:
    forum = item(
        "一句话，带你看谷歌的新款推理芯片", url="https://juejin.cn/post/1", summary="谷歌的芯片。" * 99
    )
    assert lead(forum, item("Google unveils a new inference chip")) == "Google unveils a new inference chip"
    page = item("Claude Sonnet 5", url="https://www.anthropic.com/claude/sonnet")
    assert lead(page, item("Anthropic 发布 Claude Sonnet 5")) == "Anthropic 发布 Claude Sonnet 5"
    assert lead(page) == page.title


@pytest.mark.parametrize(
    ("url", "title", "name"),
    [
        ("https://news.google.com/rss/1", "白宫取消限制 - The Washington Post", "华盛顿邮报"),
        ("https://news.google.com/rss/1", "芯片厂动工 - Bloomberg.com", "彭博社"),
        (
            "https://www.techmeme.com/1",
            "Sources: a chip is coming (Ann Lee/The Information)",
            "The Information",
        ),
        ("https://www.techmeme.com/1", "A firm says so itself (@afirm)", "Techmeme"),
        ("https://36kr.com/p/1", "某公司融资 - Reuters", "36氪"),
    ],
)
def test_a_page_that_leads_on_counts_as_the_outlet_it_credits(url: str, title: str, name: str) -> None:
    assert reporter_of(item(title, url=url)).name == name


def test_who_only_points_at_a_report_is_no_second_source() -> None:
    report = item("谷歌发布芯片", url="https://www.reuters.com/a")
    forum = item("Google's chip", url="https://news.ycombinator.com/item?id=1")
    assert points_on(forum) and not points_on(report)
    assert reporters([report, forum]) == ("路透社",)
    assert reporters(story(forum).items) == ("Hacker News",)
