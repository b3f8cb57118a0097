from __future__ import annotations

import pytest
from newsroom_items import item, story

from generator.news import Importance, Pick, Region, Story
from generator.newsroom.boilerplate import body_of, is_boilerplate
from generator.newsroom.extract import passages
from generator.newsroom.offline import article_of
from generator.newsroom.wording import personal, sets_scene, smooth

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


def test_a_headline_that_ran_into_the_text_is_not_printed_in_it() -> None:
    title = "Lantern: local models on a laptop"
    text = "Mara Quill released a desktop app that runs language models on a laptop."
    article = article_of(picked(story(item(title, summary=f"{title} {text}"))), "zh-CN")
    assert article.text == text


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


def quoted(title: str, summary: str) -> list[str]:
    return [passage.text for passage in passages(item(title, summary=summary), limit=3, characters=240)]


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("这是全球参数 最大 的开源模型。", "这是全球参数最大的开源模型。"),
        ("大会 高级 别会议， 第一 次在此举行。", "大会高级别会议，第一次在此举行。"),
        ("该所正式发布 某某社会大模型技术体系。", "该所正式发布 某某社会大模型技术体系。"),
        ("调用 Gemini 3 的 AI 助手。", "调用 Gemini 3 的 AI 助手。"),
        ("One  space stays. ", "One  space stays. "),
    ],
)
def test_spaces_round_single_words_of_chinese_are_not_printed(said: str, printed: str) -> None:
    assert smooth(said) == printed


def test_a_sentence_printed_without_its_stray_spaces_still_says_where_it_stands() -> None:
    summary = "甲公司7月2日发布了目前全球参数 最大 的开源模型，参数达2.8万亿。"
    article = article_of(picked(story(item("甲公司发布开源模型", summary=summary))), "zh-CN")
    assert article.text == summary.replace(" ", "")
    assert article.claims[1].evidence[0].text == summary


def test_a_heading_that_ran_into_its_sentence_is_not_printed() -> None:
    summary = "噪声都能带来增益 主实验覆盖8个视觉数据集。甲公司的模型在8个数据集上都有提升。"
    told = "甲科技公司已完成 数千万元种子轮融资。"
    assert quoted("甲公司融资", told) == [told]
    assert quoted("甲公司用噪声训练模型", summary) == ["甲公司的模型在8个数据集上都有提升。"]


@pytest.mark.parametrize(
    "words",
    ['"I never thought it was possible, on the first attempt."', "「把这10万字速记整理成一篇文章。」"],
)
def test_words_that_nobody_is_said_to_have_said_are_not_printed(words: str) -> None:
    assert quoted("Rocket reaches orbit on its first attempt", words) == []


def test_a_sentence_that_tells_comes_before_one_that_sets_the_scene_or_muses() -> None:
    title = "三星拟向Mistral AI投资10亿欧元"
    scene, musing = (
        "一笔可能改写欧洲版图的注资，正在谈判桌上谈着。",
        "当10亿欧元落地，三星这一步显然才刚刚开始。",
    )
    assert sets_scene(scene, title) and sets_scene(musing, title)
    assert not sets_scene("三星正考虑追加投资法国的初创公司。", title)
    told = [
        f"三星将在第{n}轮投入{n}亿欧元，{word}。"
        for n, word in ((4, "交易待批"), (5, "由董事会表决"), (6, "年内付清"))
    ]
    assert quoted(title, "".join([scene, *told, musing])) == told


def test_a_likeness_that_opens_a_feature_sets_the_scene() -> None:
    assert sets_scene("如果把芯片比作发动机，那软件栈就是变速箱。", "海岳芯片开源软件栈")


def test_an_author_about_himself_is_known_outside_quotation_marks() -> None:
    assert personal("今天给大家开源一个我周末做的工具。") and personal("你永远可以相信它。")
    assert not personal("你只需上传一张照片。")
    assert not personal("他说：“我没有读过代码。”") and not personal("我国企业自我革新。")


def test_a_caption_and_an_outlets_formula_are_not_printed() -> None:
    assert quoted("甲公司发布新品", "△ 甲公司创始人在发布会上介绍新品。") == []
    assert body_of("36氪游戏获悉， 甲公司完成融资。") == "甲公司完成融资。"
