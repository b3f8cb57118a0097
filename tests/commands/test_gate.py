"""The door of an unattended publish: what the settings refuse is left out and told, what a person signed off stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from generator.commands.gate import admitted
from generator.config import Config
from generator.config.schema import EvidenceConfig
from generator.editions import record
from generator.news import Acceptance, Article, Edition, Section, Source

DAY = dt.date(2026, 1, 7)


def story(number: int, headline: str, text: str, source: str) -> Article:
    url = f"https://news.example.com/{number}"
    moment = dt.datetime(2026, 1, 7, 1, tzinfo=dt.UTC)
    return Article(
        f"a{number}",
        headline=headline,
        text=text,
        sources=(Source(f"s{number}", url, "示例新闻", headline, moment, text=source),),
    )


RIGHT = story(1, "星桥科技完成A轮融资", "星桥科技完成A轮融资。", "星桥科技完成A轮融资。")
WRONG = story(2, "天枢大模型开源", "天枢大模型参数规模为700亿。", "天枢大模型参数规模为70亿。")
EDITION = Edition("2026-01-07", DAY, title="两则", sections=(Section("大模型", articles=(RIGHT, WRONG)),))


def config(folder: Path) -> Config:
    return Config(root=folder, evidence=EvidenceConfig(block=("number",)))


def headlines(edition: Edition) -> list[str]:
    return [article.headline for article in edition.articles]


def test_a_story_with_a_refused_finding_is_left_out_and_told(tmp_path: Path) -> None:
    edition, refused = admitted(EDITION, "themed", config(tmp_path), ())
    assert headlines(edition) == [RIGHT.headline]
    [note] = refused
    assert note.startswith("refused: 天枢大模型开源: number: 700亿 ")


def test_a_story_told_twice_is_printed_once(tmp_path: Path) -> None:
    twin = replace(story(3, "星桥科技公司完成A轮融资", RIGHT.text, RIGHT.text), text="")
    twice = replace(EDITION, sections=(Section("大模型", articles=(RIGHT, twin)),))
    edition, refused = admitted(twice, "themed", Config(root=tmp_path), ())
    assert headlines(edition) == [RIGHT.headline]
    assert refused == (f"refused: {twin.headline}: repeat: told twice in this edition",)


def test_what_a_person_signed_off_is_not_refused(tmp_path: Path) -> None:
    from generator.evidence.finding import Finding

    finding = Finding("number", "", words="700亿", article=WRONG.headline)
    signed = replace(EDITION, accepted=(Acceptance(finding.id, "number", "700亿", "已核实"),))
    folder = tmp_path / "content" / "posts" / EDITION.id
    folder.mkdir(parents=True)
    (folder / "edition.json").write_text(record.dumps(signed, ""), encoding="utf-8")
    edition, refused = admitted(EDITION, "themed", config(tmp_path), ())
    assert (headlines(edition), refused) == (headlines(EDITION), ())


def test_a_story_without_a_headline_is_left_out_too(tmp_path: Path) -> None:
    bare = replace(WRONG, headline="", text="天枢大模型参数规模为700亿。")
    edition = replace(EDITION, sections=(Section("大模型", articles=(RIGHT, bare)),))
    admitted_edition, refused = admitted(edition, "report", config(tmp_path), ())
    assert headlines(admitted_edition) == [RIGHT.headline]
    assert refused


def test_an_admitted_edition_carries_its_score(tmp_path: Path) -> None:
    edition, _ = admitted(
        replace(EDITION, sections=(Section("大模型", articles=(RIGHT,)),)), "themed", config(tmp_path), ()
    )
    assert edition.score is not None
    assert (edition.score.sentences, edition.score.numbers, edition.score.points) == (1.0, 1.0, 85)
