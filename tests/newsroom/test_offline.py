from __future__ import annotations

import pytest
from newsroom_items import item, story

from generator.news import Importance, Pick, Region, Story
from generator.newsroom.boilerplate import body_of, is_boilerplate
from generator.newsroom.extract import passages
from generator.newsroom.offline import article_of
from generator.newsroom.wording import personal, runs_on, sets_scene, smooth

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


@pytest.mark.parametrize(
    "text",
    [
        "本文来自微信公众号某某",
        "一键三连「点赞」「转发」",
        "论文地址: 代码链接: 该方法在两项测试中领先。",
        "发布会现场图｜左一为甲公司创始人。",
        "图 3：两种方法在夜间的误差。",
        "先看下面两组照片，左边是原图。",
        "以下是本场对谈的要点。",
        "欢迎来到甲公司的展台体验。",
        "Learn how Acme keeps its robots charged overnight.",
        "Get ready for more robots in the aisles.",
        "This post highlights five customers.",
        "Image courtesy of Acme.",
    ],
)
def test_a_sentence_about_the_article_or_to_the_reader_is_no_news(text: str) -> None:
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text", ["甲公司发布了新款机器人", "看好甲公司的人不多。", "Learning robots fold shirts faster."]
)
def test_what_only_sounds_like_an_appeal_is_news(text: str) -> None:
    assert not is_boilerplate(text)


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
    "text",
    [
        "省电又省心，每年 最高 可省 3 亿元 作为全球 最大 的仓储机器人，甲型机已售出两万台。",
        "电量可看，路线可调 最新 消息称，甲公司将在秋季开放接口。",
        "机器人改变了仓库 2025年，甲公司售出两万台机器人。",
        "甲公司完成新一轮融资 36氪获悉，甲公司完成了数千万元融资。",
        "甲公司将在宁波建第二座工厂据报道，甲公司将在宁波建第二座工厂，明年投产。",
        "01 旧仓库的难题",
    ],
)
def test_a_heading_is_known_by_what_begins_again_behind_it(text: str) -> None:
    assert runs_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "该仓库支持 最高 4.5 吨的货架，可自动盘点。",
        "截至目前，甲公司累计 出货56万台，服务400多家客户。",
        "根据甲公司的官方消息，机器人已在仓库运行半年。",
        "据36氪获悉，甲公司完成了数千万元融资。",
        "甲公司 第一 次把充电时间降到十分钟。",
    ],
)
def test_emphasis_and_a_frame_are_no_heading(text: str) -> None:
    assert not runs_on(text)


def test_a_headline_or_a_label_that_ran_into_a_sentence_is_cut_off() -> None:
    title, told = "甲公司：把仓库折叠起来", "7月14日，甲公司公开了折叠货架的图纸，共12页。"
    assert quoted(title, f"甲公司 把仓库折叠起来 {told}") == [told]
    assert quoted(title, f"【某媒体导读】 {told}") == [told]
    whole = "Acme robots for night shifts fold shirts in half the time, a test shows."
    assert quoted("Acme robots for night shifts", whole) == [whole]


def test_a_sentence_that_says_the_headline_again_is_not_printed() -> None:
    assert quoted("shelf-kit：给仓库用的开源工具箱，附带示例", "给仓库用的开源工具箱，附带示例。") == []


@pytest.mark.parametrize(
    "text",
    [
        "甲公司说：“机器人学得很快。我们没有想到。",
        "甲公司提出了三点落地建议与主张。",
        "甲公司、乙公司、丙公司、丁公司、戊公司。",
        "run shelf --all | grep -c '[a-z_]*' <items> /var/log/acme/shelf.log # counts",
        "of the robots are charged at night, while the rest wait for the morning.",
        "甲公司的机器人在仓�里跑了半年，没有停过。",
        "甲公司在宁波建成了第二座工厂，每天下线200台机器人；",
    ],
)
def test_what_is_damaged_or_only_announces_is_not_printed(text: str) -> None:
    assert quoted("甲公司的机器人与工厂", text) == []


def test_clauses_between_semicolons_are_one_sentence() -> None:
    told = "甲公司售出两万台机器人；乙公司售出一万台。"
    assert quoted("甲公司与乙公司的机器人销量", told) == [told]


@pytest.mark.parametrize(
    "words",
    [
        '"I never thought it was possible, on the first attempt."',
        "「把这10万字速记整理成一篇文章。」",
        "大手一挥：“把这10万字速记整理成一篇文章。”",
    ],
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


@pytest.mark.parametrize(
    "text",
    [
        "I decided to have a look at the robots in our own warehouse at night.",
        "Last spring, we told you how Acme had begun to rent its robots by the hour.",
        "甲公司的机器人走近时，我有些惊讶，因为它没有声音。",
        "我们决定重启这个关于甲公司的周报。",
    ],
)
def test_an_authors_own_words_are_not_printed_as_ours(text: str) -> None:
    assert quoted("甲公司的机器人 Acme", text) == []


def test_what_is_not_the_authors_own_is_printed() -> None:
    speaker = "我们预计机器人销量明年翻一番，达到四万台。"
    assert quoted("甲公司：机器人销量明年翻一番", speaker) == [speaker]
    war = "World War I letters were read by a model in the archive of Acme last week."
    assert quoted("Acme reads old letters", war) == [war]


def test_a_story_whose_sentences_say_nothing_is_known_by_its_title() -> None:
    title = "三星发布第二代全固态感知平台"
    article = article_of(picked(story(item(title, summary="眼下这个行业正完成一轮关键的转身。"))), "zh-CN")
    assert article.text == "" and "title-only" in article.marks


def test_what_leads_up_to_the_news_is_left_out_where_the_news_follows() -> None:
    told = "7月2日，三星发布了第二代全固态感知平台，视角达120度。"
    assert quoted("三星发布第二代全固态感知平台", f"路口的风向变了，而且变得很快很急。{told}") == [told]


def test_a_fact_without_a_name_behind_the_news_is_kept() -> None:
    told, more = "海岳芯片公布了第二代推理芯片。", "首批样品拟于明年三月交付，由旧厂生产。"
    assert quoted("海岳芯片的路线图", told + more) == [told, more]


def test_a_caption_and_an_outlets_formula_are_not_printed() -> None:
    assert quoted("甲公司发布新品", "△ 甲公司创始人在发布会上介绍新品。") == []
    assert body_of("36氪游戏获悉， 甲公司完成融资。") == "甲公司完成融资。"
