"""`ribao retract` on a small site: out of post and record, a notice stays, and it does not come back."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from generator.commands import issues
from generator.commands.covering import with_cover
from generator.commands.retract import command
from generator.config import Config, load_config
from generator.editions import FORMATS, record
from generator.labels import labels_for
from generator.markup.frontmatter import split
from generator.news import Edition
from generator.site import covers

DATA = Path(__file__).parents[1] / "data/editions"
GONE = "https://xingqiao.example.com/news/1?a=1&b==2"


@pytest.fixture
def site(tmp_path: Path) -> Config:
    (tmp_path / "site.toml").write_text('[site]\ntitle = "测试日报"\n', encoding="utf-8")
    return load_config(tmp_path)


def edition(form: str = "themed") -> Edition:
    name = {"themed": "themed.md", "report": "report.txt", "bulletin": "bulletin.txt", "digest": "digest.md"}[
        form
    ]
    return FORMATS[form].parse((DATA / name).read_text(encoding="utf-8"), "posts/2026-03-05/index.md").edition


def retract(site: Config, *arguments: str) -> Result:
    return CliRunner().invoke(
        command, [*arguments, "--why", "来源已更正*"], obj={"site": str(site.root)}, standalone_mode=False
    )


def post(site: Config) -> str:
    return (site.content / "posts/2026-03-05/index.md").read_text(encoding="utf-8")


def kept(site: Config) -> record.Record:
    return record.loads((site.content / "posts/2026-03-05/edition.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [GONE, "id", "anchor"])
def test_a_story_leaves_the_post_and_the_record_and_a_notice_stays(site: Config, name: str) -> None:
    issues.write_issue(site, edition(), "themed")
    article = next(edition().articles)
    asked = {"id": article.id, "anchor": f"https://paper.example/posts/2026-03-05/#s-{article.id}"}.get(
        name, name
    )
    done = retract(site, asked)
    assert done.return_value == 0, done.output
    assert "xingqiao.example.com" not in post(site)
    assert "价格战" not in post(site)
    assert r"> **本栏有一条报道已撤回**：来源已更正\*（" in post(site)
    assert "- 云帆交付首批机器人" in post(site) and "- 星桥科技开放" not in post(site)
    after = kept(site)
    assert [one.article for one in after.edition.retractions] == [article.id]
    assert len(list(after.edition.articles)) == 3
    assert "星桥" not in after.text_as_written


def test_a_short_story_of_the_list_leaves_too(site: Config) -> None:
    issues.write_issue(site, edition(), "themed")
    retract(site, "https://wire.example.org/2")
    assert "Orbit" not in post(site)
    assert "## 更多动态\n\n> **本栏有一条报道已撤回**" in post(site)
    assert [a.headline for a in FORMATS["themed"].parse(post(site)).edition.articles][
        -1
    ] == "一家云厂商公布停机记录"


def test_after_a_retraction_alone_publish_tells_of_its_notice_and_of_no_edit(site: Config) -> None:
    issues.write_issue(site, edition(), "themed")
    retract(site, GONE)
    section = next(part.name for part in edition().sections if part.articles)
    notice = f"ribao's notice of a story taken back, in “{section}”"
    assert issues.write_issue(site, edition(), "themed").kept == (notice,)
    fewer = dataclasses.replace(edition(), sections=edition().sections[1:])
    done = issues.write_issue(site, fewer, "themed")
    assert done.kept == (f"{notice}, which today's edition no longer has",)
    assert "来源已更正" in post(site)


def test_what_was_taken_back_is_not_printed_again_in_any_edition(site: Config) -> None:
    issues.write_issue(site, edition(), "themed")
    retract(site, GONE)
    before = post(site)
    issues.write_issue(site, edition(), "themed")
    assert post(site) == before
    assert kept(site).edition.retractions
    issues.write_issue(site, dataclasses.replace(edition(), id="2026-03-06"), "themed")
    assert "xingqiao" not in (site.content / "posts/2026-03-06/index.md").read_text(encoding="utf-8")


def test_an_edition_named_after_the_story_gets_the_next_ones_title(site: Config) -> None:
    head = next(edition().articles).headline
    issues.write_issue(site, dataclasses.replace(edition(), title=head, extras={}), "themed")
    retract(site, GONE)
    assert "title: 云帆交付首批机器人\n" in post(site)
    assert "# 云帆交付首批机器人\n" in post(site)
    assert "星桥" not in post(site)


def covered(site: Config) -> Path:
    """Write an edition named after the story to come, with the cover that publish draws for it."""
    head = next(edition().articles).headline
    named = dataclasses.replace(edition(), title=head, extras={})
    whole, notes = with_cover(site, named)
    assert notes == ()
    issues.write_issue(site, whole, "themed")
    return site.content / "posts/2026-03-05/cover.png"


def drawn(site: Config, title: str) -> bytes:
    return covers.draw(title, edition().date, site.site.title, labels_for("zh"))


def test_the_cover_that_shows_its_headline_is_drawn_anew(site: Config) -> None:
    cover = covered(site)
    done = retract(site, GONE)
    assert "cover.png: drawn anew: 云帆交付首批机器人" in done.output
    assert cover.read_bytes() == drawn(site, "云帆交付首批机器人")
    alt = kept(site).edition.cover_alt
    assert alt == "《测试日报》2026年3月5日封面：云帆交付首批机器人"
    assert f"coverAlt: {alt}\n" in post(site)
    assert "may still show" not in done.output


@pytest.mark.parametrize("mark", ["；", "; "])
def test_a_title_of_two_headlines_keeps_the_other_and_so_does_its_cover(site: Config, mark: str) -> None:
    first = next(edition().articles).headline
    other = "一家云厂商公布停机记录"
    named = dataclasses.replace(edition(), title=f"{first}{mark}{other}", extras={})
    issues.write_issue(site, with_cover(site, named)[0], "themed")
    done = retract(site, GONE)
    assert "still names it" not in done.output
    assert f"title: {other}\n" in post(site) and f"# {other}\n" in post(site)
    assert kept(site).edition.title == other
    cover = site.content / "posts/2026-03-05/cover.png"
    assert cover.read_bytes() == drawn(site, other)
    alt = f"《测试日报》2026年3月5日封面：{other}"
    assert kept(site).edition.cover_alt == split(post(site)).fields["coverAlt"] == alt


def test_the_words_of_the_cover_stay_readable_whatever_the_next_title_is(site: Config) -> None:
    covered(site)
    path = site.content / "posts/2026-03-05/index.md"
    path.write_text(
        post(site).replace("[云帆交付首批机器人]", '[Yunfan: "first" robots #1]'), encoding="utf-8"
    )
    retract(site, GONE)
    fields = split(post(site)).fields
    assert fields["title"] == 'Yunfan: "first" robots #1'
    assert fields["coverAlt"] == '《测试日报》2026年3月5日封面：Yunfan: "first" robots #1'


def test_a_persons_cover_stays_and_is_named(site: Config) -> None:
    cover = covered(site)
    picture = Image.open(cover).convert("RGB")
    picture.putpixel((3, 3), (255, 0, 0))
    picture.save(cover)
    before = cover.read_bytes()
    done = retract(site, GONE)
    told = "its cover, cover.png, is a person's picture and stays; it may still show the headline"
    assert told in done.output and "drawn anew" not in done.output
    assert cover.read_bytes() == before


def test_a_picture_that_the_post_names_in_its_place_is_a_persons(site: Config) -> None:
    cover = covered(site)
    path = site.content / "posts/2026-03-05/index.md"
    path.write_text(post(site).replace("cover.png", "own.jpg"), encoding="utf-8")
    done = retract(site, GONE)
    assert "its cover, own.jpg, is a person's picture and stays" in done.output
    assert cover.read_bytes() == drawn(site, "云帆交付首批机器人")  # it lies in the folder still


def test_another_storys_cover_stays_and_a_dry_run_draws_none(site: Config) -> None:
    cover = covered(site)
    before = cover.read_bytes()
    assert "would be drawn anew" in retract(site, GONE, "--dry-run").output
    assert cover.read_bytes() == before
    assert "cover.png" not in retract(site, "https://wire.example.org/2").output
    assert cover.read_bytes() == before


def test_without_any_story_left_the_cover_has_the_papers_name(site: Config) -> None:
    first = next(edition().articles)
    section = dataclasses.replace(edition().sections[0], articles=(first,))
    alone = dataclasses.replace(edition(), title=first.headline, extras={}, sections=(section,))
    issues.write_issue(site, with_cover(site, alone)[0], "themed")
    retract(site, GONE)
    cover = site.content / "posts/2026-03-05/cover.png"
    assert cover.read_bytes() == drawn(site, "测试日报")
    assert split(post(site)).fields["coverAlt"] == "《测试日报》2026年3月5日封面：测试日报"
    assert kept(site).edition.cover_alt == "《测试日报》2026年3月5日封面：测试日报"


def test_a_persons_own_words_stay(site: Config) -> None:
    issues.write_issue(site, edition(), "themed")
    path = site.content / "posts/2026-03-05/index.md"
    path.write_text(
        post(site).replace("用于搬运。", "用于搬运（编者注）。") + "\n附记：编者自己的话。\n",
        encoding="utf-8",
    )
    retract(site, GONE)
    assert "用于搬运（编者注）。" in post(site) and "附记：编者自己的话。" in post(site)


@pytest.mark.parametrize(
    ("form", "url", "left"),
    [
        ("report", "https://wire.example.org/2", 2),
        ("bulletin", "https://gov.example.com/2026/03/05/subsidy.html", 1),
    ],
)
def test_reports_and_bulletins_are_written_anew_without_it(
    site: Config, form: str, url: str, left: int
) -> None:
    issues.write_issue(site, edition(form), form)
    assert retract(site, url).return_value == 0
    assert url not in post(site)
    assert len(list(FORMATS[form].parse(post(site)).edition.articles)) == left


def test_a_dry_run_changes_nothing(site: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    issues.write_issue(site, edition(), "themed")
    before = post(site)
    monkeypatch.chdir(site.root)
    told = "content/posts/2026-03-05/index.md: would be taken out: 星桥科技开放天枢 3 接口"
    assert told in retract(site, GONE, "--dry-run").output.splitlines()
    assert post(site) == before


@pytest.mark.parametrize("name", ["https://nowhere.example/1", "0123456789ab"])
def test_a_story_that_no_post_has_is_an_error_with_the_way_out(site: Config, name: str) -> None:
    issues.write_issue(site, edition(), "themed")
    assert "no post of" in str(retract(site, name).exception)


@pytest.mark.parametrize("name", ["javascript:alert(1)", "../../etc", ""])
def test_what_is_neither_id_nor_address_is_refused(site: Config, name: str) -> None:
    assert "neither a story's id" in str(retract(site, name).exception)


def test_a_flat_post_without_a_record_loses_the_story(site: Config) -> None:
    path = site.content / "posts/old.md"
    path.parent.mkdir(parents=True)
    path.write_text((DATA / "themed.md").read_text(encoding="utf-8"), encoding="utf-8")
    assert retract(site, GONE).return_value == 0
    text = path.read_text(encoding="utf-8")
    assert "xingqiao" not in text and labels_for("zh").retracted in text
