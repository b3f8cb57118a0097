"""The editor's marks: what the sheet shows as one story is one, and a sheet laid again shows what its marks choose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pytest
from newsroom_items import NOON, item, story

from generator.config import Config
from generator.config.schema import EditionConfig
from generator.labels import labels_for
from generator.news import Item, Retraction
from generator.newsroom.candidates import rows_of
from generator.newsroom.day import Material, prepare
from generator.newsroom.desk import obey, unprinted
from generator.newsroom.pick import choose
from generator.newsroom.sheet import NO_SHEET, Rows, Sheet, read, write
from generator.newsroom.window import Window

# grouping keeps the first of them apart; the second look at the best stories joins it
ROUND = (
    item("快手：投资者同意向可灵注资 20 亿美元", hours=5),
    item("可灵 AI 获 20 亿美元注资，本轮融资可追加至 30 亿美元", hours=4),
    item("Kling AI raises $2 billion, round could extend to $3 billion", hours=3),
    item("可灵 AI 将完成 30 亿美元融资", hours=2),
)
CHIP = item("海岳芯片公布AI推理芯片路线图", summary="海岳芯片公布了AI推理芯片路线图。")
SMALL = item("某市人工智能展开幕", hours=8, summary="某市的人工智能展开幕。", feed="晚报")
TWIN = item("本地办起机器人展会", hours=7, summary="当地办起了一个人工智能展会。", feed="晨报")
OPERA = item("市交响乐团任命新指挥", summary="市交响乐团任命了新指挥。")
LABELS = labels_for("zh-CN")


def material(
    items: Sequence[Item], sheet: Sheet = NO_SHEET, most: int = 40, back: Sequence[Retraction] = ()
) -> Material:
    return prepare(
        items,
        Window(NOON - dt.timedelta(hours=24), NOON),
        Config(edition=EditionConfig(max_stories=most)),
        edition="2026-01-07",
        date=dt.date(2026, 1, 7),
        sheet=sheet,
        retractions=back,
    )


def rows(found: Material) -> Rows:
    return rows_of(found, choose(found.day.picks, found.day.settings), (), LABELS)


def laid(found: Material, sheet: Sheet = NO_SHEET) -> str:
    return write("2026-01-07", rows(found), sheet, LABELS)


def marked(text: str, headline: str, mark: str) -> str:
    """Return the sheet with another mark before the story of this headline."""
    changed = re.sub(rf"(?m)^- .*?(`\w{{12}}` \[{re.escape(headline)})", rf"- {mark} \1", text)
    assert changed != text
    return changed


def titles(found: Material) -> list[set[str]]:
    return [{one.title for one in pick.story.items} for pick in found.day.picks]


def test_a_sheet_without_marks_changes_no_story() -> None:
    day = [*ROUND, CHIP]
    first = material(day)
    assert {one.title for one in ROUND} in titles(first) and len(first.marked.stories) == 3
    assert titles(material(day, read(laid(first)))) == titles(first)


@pytest.mark.parametrize(("mark", "stories"), [("pin", 1), ("drop", 0)])
def test_a_mark_is_of_all_reports_that_the_sheet_shows_as_one_story(mark: str, stories: int) -> None:
    text = marked(laid(material(ROUND)), ROUND[0].title, mark)
    found = material(ROUND, read(text))
    assert titles(found) == [{one.title for one in ROUND}] * stories


def test_a_story_of_several_stays_led_by_the_report_that_leads_it_on_the_sheet() -> None:
    first, shown = story(item("Orbit Labs plans a lunar data centre", hours=5)), story(CHIP)
    sheet = read(f"- pin `{first.id}` [{CHIP.title}]({CHIP.url})\n  - — [Orbit Labs]({first.lead.url})\n")
    (pinned,) = obey([first, shown], sheet, language="zh").stories
    assert (pinned.id, [one.title for one in pinned.items]) == (first.id, [CHIP.title, first.lead.title])


def test_a_sheet_laid_again_shows_what_its_pins_leave_room_for() -> None:
    day = [CHIP, SMALL, OPERA]
    first = material(day, most=1)
    assert [row.story.lead for row in rows(first).printed] == [CHIP]
    sheet = read(marked(laid(first), OPERA.title, "置顶"))
    again = material(day, sheet, most=1)
    assert [row.story.lead for row in rows(again).printed] == [OPERA]
    text = laid(again, sheet)
    above, below = text.split("## 将登出")[1].split("## 在线下")
    assert f"[{OPERA.title}]" in above and "· 置顶\n" in above
    assert f"[{CHIP.title}]" in below and "  - ※ 本期 1 条已满\n" in below
    assert laid(material(day, read(text), most=1), read(text)) == text


def test_what_the_marks_take_out_keeps_its_line_its_points_and_its_mark() -> None:
    day = [CHIP, SMALL, OPERA]
    first = laid(material(day))
    points = re.search(rf"\[{SMALL.title}\].*\n(  - .*)\n", first)
    into = re.search(rf"`(\w{{12}})` \[{CHIP.title}\]", first)
    assert points and into
    text = marked(marked(first, SMALL.title, f"并入 {into[1]}"), OPERA.title, "弃")
    again = laid(material(day, read(text)), read(text))
    aside = again.split("## 按标记不登或并入")[1]
    assert re.search(rf"- 并入 {into[1]} `\w+` \[{SMALL.title}\].*\n{re.escape(points[1])}\n", aside)
    assert f"  - ※ 按标记并入 `{into[1]}`：{CHIP.title}\n" in aside
    assert re.search(rf"- 弃 `\w+` \[{OPERA.title}\].*\n  - ※ 按标记不登\n", aside)
    assert laid(material(day, read(again)), read(again)) == again


def test_stories_that_were_merged_are_judged_as_one() -> None:
    day = [SMALL, TWIN]
    first = material(day)
    alone = {pick.story.lead: pick.score for pick in first.day.picks}
    (home,) = (pick.story.id for pick in first.day.picks if pick.story.lead == SMALL)
    (one,) = material(day, read(marked(laid(first), TWIN.title, f"merge {home}"))).day.picks
    assert one.story.items == (SMALL, TWIN) and len(set(one.outlets)) == 2
    assert one.score > max(alone.values())


def test_a_merge_holds_when_its_target_is_led_by_another_report_now() -> None:
    day = [*ROUND[1:], CHIP]
    first = material(day)
    (home,) = (pick.story.id for pick in first.day.picks if pick.story.lead in ROUND)
    text = marked(laid(first), CHIP.title, f"merge {home}")
    fresh = item(
        "可灵 AI 获 20 亿美元注资，本轮融资可追加至 30 亿美元",
        feed="早报",
        hours=6,
        summary="可灵 AI 获得 20 亿美元注资，" * 40,
    )
    found = material([fresh, *day], read(text))
    (one,) = found.day.picks
    assert one.story.id != home and CHIP in one.story.items and not found.marked.unmet
    again = laid(found, read(text))
    assert f"- merge {one.story.id} `" in again


def test_a_merge_into_what_is_not_printed_says_why_and_what_to_do() -> None:
    day = [*ROUND, SMALL, TWIN]
    first = material(day, most=1)
    home = next(pick.story.id for pick in first.day.picks if pick.story.lead == SMALL)
    text = marked(laid(first), TWIN.title, f"merge {home}")

    def told(text: str) -> list[str]:
        found = material(day, read(text), most=1)
        chosen = choose(found.day.picks, found.day.settings)
        printed = {pick.story.id for pick in (*chosen.full, *chosen.brief)}
        return [one.text for one in unprinted(found.marked, printed, (*found.others, *chosen.others))]

    assert told(text) == [
        f"merged into {home}, which is not printed (below the line: 1 stories are enough), so neither is;"
        f" pin {home} to print them as one, or take this merge back"
    ]
    assert told(marked(text, SMALL.title, "drop")) == [
        f"merged into {home}, which is not printed (dropped by your mark), so neither is;"
        f" mark {home} keep or pin, or take this merge back"
    ]
    assert told(marked(text, SMALL.title, "pin")) == []


def test_a_pin_on_what_was_taken_back_is_told() -> None:
    text = marked(laid(material([CHIP])), CHIP.title, "pin")
    found = material(
        [CHIP], read(text), back=[Retraction("", (CHIP.url,), "与事实不符", dt.date(2026, 1, 6))]
    )
    (one,) = unprinted(found.marked, set(), found.others)
    assert one.text == "pinned, and not printed (taken back: 2026-01-06: 与事实不符)"
