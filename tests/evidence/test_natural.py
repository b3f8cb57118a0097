"""Faults that real editions were published with, found from their files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import editions
from generator.evidence.dossier import Context
from generator.evidence.finding import Finding
from generator.evidence.verify import verify

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample editions are not here")


def found(number: str) -> list[Finding]:
    """Prove the sample whose name begins with `number`: no record, no source."""
    [path] = SEEDS.glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    form = editions.detect(text)
    assert form is not None
    return verify(editions.FORMATS[form].parse(text, path.name), None, Context(file=path.name))


def lines(findings: list[Finding], kind: str) -> set[int]:
    return {finding.line for finding in findings if finding.kind == kind}


# Read by hand: the line of each story whose address names, in words, another subject.
MISMATCHED = {
    "000": {97, 102, 107, 112, 122, 127, 132, 142, 147, 157, 167},
    "001": {61, 66, 71, 81, 86, 91, 101, 106, 111, 121, 126},
}


@pytest.mark.parametrize(("number", "least"), [("000", 10), ("001", 11)])
def test_links_of_other_stories_are_named_with_at_most_one_false_alarm(number: str, least: int) -> None:
    named = lines(found(number), "pairing")
    assert len(named & MISMATCHED[number]) >= least
    assert len(named - MISMATCHED[number]) <= 1


def test_both_stories_of_the_closing_line_that_the_edition_does_not_hold_are_named() -> None:
    phantoms = " ".join(finding.words for finding in found("000") if finding.kind == "phantom")
    assert "YU7" in phantoms
    assert "特斯拉" in phantoms


def test_seven_billion_is_not_seven_hundred_million() -> None:
    [finding] = [finding for finding in found("002") if finding.kind == "number"]
    assert (finding.line, finding.words, finding.evidence) == (135, "7亿参数", "7B")


def test_hedges_that_conflict_inside_one_post_are_named_where_they_stand() -> None:
    hedges = {
        (finding.line, finding.message.split(" in ")[0])
        for finding in found("002")
        if finding.kind == "hedge"
    }
    assert (8, "2000万美元 here, 超2000万美元") in hedges
    assert (105, "约4000万人 here, 超4000万 elsewhere") in hedges
