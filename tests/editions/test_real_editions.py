"""Editions that nobody of this project wrote: every story of them is found, and nothing of them is lost."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator.editions import FORMATS, detect
from generator.labels import labels_for

SHARED = Path(__file__).resolve().parents[3] / "shared"
THEMED = sorted((SHARED / "data/digests/themed-posts").glob("*.md"))
REPORTS = sorted((SHARED / "data/selection/labelled-digest").glob("*_report.txt"))
LABELS = labels_for("zh")


LABEL = re.compile(r"深度解读|洞察|影响[:：]?$")


def counted(text: str) -> int:
    """Stories by their look alone: ### lines that are no label, and bullets of links where no ### stands above."""
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    body = re.sub(r"^```.*?^```", "", body, flags=re.MULTILINE | re.DOTALL)
    count = 0
    for part in re.split(r"^(?=## |#{2,3} .*更多动态|\*\*更多动态)", body, flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        headings = [line for line in re.findall(r"^### (.+)", rest, re.MULTILINE) if not LABEL.search(line)]
        count += len(headings)
        if "更多动态" in name:
            # there, a heading right above a list names the list
            count -= len(re.findall(r"^### [^\n\[]+\n+[-*] ", rest, re.MULTILINE))
            count += len(re.findall(r"^[-*] \S", rest, re.MULTILINE))
        elif not headings:
            lists = re.findall(r"(?:^(?:[-*]|\d+\.) +\S.*\n?)+", rest, re.MULTILINE)
            first = next(
                (one for one in lists if all(re.match(r"[-*\d.]+ +\[", line) for line in one.splitlines())),
                "",
            )
            count += len(first.splitlines())
    return count


@pytest.mark.skipif(not THEMED, reason="the shared data are not here")
def test_every_story_of_the_themed_posts_is_found() -> None:
    wrong = {}
    for path in THEMED:
        text = path.read_text(encoding="utf-8")
        edition = FORMATS["themed"].parse(text, path.name).edition
        if len(list(edition.articles)) != counted(text):
            wrong[path.name] = (len(list(edition.articles)), counted(text))
    assert len(THEMED) == 182
    assert wrong == {}


@pytest.mark.skipif(not THEMED, reason="the shared data are not here")
def test_every_themed_post_comes_back_byte_for_byte() -> None:
    changed = []
    for path in THEMED:
        text = path.read_text(encoding="utf-8")
        if FORMATS["themed"].write(FORMATS["themed"].parse(text).edition, LABELS).text != text:
            changed.append(path.name)
    assert changed == []


@pytest.mark.skipif(not THEMED, reason="the shared data are not here")
def test_a_themed_post_in_our_own_spelling_says_the_same() -> None:
    changed = []
    for path in THEMED:
        edition = FORMATS["themed"].parse(path.read_text(encoding="utf-8")).edition
        words = {key: text for key, text in edition.extras.items() if not key.startswith("themed.as.")}
        again = FORMATS["themed"].parse(
            FORMATS["themed"].write(dataclasses.replace(edition, extras=words), LABELS).text
        )
        if dataclasses.replace(again.edition, extras=edition.extras) != edition:
            changed.append(path.name)
    assert changed == []


@pytest.mark.skipif(not REPORTS, reason="the shared data are not here")
def test_every_story_of_the_reports_is_found_with_all_its_fields() -> None:
    for path in REPORTS:
        text = path.read_text(encoding="utf-8")
        assert detect(text) == "report"
        articles = list(FORMATS["report"].parse(text, path.name).edition.articles)
        full = text.split("【国内动态】", 1)[1]
        assert len(articles) == len(re.findall(r"^\d+、[🔥📌📄]", full, re.MULTILINE)), path.name
        assert [a.url for a in articles] == re.findall(r" \| 🔗 (\S+)$", full, re.MULTILINE), path.name
        assert sum(bool(a.reason) for a in articles) == full.count("\n   📋 "), path.name
        assert sum(len(a.tags) > 0 for a in articles) == full.count("\n   🏷️ "), path.name


@pytest.mark.skipif(not REPORTS, reason="the shared data are not here")
def test_a_real_report_comes_back_but_for_blanks_and_hidden_characters() -> None:
    def visible(text: str) -> str:
        return re.sub(r"[ \u200b\u200c]+", "", text)

    for path in REPORTS:
        text = path.read_text(encoding="utf-8")
        assert visible(
            FORMATS["report"].write(FORMATS["report"].parse(text).edition, LABELS).text
        ) == visible(text)


@pytest.mark.skipif(not REPORTS, reason="the shared data are not here")
def test_the_twin_beside_a_report_tells_the_same_stories() -> None:
    for path in REPORTS[::6]:
        told = FORMATS["report"].parse(path.read_text(encoding="utf-8")).edition
        twin = (
            FORMATS["report"]
            .parse(path.with_name(path.name.replace("_report.txt", ".json")).read_text(encoding="utf-8"))
            .edition
        )
        assert [a.url for a in twin.articles] == [a.url for a in told.articles]
        assert twin.stats.raw_total == told.stats.raw_total
        assert all(a.headline for a in twin.articles)
