"""What an older or newer ribao left behind is upgraded, made anew, or named in one line with what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from generator import __version__
from generator.config import load_config, parse_config
from generator.errors import SettingsError, ThemeError
from generator.site.theme import load_theme
from tests.commands import paper


@pytest.fixture
def site(tmp_path: Path) -> Path:
    paper.found(tmp_path)
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    (posts / "a.md").write_text("---\ntitle: 早报\ndate: 2026-01-07\n---\n正文。\n", encoding="utf-8")
    return tmp_path


def outcome(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return the exit code and the last line of what a command said."""
    ran = paper.ribao(folder, *arguments)
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('[site]\ntitles = "x"\n', "site.toml:2:1: site.titles: is not a setting; did you mean 'title'?"),
        ('[site]\ncnames = "x"\n', "site.toml:2:1: site.cnames: is not a setting; there are: "),
        ("[edition]\nmin_story = 3\n", "did you mean 'min_stories'?"),
        ("[[feed]]\nurl = 'https://a.example/'\n", "site.toml:1:1: feed: is not a setting; did you mean 'feeds'?"),
        ("version = 2\n", "site.toml:1:1: version: is not a setting; "),
    ],
)  # fmt: skip
def test_a_setting_this_version_does_not_have_is_named_at_its_line(settings: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_config(settings)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("theme", "says"),
    [
        ('min_version = "99.1"\n[sidebars]\n', f"needs ribao 99.1 or newer, this is {__version__}; upgrade ribao"),
        ("min_version = 2\n", f"min_version: is 2; write it like '{__version__}'"),
        ('[setting]\ncolumns = 2\n', "setting: is no part of a theme; did you mean 'settings'?"),
        ("[pages]\nper_page = 9\n", "pages.per_page: wrong; [pages] may hold paginate, tags, tag_feeds"),
    ],
)  # fmt: skip
def test_a_theme_for_another_version_is_named_not_drawn_in_part(site: Path, theme: str, says: str) -> None:
    folder = site / "themes" / "own"
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(f'extends = "ribao"\n{theme}', encoding="utf-8")
    paper.found(site)
    text = (site / "site.toml").read_text(encoding="utf-8").replace("[site]", '[site]\ntheme = "own"')
    (site / "site.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ThemeError) as caught:
        load_theme(load_config(site))
    assert f"themes/own/theme.toml:1: {says}" in str(caught.value)


def test_a_theme_for_this_version_is_drawn(site: Path) -> None:
    assert paper.ribao(site, "new", "theme", "own").returncode == 0
    made = site / "themes" / "own" / "theme.toml"
    assert f'min_version = "{__version__}"' in made.read_text(encoding="utf-8")
    text = (site / "site.toml").read_text(encoding="utf-8").replace("[site]", '[site]\ntheme = "own"')
    (site / "site.toml").write_text(text, encoding="utf-8")
    assert outcome(site, "build")[0] == 0


def test_a_newer_store_is_named_and_left_as_it_is(site: Path) -> None:
    paper.collect(site, paper.STORIES)
    store = site / ".ribao" / "items.db"
    with closing(sqlite3.connect(store)) as database, database:
        database.execute("update meta set value = '99' where key = 'version'")
    before = store.read_bytes()
    for arguments in (("publish", "--date", paper.DAY), ("feeds", "list")):
        code, line = outcome(site, *arguments)
        assert code == 1, arguments
        assert "was written by a newer ribao (version 99" in line and "update ribao" in line, line
    assert store.read_bytes() == before


def test_a_newer_record_is_named_and_left_as_it_is(site: Path) -> None:
    paper.collect(site, paper.STORIES)
    assert paper.publish(site).returncode == 0
    record = paper.post(site).with_name("edition.json")
    newer = record.read_text(encoding="utf-8").replace('"version": 1', '"version": 99', 1)
    record.write_text(newer, encoding="utf-8")
    for ran in (paper.publish(site), paper.ribao(site, "verify"), paper.ribao(site, "build")):
        said = ran.stdout + ran.stderr
        assert ran.returncode == 1 and "Traceback" not in said
        assert f"{paper.DAY}/edition.json" in said and "version 99 is newer than this ribao" in said, said
    assert record.read_text(encoding="utf-8") == newer


@pytest.mark.parametrize("version", ["0", "99999", "next"])
def test_a_cache_of_another_version_is_made_anew(site: Path, version: str) -> None:
    assert outcome(site, "build")[0] == 0
    before = (site / "public" / "index.html").read_bytes()
    caches = [path for path in (site / ".ribao").rglob("*.db") if path.name != "items.db"]
    assert caches
    for cache in caches:
        with closing(sqlite3.connect(cache)) as database, database:
            database.execute("update meta set value = ? where key = 'version'", (version,))
    assert outcome(site, "build")[0] == 0
    assert (site / "public" / "index.html").read_bytes() == before
