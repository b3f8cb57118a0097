"""The day's material: what was taken back stays out, and every item and every line of a round-up has its row."""

from __future__ import annotations

import dataclasses
import datetime as dt

from generator.config import Config
from generator.news import Article, Importance, Pick, Region, Retraction
from generator.newsroom.compose import compose
from generator.newsroom.day import Material, prepare
from generator.newsroom.fates import Fate
from generator.newsroom.offline import OfflineEditor, article_of
from generator.newsroom.report import report
from generator.newsroom.window import Window
from tests.newsroom.newsroom_items import NOON, item, story

CHIP = item(
    "海岳芯片公布AI推理芯片路线图", url="https://e.com/chip", summary="海岳芯片公布了AI推理芯片路线图。"
)
MODEL = item("天枢团队开源天枢大模型", url="https://e.com/model", summary="天枢团队开源了天枢大模型。")
ROUNDUP = item(
    "早报：天枢团队开源天枢大模型；某运营商试商用AI新通话；一家药企用AI设计新分子", url="https://e.com/zao"
)
DAY = dt.date(2026, 1, 7)


def material(*retractions: Retraction) -> Material:
    return prepare(
        [CHIP, MODEL, ROUNDUP],
        Window(NOON - dt.timedelta(hours=24), NOON),
        Config(),
        edition="2026-01-07",
        date=DAY,
        retractions=retractions,
    )


def test_a_story_taken_back_is_not_picked_by_id_or_by_address() -> None:
    (chip,) = (pick.story for pick in material().day.picks if pick.story.lead == CHIP)
    for back in (
        Retraction(chip.id, (), "与事实不符", DAY),
        Retraction("0" * 12, ("https://e.com/chip",), "与事实不符", DAY),
    ):
        found = material(back)
        assert [pick.story.lead.url for pick in found.day.picks] == ["https://e.com/model"]
        (why,) = [why for why in found.others if why.item == CHIP.id]
        assert (why.fate, why.detail) == (Fate.RETRACTED, "2026-01-07: 与事实不符")


def test_every_item_and_every_line_of_a_round_up_that_no_report_covers_has_a_row() -> None:
    found = material()
    issue = OfflineEditor().write(found.day)
    rows = {
        row["title"]: (row["fate"], row["why"])
        for row in report([CHIP, MODEL, ROUNDUP], found, issue.edition, issue.others)["items"]
    }
    assert rows[CHIP.title][0] == rows[MODEL.title][0] == "printed"
    assert rows[ROUNDUP.title] == ("round-up", "split into 3")
    for line in ("某运营商试商用AI新通话", "一家药企用AI设计新分子"):
        assert rows[line] == ("told by a round-up only", "https://e.com/zao")
    assert len(rows) == 5


def test_a_story_that_did_not_hold_is_a_row_of_its_own() -> None:
    found = material()
    whole = dataclasses.replace(OfflineEditor().write(found.day).edition, sections=())
    row = report([CHIP], found, whole, (), refused={story.id for story in found.stories})["items"][0]
    assert (row["title"], row["fate"]) == (CHIP.title, "refused by the evidence")


def test_the_summary_lists_what_matters_in_the_papers_language_and_fills_up_only_when_short() -> None:
    day = material().day

    def picked(title: str, importance: Importance, score: float) -> tuple[Pick, Article]:
        pick = Pick(story(item(title)), Region.DOMESTIC, importance, "", score=score)
        return pick, article_of(pick, day.language)

    own = [picked(f"第{n}家公司发布了自己的新模型", Importance.MEDIUM, 9.0 - n) for n in range(6)]
    minor = picked("某论文提出一种推理时的对齐方法", Importance.LOW, 2.5)
    foreign = picked("A regulator fines a company over its model", Importance.MEDIUM, 5.0)

    def summary(*printed: tuple[Pick, Article]) -> list[str]:
        return [line[:4] for line in compose(day, printed, ()).summary]

    assert summary(*own, minor, foreign) == [f"第{n}家公" for n in range(6)]
    assert summary(*own[:3], minor, foreign) == ["第0家公", "第1家公", "第2家公", "A re", "某论文提"]
