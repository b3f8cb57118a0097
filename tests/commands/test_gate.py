"""The door of an unattended publish: what the settings refuse is left out and told, what a person signed off stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from generator.commands.gate import admitted
from generator.config import Config
from generator.config.schema import EditionConfig, EvidenceConfig
from generator.editions import record
from generator.labels import labels_for
from generator.news import (
    Acceptance,
    Article,
    Edition,
    Importance,
    Mode,
    Pick,
    Region,
    Section,
    Source,
    Stats,
    Story,
)
from generator.newsroom.compose import compose
from generator.newsroom.editor import Day, Issue

DAY = dt.date(2026, 1, 7)


def story(number: int, headline: str, text: str, source: str, url: str = "") -> Article:
    url = url or f"https://news.example.com/{number}"
    moment = dt.datetime(2026, 1, 7, 1, tzinfo=dt.UTC)
    return Article(
        f"a{number}",
        headline=headline,
        text=text,
        sources=(Source(f"s{number}", url, "示例新闻", headline, moment, text=source),),
        region=Region.DOMESTIC,
        score=10.0 - number,
    )


RIGHT = story(1, "星桥科技完成A轮融资", "星桥科技完成A轮融资。", "星桥科技完成A轮融资。")
WRONG = story(2, "天枢大模型开源", "天枢大模型参数规模为700亿。", "天枢大模型参数规模为70亿。")
HOME = story(
    3,
    "海岳芯片公布推理芯片路线图",
    "海岳芯片公布推理芯片路线图。",
    "海岳芯片公布推理芯片路线图。",
    "https://haiyue.example.com/",
)
OTHER = story(4, "云帆机器人获得汽车厂订单", "云帆机器人获得汽车厂订单。", "云帆机器人获得汽车厂订单。")
EDITION = Edition("2026-01-07", DAY, title="两则", sections=(Section("大模型", articles=(RIGHT, WRONG)),))
MORNING = Day(
    "2026-01-07", DAY, dt.datetime(2026, 1, 7, 2, tzinfo=dt.UTC), (), (), Stats(raw_total=9),
    EditionConfig(min_stories=2), labels_for("zh-CN"), "zh-CN", "Asia/Shanghai", "日报",
)  # fmt: skip


def config(folder: Path, *block: str) -> Config:
    return Config(root=folder, evidence=EvidenceConfig(block=block or ("number",)))


def checked(
    edition: Edition, config: Config, form: str = "themed", by_rule: tuple[Article, ...] = ()
) -> tuple[Edition, tuple[str, ...]]:
    issue = Issue(edition, frozenset(article.id for article in by_rule))
    return admitted(issue, MORNING, form, config, ())


def by_rule(*articles: Article) -> Edition:
    """Make the edition the offline editor makes of these stories."""
    picked = [
        (Pick(Story(article.id, ()), Region.DOMESTIC, Importance.MEDIUM, "", theme="大模型"), article)
        for article in articles
    ]
    return compose(MORNING, picked, [])


def headlines(edition: Edition) -> list[str]:
    return [article.headline for article in edition.articles]


def test_a_story_with_a_refused_finding_is_left_out_and_told(tmp_path: Path) -> None:
    edition, refused = checked(EDITION, config(tmp_path))
    assert headlines(edition) == [RIGHT.headline]
    [note] = refused
    assert note.startswith("refused: 天枢大模型开源: number: 700亿 ")


def test_a_story_told_twice_is_printed_once(tmp_path: Path) -> None:
    twin = replace(story(3, "星桥科技公司完成A轮融资", RIGHT.text, RIGHT.text), text="")
    twice = replace(EDITION, sections=(Section("大模型", articles=(RIGHT, twin)),))
    edition, refused = checked(twice, Config(root=tmp_path))
    assert headlines(edition) == [RIGHT.headline]
    assert refused == (f"refused: {twin.headline}: repeat: told twice in this edition",)


def test_what_a_person_signed_off_is_not_refused(tmp_path: Path) -> None:
    from generator.evidence.finding import Finding

    finding = Finding("number", "", words="700亿", article=WRONG.headline)
    signed = replace(EDITION, accepted=(Acceptance(finding.id, "number", "700亿", "已核实"),))
    folder = tmp_path / "content" / "posts" / EDITION.id
    folder.mkdir(parents=True)
    (folder / "edition.json").write_text(record.dumps(signed, ""), encoding="utf-8")
    edition, refused = checked(EDITION, config(tmp_path))
    assert (headlines(edition), refused) == (headlines(EDITION), ())


def test_a_story_without_a_headline_is_left_out_too(tmp_path: Path) -> None:
    bare = replace(WRONG, headline="", text="天枢大模型参数规模为700亿。")
    edition = replace(EDITION, sections=(Section("大模型", articles=(RIGHT, bare)),))
    admitted_edition, refused = checked(edition, config(tmp_path), "report")
    assert headlines(admitted_edition) == [RIGHT.headline]
    assert refused


def test_an_admitted_edition_carries_its_score(tmp_path: Path) -> None:
    edition, _ = checked(replace(EDITION, sections=(Section("大模型", articles=(RIGHT,)),)), config(tmp_path))
    assert edition.score is not None
    assert (edition.score.sentences, edition.score.numbers, edition.score.points) == (1.0, 1.0, 85)


def test_the_offline_editor_prints_nothing_doubtful(tmp_path: Path) -> None:
    made = by_rule(RIGHT, HOME, OTHER)
    edition, refused = checked(made, config(tmp_path), by_rule=(RIGHT, HOME, OTHER))
    assert headlines(edition) == [RIGHT.headline, OTHER.headline]
    [note] = refused
    assert note.startswith(f"refused: {HOME.headline}: link: the address is a home page")
    assert (HOME.headline in made.summary, HOME.headline in edition.summary) == (True, False)
    assert "3 条国内" in made.lead and "2 条国内" in edition.lead


@pytest.mark.parametrize("form", ["report", "bulletin"])
def test_a_doubtful_story_is_known_by_whatever_a_format_calls_it(tmp_path: Path, form: str) -> None:
    edition, [note] = checked(by_rule(RIGHT, HOME, OTHER), config(tmp_path), form, (RIGHT, HOME, OTHER))
    assert headlines(edition) == [RIGHT.headline, OTHER.headline]
    assert "link" in note


def test_what_a_person_pinned_is_printed_with_its_doubt_told(tmp_path: Path) -> None:
    made = by_rule(RIGHT, HOME, OTHER)
    issue = Issue(made, frozenset(article.id for article in made.articles))
    day = replace(MORNING, by_hand=frozenset([HOME.id]))
    edition, [note] = admitted(issue, day, "themed", config(tmp_path), ())
    assert HOME.headline in headlines(edition)
    assert note.startswith(f"doubtful, and printed: {HOME.headline}: link")


def test_a_doubt_about_what_a_model_wrote_does_not_refuse_it(tmp_path: Path) -> None:
    edition, refused = checked(by_rule(RIGHT, HOME, OTHER), config(tmp_path), by_rule=(RIGHT,))
    assert (len(headlines(edition)), refused) == (3, ())


def test_a_story_that_fell_back_to_the_rules_is_held_to_them(tmp_path: Path) -> None:
    edition, refused = checked(by_rule(RIGHT, HOME, OTHER), config(tmp_path), by_rule=(HOME,))
    assert headlines(edition) == [RIGHT.headline, OTHER.headline]
    assert len(refused) == 1


def test_of_two_stories_at_one_address_the_better_one_stays(tmp_path: Path) -> None:
    second = replace(OTHER, sources=(replace(OTHER.sources[0], url=RIGHT.url),))
    edition, refused = checked(by_rule(RIGHT, second), config(tmp_path), by_rule=(RIGHT, second))
    assert headlines(edition) == [RIGHT.headline]
    [note] = refused
    assert note.startswith(f"refused: {OTHER.headline}: link: one address for 2 stories")


def test_an_edition_that_refusals_make_thin_says_so(tmp_path: Path) -> None:
    made = by_rule(RIGHT, HOME)
    edition, _ = checked(made, config(tmp_path), by_rule=(RIGHT, HOME))
    assert (made.mode, edition.mode) == (Mode.OFFLINE, Mode.QUIET)
    assert labels_for("zh-CN").quiet_note in edition.mode_note and made.mode_note in edition.mode_note


def test_several_refused_lines_of_a_summary_leave_the_others_in_place(tmp_path: Path) -> None:
    lines = (RIGHT.headline, "白鹭公司收购两家工厂", "南极科考站启用新雷达", OTHER.headline)
    edition = replace(EDITION, summary=lines, sections=(Section("大模型", articles=(RIGHT, OTHER)),))
    kept, refused = checked(edition, config(tmp_path, "phantom"))
    assert kept.summary == (RIGHT.headline, OTHER.headline)
    assert [note for note in refused if "summary" in note] != []
