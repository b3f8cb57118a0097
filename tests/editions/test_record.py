"""The record keeps an edition whole, reads well in a diff, and says what is wrong with a damaged one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from types import MappingProxyType

import pytest

from generator.editions import FORMATS, record, twin
from generator.errors import ContentError
from generator.news import (
    Acceptance,
    Article,
    Candidate,
    Claim,
    ClaimKind,
    Correction,
    Edition,
    Group,
    Importance,
    Insight,
    Mode,
    Point,
    Precision,
    Quotation,
    Region,
    Retraction,
    Role,
    Score,
    Section,
    SectionKind,
    Source,
    Stats,
    digest_of,
)

DATA = Path(__file__).parents[1] / "data/editions"
SOURCE = Source(
    *("s1", "https://e.com/1", "示例社", "原题"),
    dt.datetime(2026, 3, 5, 1, tzinfo=dt.UTC),
    *(Precision.DAY, Role.PRIMARY, "zh", "原文全文，只留在记录里。", "某源", "0fd1"),
)
ARTICLE = Article(
    *("a1", "标题", "正文。", Region.DOMESTIC, Importance.HIGH, "理由", "分类", ("标签",), ("实体",)),
    *(dt.date(2026, 3, 4), "背景", (Point("点", "文"),), (Insight("析", ClaimKind.OPINION),)),
    (Group("数据：", ("一", "二")),),
    (SOURCE,),
    (Claim("正文。", ClaimKind.INFERENCE, (Quotation("s1", "原文", 0, 2),), "已核"),),
    *("zh", "2026-03-01#b2", ("foreign",), 1.5),
)
EDITION = Edition(
    id="2026-03-05-晚",
    date=dt.date(2026, 3, 5),
    title="题",
    timezone="Asia/Tokyo",
    generated_at=dt.datetime(2026, 3, 5, 2, tzinfo=dt.UTC),
    category="AI 日报",
    tags=("AI",),
    seo=("词",),
    lead="导语",
    summary=("一", "二"),
    cover="cover.png",
    cover_alt="封面",
    stats=Stats(10, 4, 6, 3, 1),
    mode=Mode.DEGRADED,
    mode_note="注",
    sections=(Section("主题", SectionKind.FIXED, (ARTICLE,), (Insight("影响"),), "引子"),),
    candidates=(Candidate("c1", "候选", "https://e.com/c"),),
    corrections=(Correction(dt.date(2026, 3, 6), "更正", "a1"),),
    retractions=(Retraction("a9", ("https://e.com/9",), "因", dt.date(2026, 3, 6)),),
    accepted=(Acceptance("f1", "number", "3", "因"),),
    score=Score(0.9, 0.8, 0.1, 1.2, 3.4, 1, 2),
    extras=MappingProxyType({"themed.tail": "---\n\n<div>\n</div>"}),
)


def test_every_field_of_the_sample_is_set() -> None:
    """Else the next test would not notice a field that is lost."""
    for value in (EDITION, ARTICLE, SOURCE, EDITION.sections[0], ARTICLE.claims[0], EDITION.score):
        for field in dataclasses.fields(value):  # type: ignore[arg-type]
            assert getattr(value, field.name) not in (None, "", (), 0, field.default), field.name


def test_a_record_gives_back_the_edition_and_the_text() -> None:
    text = (DATA / "themed.md").read_text(encoding="utf-8")
    read = record.loads(record.dumps(EDITION, text))
    assert (read.edition, read.text_as_written, read.version) == (EDITION, text, record.VERSION)
    assert record.dumps(read.edition, read.text_as_written) == record.dumps(EDITION, text)


@pytest.mark.parametrize("name", ["themed.md", "report.txt", "digest.md", "bulletin.txt"])
def test_what_a_format_kept_of_its_own_goes_through_the_record(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    form = FORMATS[name.split(".")[0]]
    again = record.loads(record.dumps(form.parse(text).edition, text)).edition
    from generator.labels import labels_for

    assert form.write(again, labels_for("zh")).text == text


def test_a_source_keeps_the_digest_its_text_had_when_it_was_first_recorded() -> None:
    source = dataclasses.replace(SOURCE, digest="")
    article = dataclasses.replace(ARTICLE, sources=(source,))
    edition = dataclasses.replace(EDITION, sections=(Section("题", articles=(article,)),))
    written = record.dumps(edition, "")
    [first] = next(record.loads(written).edition.articles).sources
    assert (first.digest, first.altered) == (digest_of(SOURCE.text), False)
    changed = record.loads(written.replace(SOURCE.text, "另一段话。"))
    [second] = next(record.loads(record.dumps(changed.edition, "")).edition.articles).sources
    assert (second.digest, second.altered) == (first.digest, True)


def test_one_changed_word_changes_one_line() -> None:
    text = (DATA / "themed.md").read_text(encoding="utf-8")
    before = record.dumps(EDITION, text).splitlines()
    after = record.dumps(EDITION, text.replace("用于搬运", "用于分拣")).splitlines()
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "a.json:1:2: not JSON"),
        ("<<<<<<< ours\n{}", "a merge left its marks"),
        ("[]", "not the record of an edition"),
        ('{"record": "ribao edition", "version": 99}', "upgrade ribao"),
        ('{"record": "ribao edition", "version": 1, "edition": {"id": 3}}', "edition.id must be str"),
        (
            '{"record": "ribao edition", "version": 1, "edition": {"id": "x", "date": "2026-02-30"}}',
            "is not a date",
        ),
        (
            '{"record": "ribao edition", "version": 1, "edition": {"id": "x", "date": "2026-01-01", "tilte": ""}}',
            "'tilte'",
        ),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_damaged_record_is_named(text: str, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        record.loads(text, "a.json")
    assert words in str(caught.value.problems[0])


def test_the_public_twin_holds_no_source_text_and_no_evidence() -> None:
    shown = json.dumps(twin(EDITION), ensure_ascii=False)
    assert "标题" in shown and "https://e.com/1" in shown
    assert "原文" not in shown and "候选" not in shown


def test_retracted_stories_are_known_by_id_and_address() -> None:
    kept = record.loads(record.dumps(EDITION, ""))
    assert record.retracted([kept]) == {"a9", "https://e.com/9"}
