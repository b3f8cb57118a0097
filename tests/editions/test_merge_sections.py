"""A new story stands in the section the fresh edition gives it, whatever the person moved."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editions.merge import merge

NAMES = ["硬件", "模型", "资本"]
Sections = dict[str, list[int]]


def headline(number: int) -> str:
    """A headline that is like none of another number."""
    return "".join(chr(0x4E00 + 40 * number + at) for at in range(6))


def told(*numbers: int) -> str:
    return "".join(f"### [{headline(n)}](https://e.com/{n})\n\n其中，{headline(n)}。\n\n" for n in numbers)


def post(sections: Sections, *, impact: bool = False) -> str:
    end = "**影响：**\n- 影响{}。\n\n" if impact else ""
    return "# 标题\n\n" + "".join(
        f"## {name}\n\n{told(*numbers)}{end.format(name)}" for name, numbers in sections.items()
    )


def section_of(text: str) -> dict[int, str]:
    """Return the section each story of a post stands in."""
    found, name = {}, ""
    for heading, number in re.findall(r"(?m)^## (.+)$|\(https://e\.com/(\d+)\)", text):
        if number:
            found[int(number)] = name
        else:
            name = heading
    return found


@st.composite
def spread(draw: st.DrawFn, numbers: range) -> Sections:
    sections: Sections = {name: [] for name in NAMES}
    for number in numbers:
        sections[draw(st.sampled_from(NAMES))].append(number)
    return sections


@st.composite
def rearranged(draw: st.DrawFn, sections: Sections) -> Sections:
    """What a person leaves: stories moved and deleted, sections in another order, one of their own."""
    moved = {name: list(sections[name]) for name in draw(st.permutations(list(sections)))}
    if draw(st.booleans()):
        moved["编者之选"] = []
    for _ in range(draw(st.integers(1, 4))):
        stories = [(name, number) for name, numbers in moved.items() for number in numbers]
        if not stories:
            break
        name, number = draw(st.sampled_from(stories))
        moved[name].remove(number)
        if draw(st.integers(0, 4)):
            target = moved[draw(st.sampled_from(list(moved)))]
            target.insert(draw(st.integers(0, len(target))), number)
    return moved


@st.composite
def renewed(draw: st.DrawFn, sections: Sections) -> Sections:
    """What the machine writes next: some stories gone, some moved, new ones from 10 on."""
    fresh = {name: list(numbers) for name, numbers in sections.items()}
    for numbers in fresh.values():
        if numbers and draw(st.booleans()):
            number = numbers.pop(draw(st.integers(0, len(numbers) - 1)))
            if draw(st.booleans()):
                fresh[draw(st.sampled_from(NAMES))].append(number)
    for number in range(10, 10 + draw(st.integers(1, 4))):
        target = fresh[draw(st.sampled_from(NAMES))]
        target.insert(draw(st.integers(0, len(target))), number)
    return fresh


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_a_new_story_stands_in_its_section_of_the_fresh_edition(data: st.DataObject) -> None:
    sections = data.draw(spread(range(8)))
    base, current = post(sections), post(data.draw(rearranged(sections)))
    fresh = post(data.draw(renewed(sections)))
    merged = merge(base, current, fresh).text
    after, wanted = section_of(merged), section_of(fresh)
    assert {number: name for number, name in after.items() if number >= 10} == {
        number: name for number, name in wanted.items() if number >= 10
    }
    assert merge(base, merged, fresh).text == merged


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_the_person_moved_stays_in_the_section_they_gave_it(data: st.DataObject) -> None:
    sections = data.draw(spread(range(8)))
    given_ = data.draw(rearranged(sections))
    fresh = data.draw(renewed(sections))
    after = section_of(merge(post(sections), post(given_), post(fresh)).text)
    before = section_of(post(sections))
    for number, name in section_of(post(given_)).items():
        if number in after and name != before[number]:
            assert after[number] == name


def test_a_new_story_does_not_follow_the_neighbour_that_the_person_moved() -> None:
    base = post({"模型": [0, 1], "产业": [2, 3, 4]})
    current = post({"模型": [0, 1, 3], "产业": [2, 4]})
    fresh = post({"模型": [0, 1], "产业": [2, 3, 10, 4]})
    assert merge(base, current, fresh).text == post({"模型": [0, 1, 3], "产业": [2, 10, 4]})


def test_the_impact_of_a_section_stays_at_its_end_though_the_story_above_it_moved() -> None:
    base = post({"模型": [0, 1], "产业": [2, 3]})
    current = post({"模型": [0, 1, 3], "产业": [2]})
    fresh = post({"模型": [0, 1], "产业": [2, 3, 10]}, impact=True)
    merged = merge(base, current, fresh).text
    assert re.findall(r"影响(..)。|e\.com/(\d+)", merged) == [
        *(("", number) for number in "013"),
        ("模型", ""),
        *(("", number) for number in ("2", "10")),
        ("产业", ""),
    ]


def test_where_the_person_deleted_the_section_a_new_story_follows_its_neighbour() -> None:
    base = post({"模型": [0, 1], "产业": [2, 3]})
    current = post({"模型": [0, 1, 2, 3]})
    fresh = post({"模型": [0, 1], "产业": [2, 10, 3]})
    assert merge(base, current, fresh).text == post({"模型": [0, 1, 2, 10, 3]})


def test_a_story_of_the_persons_own_stays_in_its_section_though_the_machine_moved_its_neighbour() -> None:
    base = post({"模型": [0, 1], "产业": [2, 3]})
    current = post({"模型": [0, 1], "产业": [2, 3, 20]})
    fresh = post({"模型": [0, 1, 3], "产业": [2, 10]})
    assert section_of(merge(base, current, fresh).text)[20] == "产业"
