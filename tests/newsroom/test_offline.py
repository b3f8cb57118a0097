from __future__ import annotations

import pytest
from newsroom_items import item, story

from generator.news import Importance, Pick, Region, Story
from generator.newsroom.boilerplate import body_of, is_boilerplate
from generator.newsroom.offline import article_of

SUMMARY = (
    "甲公司7月2日在上海发布了新一代人形机器人，售价为9.9万元。"
    "首批将交付1000台。扫码关注本公众号，获取更多精彩内容。公司还计划在年底前建成第二座工"
)


def picked(of: Story) -> Pick:
    return Pick(of, Region.DOMESTIC, Importance.HIGH, "新品发布")


def test_every_sentence_is_the_sources_own_and_says_where_it_stands() -> None:
    source = item("甲公司发布人形机器人", summary=SUMMARY)
    article = article_of(picked(story(source)), "zh-CN")
    headline, *sentences = article.claims
    assert headline.text == article.headline
    assert "".join(claim.text for claim in sentences) == article.text
    for claim in article.claims:
        (quotation,) = claim.evidence
        assert article.sources[0].text[quotation.start : quotation.end] == quotation.text
        assert quotation.text in (source.title if claim is headline else SUMMARY)


def test_neither_an_appeal_to_follow_nor_a_cut_off_sentence_is_printed() -> None:
    article = article_of(picked(story(item("甲公司发布人形机器人", summary=SUMMARY))), "zh-CN")
    assert "扫码" not in article.text and "第二座工" not in article.text


def test_a_story_known_only_by_its_title_is_marked() -> None:
    article = article_of(picked(story(item("甲公司发布人形机器人"))), "zh-CN")
    assert article.text == "" and article.marks == ("title-only",)


def test_a_foreign_story_keeps_its_language_and_is_marked() -> None:
    summary = "The company unveiled its first humanoid robot in Shanghai on Thursday. It costs $14,000 and ships in May."
    article = article_of(picked(story(item("Company unveils humanoid robot", summary=summary))), "zh-CN")
    assert "unveiled its first humanoid robot" in article.text
    assert "foreign" in article.marks


def test_markup_in_a_source_stays_text() -> None:
    summary = "甲公司发布了新款机器人 *Alpha* 与 [Beta](https://evil.example/x)，售价9.9万元。"
    article = article_of(picked(story(item("甲公司发布新款机器人", summary=summary))), "zh-CN")
    assert "](https" not in article.text


@pytest.mark.parametrize(
    "text",
    [
        "LLMs are fast. submitted by /u/someone [link] [comments]",
        "LLMs are fast. The post LLMs are fast appeared first on Some Site.",
        "LLMs are fast. Read more",
    ],
)
def test_what_feeds_wrap_around_the_news_is_taken_off(text: str) -> None:
    assert body_of(text) == "LLMs are fast."


@pytest.mark.parametrize(
    "head",
    [
        "原创 关注某某领域 2026-01-07 15:57 北京 一句引子 张三 发自 某地 某媒体 | 公众号 Example ",
        "某媒体 2026-01-07 08:10 上海 一句。引子 ",
        "某媒体 2026-01-07 08:10 上海 某媒体报道 ",
        "某团队 投稿 某媒体｜公众号 Example ",
    ],
)
def test_the_head_of_an_accounts_article_is_taken_off(head: str) -> None:
    assert (
        body_of(f"{head}甲公司发布了新款机器人。").removeprefix("一句。引子 ") == "甲公司发布了新款机器人。"
    )


def test_a_sentence_about_the_article_is_no_news() -> None:
    assert is_boilerplate("本文来自微信公众号某某")
    assert is_boilerplate("一键三连「点赞」「转发」")
    assert not is_boilerplate("甲公司发布了新款机器人")


def test_neither_a_question_nor_a_sentence_without_its_head_is_printed() -> None:
    summary = "月15日，甲公司正式回应了传闻。谁会为一台机器人付9.9万元？甲公司称首批机器人将交付1000台。"
    article = article_of(picked(story(item("甲公司回应机器人传闻", summary=summary))), "zh-CN")
    assert article.text == "甲公司称首批机器人将交付1000台。"


def test_a_repository_is_printed_with_what_its_page_says_it_is() -> None:
    def printed(summary: str) -> str:
        return article_of(picked(story(item("agent-kit", summary=summary))), "zh-CN").headline

    assert (
        printed("一个给智能体用的开源工具箱，附带示例。第二句。")
        == "agent-kit：一个给智能体用的开源工具箱，附带示例"
    )
    assert printed("A small toolbox for agents.") == "agent-kit: A small toolbox for agents"
    assert printed("") == printed("很小。") == "agent-kit"
