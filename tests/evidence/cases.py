"""A story and its source, right in every respect; each test breaks one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.evidence.dossier import Context
from generator.evidence.finding import Finding
from generator.evidence.verify import verify
from generator.news import Article, Edition, Printed, Section, Source

DAY = dt.date(2026, 1, 7)

SOURCE = Source(
    "a1",
    "https://36kr.com/p/1001",
    "36氪",
    "星海图完成约20亿元融资",
    dt.datetime(2026, 1, 7, 1, 0, tzinfo=dt.UTC),
    text="1月7日，机器人公司星海图宣布完成约20亿元B轮融资，由高瓴创投领投。公司拟于2027年在港交所上市。"
    "创始人高继扬表示：“我们会把大部分资金投入研发。”星海图目前有超过300名员工，2025年营收增长45%。",
)
STORY = Article(
    "a1",
    headline="星海图完成约20亿元融资",
    text="机器人公司星海图宣布完成约20亿元B轮融资，由高瓴创投领投。公司拟于2027年在港交所上市。",
    sources=(SOURCE,),
)
OTHERS = (
    Source(
        "b2",
        "https://www.bloomberg.com/news/articles/2026-01-07/nvidia-h200-china-export-license-deal",
        "彭博社",
        "Nvidia close to deal on H200 exports to China",
        dt.datetime(2026, 1, 7, 2, 0, tzinfo=dt.UTC),
        text="Nvidia is close to a deal that would let it sell H200 chips in China, people familiar with the matter said.",
    ),
    Source(
        "c3",
        "https://www.qbitai.com/2026/01/366001.html",
        "量子位",
        "智谱发布GLM-5，上下文达到100万token",
        dt.datetime(2026, 1, 6, 22, 0, tzinfo=dt.UTC),
        text="智谱今日发布新一代模型GLM-5，支持100万token上下文，API价格下调30%。",
    ),
)


@dataclass(frozen=True)
class Parsed:
    edition: Edition
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def edition(*articles: Article, **fields: object) -> Parsed:
    return Parsed(Edition("2026-01-07", DAY, sections=(Section("融资", articles=articles),), **fields))  # type: ignore[arg-type]


def findings(
    article: Article = STORY,
    *,
    record: Article | None = STORY,
    others: Sequence[Source] = OTHERS,
    earlier: Sequence[Printed] = (),
    language: str = "zh",
    topics: Sequence[str] = (),
    **fields: object,
) -> list[Finding]:
    printed = edition(article, **fields)
    known = edition(record) if record else None
    context = Context(sources=others, earlier=earlier, language=language, topics=topics)
    return verify(printed, known, context)


def kinds(article: Article = STORY, **more: object) -> list[str]:
    return sorted({finding.kind for finding in findings(article, **more)})  # type: ignore[arg-type]


def told(text: str, **fields: object) -> Article:
    return replace(STORY, text=text, **fields)  # type: ignore[arg-type]
