"""`ribao import`: a report per file, nothing overwritten, nothing twice."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.editions import record


def ribao(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "--site", str(site), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.toml").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    posts = tmp_path / "blog" / "_posts"
    posts.mkdir(parents=True)
    (posts / "2020-01-02-first.md").write_text(
        "---\nlayout: post\ntitle: 第一篇\n---\n\n![猫](/img/cat.png)\n", encoding="utf-8"
    )
    (posts / "2020-01-03-broken.md").write_text("---\ntitle: [oops\n---\n", encoding="utf-8")
    (tmp_path / "blog" / "img").mkdir()
    (tmp_path / "blog" / "img" / "cat.png").write_bytes(b"\x89PNG")
    return tmp_path / "blog"


def test_each_file_is_reported_and_a_refused_one_stops_no_other(site: Path, blog: Path) -> None:
    ran = ribao(site, "import", str(blog))
    assert ran.returncode == 1
    assert "imported  _posts/2020-01-02-first.md → content/posts/2020-01-02-first.md" in ran.stdout
    assert "refused   _posts/2020-01-03-broken.md (_posts/2020-01-03-broken.md:" in ran.stdout
    assert ran.stderr == "jekyll: 1 imported, 0 already there, 1 refused\n"
    assert (site / "static" / "img" / "cat.png").read_bytes() == b"\x89PNG"


def test_a_second_import_changes_nothing_that_a_person_changed(site: Path, blog: Path) -> None:
    ribao(site, "import", str(blog))
    post = site / "content" / "posts" / "2020-01-02-first.md"
    post.write_text("mine", encoding="utf-8")
    ran = ribao(site, "import", str(blog), "--json")
    states = {file["source"]: file["state"] for file in json.loads(ran.stdout)["files"]}
    assert states == {"_posts/2020-01-02-first.md": "there", "_posts/2020-01-03-broken.md": "refused"}
    assert post.read_text(encoding="utf-8") == "mine"


def test_a_post_that_was_renamed_here_is_not_imported_twice(site: Path, blog: Path) -> None:
    ribao(site, "import", str(blog))
    posts = site / "content" / "posts"
    (posts / "2020-01-02-first.md").rename(posts / "renamed.md")
    ran = ribao(site, "import", str(blog))
    assert "there     _posts/2020-01-02-first.md → content/posts/renamed.md" in ran.stdout
    assert [path.name for path in posts.iterdir()] == ["renamed.md"]


def test_another_post_of_the_same_name_is_pointed_out(site: Path, tmp_path: Path) -> None:
    (site / "content" / "posts").mkdir(parents=True)
    mine = site / "content" / "posts" / "a.md"
    mine.write_text("---\ntitle: 我的\ndate: 2026-01-07\n---\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("# 别的\n", encoding="utf-8")
    ran = ribao(site, "import", str(tmp_path / "a.md"))
    assert ran.returncode == 1
    assert (
        "refused   a.md (content/posts/a.md is another one here, '我的'; rename one of the two files)"
        in ran.stdout
    )
    assert "我的" in mine.read_text(encoding="utf-8")


def test_the_page_that_came_with_the_site_makes_room_and_one_that_a_person_wrote_does_not(
    site: Path, tmp_path: Path
) -> None:
    blog, new = tmp_path / "blog", tmp_path / "new"
    subprocess.run(
        [sys.executable, "-m", "generator", "new", "site", str(new), "--feeds", "none", "--no-build"],
        check=True,
    )
    blog.mkdir()
    (blog / "_config.yml").write_text("title: x", encoding="utf-8")
    (blog / "about.md").write_text("---\ntitle: 我\n---\n![我](me.png)\n", encoding="utf-8")
    (blog / "me.png").write_bytes(b"\x89PNG")
    ran = ribao(new, "import", str(blog))
    assert (
        "about.md → content/pages/about/index.md (in place of the page that came with the site" in ran.stdout
    )
    assert [path.name for path in (new / "content" / "pages").iterdir()] == ["about"]
    assert "there     about.md" in ribao(new, "import", str(blog)).stdout
    (site / "content" / "pages").mkdir(parents=True)
    mine = site / "content" / "pages" / "about.md"
    mine.write_text("---\ntitle: 关于\n---\n我写的。\n", encoding="utf-8")
    assert ribao(site, "import", str(blog)).returncode == 1
    assert "我写的" in mine.read_text(encoding="utf-8")


def test_posts_in_another_markup_are_refused_by_name(site: Path, blog: Path) -> None:
    (blog / "_posts" / "2020-01-04-page.html").write_text("---\ntitle: x\n---\n<p>x</p>", encoding="utf-8")
    (blog / "_posts" / "2020-01-05-notes.textile").write_text("h1. x", encoding="utf-8")
    (blog / "README.md").write_text("# blog\n", encoding="utf-8")
    said = ribao(site, "import", str(blog))
    for name in ("2020-01-04-page.html", "2020-01-05-notes.textile"):
        assert f"refused   _posts/{name} (is not Markdown; turn it into that first" in said.stdout
    assert "left      README.md (is about the repository, not part of the site)" in said.stdout
    assert said.stderr == "jekyll: 1 imported, 0 already there, 1 left, 3 refused\n"


def test_a_picture_that_cannot_be_copied_loses_itself_alone(site: Path, blog: Path) -> None:
    with (blog / "img" / "cat.png").open("wb") as file:
        file.truncate(40_000_000)  # longer than any picture may be
    ran = ribao(site, "import", str(blog))
    assert "cat.png: is longer than 30,000,000 bytes" in ran.stdout
    assert (site / "content" / "posts" / "2020-01-02-first.md").exists()


def test_a_settings_file_that_cannot_be_read_is_named_and_the_posts_come_all_the_same(
    site: Path, blog: Path
) -> None:
    (blog / "_config.yml").write_text("permalink: [", encoding="utf-8")
    ran = ribao(site, "import", str(blog), "--from", "jekyll")
    assert (
        "refused   _config.yml (cannot be read; old addresses follow the system's own pattern)" in ran.stdout
    )
    assert "imported  _posts/2020-01-02-first.md" in ran.stdout


def test_old_addresses_of_a_blog_lead_to_its_posts_after_a_build(site: Path, blog: Path) -> None:
    (blog / "_config.yml").write_text("permalink: /blog/:year/:title.html", encoding="utf-8")
    (blog / "_posts" / "2020-01-03-broken.md").unlink()
    assert ribao(site, "import", str(blog)).returncode == 0
    assert ribao(site, "build").returncode == 0
    page = (site / "public" / "blog" / "2020" / "first.html").read_text(encoding="utf-8")
    assert "/posts/first/" in page


def test_a_report_takes_titles_and_times_from_its_twin(site: Path, tmp_path: Path) -> None:
    from generator.editions import FORMATS
    from generator.editions.report.twin import write_twin
    from generator.labels import labels_for

    report = (Path(__file__).parents[1] / "data" / "editions" / "report.txt").read_text(encoding="utf-8")
    edition = FORMATS["report"].parse(report, "x").edition
    archive = tmp_path / "archive"
    archive.mkdir()
    day = edition.date.isoformat()
    twin = json.loads(write_twin(edition, labels_for("zh")))
    [first, *_] = [*twin["domestic"], *twin["international"]]
    first["title"], first["original_pub_date"] = "孪生文件里的标题", f"{day} 01:02:03"
    (archive / f"{day}_report.txt").write_text(report, encoding="utf-8")
    (archive / f"{day}.json").write_text(json.dumps(twin, ensure_ascii=False), encoding="utf-8")
    ran = ribao(site, "import", str(archive), "--from", "report")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"titles, times and scores from {day}.json; report → themed" in ran.stdout
    kept = record.loads(
        (site / "content" / "posts" / day / "edition.json").read_text(encoding="utf-8")
    ).edition
    [found] = [article for article in kept.articles if article.headline == "孪生文件里的标题"]
    assert found.sources[0].published is not None
    assert kept.title == f"{edition.title} {day}"
    assert ribao(site, "build").returncode == 0
    page = (site / "public" / "posts" / day / "index.html").read_text(encoding="utf-8")
    assert "孪生文件里的标题" in page
    assert (
        page.split("<main", 1)[1].count("条国内动态和") == 1
    )  # the closing line is the lead and the summary: said once
    # a twin of another day's stories is not its twin
    twin["domestic"] = twin["domestic"][:1]
    twin["international"] = []
    (archive / f"{day}.json").write_text(json.dumps(twin, ensure_ascii=False), encoding="utf-8")
    assert "is not of its twin" in ribao(site, "import", str(archive), "--from", "report", "--dry-run").stdout


@pytest.mark.parametrize("kind", ["report", "themed", "digest", "bulletin"])
def test_an_archive_of_each_format_is_imported_and_builds(site: Path, tmp_path: Path, kind: str) -> None:
    from generator.editions import FORMATS

    [sample] = (Path(__file__).parents[1] / "data" / "editions").glob(f"{kind}.*")
    text = sample.read_text(encoding="utf-8")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / sample.name).write_text(text, encoding="utf-8")
    ran = ribao(site, "import", str(tmp_path / "old"), "--from", kind)
    assert (ran.returncode, ran.stderr) == (0, f"{kind}: 1 imported, 0 already there, 0 refused\n"), (
        ran.stdout
    )
    built = ribao(site, "build")
    assert built.returncode == 0, built.stderr
    [page] = (site / "public" / "posts").glob("*/index.html")
    edition = FORMATS[kind].parse(text, sample.name).edition
    shown = page.read_text(encoding="utf-8")
    assert all(
        f'href="{html.escape(source.url)}"' in shown for one in edition.articles for source in one.sources
    )
    assert ribao(site, "import", str(tmp_path / "old"), "--from", kind).stderr.startswith(
        f"{kind}: 0 imported, 1 "
    )


def test_an_archive_of_text_files_is_asked_for_its_format(site: Path, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "2026-01-07.txt").write_text("=" * 70, encoding="utf-8")
    ran = ribao(site, "import", str(tmp_path / "old"))
    assert ran.returncode == 1
    assert "of an archive of editions say its format: --from report" in ran.stderr


def test_a_dry_run_writes_nothing(site: Path, blog: Path) -> None:
    assert "1 would be imported" in ribao(site, "import", str(blog), "--dry-run").stderr
    assert [path.name for path in site.iterdir()] == ["site.toml"]


def test_a_link_out_of_the_source_is_not_followed(site: Path, blog: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# secret\n", encoding="utf-8")
    (blog / "_posts" / "2020-01-04-secret.md").symlink_to(tmp_path / "secret.md")
    assert "secret" not in ribao(site, "import", str(blog)).stdout


def test_an_archive_of_editions_becomes_folders_with_records(site: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    post = "---\ntitle: {title}\ndate: 2026-03-08\n---\n\n# {title}\n\n## 芯片\n\n### [甲](https://a.example/1)\n\n文。\n"
    for name, title in (("2026-03-07-b4cc.md", "早"), ("2026-03-07-c5dd.md", "晚")):
        (archive / name).write_text(post.format(title=title), encoding="utf-8")
    ran = ribao(site, "import", str(archive), "--from", "themed")
    assert ran.returncode == 0, ran.stderr
    posts = site / "content" / "posts"
    assert sorted(path.name for path in posts.iterdir()) == ["2026-03-07", "2026-03-07-2"]
    assert (posts / "2026-03-07" / "index.md").read_text(encoding="utf-8") == post.format(title="早")
    kept = record.loads((posts / "2026-03-07" / "edition.json").read_text(encoding="utf-8")).edition
    assert [article.headline for article in kept.articles] == ["甲"]
    assert ribao(site, "build").returncode == 0
