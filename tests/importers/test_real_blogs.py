"""Other people's archives arrive, build, and show all their headings, links, pictures and code.

A tenth of them by default; all with RIBAO_ALL_POSTS=1 (two minutes).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.commands.import_ import run_import
from generator.config import load_config
from generator.markup import frontmatter
from generator.site.build import Options, build
from generator.site.posts import name_of, read_post
from generator.site.urls import file_of
from tests.importers.counting import in_source, on_page

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
STEP = 1 if os.environ.get("RIBAO_ALL_POSTS") else 10
ARCHIVES = [
    (folder.relative_to(DATA).as_posix(), None)
    for top in ("blogs", "digests")
    for folder in (sorted((DATA / top).iterdir()) if DATA.is_dir() else ())
] + [("digests/themed-posts", "themed"), ("digests/bubble-daily", "digest")]
# its three fixed headings and the fence around its summary are drawn as the page's own elements
FRAME = {"digests/bubble-daily": Counter(headings=3, code=1)}
NO_POSTS = {"_index.md", "_index.zh-cn.md"}  # they introduce lists

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs other people's posts in ../shared/data")


def site(folder: Path) -> Path:
    """A site whose pages are a title and a body, so that what is counted is the post's own."""
    templates = folder / "themes" / "bare" / "templates"
    templates.mkdir(parents=True)
    (templates.parent / "theme.toml").write_text('name = "bare"\n', encoding="utf-8")
    for name in ("post", "page"):
        (templates / f"{name}.html").write_text("<h1>{{ post.title }}</h1>{{ post.html }}", encoding="utf-8")
    (folder / "site.toml").write_text(
        '[site]\ntheme = "bare"\n[build]\nsearch = false\nmarkdown_copies = false\nformats = []\n'
        "[images]\nwidths = []\n",
        encoding="utf-8",
    )
    return folder


def sample(archive: str, folder: Path) -> list[str]:
    """Copy every STEP-th post of an archive; return their paths."""
    files = sorted(path for path in (DATA / archive).rglob("*") if path.is_file())[::STEP]
    for path in files:
        target = folder / path.relative_to(DATA / archive)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return [path.relative_to(DATA / archive).as_posix() for path in files]


@pytest.fixture(scope="module")
def failed() -> Counter[str]:
    return Counter()


@pytest.mark.parametrize(("archive", "kind"), ARCHIVES)
def test_every_post_is_imported_and_shows_what_it_showed(
    tmp_path: Path, archive: str, kind: str | None, failed: Counter[str]
) -> None:
    paths = sample(archive, tmp_path / "old")
    config = load_config(site(tmp_path / "site"))
    _, outcomes = run_import(config, tmp_path / "old", kind)
    assert {one.source for one in outcomes} == set(paths)
    assert {one.source for one in outcomes if one.state != "imported"} <= NO_POSTS
    build(config, Options(now=dt.datetime(2100, 1, 1, tzinfo=dt.UTC), drafts=True, future=True))
    for one in outcomes:
        if one.state != "imported":
            continue
        source = (DATA / archive / one.source).read_text(encoding="utf-8-sig")
        fields = frontmatter.split((config.root / one.target).read_text(encoding="utf-8"), one.target).fields
        post, _ = read_post(fields, one.target, config)
        assert post is not None, name_of(one.target)
        page = (config.output / file_of(post.url)).read_text(encoding="utf-8")
        missing = in_source(source) - on_page(page) - FRAME.get(archive, Counter())
        failed.update({"posts": 1, "poor": bool(missing)})
        if missing:
            print(f"{archive}/{one.source}: {dict(missing)}")


def test_ninety_nine_of_a_hundred_show_all_of_it(failed: Counter[str]) -> None:
    if not failed["posts"]:
        pytest.skip("the archives were counted by another process")
    assert failed["poor"] <= failed["posts"] * 0.01 + 1, failed
