"""What a headline states: kind, agent, standing; and that it states nothing where its words do not carry it."""

from __future__ import annotations

import pytest

from generator.lexicon import topics
from generator.lexicon.events import Event, Standing, patterns, reported

DONE, PLANNED, HEARD = Standing


@pytest.mark.parametrize(
    ("title", "kind", "agent", "standing"),
    [
        ("谷歌发布新一代芯片", "release", "谷歌", DONE),
        ("谷歌研发新一代芯片，预计 2028 年发布", "release", "谷歌", PLANNED),
        ("DeepSeek 新模型将于下旬上线", "release", "DeepSeek", PLANNED),
        ("消息称阿里巴巴本月发布新模型", "release", "阿里巴巴", HEARD),
        ("Google launches a new chip", "release", "谷歌", DONE),
        ("Google to launch a new chip next year", "release", "谷歌", PLANNED),
        ("Microsoft is reportedly raising prices for Copilot", "update", "微软", HEARD),
        ("Introducing Claude Opus 9", "release", "Claude Opus", DONE),
        ("腾讯开源新模型 Hy9", "opensource", "腾讯", DONE),
        ("芯片卖完之后，阿里平头哥把工具链开源了", "opensource", "阿里巴巴", DONE),
        ("腾讯、百度同台，快手旗下可灵首轮融资落地", "funding", "快手", DONE),
        ("Neko raises another $700M", "funding", "", DONE),
        ("某公司冲刺港交所，实现技术突破", "ipo", "", PLANNED),
        ("OpenAI 拟向政府出让股份", "deal", "OpenAI", PLANNED),
        ("美国解除对某公司前沿模型的出口限制", "policy", "美国", DONE),
        ("白宫加快制定模型标准", "policy", "白宫", DONE),
        ("《智能体管理办法》正式发布", "policy", "", DONE),
        ("Investors sue Oracle over its cloud deal", "law", "", DONE),
        ("某浏览器曝漏洞，可泄露用户信息", "security", "", DONE),
        ("三星利润预计增长 18 倍", "results", "三星", PLANNED),
        ("Oracle shares slide on spending plans", "market", "甲骨文", DONE),
        ("Trump’s adviser for chips has already resigned", "people", "", DONE),
        ("微软宣布裁员 4,800 人，一半来自游戏部门", "layoffs", "微软", DONE),
        ("某养老金计划（CPP）向数据中心投资 17.5 亿美元", "investment", "", DONE),
        ("豆包：智能体功能将于 15 日下线", "shutdown", "豆包", PLANNED),
        ("哈佛大学研究发现，初创企业少招新人", "research", "哈佛大学", DONE),
        ("GitHub Copilot 接入开源模型 Kimi", "update", "GitHub Copilot", DONE),
        ("高盛经济学家某某：人工智能不意味着失业", "statement", "高盛", DONE),
        ("特朗普表示希望出台监管框架", "statement", "特朗普", DONE),
        ("Meta 正在打造一项云业务", "plan", "Meta", PLANNED),
        ("消息称美团内部限用某大模型", "plan", "美团", HEARD),
        ("百度将于 8 月 1 日开源文心 9", "opensource", "百度", PLANNED),
        ("马斯克称新模型即将完成训练", "statement", "马斯克", DONE),
        ("甲公司在模拟部署中测试智能体，发现模型破坏代码", "research", "", DONE),
    ],
)
def test_a_headline_states(title: str, kind: str, agent: str, standing: Standing) -> None:
    assert reported(title) == Event(kind, agent, standing)


@pytest.mark.parametrize(
    "title",
    [
        "家长被劝告不要发布儿童照片",  # somebody else's act, and not done
        "芯片贸易巩固了香港的门户地位",
        "发布仅三天就踩下刹车：用户请求爆表",
        "为什么人工智能公司难以上市？",
        "How to launch a product with agents",
        "「开源」这个词被用滥了",
        "甲公司开源模型的三个用法",
        "甲公司旗舰模型难产延期，与军方合作引发争议",
        "甲公司与乙公司的合作协议陷入停滞",
        "英伟达收购甲公司的交易被否决",
        "甲公司芯片遇到瓶颈，今年恐难亮相",
        "甲课程上线首日售出十万份",
        "An agency wants $30 billion worth of rocket launches",
        "甲公司发布新品；乙公司完成融资；丙公司上市",
    ],
)
def test_a_headline_that_states_no_event_is_given_none(title: str) -> None:
    assert reported(title).kind == ""


def test_every_pattern_is_of_a_kind_that_has_a_name() -> None:
    stated = {*patterns().concrete, *patterns().speech, *patterns().loose}
    assert stated == set(topics.events())
