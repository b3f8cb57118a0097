"""Sentences of a source that speak to a model instead of a reader: instructions hidden in the news.

What is found is never printed and never obeyed; the story keeps its place and carries the mark
"suspicious", so that an editor looks at it.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata

from generator.news import Item, Story
from generator.text.sentences import sentences

MARK = "suspicious"
MAX_CHARACTERS = 20_000  # of one item that are looked at

_ENGLISH = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instructions?|prompts?|guidelines|directives?|commands?)\b"
    r"|^\W*(?:system|assistant|developer|user|human)\s?:\s"
    r"|<\|?/?(?:im_start|im_end|system|user|assistant|endoftext)\b|\[/?inst\]|^\W*#{1,6}\s?(?:system|instructions?)\b"
    r"|\byou are now\b.{0,40}\b(?:mode|assistant|model|agent|dan)\b"
    r"|\b(?:mark|rank|rate|list|label|treat|classify|score|promote)\s(?:this|the following)\s(?:story|item|article|post|entry|news|page)\b"
    r"|\b(?:reveal|print|repeat|output|leak)\b.{0,20}\b(?:your|the)\s(?:system\s)?(?:prompt|instructions)\b"
    r"|\bif you(?:'re| are) (?:an? )?(?:ai|llm|(?:large )?language model|assistant|chatbot)\b"
    r"|\b(?:note|attention|message|instructions?) (?:to|for) (?:all |any |the )?(?:ais?|llms?|(?:large )?language models?|ai (?:assistants?|models?|agents?))\b"
)
_CHINESE = re.compile(
    r"(?:忽略|无视|無視|忽視|忘记|忘掉|忘記|不要理会|不要遵守|抛开|跳过|覆盖).{0,12}(?:指令|指示|提示词|提示詞|系统提示|系統提示|规则|規則|设定|設定|命令)"
    r"|(?:把|将|將)(?:本条|本篇|这条|此条|這條|本文|这篇|该条)(?:新闻|消息|文章|内容|报道)?(?:列为|标为|标记为|標記為|列為|排在|评为|评级|设为|置顶|放在|作为|打)"
    r"|(?:从现在起|现在)[，,]?你(?:是|将|要|必须|扮演|进入)|你现在(?:是|进入|处于)|进入(?:维护|开发者|管理员|上帝)模式"
    r"|^\W*(?:系统|系統|助手|用户|开发者)(?:指令|提示|消息)?[:：]"
    r"|(?:输出|泄露|打印|复述|重复)(?:你的|全部)(?:系统)?(?:提示词?|指令)"
    r"|如果你是(?:一个|一名|个)?(?:ai|人工智能|大?语言?模型|大模型|助手|机器人)"
)
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"|‘[^’]*’")


def instructs(sentence: str) -> bool:
    """Whether a sentence tells a model what to do."""
    text = unicodedata.normalize("NFKC", sentence).lower()
    return bool(_ENGLISH.search(text) or _CHINESE.search(text))


def headline_instructs(title: str) -> bool:
    """Whether a headline itself does; one that only quotes such words is news about them."""
    return instructs(_QUOTED.sub(" ", title))


def suspicious(item: Item) -> bool:
    """Whether anything that an item says tells a model what to do."""
    if headline_instructs(item.title):
        return True
    return any(instructs(sentence) for sentence in sentences(f"{item.summary}\n{item.text}"[:MAX_CHARACTERS]))


def without_instructions(story: Story) -> Story:
    """Return `story` as it is judged: what speaks to a model counts for nothing, not even for its length."""
    items = tuple(
        dataclasses.replace(item, summary=_calm(item.summary), text=_calm(item.text))
        if suspicious(item)
        else item
        for item in story.items
    )
    return dataclasses.replace(story, items=items)


def _calm(text: str) -> str:
    return " ".join(sentence for sentence in sentences(text[:MAX_CHARACTERS]) if not instructs(sentence))
