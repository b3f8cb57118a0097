"""`ribao new`: what it makes is whole, valid, and never in the way of what was there."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator import scaffold
from generator.commands.new import requirement
from generator.config import load_config, parse_config
from generator.markup import frontmatter


def ribao(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a scheduled job would: without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_site_is_made_without_a_terminal_and_is_valid(tmp_path: Path) -> None:
    ran = ribao("new", "site", "paper", "--no-build", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert files(tmp_path / "paper") == [
        ".github/workflows/daily.yml",
        ".gitignore",
        "content/pages/about.md",
        "content/posts/welcome.md",
        "requirements.txt",
        "site.toml",
    ]
    config = load_config(tmp_path / "paper")
    assert (config.site.title, config.site.timezone, config.build.output) == (
        "日报",
        "Asia/Shanghai",
        "public",
    )
    assert len(config.feeds) >= 25
    assert {"zh", "en"} == {feed.language for feed in config.feeds}


def test_a_new_site_builds_into_its_public_folder(tmp_path: Path) -> None:
    ran = ribao("new", "site", "paper", "--title", "晨报", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    home = (tmp_path / "paper" / "public" / "index.html").read_text(encoding="utf-8")
    assert "晨报" in home
    assert "你好，日报" in home


def test_options_answer_the_questions(tmp_path: Path) -> None:
    ran = ribao(
        *(
            "new",
            "site",
            "paper",
            "--no-build",
            "--title",
            'The "Daily"\\',
            "--address",
            "https://daily.example/",
        ),
        *("--timezone", "Europe/London", "--language", "en-GB", "--feeds", "none"),
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    config = load_config(tmp_path / "paper")
    assert config.site.title == 'The "Daily"\\'
    assert (config.site.base_url, config.site.timezone) == ("https://daily.example/", "Europe/London")
    assert (config.edition.category, config.feeds) == ("AI Daily", ())
    assert "Hello" in (tmp_path / "paper/content/posts/welcome.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--timezone", "Asia/Peking", "'Asia/Peking' is not a time zone"),
        ("--address", "my paper", "'my paper' is not an address"),
        ("--feeds", "nowhere.opml", "there is no such file"),
    ],
)
def test_a_wrong_answer_is_refused_before_anything_is_written(
    tmp_path: Path, option: str, value: str, message: str
) -> None:
    ran = ribao("new", "site", "paper", option, value, cwd=tmp_path)
    assert ran.returncode != 0
    assert message in ran.stderr
    assert "Traceback" not in ran.stderr
    assert files(tmp_path) == []


def test_feeds_come_from_an_opml_file(tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_text(
        '<opml version="2.0"><body><outline text="News">'
        '<outline type="rss" text="晨星" xmlUrl="https://star.example/feed.xml"/></outline></body></opml>',
        encoding="utf-8",
    )
    ran = ribao("new", "site", "paper", "--no-build", "--feeds", "mine.opml", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    [feed] = load_config(tmp_path / "paper").feeds
    assert (feed.name, feed.url) == ("晨星", "https://star.example/feed.xml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html>", "is no OPML"),
        ('<!DOCTYPE o [<!ENTITY a "b">]><opml/>', "declares XML entities"),
        ('<opml><body><outline xmlUrl="file:///etc/passwd"/></body></opml>', "holds no feed"),
    ],
)
def test_an_opml_file_that_helps_nobody_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.opml").write_text(text, encoding="utf-8")
    ran = ribao("new", "site", "paper", "--feeds", "x.opml", cwd=tmp_path)
    assert ran.returncode != 0
    assert message in ran.stderr
    assert files(tmp_path) == ["x.opml"]


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal to play")
def test_on_a_terminal_it_asks_for_what_no_option_said(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "new", "site", "paper", "--feeds", "none", "--no-build"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, "晚报\n\nEurope/Paris\n\n".encode())
    assert process.wait(timeout=20) == 0
    os.close(ours)
    config = load_config(tmp_path / "paper")
    assert (config.site.title, config.site.timezone, config.site.language) == (
        "晚报",
        "Europe/Paris",
        "zh-CN",
    )


def installed_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What goes into requirements.txt when pip installed `folder`, and left its note of where from."""
    packages = folder.with_name(f"{folder.name}-packages")
    info = packages / "ribao-0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ribao\nVersion: 0\n", encoding="utf-8")
    told = json.dumps({"url": folder.as_uri(), "dir_info": {}})
    (info / "direct_url.json").write_text(told, encoding="utf-8")
    monkeypatch.syspath_prepend(packages)
    return requirement()


