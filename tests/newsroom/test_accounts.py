"""A page of 微信公众号 is its account's, where the feed or the author names it."""

from __future__ import annotations

import dataclasses

import pytest
from newsroom_items import NOON, item, story

from generator.config.schema import EditionConfig
from generator.labels import labels_for
from generator.news import Item
from generator.newsroom.accounts import account_in
from generator.newsroom.importance import witnessed
from generator.newsroom.outlets import outlet_of, own_feeds, reporter_of
from generator.newsroom.pick import rank

PAGE = "https://mp.weixin.qq.com/s/"


def page(feed: str, author: str = "", *, name: str = "a", title: str = "某公司开源大模型") -> Item:
    return dataclasses.replace(item(title, url=PAGE + name, feed=feed), author=author)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("机器之心", "机器之心"),
        ("公众号：夜航笔记", "夜航笔记"),
        ("夜航笔记（微信公众号）", "夜航笔记"),
        ("夜航笔记 - 微信", "夜航笔记"),
        ("夜航笔记公众号", "夜航笔记"),
        ("AI科技评论", "AI科技评论"),
        ("微信公众号", ""),
        ("AI 公众号合集", ""),
        ("WeWe-RSS", ""),
        ("小编", ""),
        ("-", ""),
        ("someone@example.com (某人)", ""),
        ("", ""),
    ],
)
def test_an_account_is_told_from_what_names_nobody(name: str, account: str) -> None:
    assert account_in(name) == account


@pytest.mark.parametrize(
    ("feed", "author", "outlet"),
    [
        ("夜航笔记", "", "夜航笔记"),  # a feed of one account, as most are
        ("夜航笔记", "张三", "夜航笔记"),  # whose authors are its writers
        ("微信公众号合集", "夜航笔记", "夜航笔记"),  # a feed of many, whose authors are the accounts
        ("WeWe-RSS", "36Kr", "36氪"),
        ("我的精选", "", "微信公众号"),
    ],
)
def test_the_account_is_the_outlet(feed: str, author: str, outlet: str) -> None:
    one = page(feed, author)
    assert outlet_of(one, own_feeds([one])) == outlet


def test_a_feed_of_several_sites_is_no_account_unless_it_is_a_known_outlet() -> None:
    elsewhere = [item("别处", url="https://a.example/1", feed=feed) for feed in ("文摘", "量子位")]
    some, known = page("文摘"), page("量子位")
    own = own_feeds([some, known, *elsewhere])
    assert outlet_of(some, own) == "微信公众号"
    assert outlet_of(page("文摘", "夜航笔记"), own) == "夜航笔记"
    assert outlet_of(known, own) == "量子位"


def test_two_accounts_are_two_witnesses_and_one_is_no_first_hand() -> None:
    one, other = page("夜航笔记", name="a"), page("晨读摘要", name="b")
    own = own_feeds([one, other])
    assert witnessed(story(one, other), own) and not witnessed(story(one), own)
    assert not reporter_of(page("OpenAI"), {"OpenAI"}).first_hand
    assert reporter_of(page("机器之心"), {"机器之心"}).weight > reporter_of(one, own).weight


def test_the_reason_names_the_account() -> None:
    one = page("夜航笔记")
    (pick,) = rank(
        [story(one)], EditionConfig(), labels_for("zh-CN"), now=NOON, weights={}, own={"夜航笔记"}
    ).picks
    assert pick.outlets == ("夜航笔记",) and "夜航笔记报道" in pick.reason
