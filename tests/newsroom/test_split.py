"""A report taken out of a story by a mark: a story of its own, which nothing joins to the rest again."""

from __future__ import annotations

import pytest
from newsroom_items import item
from test_marks_obeyed import CHIP, ROUND, laid, material, titles

from generator.newsroom.desk import Unmet
from generator.newsroom.sheet import Sheet, read

FIRST, *_, LAST = ROUND


def taken_out(text: str, url: str, word: str = "split") -> str:
    """Return the sheet with the mark before the line of the report at `url`."""
    lines = [
        line.replace("- —", f"- {word}") if url in line and line.startswith("  - ") else line
        for line in text.splitlines()
    ]
    assert lines != text.splitlines()
    return "\n".join(lines) + "\n"


def sheet_of(items: tuple[object, ...], url: str, word: str = "split") -> Sheet:
    return read(taken_out(laid(material(items)), url, word), "desk/2026-01-07.md")  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["split", "拆", "拆出", "Split —", "拆：", "拆 —"])
def test_a_report_with_the_mark_has_a_story_of_its_own(word: str) -> None:
    items = (*ROUND, CHIP)
    assert titles(material(items)) == [{one.title for one in ROUND}, {CHIP.title}]
    found = material(items, sheet_of(items, LAST.url, word))
    assert sorted(titles(found), key=len) == [
        *sorted([{LAST.title}, {CHIP.title}], key=lambda one: titles(found).index(one)),
        {one.title for one in ROUND if one is not LAST},
    ]
    assert not found.marked.unmet


def test_the_sheet_laid_again_keeps_the_mark_and_without_it_they_are_one_again() -> None:
    items = (*ROUND, CHIP)
    once = sheet_of(items, LAST.url)
    text = laid(material(items, once), once)
    assert text.count(f"]({LAST.url})") == 2  # the mark, and the story of its own
    again = read(text, "desk/2026-01-07.md")
    assert laid(material(items, again), again) == text
    assert titles(material(items, again)) == titles(material(items, once))
    back = read(text.replace("- split ", "- — "), "desk/2026-01-07.md")
    assert titles(material(items, back)) == titles(material(items))


def test_reports_that_come_in_later_do_not_join_them() -> None:
    sheet = sheet_of((*ROUND[1:], CHIP), LAST.url)
    found = material((*ROUND, CHIP), sheet)
    assert all(not ({LAST.title} < one) or FIRST.title not in one for one in titles(found))
    assert sum(LAST.title in one for one in titles(found)) == 1
    assert next(one for one in titles(found) if LAST.title in one).isdisjoint(
        {one.title for one in ROUND[1:3]}
    )


def test_a_story_keeps_its_id_and_its_rest_when_its_first_report_leaves_it() -> None:
    before = material((*ROUND, CHIP))
    [whole] = [pick.story for pick in before.day.picks if len(pick.story.items) == len(ROUND)]
    row = f"- keep `{whole.id}` ["
    text = laid(before)
    start = text.index(row)
    end = text.find("\n- ", start) if "\n- " in text[start:] else len(text.rstrip())
    split = f"\n  - split [甲]({FIRST.url})"
    once = read(text[:end] + split + text[end:], "desk/2026-01-07.md")
    found = material((*ROUND, CHIP), once)
    by_id = {pick.story.id: {one.title for one in pick.story.items} for pick in found.day.picks}
    assert by_id[whole.id] == {one.title for one in ROUND if one is not FIRST}
    assert {FIRST.title} in by_id.values() and len(by_id) == 3 and not found.marked.unmet
    again = read(laid(found, once), "desk/2026-01-07.md")
    assert laid(material((*ROUND, CHIP), again), again) == laid(found, once)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("  - split 那一篇", "split which report? Write it before the line of one, with its address"),
        (
            "  - 拆 [旧闻](https://gone.example/1)",
            "no report https://gone.example/1 today; its mark split waits",
        ),
        (f"  - 拆 [它]({CHIP.url})", "the only report of its story, which cannot be split from it"),
    ],
)
def test_a_mark_that_names_nothing_is_told_and_kept(line: str, text: str) -> None:
    [story] = material((CHIP,)).stories
    sheet = read(f"- keep `{story.id}` [{CHIP.title}]({CHIP.url})\n{line}\n", "desk/2026-01-07.md")
    found = material((CHIP,), sheet)
    assert found.marked.unmet == (Unmet(story.id, 2, text),)
    assert line.strip("- ").split(maxsplit=1)[1] in laid(found, sheet)


def test_a_note_that_begins_with_the_word_stays_a_note() -> None:
    sheet = read("- keep `5eaf12ab34cd` [甲](https://x.example/)\n  - 拆分成两条？\n", "desk/2026-01-07.md")
    [decision] = sheet.decisions.values()
    assert (decision.notes, decision.splits) == (("拆分成两条？",), ())


def test_an_offer_and_a_price_that_rises_are_two_events() -> None:
    offer = item(
        "苹果高校优惠开始，今年有些不同",
        summary="一年一度的苹果高校优惠又到了，师生购买 iPad 或 Mac 可以享受教育优惠，还能得到配件。",
    )
    price = item(
        "Apple is reportedly raising the price of AppleCare Plus for Macs and iPads",
        summary="An AppleCare Plus plan for a Mac or iPad will soon cost more, by half a dollar a month for new sign-ups.",
    )
    assert titles(material((offer, price))) in (
        [{offer.title}, {price.title}],
        [{price.title}, {offer.title}],
    )