def git(folder: Path, *arguments: str) -> str:
    named = ("-c", "user.name=a", "-c", "user.email=a@b", *arguments)
    return subprocess.run(
        ["git", *named], cwd=folder, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_the_workflow_gets_ribao_where_the_clone_came_from_when_others_can_fetch_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet", "-b", "main", "up")
    git(tmp_path / "up", "commit", "--quiet", "--allow-empty", "-m", "Begin")
    git(tmp_path, "clone", "--quiet", "up", "clone")
    clone, head = tmp_path / "clone", git(tmp_path / "up", "rev-parse", "HEAD").strip()
    assert installed_from(clone, monkeypatch) == ""  # a folder of this machine is nobody else's
    for address in (
        "https://me:secret@h.example/you/ribao",
        "git@h.example:you/ribao",
        "ssh://git@h.example/you/ribao",
    ):
        git(clone, "remote", "set-url", "origin", address)
        assert installed_from(clone, monkeypatch) == f"ribao @ git+https://h.example/you/ribao@{head}"
    git(clone, "commit", "--quiet", "--allow-empty", "-m", "Not pushed")
    assert installed_from(clone, monkeypatch) == ""
    assert installed_from(tmp_path / "gone", monkeypatch) == ""


def test_a_site_inside_of_another_repository_is_told_so(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    ran = ribao("new", "site", "paper", "--no-build", cwd=tmp_path)
    assert ran.returncode == 0
    assert "lies inside the repository" in ran.stderr
    (tmp_path / "own").mkdir()
    git(tmp_path / "own", "init", "--quiet")
    assert "lies inside" not in ribao("new", "site", "own", "--no-build", cwd=tmp_path).stderr


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("two years of work", encoding="utf-8")
    ran = ribao("new", "site", ".", cwd=tmp_path)
    assert ran.returncode == 1
    assert "is not empty (thesis.tex" in ran.stderr
    assert files(tmp_path) == ["thesis.tex"]


def test_a_post_is_a_draft_of_today_and_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("", encoding="utf-8")
    ran = ribao("new", "post", "论：开源 & 闭源", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    path = tmp_path / ran.stdout.strip()
    document = frontmatter.split(path.read_text(encoding="utf-8"), str(path))
    assert document.fields["title"] == "论：开源 & 闭源"
    assert document.fields["draft"] is True
    path.write_text("mine", encoding="utf-8")
    again = ribao("new", "post", "论：开源 & 闭源", cwd=tmp_path)
    assert again.returncode == 1
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_theme_extends_the_one_that_comes_along(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\ntheme = "evening"\n', encoding="utf-8")
    assert ribao("new", "theme", "evening", cwd=tmp_path).returncode == 0
    ran = ribao("doctor", cwd=tmp_path)
    assert "ok       theme: evening extends ribao" in ran.stdout
    assert "already" in ribao("new", "theme", "evening", cwd=tmp_path).stderr
    assert ribao("new", "theme", "../evil", cwd=tmp_path).returncode != 0


@pytest.mark.parametrize(
    ("zone", "line"),
    [
        ("Asia/Shanghai", "10 23 * * *"),
        ("Asia/Kolkata", "40 1 * * *"),
        ("America/Los_Angeles", "10 15 * * *"),
    ],
)
def test_the_workflow_runs_in_the_morning_of_the_papers_own_zone(zone: str, line: str) -> None:
    assert scaffold.cron(dt.date(2026, 1, 7), zone) == line


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en", "fr"])
def test_every_language_gets_whole_files(language: str) -> None:
    new = scaffold.NewSite(
        "x", "https://x.example/", "Asia/Shanghai", language, dt.date(2026, 1, 7), scaffold.starter()
    )
    made = scaffold.site_files(new)
    assert not [
        path for path, text in made.items() if scaffold.HOLE.search(text.replace("actions/checkout@", ""))
    ]
    assert yaml.safe_load(made[".github/workflows/daily.yml"])["jobs"].keys() == {
        "edition",
        "deploy",
        "report",
    }
    parse_config(made["site.toml"])


def test_the_projects_own_paper_has_the_sources_a_new_one_begins_with() -> None:
    ours = load_config(Path(__file__).resolve().parents[2]).feeds
    assert [(feed.name, feed.url) for feed in ours] == [(feed.name, feed.url) for feed in scaffold.starter()]
    assert len(ours) >= 25
