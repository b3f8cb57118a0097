"""Faults of content, themes, output and cache while building: named at their place, nothing half-done."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.config import load_config
from generator.errors import BusyError, ContentError, GeneratorError, ThemeError
from generator.files import lock
from generator.site.build import Options, Report, build, cache_path
from generator.site.verify import files_of

NOW = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
POST = '---\ntitle: "{title}"\ndate: 2026-01-07\ntags: {tags}\n---\n正文\n'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_text(
        '[site]\nbase_url = "https://e.com/news/"\ntheme = "plain-bench"\n', encoding="utf-8"
    )
    write(tmp_path, "a", "甲")
    return tmp_path


def write(site: Path, name: str, title: str = "标题", tags: str = "[AI]", text: str = "") -> Path:
    path = site / "content" / "posts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or POST.format(title=title, tags=tags), encoding="utf-8")
    return path


def made(site: Path, **options: object) -> Report:
    return build(load_config(site), Options(now=NOW, **options))  # type: ignore[arg-type]


def output(site: Path) -> dict[str, bytes]:
    return {name: (site / "public" / name).read_bytes() for name in files_of(str(site / "public"))}


def test_problems_of_all_posts_come_at_once_and_the_old_site_stays(site: Path) -> None:
    made(site)
    before = output(site)
    write(site, "b", text="---\ntitle: B\ndate: 2026-13-01\n---\n")
    write(site, "c", text="---\ndate: 2026-01-01\n---\n")
    with pytest.raises(ContentError) as caught:
        made(site)
    lines = [str(problem) for problem in caught.value.problems]
    assert lines[0].startswith("content/posts/b.md:3:") and "is not a day" in lines[0]
    assert lines[1].startswith("content/posts/c.md:") and "title is missing" in lines[1]
    assert output(site) == before


@pytest.mark.parametrize("other", ["A"])
def test_addresses_that_differ_in_case_only_name_both_files(site: Path, other: str) -> None:
    write(site, "b", text=f"---\ntitle: B\ndate: 2026-01-01\nslug: {other}\n---\n")
    with pytest.raises(ContentError) as caught:
        made(site)
    assert {problem.path for problem in caught.value.problems} == {"content/posts/a.md", "content/posts/b.md"}


@pytest.mark.parametrize("slug", ["../up", "a/b", "a\\\\b", "%2e%2e", ".."])
def test_a_slug_cannot_leave_its_place(site: Path, slug: str) -> None:
    write(site, "b", text=f'---\ntitle: B\ndate: 2026-01-01\nslug: "{slug}"\n---\n')
    with pytest.raises(ContentError, match="cannot be part of an address"):
        made(site)


def test_odd_tags_have_pages_of_their_own(site: Path) -> None:
    tags = ["C++", "C#", "a/b", "..", "?", "#", "%", "🔥", "عربي", "长" * 200]
    write(site, "b", tags=str(tags).replace("'", '"'))
    made(site)
    pages = [name for name in output(site) if name.startswith("tags/") and name.count("/") == 2]
    assert len(pages) == len(tags) + 1  # and AI of the other post
    assert not any(part in ("..", ".") for name in pages for part in name.split("/"))


def test_a_broken_template_is_named_with_its_line_and_the_old_site_stays(site: Path) -> None:
    made(site)
    before = output(site)
    theme = site / "themes" / "own"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.toml").write_text('name = "own"\nextends = "plain-bench"\n', encoding="utf-8")
    (theme / "templates" / "post.html").write_text("一\n{{ post.titel }}\n", encoding="utf-8")
    config = (site / "site.toml").read_text(encoding="utf-8").replace("plain-bench", "own")
    (site / "site.toml").write_text(config, encoding="utf-8")
    with pytest.raises(ThemeError) as caught:
        made(site)
    assert str(caught.value).startswith("themes/own/templates/post.html:2: ")
    assert "did you mean 'title'?" in str(caught.value)
    assert output(site) == before


def test_a_folder_with_files_of_others_is_refused_before_anything_goes(site: Path) -> None:
    (site / "public").mkdir()
    (site / "public" / "thesis.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(GeneratorError, match="did not write"):
        made(site)
    assert (site / "public" / "thesis.doc").read_text(encoding="utf-8") == "mine"


def test_a_second_build_at_the_same_time_is_refused(site: Path) -> None:
    path = Path(cache_path(load_config(site), Options(now=NOW)) + ".lock")
    with lock(path, "build"), pytest.raises(BusyError):
        made(site)


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_cache_costs_time_only(site: Path, damage: bytes) -> None:
    made(site)
    before = output(site)
    Path(cache_path(load_config(site), Options(now=NOW))).write_bytes(damage)
    assert made(site).written == 0
    assert output(site) == before


def test_no_posts_make_a_valid_empty_site(site: Path) -> None:
    (site / "content" / "posts" / "a.md").unlink()
    made(site)
    assert "index.html" in output(site) and "feed.xml" in output(site)


def test_bom_and_carriage_returns_change_nothing(site: Path) -> None:
    made(site)
    plain = output(site)["posts/a/index.html"]
    path = site / "content" / "posts" / "a.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    made(site)
    assert output(site)["posts/a/index.html"] == plain


def test_links_and_leftovers_are_not_published(site: Path) -> None:
    (site / "secret.md").write_text(POST.format(title="秘密", tags="[]"), encoding="utf-8")
    os.symlink(site / "secret.md", site / "content" / "posts" / "link.md")
    for name in ("a.md~", ".b.md.swp", "#c.md#"):
        (site / "content" / "posts" / name).write_text("leftover", encoding="utf-8")
    report = made(site)
    assert report.posts == 1
    assert [note.path for note in report.notes if note.severity == "warning"] == ["content/posts/link.md"]


def test_five_zones_of_the_machine_give_the_same_bytes(site: Path) -> None:
    config = (site / "site.toml").read_text(encoding="utf-8").replace('theme = "plain-bench"\n', "")
    (site / "site.toml").write_text(config, encoding="utf-8")
    write(site, "midnight", text="---\ntitle: 半夜\ndate: 2026-01-05T00:30:00+08:00\ntags: [AI]\n---\n文\n")
    seen = []
    for zone in ("UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kolkata"):
        command = [sys.executable, "-m", "generator", "build", "--clean", "--site", str(site)]
        done = subprocess.run(
            [*command, "--at", "2026-01-31T00:00:00+00:00"],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": str(len(seen))},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        seen.append(output(site))
    assert all(one == seen[0] for one in seen)


def test_a_build_imports_nothing_of_the_newsroom_and_no_client(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[site]\ntitle = "报"\n', encoding="utf-8")
    post = tmp_path / "content" / "posts" / "a.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: 甲\ndate: 2026-01-07\n---\n正文\n", encoding="utf-8")
    program = (
        "import sys; from generator.cli import main\n"
        "try: main(['build'])\nexcept SystemExit: pass\n"
        "print(*(name for name in ('generator.feeds', 'generator.newsroom', 'httpx2', 'PIL', 'mistune') if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
    assert done.stderr.startswith("1 post")
